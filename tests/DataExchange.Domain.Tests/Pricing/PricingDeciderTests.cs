using DataExchange.Domain.Pricing;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Pricing;

public sealed class PricingDeciderTests : DeciderSpecification<PricingDecider, PricingCommand, ProductPricing>
{
    private static readonly ValueEstimate[] Estimates =
        [new(ValuationApproach.Cost, 80_000, 5_000), new(ValuationApproach.Market, 120_000, 5_000)];

    // The band is 100,000 fen ± 10 %.
    private static readonly ValueProduct Valuing = new(Product, PriceUnit.PerLicence, Estimates, 1_000) { At = Day(41), By = Provider };

    private static readonly CostInputs Costs = new(1_000_000, 10_200, 1_000, 500, 9_800, 10);

    private static readonly IncomeInputs Earnings = new([500_000, 400_000], 5_000, 1_000, 100_000, 4);

    private static readonly Comparable Sold = new(Deal, Product, 100_000, 10_000, 10_000, 9_500, 10_000, 8_000);

    private static readonly SetPrice Pricing = new(Product, OpenEnded, null) { At = Day(42), By = Provider };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = MakeHistories();

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, PricingCommand> Commands { get; } = new Dictionary<string, PricingCommand>
    {
        ["OpenPricing"] = new OpenPricing(Product, Certificate, true) { At = Day(40), By = Provider },
        ["SetAuthorityCap"] = new SetAuthorityCap(Product, 95_000) { At = Day(41), By = Provider },
        ["ValueProduct"] = Valuing,
        ["SetPrice"] = Pricing,
        ["ClosePricing"] = new ClosePricing(Product, Rejection.CertificateExpired) { At = Day(400), By = Provider },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command         | NotOpen       | Open                | Valued              | Priced              | Closed
        OpenPricing     | PricingOpened | !PricingAlreadyOpen | !PricingAlreadyOpen | !PricingAlreadyOpen | !PricingClosed
        SetAuthorityCap | !NotCertified | AuthorityCapSet     | AuthorityCapSet     | AuthorityCapSet     | !PricingClosed
        ValueProduct    | !NotCertified | ProductValued       | ProductValued       | ProductValued       | !PricingClosed
        SetPrice        | !NotCertified | !NotValued          | PriceSet            | PriceSet            | !PricingClosed
        ClosePricing    | !NotCertified | PricingClosed       | PricingClosed       | PricingClosed       | !PricingClosed
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        AuthorityCapSet: Open, Valued, Priced
        PriceRefused: Valued, Priced
        PriceSet: Valued, Priced
        PricingClosed: Open, Valued, Priced
        PricingOpened: NotOpen
        ProductValued: Open, Valued, Priced
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("a cap on data that are not public", "Open (not public)", new SetAuthorityCap(Product, 1) { At = Day(41), By = Provider }, "!NotPublicData"),
        new("a cap of nothing", "Open", new SetAuthorityCap(Product, 0) { At = Day(41), By = Provider }, "!PriceInvalid"),
        new("a cap out of range", "Open", new SetAuthorityCap(Product, Money.MostFen + 1) { At = Day(41), By = Provider }, "!PriceInvalid"),
        new("no estimates", "Open", Valuing with { Estimates = [] }, "!ValuationUnsound"),
        new("weights short of the whole", "Open", Valuing with { Estimates = [new(ValuationApproach.Cost, 80_000, 9_999)] }, "!ValuationUnsound"),
        new("one approach twice", "Open",
            Valuing with { Estimates = [new(ValuationApproach.Cost, 1, 5_000), new(ValuationApproach.Cost, 2, 5_000)] }, "!ValuationUnsound"),
        new("a negative weight", "Open",
            Valuing with { Estimates = [new(ValuationApproach.Cost, 1, -1), new(ValuationApproach.Market, 2, 10_001)] }, "!ValuationUnsound"),
        new("an estimate of nothing", "Open", Valuing with { Estimates = [new(ValuationApproach.Cost, 0, 10_000)] }, "!ValuationUnsound"),
        new("an estimate out of range", "Open",
            Valuing with { Estimates = [new(ValuationApproach.Cost, Money.MostFen + 1, 10_000)] }, "!ValuationUnsound"),
        new("a tolerance above the whole", "Open", Valuing with { ToleranceBasisPoints = 10_001 }, "!ValuationUnsound"),
        new("a negative tolerance", "Open", Valuing with { ToleranceBasisPoints = -1 }, "!ValuationUnsound"),
        new("an estimate without a basis", "Open", Valuing with { Estimates = [new(ValuationApproach.Cost, null, 10_000)] }, "!ValuationUnsound"),
        new("an estimate with two bases", "Open", Valuing with { Estimates = [new(ValuationApproach.Cost, 80_000, 10_000, Cost: Costs)] }, "!ValuationUnsound"),
        new("inputs of another approach", "Open", Valuing with { Estimates = [new(ValuationApproach.Market, null, 10_000, Cost: Costs)] }, "!ValuationUnsound"),
        new("inputs of an approach", "Open", Valuing with { Estimates = [new(ValuationApproach.Cost, null, 10_000, Cost: Costs)] }, "ProductValued"),
        new("a cost of nothing", "Open", CostOf(Costs with { HistoricalCostFen = 0 }), "!ValuationUnsound"),
        new("a negative margin", "Open", CostOf(Costs with { MarginBasisPoints = -1 }), "!ValuationUnsound"),
        new("obsolete altogether", "Open", CostOf(Costs with { ObsolescenceBasisPoints = 10_000 }), "!ValuationUnsound"),
        new("a cost spread over no unit", "Open", CostOf(Costs with { ExpectedUnits = 0 }), "!ValuationUnsound"),
        new("a cost too thin to see", "Open", CostOf(Costs with { HistoricalCostFen = 1, ExpectedUnits = 1_000_000 }), "!ValuationUnsound"),
        new("no year", "Open", IncomeOf(Earnings with { CashFlowsFen = [] }), "!ValuationUnsound"),
        new("a negative discount rate", "Open", IncomeOf(Earnings with { DiscountBasisPoints = -1 }), "!ValuationUnsound"),
        new("a share above the whole", "Open", IncomeOf(Earnings with { ShareBasisPoints = 10_001 }), "!ValuationUnsound"),
        new("earnings that lose in all", "Open", IncomeOf(Earnings with { CashFlowsFen = [10, -1_000_000] }), "!ValuationUnsound"),
        new("a year that loses", "Open", IncomeOf(Earnings with { CashFlowsFen = [-10, 1_000_000] }), "ProductValued"),
        new("no comparable", "Open", MarketOf(), "!ValuationUnsound"),
        new("a comparable", "Open", MarketOf(Sold), "ProductValued"),
        new("a deal compared with twice", "Open", MarketOf(Sold, Sold), "!ValuationUnsound"),
        new("a comparable with nothing in common", "Open", MarketOf(Sold with { SimilarityBasisPoints = 0 }), "!ValuationUnsound"),
        new("a negative adjustment", "Open", MarketOf(Sold with { QualityBasisPoints = -1 }), "!ValuationUnsound"),
        new("the lower end of the band", "Valued", Price(90_000), "PriceSet"),
        new("a fen below it", "Valued", Price(89_999), "PriceRefused!PriceOutsideBand"),
        new("a fen below it, with a reason", "Valued", Price(89_999) with { OverrideReason = "launch" }, "PriceSet"),
        new("a fen below it, with an empty reason", "Valued", Price(89_999) with { OverrideReason = " " }, "PriceRefused!PriceOutsideBand"),
        new("the upper end of the band", "Valued", Price(110_000), "PriceSet"),
        new("a fen above it", "Valued", Price(110_001), "PriceRefused!PriceOutsideBand"),
        new("the authority's cap", "Valued (capped)", Price(95_000), "PriceSet"),
        new("a fen above the cap", "Valued (capped)", Price(95_001), "PriceRefused!PriceAboveAuthorityCap"),
        new("a reason does not lift the cap", "Valued (capped)", Price(95_001) with { OverrideReason = "launch" },
            "PriceRefused!PriceAboveAuthorityCap"),
        new("a price of nothing", "Valued", Price(0), "!PriceInvalid"),
        new("a price out of range", "Valued", Price(Money.MostFen + 1), "!PriceInvalid"),
        new("a cap on copies of a licence without copies", "Valued", Pricing with { Terms = OpenEnded with { Copies = 1 } }, "!PriceInvalid"),
        new("a capped licence of no copies", "Valued", Pricing with { Terms = TwoCopies with { Copies = 0 } }, "!PriceInvalid"),
        new("a capped licence without a cap", "Valued", Pricing with { Terms = TwoCopies with { Copies = null } }, "!PriceInvalid"),
        new("a pack of no calls", "Valued", Pricing with { Terms = CallPack with { UnitsPerPack = 0 } }, "!PriceInvalid"),
        new("a pack priced by the month", "Valued", Pricing with { Terms = CallPack with { Unit = PriceUnit.PerMonth } }, "!PriceInvalid"),
        new("less for more", "Valued", Stepped(new(3, 92_000), new(6, 85_000)), "PriceSet"),
        new("a step that is dearer", "Valued", Stepped(new QuantityStep(3, 100_001)), "!PriceInvalid"),
        new("a step of the same price", "Valued", Stepped(new QuantityStep(3, 100_000)), "!PriceInvalid"),
        new("a step of a negative price", "Valued", Stepped(new QuantityStep(3, -1)), "!PriceInvalid"),
        new("a step from the first unit on", "Valued", Stepped(new QuantityStep(1, 90_000)), "!PriceInvalid"),
        new("steps that do not rise", "Valued", Stepped(new(6, 92_000), new(3, 85_000)), "!PriceInvalid"),
        new("a list without steps", "Valued", Stepped(), "!PriceInvalid"),
        new("seventeen steps", "Valued", Stepped([.. Enumerable.Range(2, 17).Select(i => new QuantityStep(i, 100_000 - i))]), "!PriceInvalid"),
        new("steps of an exclusive licence", "Valued", Stepped(new QuantityStep(3, 92_000)) with { Terms = Exclusive with { Steps = [new(3, 92_000)] } }, "!PriceInvalid"),
        new("two for no more than one", "Valued", Stepped(new QuantityStep(2, 50_000)), "PriceSet"),
        new("two for a fen less than one", "Valued", Stepped(new QuantityStep(2, 49_999)), "!PriceNotMonotone"),
        new("a promotion", "Valued", Promoted(1_000, 60, 90), "PriceSet"),
        new("a promotion of nothing", "Valued", Promoted(0, 60, 90), "!PriceInvalid"),
        new("a promotion for nothing", "Valued", Promoted(10_000, 60, 90), "!PriceInvalid"),
        new("a promotion that ends as it begins", "Valued", Promoted(1_000, 60, 60), "!PriceInvalid"),
        // 10 fen, and 9 from the tenth on. Of 8,889/10,000 off 2 and 1 fen are left, rounded up: 18 for nine and 10 for ten. Of nine tenths off 1 and 1.
        new("rounded so that nine cost more than ten", "Valued", Cheap(8_889), "!PriceNotMonotone"),
        new("rounded so that they do not", "Valued", Cheap(9_000), "PriceSet"),
        new("less for further calls", "Valued", Tiered(new(1_000, 27_000), new(5_000, 24_500)), "PriceSet"),
        new("further calls for a fen", "Valued", Tiered(new CallTier(1, 1_000)), "PriceSet"),
        new("further calls for less than a fen", "Valued", Tiered(new CallTier(1, 999)), "!PriceInvalid"),
        new("a tier from the first call on", "Valued", Tiered(new CallTier(0, 27_000)), "!PriceInvalid"),
        new("tiers that begin at one call", "Valued", Tiered(new(1_000, 27_000), new(1_000, 24_000)), "!PriceInvalid"),
        new("a list without tiers", "Valued", Tiered(), "!PriceInvalid"),
        new("seventeen tiers", "Valued", Tiered([.. Enumerable.Range(1, 17).Select(i => new CallTier(i, 30_000 - i))]), "!PriceInvalid"),
        new("a tier out of range", "Valued", Tiered(new CallTier(1_000, Money.MostFen + 1)), "!PriceInvalid"),
        new("further calls at the same price", "Valued", Tiered(new CallTier(1_000, 30_000)), "!TiersNotFalling"),
        new("further calls that cost more", "Valued", Tiered(new CallTier(1_000, 30_001)), "!TiersNotFalling"),
        new("tiers that fall and rise", "Valued", Tiered(new(1_000, 20_000), new(2_000, 20_001)), "!TiersNotFalling"),
        new("a share of revenue", "Valued", Sharing(new(5_000, 24, 60_000, 30)), "PriceSet"),
        new("the smallest share", "Valued", Sharing(new(1, 1, 1, 1)), "PriceSet"),
        new("no share", "Valued", Sharing(new(0, 3, 60_000, 15)), "!RevenueShareInvalid"),
        new("more than half", "Valued", Sharing(new(5_001, 3, 60_000, 15)), "!RevenueShareInvalid"),
        new("no period", "Valued", Sharing(new(1_000, 0, 60_000, 15)), "!RevenueShareInvalid"),
        new("more than two years", "Valued", Sharing(new(1_000, 25, 60_000, 15)), "!RevenueShareInvalid"),
        new("a cap of nothing", "Valued", Sharing(new(1_000, 3, 0, 15)), "!RevenueShareInvalid"),
        new("a cap out of range", "Valued", Sharing(new(1_000, 3, Money.MostFen + 1, 15)), "!RevenueShareInvalid"),
        new("no day for a report", "Valued", Sharing(new(1_000, 3, 60_000, 0)), "!RevenueShareInvalid"),
        new("more days for a report than a period has", "Valued", Sharing(new(1_000, 3, 60_000, 31)), "!RevenueShareInvalid"),
        new("a share of what is called", "Valued", Of(CallPack with { Revenue = new(1_000, 3, 60_000, 15) }), "!RevenueShareInvalid"),
        new("a share of what is negotiated", "Valued", Of(ByContract with { Revenue = new(1_000, 3, 60_000, 15) }), "!RevenueShareInvalid"),
        new("a share and steps", "Valued", Of(OpenEnded with { Steps = [new(2, 60_000)], Revenue = new(1_000, 3, 60_000, 15) }), "!RevenueShareInvalid"),
        new("a share and versions", "Valued", Of(OpenEnded with { Degraded = [new(Degradation.Sampled, 10, 4_000)], Revenue = new(1_000, 3, 60_000, 15) }), "!RevenueShareInvalid"),
        new("a price in the band that a cap lifts out of it", "Valued", Pricing with { OverrideReason = null, Terms = OpenEnded with { Revenue = new(1_000, 3, 10_000_000, 15) } }, "PriceRefused!PriceOutsideBand"),
        new("tiers and steps", "Valued", Of(CallPack with { Tiers = [new(1_000, 27_000)], Steps = [new(3, 29)] }), "!PriceInvalid"),
        new("tiers of what is not called", "Valued", Of(OpenEnded with { Tiers = [new(1_000, 27_000)] }), "!PriceInvalid"),
        // Of 27,000 fen a thousand 9,630/10,000 off leaves 999, 9,629 off leaves 1,001.7.
        new("further calls for less than a fen on promotion", "Valued", Of(CallPack with { Tiers = [new(1_000, 27_000)], Promotion = new(9_630, Day(60), Day(90)) }), "!PriceInvalid"),
        new("further calls for a fen and more on promotion", "Valued", Of(CallPack with { Tiers = [new(1_000, 27_000)], Promotion = new(9_629, Day(60), Day(90)) }), "PriceSet"),
        new("a minimum", "Valued", Of(CallPack with { MinimumFen = 40_000 }), "PriceSet"),
        new("a minimum with tiers", "Valued", Of(CallPack with { MinimumFen = 40_000, Tiers = [new(1_000, 27_000)] }), "PriceSet"),
        new("a minimum of months", "Valued", Of(OpenEnded with { Licence = LicenceKind.Subscription, Unit = PriceUnit.PerMonth, MinimumFen = 300_000 }), "PriceSet"),
        new("a minimum of nothing", "Valued", Of(CallPack with { MinimumFen = 0 }), "!PriceInvalid"),
        new("a minimum out of range", "Valued", Of(CallPack with { MinimumFen = Money.MostFen + 1 }), "!PriceInvalid"),
        new("a minimum of one licence", "Valued", Of(OpenEnded with { MinimumFen = 300_000 }), "!PriceInvalid"),
        new("a minimum of what is negotiated", "Valued", Of(ByContract with { Licence = LicenceKind.Subscription, MinimumFen = 300_000 }), "!PriceInvalid"),
        new("versions of lower quality", "Valued", Degraded(new(Degradation.Sampled, 10, 4_000), new(Degradation.Delayed, 90, 6_000), new(Degradation.Aggregated, 2, 9_999)), "PriceSet"),
        new("a version of a subscription", "Valued", Of(OpenEnded with { Licence = LicenceKind.Subscription, Unit = PriceUnit.PerMonth, Degraded = [new(Degradation.Delayed, 1, 1)] }), "PriceSet"),
        new("a version at the full price", "Valued", Degraded(new DegradedVersion(Degradation.Sampled, 10, 10_000)), "!PriceNotMonotone"),
        new("a version dearer than the full product", "Valued", Degraded(new DegradedVersion(Degradation.Sampled, 10, 10_001)), "!PriceNotMonotone"),
        new("a version at no price", "Valued", Degraded(new DegradedVersion(Degradation.Sampled, 10, 0)), "!PriceInvalid"),
        new("a version at a price out of range", "Valued", Degraded(new DegradedVersion(Degradation.Sampled, 10, 100_001)), "!PriceInvalid"),
        new("a sample of all", "Valued", Degraded(new DegradedVersion(Degradation.Sampled, 1, 4_000)), "!PriceInvalid"),
        new("a sample of almost nothing", "Valued", Degraded(new DegradedVersion(Degradation.Sampled, 1_000_001, 4_000)), "!PriceInvalid"),
        new("no delay", "Valued", Degraded(new DegradedVersion(Degradation.Delayed, 0, 4_000)), "!PriceInvalid"),
        new("more than ten years of delay", "Valued", Degraded(new DegradedVersion(Degradation.Delayed, 3_651, 4_000)), "!PriceInvalid"),
        new("a version that nobody knows", "Valued", Degraded(new DegradedVersion((Degradation)9, 2, 4_000)), "!PriceInvalid"),
        new("two versions of a kind", "Valued", Degraded(new(Degradation.Sampled, 10, 4_000), new(Degradation.Sampled, 100, 3_000)), "!PriceInvalid"),
        new("a list without versions", "Valued", Degraded(), "!PriceInvalid"),
        new("a version of calls", "Valued", Of(CallPack with { Degraded = [new(Degradation.Sampled, 10, 4_000)] }), "!PriceInvalid"),
        new("a version of limited copies", "Valued", Of(TwoCopies with { Degraded = [new(Degradation.Sampled, 10, 4_000)] }), "!PriceInvalid"),
        new("a version of what is negotiated", "Valued", Of(ByContract with { Degraded = [new(Degradation.Sampled, 10, 4_000)] }), "!PriceInvalid"),
        // 10 fen, and 9 from the tenth on; a tenth of that is one fen each, rounded up, and a fifth two: both for nine as for ten.
        new("a version rounded so that ten cost no less than nine", "Valued", Of(OpenEnded with { UnitPriceFen = 10, Steps = [new(10, 9)], Degraded = [new(Degradation.Sampled, 10, 2_000)] }), "PriceSet"),
        new("a version rounded so that ten cost less than nine", "Valued", Of(OpenEnded with { UnitPriceFen = 10, Steps = [new(10, 9)], Degraded = [new(Degradation.Sampled, 10, 1_001)] }), "!PriceNotMonotone"),
        new("packs of what is no pack", "Valued", Pricing with { Terms = OpenEnded with { UnitsPerPack = 2 } }, "!PriceInvalid"),
    ];

    private static SetPrice Stepped(params QuantityStep[] steps) => Pricing with { Terms = OpenEnded with { Steps = steps } };

    private static SetPrice Tiered(params CallTier[] tiers) => Of(CallPack with { Tiers = tiers });

    private static SetPrice Sharing(RevenueShareTerms revenue) => Of(OpenEnded with { Revenue = revenue });

    private static SetPrice Degraded(params DegradedVersion[] versions) => Of(OpenEnded with { Degraded = versions });

    private static SetPrice Of(LicenceTerms terms) => Pricing with { OverrideReason = "launch", Terms = terms };

    private static SetPrice Promoted(int discount, int from, int until) => Pricing with { Terms = OpenEnded with { Promotion = new(discount, Day(from), Day(until)) } };

    private static SetPrice Cheap(int discount) =>
        Pricing with { OverrideReason = "launch", Terms = OpenEnded with { UnitPriceFen = 10, Steps = [new(10, 9)], Promotion = new(discount, Day(60), Day(90)) } };

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => Enum.GetNames<PricingStage>();

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(ProductPricing state) => [state.Stage.ToString()];

    [Fact]
    public void Each_price_is_a_new_version_and_only_an_override_keeps_its_reason()
    {
        var first = Assert.IsType<PriceSet>(Assert.Single(PricingDecider.Decide(Pricing with { OverrideReason = "launch" }, Given("Valued")).Events));
        var second = Assert.IsType<PriceSet>(Assert.Single(PricingDecider.Decide(Price(1) with { OverrideReason = "launch" }, Given("Priced")).Events));
        Assert.Equal((1, null), (first.Version, first.OverrideReason));
        Assert.Equal((2, "launch"), (second.Version, second.OverrideReason));
    }

    private static SetPrice Price(long fen) => Pricing with { Terms = OpenEnded with { UnitPriceFen = fen } };

    private static Dictionary<string, Event[]> MakeHistories()
    {
        Event opened = new PricingOpened(Product, Certificate, true) { At = Day(40), By = Provider };
        Event[] valued = [opened, new ProductValued(Product, PriceUnit.PerLicence, Estimates, 1_000) { At = Day(41), By = Provider }];
        return new()
        {
            ["NotOpen"] = [],
            ["Open"] = [opened],
            ["Open (not public)"] = [new PricingOpened(Product, Certificate, false) { At = Day(40), By = Provider }],
            ["Valued"] = valued,
            ["Valued (capped)"] = [.. valued, new AuthorityCapSet(Product, 95_000) { At = Day(41), By = Provider }],
            ["Priced"] = [.. valued, new PriceSet(Product, 1, OpenEnded, null) { At = Day(42), By = Provider }],
            ["Closed"] = [opened, new PricingClosed(Product, Rejection.CertificateExpired) { At = Day(400), By = Provider }],
        };
    }

    private static ValueProduct CostOf(CostInputs inputs) => Valuing with { Estimates = [new(ValuationApproach.Cost, null, 10_000, Cost: inputs)] };

    private static ValueProduct IncomeOf(IncomeInputs inputs) => Valuing with { Estimates = [new(ValuationApproach.Income, null, 10_000, Income: inputs)] };

    private static ValueProduct MarketOf(params IReadOnlyList<Comparable> comparables) =>
        Valuing with { Estimates = [new(ValuationApproach.Market, null, 10_000, Market: new MarketInputs(comparables))] };
}
