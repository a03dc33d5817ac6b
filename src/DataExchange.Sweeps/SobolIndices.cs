namespace DataExchange.Sweeps;

/// <summary>An estimate with its 95 % bootstrap interval.</summary>
/// <param name="Estimate">The estimate; may leave [0, 1] by chance.</param>
/// <param name="Low">2.5 % quantile of the resampled estimates.</param>
/// <param name="High">97.5 % quantile.</param>
public sealed record IndexEstimate(double Estimate, double Low, double High);

/// <summary>What a parameter does to a figure.</summary>
/// <param name="First">Share of the figure's variance that goes away when this parameter alone is known.</param>
/// <param name="Total">Share that stays when all others are known: its own effect and that of its interactions.</param>
public sealed record ParameterIndices(IndexEstimate First, IndexEstimate Total);

/// <summary>Sobol's indices of a figure.</summary>
/// <param name="Parameters">Of each parameter, in their order; empty when the figure does not vary.</param>
/// <param name="Rows">Base points that counted.</param>
/// <param name="Missing">Base points left out, as a run of theirs has no figure.</param>
/// <param name="Mean">Mean of the figure over A and B.</param>
/// <param name="Variance">Its variance over A and B.</param>
public sealed record SobolIndices(IReadOnlyList<ParameterIndices> Parameters, int Rows, int Missing, double Mean, double Variance)
{
    /// <summary>Resamples of the bootstrap.</summary>
    public const int Resamples = 1_000;

    // Below this share of the mean's square a variance is rounding.
    private const double Nothing = 1e-24;

    /// <summary>
    /// Estimates them from the figures of a <see cref="Designs.Saltelli"/> design: first order by Saltelli and others 2010 (table 2, b), total by Jansen 1999; whole base
    /// points are resampled for the intervals (Archer, Saltelli, Sobol 1997).
    /// </summary>
    /// <param name="figures">A figure for each of the design's rows, in its order; NaN where there is none.</param>
    /// <param name="dimensions">How many parameters there are.</param>
    /// <param name="seed">Of the resampling.</param>
    /// <exception cref="ArgumentException">The figures are not of such a design.</exception>
    public static SobolIndices Estimate(IReadOnlyList<double> figures, int dimensions, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        var width = dimensions + 2;
        if (figures.Count == 0 || figures.Count % width != 0)
        {
            throw new ArgumentException($"{figures.Count} figures are no design of {dimensions} parameters: a multiple of {width} is needed", nameof(figures));
        }

        double[][] all = [.. figures.Chunk(width)];
        double[][] rows = [.. all.Where(row => row.All(double.IsFinite))];
        var (mean, variance) = Spread(rows);
        if (rows.Length < 2 || variance <= Nothing * mean * mean)
        {
            return new([], rows.Length, all.Length - rows.Length, mean, variance);
        }

        // Centred, as the estimator of first order is a product whose error grows with the mean.
        foreach (var row in rows)
        {
            for (var i = 0; i < width; i++)
            {
                row[i] -= mean;
            }
        }

        var (first, total) = Indices(rows, dimensions);
        var (firsts, totals) = (Resampled(dimensions), Resampled(dimensions));
        var draws = new Draws(seed, 0);
        var sample = new double[rows.Length][];
        for (var resample = 0; resample < Resamples; resample++)
        {
            for (var i = 0; i < sample.Length; i++)
            {
                sample[i] = rows[draws.Below(rows.Length)];
            }

            var (someFirst, someTotal) = Indices(sample, dimensions);
            for (var parameter = 0; parameter < dimensions; parameter++)
            {
                firsts[parameter][resample] = someFirst[parameter];
                totals[parameter][resample] = someTotal[parameter];
            }
        }

        return new(
            [.. Enumerable.Range(0, dimensions).Select(parameter => new ParameterIndices(Interval(first[parameter], firsts[parameter]), Interval(total[parameter], totals[parameter])))],
            rows.Length, all.Length - rows.Length, mean, variance);
    }

    private static (double[] First, double[] Total) Indices(double[][] rows, int dimensions)
    {
        var (_, variance) = Spread(rows);
        var (first, total) = (new double[dimensions], new double[dimensions]);
        foreach (var row in rows)
        {
            var (a, b) = (row[0], row[^1]);
            for (var parameter = 0; parameter < dimensions; parameter++)
            {
                var mixed = row[parameter + 1];
                first[parameter] += b * (mixed - a);
                total[parameter] += (a - mixed) * (a - mixed) / 2;
            }
        }

        // A resample of equal rows does not vary: nothing is explained by anything.
        return variance > 0
            ? ([.. first.Select(sum => sum / rows.Length / variance)], [.. total.Select(sum => sum / rows.Length / variance)])
            : (new double[dimensions], new double[dimensions]);
    }

    private static (double Mean, double Variance) Spread(double[][] rows)
    {
        if (rows.Length == 0)
        {
            return (0, 0);
        }

        var mean = rows.Sum(row => row[0] + row[^1]) / (2 * rows.Length);
        return (mean, rows.Sum(row => (row[0] - mean) * (row[0] - mean) + (row[^1] - mean) * (row[^1] - mean)) / (2 * rows.Length));
    }

    private static double[][] Resampled(int dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => new double[Resamples])];

    private static IndexEstimate Interval(double estimate, double[] resampled)
    {
        Array.Sort(resampled);
        return new(estimate, resampled[Resamples / 40], resampled[Resamples - 1 - Resamples / 40]);
    }
}
