using System.Numerics;

namespace DataExchange.Menus.Policies;

/// <summary>A rate from some call on.</summary>
/// <param name="FromCalls">It counts for calls beyond so many; 0 for the first tier.</param>
/// <param name="RateFen">Fen for each <see cref="PerCall.RateCalls"/> calls, 0 to <see cref="PricePolicy.MostFen"/>.</param>
public readonly record struct RateTier(long FromCalls, long RateFen);

/// <summary>
/// 按次, with tiers: each call costs the rate of the tier that it lies in (marginal rates), Σ over tiers of calls within the tier × rate / <paramref name="RateCalls"/>.
/// The price never falls with the calls. Where rates fall it has no arbitrage; where they rise two accounts are cheaper than one.
/// </summary>
/// <param name="Tiers">1 to <see cref="MostTiers"/>, the first from 0, rising.</param>
/// <param name="RateCalls">A rate is for so many calls, 1 to 1,000,000: 1,000 for a rate of thousands.</param>
/// <param name="Quota">No more calls than these are sold; absent: without limit.</param>
public sealed record PerCall(IReadOnlyList<RateTier> Tiers, int RateCalls = 1, long? Quota = null) : PricePolicy
{
    /// <summary>Most tiers.</summary>
    public const int MostTiers = 32;

    internal override (Exact Price, PriceProblem? Problem) PriceSound(Usage usage)
    {
        if (usage.Calls > Quota)
        {
            return (default, PriceProblem.QuotaExceeded);
        }

        var sum = BigInteger.Zero;
        for (var i = 0; i < Tiers.Count && Tiers[i].FromCalls < usage.Calls; i++)
        {
            var until = i + 1 < Tiers.Count ? Math.Min(usage.Calls, Tiers[i + 1].FromCalls) : usage.Calls;
            sum += (BigInteger)(until - Tiers[i].FromCalls) * Tiers[i].RateFen;
        }

        return (new(sum, RateCalls), null);
    }

    internal override PolicyProblem? FindOwn(int depth)
    {
        if (Tiers.Count is < 1 or > MostTiers)
        {
            return new(PolicyFault.TiersNotWhole, nameof(Tiers), Text(Tiers.Count), $"1 to {MostTiers} tiers");
        }

        for (var i = 0; i < Tiers.Count; i++)
        {
            var from = $"{nameof(Tiers)}[{i}].{nameof(RateTier.FromCalls)}";
            if (i == 0 ? Tiers[i].FromCalls != 0 : Tiers[i].FromCalls <= Tiers[i - 1].FromCalls)
            {
                return i == 0
                    ? new(PolicyFault.TiersNotWhole, from, Text(Tiers[i].FromCalls), "0")
                    : new(PolicyFault.TiersNotRising, from, Text(Tiers[i].FromCalls), $"more than {Tiers[i - 1].FromCalls}, where the tier before it begins");
            }

            if (PriceFault($"{nameof(Tiers)}[{i}].{nameof(RateTier.RateFen)}", Tiers[i].RateFen) is { } fault)
            {
                return fault;
            }
        }

        return RateCalls is < 1 or > 1_000_000
            ? new(PolicyFault.RateUnitNotAllowed, nameof(RateCalls), Text(RateCalls), "1 to 1000000")
            : QuotaFault(nameof(Quota), Quota);
    }
}
