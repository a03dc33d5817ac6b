namespace DataExchange.Reports.Statistics;

/// <summary>How much of a whole a few hold. Values are 0 or more; their order does not matter.</summary>
public static class Concentration
{
    /// <summary>
    /// CR(k): the share of the k largest, 0 to 1; 0 of nothing. The usual concentration ratio of industrial organisation.
    /// </summary>
    /// <param name="values">0 or more each.</param>
    /// <param name="largest">k, 1 or more.</param>
    public static double Ratio(IReadOnlyCollection<long> values, int largest = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(largest, 1);
        var sorted = Sorted(values);
        var total = Total(sorted);
        return total == 0 ? 0 : Total(sorted.AsSpan(Math.Max(0, sorted.Length - largest))) / total;
    }

    /// <summary>
    /// Herfindahl–Hirschman index: the sum of squared shares, 1/n (equal) to 1 (one holds all); 0 of nothing (Hirschman 1945, Herfindahl 1950).
    /// </summary>
    /// <param name="values">0 or more each.</param>
    public static double HerfindahlHirschman(IReadOnlyCollection<long> values)
    {
        var sorted = Sorted(values);
        var total = Total(sorted);
        var sum = 0d;
        foreach (var value in sorted)
        {
            var share = total == 0 ? 0 : value / total;
            sum += share * share;
        }

        return sum;
    }

    /// <summary>
    /// Gini coefficient: 2·Σ i·x₍ᵢ₎ / (n·Σx) − (n+1)/n over the values in ascending order, 0 (equal) to 1 − 1/n (one holds all); 0 of nothing
    /// (Gini 1912; the form for ordered data).
    /// </summary>
    /// <param name="values">0 or more each.</param>
    public static double Gini(IReadOnlyCollection<long> values)
    {
        var sorted = Sorted(values);
        var total = Total(sorted);
        if (total == 0)
        {
            return 0;
        }

        var weighted = 0d;
        for (var i = 0; i < sorted.Length; i++)
        {
            weighted += (i + 1d) * sorted[i];
        }

        return (2 * weighted / (sorted.Length * total)) - ((sorted.Length + 1d) / sorted.Length);
    }

    /// <summary>
    /// Lorenz curve: the share of the whole that the smallest part of the holders has, from (0, 0) to (1, 1) (Lorenz 1905).
    /// </summary>
    /// <param name="values">0 or more each.</param>
    /// <param name="points">Points between the ends at most, 1 or more.</param>
    public static IReadOnlyList<(double Holders, double Share)> Lorenz(IReadOnlyCollection<long> values, int points = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        var sorted = Sorted(values);
        var total = Total(sorted);
        List<(double, double)> curve = [(0, 0)];
        var sum = 0d;
        var next = 1;
        for (var i = 0; i < sorted.Length; i++)
        {
            sum += sorted[i];
            if ((long)(i + 1) * points >= (long)next * sorted.Length)
            {
                curve.Add(((i + 1d) / sorted.Length, total == 0 ? 0 : sum / total));
                next = (int)((long)(i + 1) * points / sorted.Length) + 1;
            }
        }

        return curve;
    }

    private static long[] Sorted(IReadOnlyCollection<long> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        long[] sorted = [.. values];
        Array.Sort(sorted);
        if (sorted.Length > 0)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(sorted[0], nameof(values));
        }

        return sorted;
    }

    private static double Total(ReadOnlySpan<long> values)
    {
        var total = 0d;
        foreach (var value in values)
        {
            total += value;
        }

        return total;
    }
}
