using System.Diagnostics;

namespace DataExchange.LogBenchmarks;

/// <summary>Medians, percentiles and fits.</summary>
internal static class Figures
{
    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The value that a share of the values does not exceed.</summary>
    internal static double Percentile(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];

    /// <summary>Slope of the least-squares line.</summary>
    internal static double Slope(IEnumerable<(double X, double Y)> points)
    {
        (double X, double Y)[] all = [.. points];
        var (x, y) = (all.Average(point => point.X), all.Average(point => point.Y));
        var spread = all.Sum(point => (point.X - x) * (point.X - x));
        return spread == 0 ? 0 : all.Sum(point => (point.X - x) * (point.Y - y)) / spread;
    }

    internal static double Seconds(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
