using DataExchange.Domain.Pricing;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Pricing;

public sealed class PricingDeciderTests : DeciderSpecification<PricingDecider, PricingCommand, ProductPricing>
{
    private static readonly ValueEstimate[] Estimates =
        [new(ValuationApproach.Cost, 80_000, 5_000), new(ValuationApproach.Market, 120_000, 5_000)];

    // The band is 100,000 fen ± 10 %.
    private static readonly ValueProduct Valuing = new(Product, PriceUnit.PerLicence, Estimates, 1_000) { At = Day(41), By = Provider };

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
        new("no estimates", "Open", Valuing with { Estimates = [] }, "!PriceInvalid"),
        new("weights short of the whole", "Open", Valuing with { Estimates = [new(ValuationApproach.Cost, 80_000, 9_999)] }, "!PriceInvalid"),
        new("one approach twice", "Open",
            Valuing with { Estimates = [new(ValuationApproach.Cost, 1, 5_000), new(ValuationApproach.Cost, 2, 5_000)] }, "!PriceInvalid"),
        new("a negative weight", "Open",
            Valuing with { Estimates = [new(ValuationApproach.Cost, 1, -1), new(ValuationApproach.Market, 2, 10_001)] }, "!PriceInvalid"),
        new("an estimate of nothing", "Open", Valuing with { Estimates = [new(ValuationApproach.Cost, 0, 10_000)] }, "!PriceInvalid"),
        new("an estimate out of range", "Open",
            Valuing with { Estimates = [new(ValuationApproach.Cost, Money.MostFen + 1, 10_000)] }, "!PriceInvalid"),
        new("a tolerance above the whole", "Open", Valuing with { ToleranceBasisPoints = 10_001 }, "!PriceInvalid"),
        new("a negative tolerance", "Open", Valuing with { ToleranceBasisPoints = -1 }, "!PriceInvalid"),
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
        new("packs of what is no pack", "Valued", Pricing with { Terms = OpenEnded with { UnitsPerPack = 2 } }, "!PriceInvalid"),
    ];

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
}
