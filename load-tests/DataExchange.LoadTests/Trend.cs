using System.Globalization;

namespace DataExchange.LoadTests;

/// <summary>What a figure does over a run.</summary>
public enum TrendKind
{
    /// <summary>It changes by no more than what does not matter, and the run is long enough to say so.</summary>
    Flat,
    /// <summary>It grows, and by more than what does not matter.</summary>
    Rises,
    /// <summary>It shrinks, and by more than what does not matter.</summary>
    Falls,
    /// <summary>It varies too much for either: a longer run would tell.</summary>
    Unclear,
}

/// <summary>
/// How a figure goes over the windows of a run: the median of the slopes between all pairs of windows, which a few bad ones do not bend, with its 95 % interval (P. K. Sen, Journal
/// of the American Statistical Association 63, 1968).
/// </summary>
/// <param name="Level">The median of the windows.</param>
/// <param name="Change">What it changes by from the first window to the last.</param>
/// <param name="Low">Lower end of the change's interval.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="Matters">A change above which it matters, 0 or more.</param>
public sealed record Trend(double Level, double Change, double Low, double High, double Matters)
{
    /// <summary>Fewest windows.</summary>
    public const int FewestWindows = 10;

    private const double Z = 1.96;

    /// <summary>What it does.</summary>
    public TrendKind Kind =>
        Low >= -Matters && High <= Matters ? TrendKind.Flat
        : Low > 0 && Change > Matters ? TrendKind.Rises
        : High < 0 && Change < -Matters ? TrendKind.Falls
        : TrendKind.Unclear;

    /// <summary>Reads it off.</summary>
    /// <param name="windows">The figure in windows of the same length, <see cref="FewestWindows"/> or more.</param>
    /// <param name="share">The share of the level by which a change matters, above 0.</param>
    /// <exception cref="ArgumentException">There are fewer windows.</exception>
    public static Trend Of(IReadOnlyList<double> windows, double share)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var n = windows.Count;
        if (n < FewestWindows)
        {
            throw new ArgumentException($"a trend is told from {FewestWindows} windows or more, not {n}", nameof(windows));
        }

        double[] slopes = [.. (from i in Enumerable.Range(0, n) from j in Enumerable.Range(i + 1, n - i - 1) select (windows[j] - windows[i]) / (j - i)).Order()];
        // How far the order of the windows could be from that of their figures by chance: Kendall's variance.
        var chance = Z * Math.Sqrt(n * (n - 1) * ((2 * n) + 5) / 18.0);
        var (low, high) = ((int)Math.Floor((slopes.Length - chance) / 2), (int)Math.Ceiling((slopes.Length + chance) / 2));
        double[] sorted = [.. windows.Order()];
        var level = sorted[n / 2];
        return new Trend(level, slopes[slopes.Length / 2] * (n - 1), slopes[Math.Max(0, low)] * (n - 1), slopes[Math.Min(slopes.Length - 1, high)] * (n - 1), share * Math.Abs(level));
    }

    /// <summary>It in words, with the change over the run.</summary>
    /// <param name="unit">Writes a value of the figure.</param>
    public string Text(Func<double, string> unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return string.Create(CultureInfo.InvariantCulture, $"{Kind switch
        {
            TrendKind.Flat => "flat",
            TrendKind.Rises => "RISES",
            TrendKind.Falls => "falls",
            _ => "no telling",
        }}: {unit(Level)}, {Signed(Change)} over the run ({Signed(Low)} to {Signed(High)})");

        string Signed(double value) => (value < 0 ? "-" : "+") + unit(Math.Abs(value));
    }
}
