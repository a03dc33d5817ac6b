namespace DataExchange.LoadTests;

/// <summary>A figure of two runs beside each other.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Before">The first run's.</param>
/// <param name="After">The second run's.</param>
/// <param name="Ratio">After divided by before.</param>
/// <param name="Low">Lower end of the ratio's 95 % interval.</param>
/// <param name="High">Upper end of it.</param>
public sealed record ComparedFigure(string Name, double Before, double After, double Ratio, double Low, double High)
{
    /// <summary>Whether the interval leaves out 1: the runs differ by more than their seconds do among themselves.</summary>
    public bool IsDifferent => Low > 1 || High < 1;
}

/// <summary>
/// Compares two runs second by second: the median of a figure over the seconds, and for their ratio a 95 % interval from a bootstrap over blocks of seconds, since
/// neighbouring seconds are alike (moving blocks: H. R. Künsch, Annals of Statistics 17, 1989). It says how much the seconds of these two runs vary; how much
/// runs vary among themselves, only several runs can say.
/// </summary>
public static class LoadComparison
{
    private const int Draws = 2_000;
    private const int FewestSeconds = 5;

    /// <summary>Compares.</summary>
    /// <param name="before">Seconds of the first run, without its warm-up.</param>
    /// <param name="after">Seconds of the second run.</param>
    /// <param name="seed">Seed of the bootstrap; the same seed gives the same intervals.</param>
    /// <exception cref="ArgumentException">A run has fewer than five seconds in which operations ended well.</exception>
    public static IReadOnlyList<ComparedFigure> Compare(IReadOnlyList<LoadSecond> before, IReadOnlyList<LoadSecond> after, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (left, right) = (before.Where(second => second.Ok > 0).ToArray(), after.Where(second => second.Ok > 0).ToArray());
        if (left.Length < FewestSeconds || right.Length < FewestSeconds)
        {
            throw new ArgumentException($"runs are compared by their seconds: {FewestSeconds} or more in which operations ended well, not {Math.Min(left.Length, right.Length)}");
        }

        return
        [
            Figure("ok/s", second => second.Ok), Figure("p50, ms", second => second.P50 / 1e6), Figure("p99, ms", second => second.P99 / 1e6), Figure("max, ms", second => second.Max / 1e6),
        ];

        ComparedFigure Figure(string name, Func<LoadSecond, double> of)
        {
            double[] one = [.. left.Select(of)], other = [.. right.Select(of)];
            var random = new Random(seed);
            var ratios = new double[Draws];
            for (var draw = 0; draw < Draws; draw++)
            {
                ratios[draw] = Median(Resample(other, random)) / Median(Resample(one, random));
            }

            Array.Sort(ratios);
            var (first, second) = (Median(one), Median(other));
            return new ComparedFigure(name, first, second, second / first, ratios[(int)(Draws * 0.025)], ratios[(int)(Draws * 0.975) - 1]);
        }
    }

    private static double[] Resample(double[] from, Random random)
    {
        var block = Math.Max(1, (int)Math.Round(Math.Cbrt(from.Length)));
        var drawn = new double[from.Length];
        for (var i = 0; i < drawn.Length; i += block)
        {
            var start = random.Next(from.Length - block + 1);
            Array.Copy(from, start, drawn, i, Math.Min(block, drawn.Length - i));
        }

        return drawn;
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
