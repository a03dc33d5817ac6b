namespace DataExchange.LoadTests;

/// <summary>A figure of two runs beside each other.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Before">The first run's.</param>
/// <param name="After">The second run's.</param>
/// <param name="Ratio">After divided by before.</param>
/// <param name="Low">Lower end of the ratio's interval.</param>
/// <param name="High">Upper end of it.</param>
public sealed record ComparedFigure(string Name, double Before, double After, double Ratio, double Low, double High)
{
    /// <summary>Whether the interval leaves out 1: the runs differ by more than their seconds do among themselves. Else no difference is shown, which is not that there is none.</summary>
    public bool IsDifferent => Low > 1 || High < 1;
}

/// <summary>
/// Compares two runs second by second: the median of a figure over the seconds, and an interval for the ratio from a bootstrap over moving blocks of seconds
/// (H. R. Künsch, Annals of Statistics 17, 1989), as seconds are like those beside them. Blocks are twice as long as the seconds are seen to be alike, at most a quarter of the
/// run; the intervals are as much wider as Student's quantile of so few blocks is beyond the normal one, and hold together with 95 % (Bonferroni), so that one in twenty comparisons
/// of the same is called a difference, and not one in five. They say how much the seconds of these two runs vary; how much runs vary among themselves, only several can say.
/// </summary>
public static class LoadComparison
{
    /// <summary>Fewest seconds of a run.</summary>
    public const int FewestSeconds = 15;

    private const int Draws = 2_000;
    private const int MostBlocksPerRun = 4;
    private const double Together = 0.05;

    /// <summary>Compares.</summary>
    /// <param name="before">Seconds of the first run, without its warm-up.</param>
    /// <param name="after">Seconds of the second run.</param>
    /// <param name="seed">Seed of the bootstrap; the same seed gives the same intervals.</param>
    /// <exception cref="ArgumentException">A run has fewer than <see cref="FewestSeconds"/> seconds in which operations ended well.</exception>
    public static IReadOnlyList<ComparedFigure> Compare(IReadOnlyList<LoadSecond> before, IReadOnlyList<LoadSecond> after, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (left, right) = (before.Where(second => second.Ok > 0).ToArray(), after.Where(second => second.Ok > 0).ToArray());
        if (left.Length < FewestSeconds || right.Length < FewestSeconds)
        {
            throw new ArgumentException($"runs are compared by their seconds: {FewestSeconds} or more in which operations ended well, not {Math.Min(left.Length, right.Length)}");
        }

        (string Name, Func<LoadSecond, double> Of)[] figures =
        [
            ("ok/s", second => second.Ok), ("p50, ms", second => second.P50 / 1e6), ("p99, ms", second => second.P99 / 1e6), ("max, ms", second => second.Max / 1e6),
        ];
        return [.. figures.Select(figure => Figure(figure.Name, [.. left.Select(figure.Of)], [.. right.Select(figure.Of)], Together / figures.Length, seed))];
    }

    private static ComparedFigure Figure(string name, double[] one, double[] other, double mayBeWrong, int seed)
    {
        var random = new Random(seed);
        var (blockOfOne, blockOfOther) = (BlockOf(one), BlockOf(other));
        var ratios = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            ratios[draw] = Math.Log(Median(Resample(other, blockOfOther, random)) / Median(Resample(one, blockOfOne, random)));
        }

        Array.Sort(ratios);
        var (first, second) = (Median(one), Median(other));
        var ratio = Math.Log(second / first);
        var blocks = Math.Min(one.Length / blockOfOne, other.Length / blockOfOther);
        var wider = WiderFor(mayBeWrong / 2, Math.Max(2, blocks - 1));
        var (low, high) = (ratios[(int)(Draws * mayBeWrong / 2)], ratios[(int)(Draws * (1 - (mayBeWrong / 2))) - 1]);
        return new ComparedFigure(name, first, second, second / first, Math.Exp(ratio + ((low - ratio) * wider)), Math.Exp(ratio + ((high - ratio) * wider)));
    }

    // As long as seconds are alike (a correlation that so many of them do not show by chance), twice, and never below the cube root that suits those that are not.
    private static int BlockOf(double[] values)
    {
        var (mean, most) = (values.Average(), values.Length / MostBlocksPerRun);
        var variance = values.Sum(value => (value - mean) * (value - mean));
        var lag = 1;
        while (variance > 0 && lag < most && Enumerable.Range(0, values.Length - lag).Sum(i => (values[i] - mean) * (values[i + lag] - mean)) / variance > 2 / Math.Sqrt(values.Length))
        {
            lag++;
        }

        return Math.Min(most, Math.Max((int)Math.Round(Math.Cbrt(values.Length)), 2 * lag));
    }

    private static double[] Resample(double[] from, int block, Random random)
    {
        var drawn = new double[from.Length];
        for (var i = 0; i < drawn.Length; i += block)
        {
            var start = random.Next(from.Length - block + 1);
            Array.Copy(from, start, drawn, i, Math.Min(block, drawn.Length - i));
        }

        return drawn;
    }

    private static double WiderFor(double tail, int degrees)
    {
        var z = NormalQuantile(tail);
        // Student's quantile from the normal one: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.
        return 1 + (((z * z) + 1) / (4 * degrees)) + (((5 * Math.Pow(z, 4)) + (16 * z * z) + 3) / (96.0 * degrees * degrees));
    }

    // Abramowitz and Stegun 26.2.23; its error is below 0.00045.
    private static double NormalQuantile(double tail)
    {
        var t = Math.Sqrt(-2 * Math.Log(tail));
        return t - ((2.515517 + (0.802853 * t) + (0.010328 * t * t)) / (1 + (1.432788 * t) + (0.189269 * t * t) + (0.001308 * t * t * t)));
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
