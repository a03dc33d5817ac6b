using DataExchange.Domain;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents;

/// <summary>What a provider offers beside its regular price: less for more, and less for some time. All of it is assumed.</summary>
internal static class PriceMenu
{
    // Of the regular price, 1/10,000. Each leaves an order just below a step no dearer than the step itself.
    private static readonly (int FromQuantity, int BasisPoints)[] Packs = [(3, 9_200), (6, 8_500)];
    private static readonly (int FromQuantity, int BasisPoints)[] Months = [(3, 9_600), (12, 9_000)];

    /// <summary>Terms as they come to the shelf: with steps, or without.</summary>
    /// <param name="random">A stream for this alone, so that it shifts no other draw.</param>
    /// <param name="pricing">How often.</param>
    /// <param name="terms">The regular terms.</param>
    public static LicenceTerms Draw(RandomStream random, PricingSettings pricing, LicenceTerms terms) =>
        terms.Licence is LicenceKind.CallPack or LicenceKind.Subscription && random.NextBoolean(pricing.StepsShare.Value) ? Stepped(terms) : terms;

    /// <summary>The same menu at another regular price; a promotion ends with the old one.</summary>
    public static LicenceTerms At(LicenceTerms terms, long unitPriceFen)
    {
        var plain = terms with { UnitPriceFen = unitPriceFen, Steps = null, Promotion = null };
        return terms.Steps is null ? plain : Stepped(plain);
    }

    // A price of a few fen has no room for steps: they must be whole fen, lower and worth taking.
    private static LicenceTerms Stepped(LicenceTerms terms)
    {
        var shares = terms.Licence == LicenceKind.CallPack ? Packs : Months;
        var steps = shares.Select(step => new QuantityStep(step.FromQuantity, ((terms.UnitPriceFen * step.BasisPoints) + Money.BasisPoints - 1) / Money.BasisPoints)).ToArray();
        var stepped = terms with { Steps = steps };
        return stepped is { AreValid: true, AreMonotone: true } ? stepped : terms;
    }
}
