using DataExchange.Domain;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents;

/// <summary>What a provider offers beside its regular price: less for more, less for further calls, a minimum, less for some time. All of it is assumed.</summary>
internal static class PriceMenu
{
    // Of the regular price, 1/10,000. Each leaves an order just below a step no dearer than the step itself.
    private static readonly (int FromQuantity, int BasisPoints)[] Packs = [(3, 9_200), (6, 8_500)];
    private static readonly (int FromQuantity, int BasisPoints)[] Months = [(3, 9_600), (12, 9_000)];

    // In packs, and of the regular price of a call.
    private static readonly (int AfterPacks, int BasisPoints)[] Further = [(1, 9_000), (5, 8_000)];

    // Of the regular price of a pack, 1/10,000; in months.
    private const int LeastOfPack = 15_000;
    private const int LeastMonths = 2;

    /// <summary>Terms as they come to the shelf: with steps, or tiers of calls, or neither; with a minimum, or without.</summary>
    /// <param name="random">A stream for this alone, so that it shifts no other draw.</param>
    /// <param name="pricing">How often.</param>
    /// <param name="terms">The regular terms.</param>
    public static LicenceTerms Draw(RandomStream random, PricingSettings pricing, LicenceTerms terms)
    {
        if (terms.Licence is not (LicenceKind.CallPack or LicenceKind.Subscription))
        {
            return terms;
        }

        var menu = random.NextBoolean(pricing.StepsShare.Value) ? Stepped(terms)
            : terms.Licence == LicenceKind.CallPack && random.NextBoolean(pricing.TiersShare.Value) ? Tiered(terms)
            : terms;
        return random.NextBoolean(pricing.MinimumShare.Value) ? WithMinimum(menu) : menu;
    }

    /// <summary>The same menu at another regular price; a promotion ends with the old one.</summary>
    public static LicenceTerms At(LicenceTerms terms, long unitPriceFen)
    {
        var plain = terms with { UnitPriceFen = unitPriceFen, Steps = null, Promotion = null, Tiers = null, MinimumFen = null };
        var menu = terms.Steps is not null ? Stepped(plain) : terms.Tiers is not null ? Tiered(plain) : plain;
        return terms.MinimumFen is null ? menu : WithMinimum(menu);
    }

    // A price of a few fen has no room for steps: they must be whole fen, lower and worth taking.
    private static LicenceTerms Stepped(LicenceTerms terms)
    {
        var shares = terms.Licence == LicenceKind.CallPack ? Packs : Months;
        var steps = shares.Select(step => new QuantityStep(step.FromQuantity, ((terms.UnitPriceFen * step.BasisPoints) + Money.BasisPoints - 1) / Money.BasisPoints)).ToArray();
        var stepped = terms with { Steps = steps };
        return stepped is { AreValid: true, AreMonotone: true } ? stepped : terms;
    }

    // Of calls at a fen or little more none can cost less.
    private static LicenceTerms Tiered(LicenceTerms terms)
    {
        var tiered = terms with
        {
            Tiers = [.. Further.Select(tier => new CallTier(
                tier.AfterPacks * terms.UnitsPerPack, ((terms.UnitPriceFen * CallTier.PricedCalls * tier.BasisPoints) + Money.BasisPoints - 1) / Money.BasisPoints))],
        };
        return tiered is { AreValid: true, TiersFall: true } ? tiered : terms;
    }

    private static LicenceTerms WithMinimum(LicenceTerms terms) => terms with
    {
        MinimumFen = terms.Licence == LicenceKind.CallPack ? ((terms.RegularAmount().Fen * LeastOfPack) + Money.BasisPoints - 1) / Money.BasisPoints : terms.UnitPriceFen * LeastMonths,
    };
}
