namespace DataExchange.Reports.Html.Plots;

/// <summary>Where to put ticks, so that their numbers are round.</summary>
internal static class Ticks
{
    /// <summary>From zero in steps of 1, 2 or 5 times a power of ten; the last is at or above the largest value.</summary>
    internal static double[] Linear(double largest, int about = 5)
    {
        if (largest <= 0)
        {
            return [0, 1];
        }

        var rough = largest / about;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        var count = (int)Math.Ceiling((largest / step) - 1e-9);
        return [.. Enumerable.Range(0, count + 1).Select(i => i * step)];
    }

    /// <summary>Powers of ten from at or below the smallest to at or above the largest.</summary>
    internal static int[] Decades(double smallest, double largest)
    {
        var low = (int)Math.Floor(Math.Log10(smallest) + 1e-9);
        var high = Math.Max(low + 1, (int)Math.Ceiling(Math.Log10(largest) - 1e-9));
        return [.. Enumerable.Range(low, high - low + 1)];
    }
}
