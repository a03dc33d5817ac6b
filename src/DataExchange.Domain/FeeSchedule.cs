namespace DataExchange.Domain;

/// <summary>A part of a deal's amount with a rate of its own.</summary>
/// <param name="AboveFen">Where it begins: the amount above so many fen, up to where the next tier begins.</param>
/// <param name="BasisPoints">Rate on that part alone, 1/10,000.</param>
public readonly record struct FeeTier(long AboveFen, int BasisPoints);

/// <summary>
/// What a venue's fee has besides its base rate, which counts from the first fen: other rates for what lies above some amounts (marginal), and
/// bounds. A schedule without tiers and bounds is a flat rate.
/// </summary>
/// <param name="Above">Tiers above the base rate, rising; at most <see cref="MostTiers"/>.</param>
/// <param name="LeastFen">Least fee of a deal, fen; 0 for none.</param>
/// <param name="MostFen">Most fee of a deal, fen; absent for none.</param>
public sealed record FeeSchedule(IReadOnlyList<FeeTier> Above, long LeastFen, long? MostFen)
{
    /// <summary>Most tiers above the base rate.</summary>
    public const int MostTiers = 32;

    /// <summary>A flat rate.</summary>
    public static readonly FeeSchedule Flat = new([], 0, null);

    /// <summary>What is wrong with a fee; null when nothing is.</summary>
    /// <param name="basisPoints">Its base rate.</param>
    /// <param name="schedule">What it has besides; null for a flat rate.</param>
    /// <returns>
    /// <see cref="Rejection.TermsInvalid"/>: a rate is not within 0 to 10,000. <see cref="Rejection.FeeTiersNotRising"/>: a tier does not begin above the
    /// one before it, or there are too many. <see cref="Rejection.FeeBoundsInvalid"/>: the least fee is negative or above the most.
    /// </returns>
    public static Rejection? Problem(int basisPoints, FeeSchedule? schedule)
    {
        if (!IsRate(basisPoints))
        {
            return Rejection.TermsInvalid;
        }

        if (schedule is null)
        {
            return null;
        }

        var last = 0L;
        foreach (var tier in schedule.Above)
        {
            if (!IsRate(tier.BasisPoints))
            {
                return Rejection.TermsInvalid;
            }

            if (tier.AboveFen <= last)
            {
                return Rejection.FeeTiersNotRising;
            }

            last = tier.AboveFen;
        }

        return schedule.Above.Count > MostTiers ? Rejection.FeeTiersNotRising
            : schedule.LeastFen < 0 || schedule.LeastFen > (schedule.MostFen ?? Money.MostFen) ? Rejection.FeeBoundsInvalid
            : null;
    }

    /// <summary>
    /// The fee on an amount: Σ over the tiers of (the part of the amount within the tier) × rate, rounded half up to the fen, then brought within
    /// the bounds. It never falls when the amount grows. On nothing it is nothing.
    /// </summary>
    /// <param name="basisPoints">The base rate, 0 to 10,000.</param>
    /// <param name="amount">0 or more.</param>
    public Money FeeOn(int basisPoints, Money amount)
    {
        if (amount <= Money.Zero)
        {
            return Money.Zero;
        }

        Int128 sum = 0;
        var (from, rate) = (0L, basisPoints);
        foreach (var tier in Above)
        {
            if (tier.AboveFen >= amount.Fen)
            {
                break;
            }

            sum += (Int128)(tier.AboveFen - from) * rate;
            (from, rate) = (tier.AboveFen, tier.BasisPoints);
        }

        sum += (Int128)(amount.Fen - from) * rate;
        var fee = (long)(((sum * 2) + Money.BasisPoints) / (Money.BasisPoints * 2));
        return new(Math.Clamp(fee, LeastFen, MostFen ?? long.MaxValue));
    }

    private static bool IsRate(int basisPoints) => basisPoints is >= 0 and <= (int)Money.BasisPoints;
}
