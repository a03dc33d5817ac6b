namespace DataExchange.Reports.Statistics;

/// <summary>What is known of series of returns and of ranks: how fat tails are, what follows what, how sizes fall with rank.</summary>
public static class Series
{
    /// <summary>
    /// Excess kurtosis m₄/m₂² − 3 about the mean, moments over n: 0 of the normal law, above it for fatter tails. Null of fewer than four values, or
    /// when they are all alike.
    /// </summary>
    /// <param name="values">In any order.</param>
    public static double? ExcessKurtosis(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 4)
        {
            return null;
        }

        var mean = values.Average();
        var (second, fourth) = (0d, 0d);
        foreach (var value in values)
        {
            var square = (value - mean) * (value - mean);
            (second, fourth) = (second + square, fourth + (square * square));
        }

        return second > 0 ? (fourth * values.Count / (second * second)) - 3 : null;
    }

    /// <summary>
    /// Autocorrelation at a lag: Σ (xₜ − m)(xₜ₊ₖ − m) / Σ (xₜ − m)², −1 to 1. Null of fewer than lag + 2 values, or when they are all alike.
    /// </summary>
    /// <param name="values">In the order of time.</param>
    /// <param name="lag">k, 1 or more.</param>
    public static double? Autocorrelation(IReadOnlyList<double> values, int lag = 1)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(lag, 1);
        if (values.Count < lag + 2)
        {
            return null;
        }

        var mean = values.Average();
        var (products, squares) = (0d, 0d);
        for (var i = 0; i < values.Count; i++)
        {
            squares += (values[i] - mean) * (values[i] - mean);
            products += i + lag < values.Count ? (values[i] - mean) * (values[i + lag] - mean) : 0;
        }

        return squares > 0 ? products / squares : null;
    }

    /// <summary>
    /// How sizes fall with rank: −slope of ln(rank − ½) over ln(size) by least squares, the largest first (Gabaix and Ibragimov 2011). About 1 is Zipf's
    /// law, smaller is heavier. Null of fewer than three values above zero, or when these are all alike.
    /// </summary>
    /// <param name="sizes">In any order; those not above zero are left out.</param>
    public static double? RankExponent(IEnumerable<long> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        double[] logs = [.. sizes.Where(size => size > 0).OrderDescending().Select(size => Math.Log(size))];
        if (logs.Length < 3)
        {
            return null;
        }

        var x = logs.Average();
        var y = Enumerable.Range(1, logs.Length).Average(rank => Math.Log(rank - 0.5));
        var (covariance, variance) = (0d, 0d);
        for (var i = 0; i < logs.Length; i++)
        {
            covariance += (logs[i] - x) * (Math.Log(i + 0.5) - y);
            variance += (logs[i] - x) * (logs[i] - x);
        }

        return variance > 0 ? -covariance / variance : null;
    }
}
