using DataExchange.Domain;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents;

/// <summary>What a provider offers beside its regular price: less for more, less for further calls, a minimum, less for some time, a share of revenue in place of some of the price. All of it is assumed.</summary>
internal static class PriceMenu
{
    // A42. Of the regular price, 1/10,000. Each leaves an order just below a step no dearer than the step itself.
    private static readonly (int FromQuantity, int BasisPoints)[] Packs = [(3, 9_200), (6, 8_500)];
    private static readonly (int FromQuantity, int BasisPoints)[] Months = [(3, 9_600), (12, 9_000)];

    // In packs, and of the regular price of a call.
    private static readonly (int AfterPacks, int BasisPoints)[] Further = [(1, 9_000), (5, 8_000)];

    // Of the regular price of a pack, 1/10,000; in months.
    private const int LeastOfPack = 15_000;
    private const int LeastMonths = 2;

    // The part of the regular price, 1/10,000, that depends on what the buyer earns.
    private const int SharedPart = 4_000;
    private const int RevenueBasisPoints = 500;
    private const int RevenuePeriods = 3;
    private const int RevenueReportDays = 15;

    // A44. Prices lie below what the versions are worth, so that some find their like: what is worth w of the full product for p of its price is the better choice for a buyer to
    // whom that is worth less than (1 - p) / (1 - w) of its price, and worth buying at p / w and more.
    private static readonly (DegradedVersion Version, int WorthBasisPoints)[] Versions =
    [
        (new(Degradation.Sampled, 10, 4_000), 5_000), (new(Degradation.Delayed, 90, 6_000), 7_000), (new(Degradation.Aggregated, 100, 5_000), 6_000),
    ];

    /// <summary>Terms as they come to the shelf: with steps, or tiers of calls, or neither; with a minimum, or without.</summary>
    /// <param name="random">A stream for this alone, so that it shifts no other draw.</param>
    /// <param name="pricing">How often.</param>
    /// <param name="terms">The regular terms.</param>
    public static LicenceTerms Draw(RandomStream random, PricingSettings pricing, LicenceTerms terms)
    {
        var menu = terms.Licence is not (LicenceKind.CallPack or LicenceKind.Subscription) ? terms
            : random.NextBoolean(pricing.StepsShare.Value) ? Stepped(terms)
            : terms.Licence == LicenceKind.CallPack && random.NextBoolean(pricing.TiersShare.Value) ? Tiered(terms)
            : terms;
        if (terms.Licence == LicenceKind.OpenEnded && random.NextBoolean(pricing.RevenueShare.Value))
        {
            return WithRevenue(menu);
        }

        menu = terms.Licence is LicenceKind.CallPack or LicenceKind.Subscription && random.NextBoolean(pricing.MinimumShare.Value) ? WithMinimum(menu) : menu;
        return terms.Licence is LicenceKind.OpenEnded or LicenceKind.Subscription && random.NextBoolean(pricing.VersionsShare.Value) ? WithVersion(menu, random.NextInt32(Versions.Length)) : menu;
    }

    /// <summary>What a version of lower quality is worth to somebody to whom the full product is worth so much, fen.</summary>
    /// <param name="version">One that a provider offers.</param>
    /// <param name="fullFen">Fen.</param>
    public static long WorthOf(DegradedVersion version, long fullFen) =>
        (long)((Int128)fullFen * Versions.First(known => known.Version.Degradation == version.Degradation).WorthBasisPoints / Money.BasisPoints);

    /// <summary>The same menu at another regular price, of which a cap of shares of revenue is a part; a promotion ends with the old one.</summary>
    public static LicenceTerms At(LicenceTerms terms, long unitPriceFen)
    {
        var plain = terms with { UnitPriceFen = unitPriceFen, Steps = null, Promotion = null, Tiers = null, MinimumFen = null, Degraded = null, Revenue = null };
        if (terms.Revenue is not null)
        {
            return WithRevenue(plain);
        }

        var menu = terms.Steps is not null ? Stepped(plain) : terms.Tiers is not null ? Tiered(plain) : plain;
        menu = terms.MinimumFen is null ? menu : WithMinimum(menu);
        return terms.Degraded is { } versions && menu with { Degraded = versions } is { AreValid: true, AreMonotone: true } offered ? offered : menu;
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

    // What is negotiated has no price that a version could be below.
    private static LicenceTerms WithVersion(LicenceTerms terms, int index)
    {
        var offered = terms with { Degraded = [Versions[index].Version] };
        return offered is { AreValid: true, AreMonotone: true } ? offered : terms;
    }

    // Price and cap together are the regular price: the most that is paid, so that what is registered stays what the market was calibrated for. Of a fen there is nothing to share.
    private static LicenceTerms WithRevenue(LicenceTerms terms)
    {
        var cap = terms.UnitPriceFen * SharedPart / Money.BasisPoints;
        var shared = terms with { UnitPriceFen = terms.UnitPriceFen - cap, Revenue = new(RevenueBasisPoints, RevenuePeriods, cap, RevenueReportDays) };
        return shared.AreValid ? shared : terms;
    }

    private static LicenceTerms WithMinimum(LicenceTerms terms) => terms with
    {
        MinimumFen = terms.Licence == LicenceKind.CallPack ? ((terms.RegularAmount().Fen * LeastOfPack) + Money.BasisPoints - 1) / Money.BasisPoints : terms.UnitPriceFen * LeastMonths,
    };
}
