using CsCheck;
using DataExchange.Domain.Trading;
using DataExchange.Menus.Checking;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Trading;

public sealed class BundleDeciderTests : DeciderSpecification<BundleDecider, BundleCommand, Bundle>
{
    private static readonly BundleId Id = new("B000001");
    private static readonly BundleCandidate First = new(Product, Provider, true, SecurityClass.General, Day(400), OpenEnded);
    private static readonly BundleCandidate Second = new(OtherProduct, Provider, true, SecurityClass.Important, Day(300), OpenEnded with { UnitPriceFen = 50_001 });

    private static readonly BundleOffered Offered = new(
        Id, Venue, Provider, SecurityClass.Important, Day(300), 120_000, [new(Product, 100_000, 79_999), new(OtherProduct, 50_001, 40_001)]) { At = Day(50), By = Provider };

    private static readonly OfferBundle Offer = new(Id, Venue, Provider, [Product, OtherProduct], 120_000, [First, Second]) { At = Day(50), By = Provider };
    private static readonly OrderBundle Order = new(Id, Deal, Buyer, SecurityClass.Important) { At = Day(60), By = Buyer };

    private static readonly BundleOrdered Ordered = new(
        Id, Venue, Deal, Buyer, SecurityClass.Important, [new(Product, new("D0000001-1"), 79_999), new(OtherProduct, new("D0000001-2"), 40_001)]) { At = Day(60), By = Buyer };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = new Dictionary<string, Event[]>
    {
        ["None"] = [],
        ["Open"] = [Offered],
        ["Open (ordered)"] = [Offered, Ordered],
        ["Ended"] = [Offered, new BundleEnded(Id, BundleEnd.PartClosed, [Product, OtherProduct]) { At = Day(55), By = Provider }],
    };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, BundleCommand> Commands { get; } = new Dictionary<string, BundleCommand>
    {
        ["OfferBundle"] = Offer,
        ["OrderBundle"] = Order,
        ["WithdrawBundle"] = new WithdrawBundle(Id, Provider) { At = Day(70), By = Provider },
        ["EndBundle"] = new EndBundle(Id, BundleEnd.PartRepriced) { At = Day(70), By = Provider },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command        | None            | Open          | Ended
        OfferBundle    | BundleOffered   | !BundleExists | !BundleExists
        OrderBundle    | !BundleNotFound | BundleOrdered | !BundleOver
        WithdrawBundle | !BundleNotFound | BundleEnded   | !BundleOver
        EndBundle      | !BundleNotFound | BundleEnded   | !BundleOver
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        BundleEnded: Open
        BundleOffered: None
        BundleOrdered: Open
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("one product", "None", Offer with { Products = [Product], Found = [First] }, "!BundleInvalid"),
        new("a product twice", "None", Offer with { Products = [Product, Product], Found = [First, First] }, "!BundleInvalid"),
        new("eight products", "None", Many(8), "BundleOffered"),
        new("nine products", "None", Many(9), "!BundleInvalid"),
        new("a bundle for nothing", "None", Offer with { PriceFen = 0 }, "!BundleInvalid"),
        new("a price out of range", "None", Offer with { PriceFen = Money.MostFen + 1 }, "!BundleInvalid"),
        new("a price too small for a fen each", "None", Offer with { PriceFen = 1 }, "!BundleInvalid"),
        new("what was not looked up", "None", Offer with { Found = null }, "!BundlePartNotOffered"),
        new("what is not the same", "None", Offer with { Found = [Second, First] }, "!BundlePartNotOffered"),
        new("a product that is not for sale there", "None", Offer with { Found = [First, Second with { IsOpen = false }] }, "!BundlePartNotOffered"),
        new("a product that never was for sale", "None", Offer with { Found = [First, Second with { Terms = null }] }, "!BundlePartNotOffered"),
        new("another provider's product", "None", Offer with { Found = [First, Second with { Provider = Contributor }] }, "!BundleForeign"),
        new("a product whose certificate has ended", "None", Offer with { Found = [First, Second with { ValidUntil = Day(50) }] }, "!CertificateExpired"),
        new("calls", "None", Offer with { Found = [First, Second with { Terms = CallPack }] }, "!BundlePartUnfit"),
        new("limited copies", "None", Offer with { Found = [First, Second with { Terms = TwoCopies }] }, "!BundlePartUnfit"),
        new("what is negotiated", "None", Offer with { Found = [First, Second with { Terms = ByContract }] }, "!BundlePartUnfit"),
        new("a fen less than its parts", "None", Offer with { PriceFen = 150_000 }, "BundleOffered"),
        new("as dear as its parts", "None", Offer with { PriceFen = 150_001 }, "!BundleNotCheaper"),
        new("as dear as its parts on a promotion to come", "None", Promoted(60, 125_001), "!BundleNotCheaper"),
        new("less than its parts on a promotion to come", "None", Promoted(60, 125_000), "BundleOffered"),
        new("as dear as its parts on a promotion that runs", "None", Promoted(40, 125_001), "!BundleNotCheaper"),
        new("ordered twice", "Open (ordered)", Order, "!DealAlreadyExists"),
        new("another order", "Open (ordered)", Order with { Order = OtherDeal }, "BundleOrdered"),
        new("an order of who is not admitted", "Open", Order with { AdmittedFor = null }, "!BuyerNotAdmitted"),
        new("an order of who is admitted for less", "Open", Order with { AdmittedFor = SecurityClass.General }, "!BuyerNotAdmitted"),
        new("an order at the last moment", "Open", Order with { At = Day(300).AddSeconds(-1) }, "BundleOrdered"),
        new("an order when a certificate has ended", "Open", Order with { At = Day(300) }, "!CertificateExpired"),
        new("taken back by another", "Open", new WithdrawBundle(Id, Contributor) { At = Day(70), By = Contributor }, "!BundleForeign"),
    ];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => Enum.GetNames<BundleStage>();

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(Bundle state) => [state.Stage.ToString()];

    [Fact]
    public void The_price_is_split_in_proportion_to_what_the_parts_cost_alone()
    {
        Assert.Equal(Offered.Parts, Assert.IsType<BundleOffered>(Assert.Single(BundleDecider.Decide(Offer, Given("None")).Events)).Parts);
        Assert.Equal(Ordered.Parts, Assert.IsType<BundleOrdered>(Assert.Single(BundleDecider.Decide(Order, Given("Open")).Events)).Parts);
    }

    [Fact]
    public void An_order_of_other_parts_cannot_follow() =>
        Assert.Throws<ImpossibleHistoryException>(() => BundleDecider.Evolve(Given("Open"), Ordered with { Parts = [Ordered.Parts[0], Ordered.Parts[1] with { AmountFen = 40_000 }] }));

    /// <summary>The oracle is the checker of menus, for which a bundle is an item that gives several products.</summary>
    [Fact]
    public void A_bundle_is_offered_exactly_where_its_parts_together_cost_more_and_its_shares_sum_to_its_price() =>
        Gen.Select(Gen.Long[1, 60].List[2, 6], Gen.Long[1, 300]).Sample((alone, price) =>
        {
            var products = alone.Select((_, i) => new ProductId($"P{i}")).ToArray();
            var decision = BundleDecider.Decide(
                Offer with { Products = products, PriceFen = price, Found = [.. products.Zip(alone, (product, fen) => First with { Product = product, Terms = OpenEnded with { UnitPriceFen = fen } })] },
                Given("None"));
            var menu = ArbitrageChecker.Check(
            [
                .. products.Zip(alone, (product, fen) => new MenuItem(product.Value, fen, 1, new Dictionary<string, int> { [product.Value] = 1 })),
                new MenuItem("bundle", price, 1, products.ToDictionary(product => product.Value, _ => 1)),
            ]);
            // The checker calls a bundle too dear that costs more than its parts; one at their price is of no use, and is refused as well.
            var isTooDear = menu.Found.Any(found => found.Name == "bundle") || alone.Sum() == price;
            Assert.Equal(isTooDear, decision.Rejection == Rejection.BundleNotCheaper);
            if (decision.Events is [BundleOffered offered])
            {
                Assert.Equal(price, offered.Parts.Sum(part => part.ShareFen));
                // Within a fen of the exact share, and below what the part costs alone but for that.
                Assert.All(offered.Parts, part => Assert.InRange(part.ShareFen, (decimal)price * part.AloneFen / alone.Sum() - 1, ((decimal)price * part.AloneFen / alone.Sum()) + 1));
            }
        }, iter: 10_000);

    private static OfferBundle Many(int count)
    {
        var products = Enumerable.Range(1, count).Select(i => new ProductId($"P{i}")).ToArray();
        return Offer with { Products = products, Found = [.. products.Select(product => First with { Product = product })] };
    }

    // Half off the first product for ten days.
    private static OfferBundle Promoted(int from, long priceFen) =>
        Offer with { PriceFen = priceFen - 25_000, Found = [First with { Terms = OpenEnded with { Promotion = new(5_000, Day(from), Day(from + 20)) } }, Second] };
}
