using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Simulation.Population;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents;

/// <summary>What a provider knows of a product before it applies, and what will come out about it. Drawn from the product's own stream.</summary>
public sealed record ProductPlan
{
    /// <summary>The product.</summary>
    public required ProductId Product { get; init; }

    /// <summary>Who brings it.</summary>
    public required PartyId Provider { get; init; }

    /// <summary>Number of the product in the run, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Venues where it is to be listed, the first one takes the application.</summary>
    public required IReadOnlyList<VenueAgent> Venues { get; init; }

    /// <summary>Day on which it is to reach the shelf.</summary>
    public required DateOnly ListingDay { get; init; }

    /// <summary>Form of delivery.</summary>
    public required ProductForm Form { get; init; }

    /// <summary>Category.</summary>
    public required string Category { get; init; }

    /// <summary>Number of the sub-track.</summary>
    public required int SubTrack { get; init; }

    /// <summary>Whether it belongs to a batch-uploaded series.</summary>
    public required bool IsBatch { get; init; }

    /// <summary>Whether it is brought for a requirement.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Its title, where that is known before the application.</summary>
    public ProductTitle? Title { get; init; }

    /// <summary>How sensitive the data are.</summary>
    public required SecurityClass SecurityClass { get; init; }

    /// <summary>Whether they contain personal information.</summary>
    public required bool ContainsPersonalInformation { get; init; }

    /// <summary>Whether they are public data.</summary>
    public required bool IsPublicData { get; init; }

    /// <summary>Whether a use scenario will be named.</summary>
    public required bool NamesUseScenario { get; init; }

    /// <summary>Content fingerprint: that of another product when it is a duplicate.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What is to be offered at what price.</summary>
    public required LicenceTerms Terms { get; init; }

    /// <summary>What so many packs, months or copies are worth in the middle of all buyers, fen: the price at which the product comes to the shelf, without any discount.</summary>
    public long WorthFen(int quantity) => (Terms.RegularAmount() * quantity).Fen;

    /// <summary>Upstream contributors, with the shares that are agreed where none are computed.</summary>
    public required IReadOnlyList<ContributorShare> Contributors { get; init; }

    /// <summary>What the contributors' shares are computed from; null where they are agreed.</summary>
    public ContributionGame? Game { get; init; }

    /// <summary>The application to list the product.</summary>
    /// <param name="venue">Where.</param>
    /// <param name="at">When.</param>
    public ListProduct ApplicationTo(VenueId venue, SimulatedTime at) =>
        new(Product, venue, Game is null ? Contributors : [], Game) { At = at, By = Provider };

    /// <summary>How much buyers at the shelf want it, as a sampling weight; 0 for most.</summary>
    public required long Popularity { get; init; }

    /// <summary>How much it appeals for contracts, as a sampling weight.</summary>
    public required long ContractAppeal { get; init; }

    /// <summary>Views in a year.</summary>
    public required double ViewsPerYear { get; init; }

    /// <summary>Evidence that is brought at first.</summary>
    public required EvidenceKinds FirstEvidence { get; init; }
}

/// <summary>Draws what is offered at what price. Ratios of prices and what may be sold on: A36 of docs/assumptions.md.</summary>
internal static class TermsDraw
{
    private static readonly int[] PackSizes = [1, 10, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000];

    public static LicenceTerms Draw(RandomStream random, PricingSettings pricing, ProductForm form)
    {
        if (form == ProductForm.Api && random.NextBoolean(pricing.ApisByTheCall.Value))
        {
            return ByTheCall(random, pricing);
        }

        if (random.NextBoolean(pricing.NegotiatedShare.Value))
        {
            var indicative = Yuan(random.NextLogNormal(DeterministicMath.Log(pricing.OtherMedianYuan.Value) + 2, 1));
            return new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.Negotiated, indicative, null, 1, false);
        }

        if (form is not ProductForm.Dataset && random.NextBoolean(pricing.SubscriptionShare.Value))
        {
            var monthly = Yuan(random.NextLogNormal(DeterministicMath.Log(pricing.MonthlyMedianYuan.Value), 0.6));
            return new LicenceTerms(LicenceKind.Subscription, PriceUnit.PerMonth, monthly, null, 1, false);
        }

        return OneOff(random, pricing);
    }

    private static LicenceTerms ByTheCall(RandomStream random, PricingSettings pricing)
    {
        var yuan = Math.Min(random.NextLogNormal(pricing.PerCallMu.Value, pricing.PerCallSigma.Value), pricing.PerCallMaximumYuan.Value);
        var fen = Math.Max(1, (long)Math.Round(yuan * 100));
        var aim = random.NextLogNormal(DeterministicMath.Log(pricing.PackMedianYuan.Value), 0.9) * 100;
        var size = PackSizes.LastOrDefault(pack => pack * fen <= aim, PackSizes[0]);
        return new LicenceTerms(LicenceKind.CallPack, PriceUnit.PerCall, fen, null, size, random.NextBoolean(0.2));
    }

    private static LicenceTerms OneOff(RandomStream random, PricingSettings pricing)
    {
        var heap = random.NextDouble();
        var fen = heap < pricing.AtOneThousand.Value ? 100_000
            : heap < pricing.AtOneThousand.Value + pricing.AtFiveThousand.Value ? 500_000
            : Yuan(random.NextLogNormal(DeterministicMath.Log(pricing.OtherMedianYuan.Value), pricing.OtherSigma.Value));
        var kind = random.NextDouble();
        return kind < pricing.ExclusiveShare.Value
                ? new LicenceTerms(LicenceKind.Exclusive, PriceUnit.PerLicence, fen * 20, null, 1, false)
            : kind < pricing.ExclusiveShare.Value + pricing.CappedShare.Value
                ? new LicenceTerms(LicenceKind.Capped, PriceUnit.PerLicence, fen * 2, 2 + random.NextInt32(9), 1, false)
            : new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.PerLicence, fen, null, 1, random.NextBoolean(0.1));
    }

    // Prices are quoted in tens of yuan.
    private static long Yuan(double yuan) => Math.Max(1, (long)Math.Round(yuan / 10)) * 1_000;
}
