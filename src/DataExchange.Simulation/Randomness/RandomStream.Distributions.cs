namespace DataExchange.Simulation.Randomness;

public sealed partial class RandomStream
{
    private const double LargestPoissonMean = 1e9;

    /// <summary>A draw of the standard normal distribution: the quantile of one uniform number, so always one 64-bit draw.</summary>
    public double NextNormal() => DeterministicMath.NormalQuantile(NextOpenDouble());

    /// <summary>A draw of the exponential distribution with mean 1: always one 64-bit draw.</summary>
    public double NextExponential() => -DeterministicMath.Log(NextOpenDouble());

    /// <summary>A draw whose natural logarithm is normal.</summary>
    /// <param name="mu">Mean of the logarithm; finite. The median of the draws is e^mu.</param>
    /// <param name="sigma">Standard deviation of the logarithm; finite, at least 0.</param>
    public double NextLogNormal(double mu, double sigma)
    {
        ThrowUnlessFinite(mu, nameof(mu));
        ThrowUnlessFinite(sigma, nameof(sigma));
        ArgumentOutOfRangeException.ThrowIfNegative(sigma);
        return DeterministicMath.Exp(mu + (sigma * NextNormal()));
    }

    /// <summary>A draw of the Pareto distribution: P(X &gt; x) = (minimum / x)^alpha for x ≥ minimum.</summary>
    /// <param name="minimum">Smallest value, above 0.</param>
    /// <param name="alpha">Tail index, above 0; the mean is finite only above 1.</param>
    public double NextPareto(double minimum, double alpha)
    {
        ThrowUnlessFinite(minimum, nameof(minimum));
        ThrowUnlessFinite(alpha, nameof(alpha));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimum);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        return minimum * DeterministicMath.Exp(NextExponential() / alpha);
    }

    /// <summary>A draw of the Poisson distribution.</summary>
    /// <param name="mean">From 0 to 10⁹.</param>
    /// <remarks>Below 10 by inversion of one uniform number; from 10 by W. Hörmann's transformed rejection PTRS (1993).</remarks>
    public int NextPoisson(double mean)
    {
        if (!(mean >= 0 && mean <= LargestPoissonMean))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "A Poisson mean lies from 0 to 1e9.");
        }

        return mean < 10 ? PoissonByInversion(mean) : PoissonByRejection(mean);
    }

    /// <summary>One of the items, each equally likely.</summary>
    /// <param name="items">At least one item.</param>
    /// <typeparam name="T">Type of the items.</typeparam>
    public T Pick<T>(IReadOnlyList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfZero(items.Count, nameof(items));
        return items[NextInt32(items.Count)];
    }

    /// <summary>
    /// An index, with probability proportional to its weight. For many draws from one large set see <see cref="FixedWeights"/>,
    /// and <see cref="WeightedSampler"/> for weights that change.
    /// </summary>
    /// <param name="weights">Finite, none negative, at least one positive.</param>
    public int PickWeighted(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        var last = -1;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && double.IsFinite(weights[i])))
            {
                throw new ArgumentOutOfRangeException(nameof(weights), weights[i], $"Weight {i} must be finite and at least 0.");
            }

            total += weights[i];
            last = weights[i] > 0 ? i : last;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(last, nameof(weights));
        return FixedWeights.IndexOneByOne(weights, last, NextDouble() * total);
    }

    /// <summary>An index, with probability proportional to its weight.</summary>
    /// <param name="weights">The weights, prepared.</param>
    public int PickWeighted(FixedWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return weights.IndexAt(NextDouble() * weights.Total);
    }

    /// <summary>Puts the items into a random order, each equally likely (Fisher–Yates).</summary>
    /// <param name="items">Shuffled in place.</param>
    /// <typeparam name="T">Type of the items.</typeparam>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private int PoissonByInversion(double mean)
    {
        var point = NextDouble();
        var probability = DeterministicMath.Exp(-mean);
        var count = 0;

        // Beyond 100 the remaining probability is below 1e-60: rounding of the sum must not make the search endless.
        while (point >= probability && count < 100)
        {
            point -= probability;
            count++;
            probability *= mean / count;
        }

        return count;
    }

    private int PoissonByRejection(double mean)
    {
        var logMean = DeterministicMath.Log(mean);
        var b = 0.931 + (2.53 * Math.Sqrt(mean));
        var a = -0.059 + (0.02483 * b);
        var inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        var squeeze = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            var u = NextOpenDouble() - 0.5;
            var v = NextOpenDouble();
            var distance = 0.5 - Math.Abs(u);
            var candidate = Math.Floor((((2 * a / distance) + b) * u) + mean + 0.43);
            if (distance >= 0.07 && v <= squeeze)
            {
                return (int)candidate;
            }

            if (candidate < 0 || candidate > int.MaxValue || (distance < 0.013 && v > distance))
            {
                continue;
            }

            var hat = DeterministicMath.Log(v * inverseAlpha / ((a / (distance * distance)) + b));
            if (hat <= (candidate * logMean) - mean - DeterministicMath.LogFactorial((int)candidate))
            {
                return (int)candidate;
            }
        }
    }

    private static void ThrowUnlessFinite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "The value must be finite.");
        }
    }
}
