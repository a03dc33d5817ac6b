using System.Numerics;

namespace DataExchange.Shares;

/// <summary>A game that contributors join one after the other.</summary>
public interface ISharedValue
{
    /// <summary>How many contributors there are, 1 to <see cref="PermutationSampling.MostContributors"/>.</summary>
    int Contributors { get; }

    /// <summary>Begins anew with nobody, who is worth 0.</summary>
    void Clear();

    /// <summary>One who is not there yet joins.</summary>
    /// <param name="contributor">From 0.</param>
    /// <returns>The value of all who are there, fen: it must depend on who they are alone, not on their order.</returns>
    long Join(int contributor);
}

/// <summary>How precise an estimate should be, and how much it may cost.</summary>
public sealed record SamplingTerms
{
    /// <summary>The most permutations that can be asked for.</summary>
    public const int LargestMost = 1 << 26;

    /// <summary>Sets terms.</summary>
    /// <param name="seed">Of the permutations: the same seed gives the same estimate.</param>
    /// <param name="leastMarginalFen">No contributor ever adds less; 0 for a game in which nobody does harm.</param>
    /// <param name="mostMarginalFen">No contributor ever adds more, above <paramref name="leastMarginalFen"/>; the value of all, where nobody does harm. Within ±10^15.</param>
    /// <param name="halfWidthFen">Sampling stops when every interval's half width is at most so much, above 0.</param>
    /// <param name="mostPermutations">Sampling stops after so many, 2 to <see cref="LargestMost"/>.</param>
    /// <param name="oneIn">In at most one of so many runs any interval misses its share: 20 for 95 %. 2 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A term is out of range.</exception>
    public SamplingTerms(ulong seed, long leastMarginalFen, long mostMarginalFen, double halfWidthFen, int mostPermutations = 1 << 20, int oneIn = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leastMarginalFen, -LargestRemainder.MostFen);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mostMarginalFen, LargestRemainder.MostFen);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(mostMarginalFen, leastMarginalFen);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfWidthFen);
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsFinite(halfWidthFen), false, nameof(halfWidthFen));
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPermutations, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mostPermutations, LargestMost);
        ArgumentOutOfRangeException.ThrowIfLessThan(oneIn, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oneIn, 1_000_000);
        (Seed, LeastMarginalFen, MostMarginalFen) = (seed, leastMarginalFen, mostMarginalFen);
        (HalfWidthFen, MostPermutations, OneIn) = (halfWidthFen, mostPermutations, oneIn);
    }

    /// <summary>Seed of the permutations.</summary>
    public ulong Seed { get; }

    /// <summary>No contributor ever adds less, fen.</summary>
    public long LeastMarginalFen { get; }

    /// <summary>No contributor ever adds more, fen.</summary>
    public long MostMarginalFen { get; }

    /// <summary>The half width that is asked for, fen.</summary>
    public double HalfWidthFen { get; }

    /// <summary>The most permutations.</summary>
    public int MostPermutations { get; }

    /// <summary>In at most one of so many runs any interval misses its share.</summary>
    public int OneIn { get; }
}

/// <summary>
/// Estimates Shapley values by the marginal values along random orders (Castro, Gómez and Tejada 2009). The intervals are empirical Bernstein bounds
/// (Maurer and Pontil 2009), which hold for any number of permutations, not only for many: |mean − φ| ≤ √(2 V ln(4/δ)/m) + 7 R ln(4/δ)/(3 (m − 1)), V the
/// sample variance, R the range of marginal values. They hold for all contributors at every look at once, as δ is the risk divided by contributors and looks.
/// </summary>
public static class PermutationSampling
{
    /// <summary>The most contributors.</summary>
    public const int MostContributors = 1 << 20;

    private const int FirstLook = 64;
    private const double Ln2 = 0.693147180559945309417;

    /// <summary>
    /// Samples until every interval is narrow enough, looking after 64, 128, 256 … permutations and at the last.
    /// </summary>
    /// <param name="game">The game.</param>
    /// <param name="terms">Seed, range, precision and cost.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidOperationException">The value of all depends on their order: it is not a game.</exception>
    public static ShapleyAnswer Estimate(ISharedValue game, SamplingTerms terms, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(terms);
        var contributors = game.Contributors;
        if (contributors is < 1 or > MostContributors)
        {
            return new ShapleyAnswer.Refused(
                contributors < 1 ? SharesRefusal.NoContributor : SharesRefusal.TooManyContributors,
                $"contributors {contributors} is not allowed: 1 to {MostContributors}");
        }

        var order = new int[contributors];
        var whole = 0L;
        game.Clear();
        for (var i = 0; i < contributors; i++)
        {
            order[i] = i;
            whole = game.Join(i);
        }

        if (contributors == 1 || whole == 0)
        {
            return contributors == 1 ? new ShapleyAnswer.OneContributor(whole) : new ShapleyAnswer.NothingToShare(contributors);
        }

        var draws = new Draws(terms.Seed);
        var sums = new Int128[contributors];
        // A square is at most 10^30, so 2^26 of them stay below 2^126.
        var squares = new Int128[contributors];
        var risk = RiskExponent(contributors, terms);
        for (var (done, look) = (0, Math.Min(FirstLook, terms.MostPermutations)); ; look = (int)Math.Min(2L * look, terms.MostPermutations))
        {
            for (; done < look; done++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (Sample(game, draws, order, sums, squares, terms, whole) is { } refused)
                {
                    return refused;
                }
            }

            var widths = HalfWidths(sums, squares, done, risk, terms.MostMarginalFen - terms.LeastMarginalFen);
            var isPrecise = Array.TrueForAll(widths, width => width <= terms.HalfWidthFen);
            if (isPrecise || done == terms.MostPermutations)
            {
                var shares = new ExactShares(Array.ConvertAll(sums, sum => (BigInteger)sum), done);
                return new ShapleyAnswer.Estimated(
                    shares, shares.InFen(), widths, done, isPrecise ? SamplingStop.Precise : SamplingStop.PermutationsUsedUp);
            }
        }
    }

    private static ShapleyAnswer.Refused? Sample(
        ISharedValue game, Draws draws, int[] order, Int128[] sums, Int128[] squares, SamplingTerms terms, long whole)
    {
        draws.Shuffle(order);
        game.Clear();
        var before = 0L;
        foreach (var contributor in order)
        {
            var value = game.Join(contributor);
            var marginal = value - before;
            if (marginal < terms.LeastMarginalFen || marginal > terms.MostMarginalFen)
            {
                return new(
                    SharesRefusal.MarginalOutOfRange,
                    $"marginal value {marginal} of contributor {contributor} is not allowed: {terms.LeastMarginalFen} to {terms.MostMarginalFen} fen, as was given");
            }

            sums[contributor] += marginal;
            squares[contributor] += (Int128)marginal * marginal;
            before = value;
        }

        return before == whole ? null : throw new InvalidOperationException($"All together are worth {before} fen in one order and {whole} in another.");
    }

    // The k for which 2^-k is the risk of one interval: risk / (contributors · looks), rounded down to a power of two, as a logarithm then is a product.
    private static int RiskExponent(int contributors, SamplingTerms terms)
    {
        var looks = 1;
        for (long look = FirstLook; look < terms.MostPermutations; look *= 2)
        {
            looks++;
        }

        return 1 + BitOperations.Log2((ulong)contributors * (ulong)looks * (ulong)terms.OneIn);
    }

    private static double[] HalfWidths(Int128[] sums, Int128[] squares, int count, int risk, long range)
    {
        var log = (risk + 2) * Ln2;
        var widths = new double[sums.Length];
        for (var i = 0; i < widths.Length; i++)
        {
            // (m Σx² − (Σx)²) / (m (m − 1)), whole until the division: no digits are lost.
            var spread = ((BigInteger)squares[i] * count) - ((BigInteger)sums[i] * sums[i]);
            var variance = (double)spread / ((double)count * (count - 1));
            widths[i] = Math.Sqrt(2 * variance * log / count) + (7.0 * range * log / (3.0 * (count - 1)));
        }

        return widths;
    }
}
