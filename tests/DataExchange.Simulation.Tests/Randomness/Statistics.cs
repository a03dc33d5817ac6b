namespace DataExchange.Simulation.Tests.Randomness;

/// <summary>Tests of draws against a distribution. Seeds are fixed, so a test that passes once passes always.</summary>
internal static class Statistics
{
    // The Kolmogorov distribution's quantile at level 0.001: sqrt(−½ ln(0.001 / 2)).
    private const double CriticalValue = 1.949;

    /// <summary>Fails when the draws depart from the distribution at level 0.001.</summary>
    public static void AssertKolmogorovSmirnov(IEnumerable<double> draws, Func<double, double> distribution)
    {
        var sorted = draws.Order().ToArray();
        var largest = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var probability = distribution(sorted[i]);
            largest = Math.Max(largest, Math.Max(probability - ((double)i / sorted.Length), ((i + 1.0) / sorted.Length) - probability));
        }

        var statistic = largest * Math.Sqrt(sorted.Length);
        Assert.True(statistic < CriticalValue, $"Kolmogorov-Smirnov statistic {statistic:F3} is not below {CriticalValue}.");
    }
}
