using DataExchange.Domain.Settlement;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Settlement;

public sealed class AccountDeciderTests : DeciderSpecification<AccountDecider, AccountCommand, PartyAccount>
{
    private static readonly Event Deposit = new FundsDeposited(Buyer, 1_000) { At = Day(0), By = Buyer };
    private static readonly Event Hold = new FundsHeld(Buyer, Deal, 600) { At = Day(1), By = Buyer };

    private static readonly Event OrderHold = new OrderFundsHeld(Buyer, Product, 1, 300) { At = Day(1), By = Buyer };

    private static readonly AuctionId Auction = AuctionId.Of(Product, 1);

    private static readonly Event BidHold = new BidFundsHeld(Buyer, Auction, 1, 300) { At = Day(1), By = Buyer };

    private static SplitHold Split(params long[] parts) =>
        new(Buyer, Deal, [.. parts.Select((fen, i) => new HoldPart(BundleId.DealOf(Deal, i + 1), fen))]) { At = Day(3), By = Buyer };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = new Dictionary<string, Event[]>
    {
        ["empty"] = [],
        ["funded"] = [Deposit],
        ["holding"] = [Deposit, Hold],
        ["captured"] = [Deposit, Hold, new HoldCaptured(Buyer, Deal, 600) { At = Day(2), By = Buyer }],
        ["ordering"] = [Deposit, OrderHold],
        ["bidding"] = [Deposit, BidHold, new BidFundsHeld(Buyer, Auction, 2, 400) { At = Day(2), By = Buyer }],
        ["full"] = [new FundsDeposited(Buyer, long.MaxValue - 999) { At = Day(0), By = Buyer }],
        ["ordering (and holding)"] = [Deposit, OrderHold, new FundsHeld(Buyer, Deal, 100) { At = Day(1), By = Buyer }],
        ["full (held)"] =
        [
            new FundsDeposited(Buyer, long.MaxValue - 999) { At = Day(0), By = Buyer },
            new FundsHeld(Buyer, OtherDeal, 5_000) { At = Day(1), By = Buyer },
        ],
    };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, AccountCommand> Commands { get; } = new Dictionary<string, AccountCommand>
    {
        ["DepositFunds"] = new DepositFunds(Buyer, 1_000) { At = Day(3), By = Buyer },
        ["HoldFunds"] = new HoldFunds(Buyer, Deal, 600) { At = Day(3), By = Buyer },
        ["ReleaseHold"] = new ReleaseHold(Buyer, Deal) { At = Day(3), By = Buyer },
        ["CaptureHold"] = new CaptureHold(Buyer, Deal) { At = Day(3), By = Buyer },
        ["SplitHold"] = Split(200, 400),
        ["CreditRefund"] = new CreditRefund(Buyer, Deal, 600) { At = Day(3), By = Buyer },
        ["HoldOrderFunds"] = new HoldOrderFunds(Buyer, Product, 1, 300) { At = Day(3), By = Buyer },
        ["ReleaseOrderFunds"] = new ReleaseOrderFunds(Buyer, Product, 1, 300) { At = Day(3), By = Buyer },
        ["HoldBidFunds"] = new HoldBidFunds(Buyer, Auction, 1, 300) { At = Day(3), By = Buyer },
        ["ReleaseBidFunds"] = new ReleaseBidFunds(Buyer, Auction, 1) { At = Day(3), By = Buyer },
        ["ReturnBidFunds"] = new ReturnBidFunds(Buyer, Auction) { At = Day(3), By = Buyer },
        ["AllotBidFunds"] = new AllotBidFunds(Buyer, Auction, Deal, 500) { At = Day(3), By = Buyer },
        ["ForfeitDeposit"] = new ForfeitDeposit(Buyer, Auction, 1, Provider) { At = Day(3), By = Buyer },
        ["AllotOrderFunds"] = new AllotOrderFunds(Buyer, Product, 1, Deal, 200, 0) { At = Day(3), By = Buyer },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command           | empty                               | funded         | holding        | captured
        DepositFunds      | FundsDeposited                      | FundsDeposited | FundsDeposited | FundsDeposited
        HoldFunds         | HoldRefused!InsufficientFunds       | FundsHeld      | !HoldExists    | HoldRefused!InsufficientFunds
        ReleaseHold       | !NoSuchHold                         | !NoSuchHold    | HoldReleased   | !NoSuchHold
        CaptureHold       | !NoSuchHold                         | !NoSuchHold    | HoldCaptured   | !NoSuchHold
        SplitHold         | !NoSuchHold                         | !NoSuchHold    | HoldReleased+FundsHeld+FundsHeld | !NoSuchHold
        CreditRefund      | RefundCredited                      | RefundCredited | RefundCredited | RefundCredited
        HoldOrderFunds    | OrderFundsRefused!InsufficientFunds | OrderFundsHeld | OrderFundsHeld | OrderFundsHeld
        ReleaseOrderFunds | !NoSuchHold                         | !NoSuchHold    | !NoSuchHold    | !NoSuchHold
        HoldBidFunds      | BidFundsRefused!InsufficientFunds   | BidFundsHeld   | BidFundsHeld   | BidFundsHeld
        ReleaseBidFunds   | !NoSuchHold                         | !NoSuchHold    | !NoSuchHold    | !NoSuchHold
        ReturnBidFunds    | !NoSuchHold                         | !NoSuchHold    | !NoSuchHold    | !NoSuchHold
        AllotBidFunds     | !NoSuchHold                         | !NoSuchHold    | !HoldExists    | !NoSuchHold
        ForfeitDeposit    | !NoSuchHold                         | !NoSuchHold    | !NoSuchHold    | !NoSuchHold
        AllotOrderFunds   | !NoSuchHold                         | !NoSuchHold    | !HoldExists    | !NoSuchHold

        command           | ordering           | bidding                                     | full
        DepositFunds      | FundsDeposited     | FundsDeposited                              | !AmountInvalid
        HoldFunds         | FundsHeld          | HoldRefused!InsufficientFunds               | FundsHeld
        ReleaseHold       | !NoSuchHold        | !NoSuchHold                                 | !NoSuchHold
        CaptureHold       | !NoSuchHold        | !NoSuchHold                                 | !NoSuchHold
        SplitHold         | !NoSuchHold        | !NoSuchHold                                 | !NoSuchHold
        CreditRefund      | RefundCredited     | RefundCredited                              | RefundCredited
        HoldOrderFunds    | !HoldExists        | OrderFundsHeld                              | OrderFundsHeld
        ReleaseOrderFunds | OrderFundsReleased | !NoSuchHold                                 | !NoSuchHold
        HoldBidFunds      | BidFundsHeld       | !HoldExists                                 | BidFundsHeld
        ReleaseBidFunds   | !NoSuchHold        | BidFundsReleased                            | !NoSuchHold
        ReturnBidFunds    | !NoSuchHold        | BidFundsReleased+BidFundsReleased           | !NoSuchHold
        AllotBidFunds     | !NoSuchHold        | BidFundsReleased+BidFundsReleased+FundsHeld | !NoSuchHold
        ForfeitDeposit    | !NoSuchHold        | DepositForfeited                            | !NoSuchHold
        AllotOrderFunds   | OrderFundsAllotted | !NoSuchHold                                 | !NoSuchHold
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        BidFundsHeld: funded, holding, captured, ordering, full
        BidFundsRefused: empty, funded, holding, captured, ordering, bidding, full
        BidFundsReleased: bidding
        DepositForfeited: bidding
        FundsDeposited: empty, funded, holding, captured, ordering, bidding
        FundsHeld: funded, ordering, full
        HoldCaptured: holding
        HoldRefused: empty, funded, holding, captured, ordering, bidding, full
        HoldReleased: holding
        OrderFundsAllotted: ordering
        OrderFundsHeld: funded, holding, captured, bidding, full
        OrderFundsRefused: empty, funded, holding, captured, ordering, bidding, full
        OrderFundsReleased: ordering
        RefundCredited: empty, funded, holding, captured, ordering, bidding, full
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("no money in", "funded", new DepositFunds(Buyer, 0) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("negative money in", "funded", new DepositFunds(Buyer, -1) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("too much at once", "funded", new DepositFunds(Buyer, Money.MostFen + 1) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("as much as can be counted", "full", new DepositFunds(Buyer, 999) { At = Day(3), By = Buyer }, "FundsDeposited"),
        new("a fen more, though much is held", "full (held)", new DepositFunds(Buyer, 1_000) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("a hold of nothing", "funded", new HoldFunds(Buyer, Deal, 0) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("a hold of everything", "funded", new HoldFunds(Buyer, Deal, 1_000) { At = Day(3), By = Buyer }, "FundsHeld"),
        new("a hold of a fen more", "funded", new HoldFunds(Buyer, Deal, 1_001) { At = Day(3), By = Buyer }, "HoldRefused!InsufficientFunds"),
        new("what is held is not free", "holding", new HoldFunds(Buyer, OtherDeal, 401) { At = Day(3), By = Buyer }, "HoldRefused!InsufficientFunds"),
        new("another deal's hold", "holding", new CaptureHold(Buyer, OtherDeal) { At = Day(3), By = Buyer }, "!NoSuchHold"),
        new("an order's hold of nothing", "funded", new HoldOrderFunds(Buyer, Product, 1, 0) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("another order of the same buyer", "ordering", new HoldOrderFunds(Buyer, Product, 2, 700) { At = Day(3), By = Buyer }, "OrderFundsHeld"),
        new("what is held for an order is not free", "ordering", new HoldOrderFunds(Buyer, Product, 2, 701) { At = Day(3), By = Buyer },
            "OrderFundsRefused!InsufficientFunds"),
        new("a part of an order's hold comes back", "ordering", new ReleaseOrderFunds(Buyer, Product, 1, 1) { At = Day(3), By = Buyer }, "OrderFundsReleased"),
        new("more than is held does not", "ordering", new ReleaseOrderFunds(Buyer, Product, 1, 301) { At = Day(3), By = Buyer }, "!NoSuchHold"),
        new("nothing comes back", "ordering", new ReleaseOrderFunds(Buyer, Product, 1, 0) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("another order's hold", "ordering", new ReleaseOrderFunds(Buyer, Product, 2, 1) { At = Day(3), By = Buyer }, "!NoSuchHold"),
        new("a trade below the limit price", "ordering", new AllotOrderFunds(Buyer, Product, 1, Deal, 200, 100) { At = Day(3), By = Buyer },
            "OrderFundsAllotted+OrderFundsReleased"),
        new("a fen more than is held", "ordering", new AllotOrderFunds(Buyer, Product, 1, Deal, 200, 101) { At = Day(3), By = Buyer }, "!NoSuchHold"),
        new("a trade for nothing", "ordering", new AllotOrderFunds(Buyer, Product, 1, Deal, 0, 0) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("less than nothing comes back", "ordering", new AllotOrderFunds(Buyer, Product, 1, Deal, 200, -1) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("a deal that has a hold", "ordering (and holding)", new AllotOrderFunds(Buyer, Product, 1, Deal, 200, 0) { At = Day(3), By = Buyer }, "!HoldExists"),
        new("a bid's hold of nothing", "funded", new HoldBidFunds(Buyer, Auction, 1, 0) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("a bid's hold of less than nothing", "funded", new HoldBidFunds(Buyer, Auction, 1, -1) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("an insolvent bidder", "bidding", new HoldBidFunds(Buyer, Auction, 3, 301) { At = Day(3), By = Buyer }, "BidFundsRefused!InsufficientFunds"),
        new("another bid of the same bidder", "bidding", new HoldBidFunds(Buyer, Auction, 3, 300) { At = Day(3), By = Buyer }, "BidFundsHeld"),
        new("a bid in another auction", "bidding", new HoldBidFunds(Buyer, AuctionId.Of(Product, 2), 1, 300) { At = Day(3), By = Buyer }, "BidFundsHeld"),
        new("another auction's hold", "bidding", new ReleaseBidFunds(Buyer, AuctionId.Of(Product, 2), 1) { At = Day(3), By = Buyer }, "!NoSuchHold"),
        new("an award for all that is held", "bidding", new AllotBidFunds(Buyer, Auction, Deal, 700) { At = Day(3), By = Buyer }, "BidFundsReleased+BidFundsReleased+FundsHeld"),
        new("an award for a fen more", "bidding", new AllotBidFunds(Buyer, Auction, Deal, 701) { At = Day(3), By = Buyer }, "!NoSuchHold"),
        new("an award for nothing", "bidding", new AllotBidFunds(Buyer, Auction, Deal, 0) { At = Day(3), By = Buyer }, "!AmountInvalid"),
        new("parts of more than is held", "holding", Split(200, 401), "!AmountInvalid"),
        new("parts of less than is held", "holding", Split(200, 399), "!AmountInvalid"),
        new("a part of nothing", "holding", Split(600, 0), "!AmountInvalid"),
        new("no parts", "holding", Split(), "!AmountInvalid"),
        new("a part under the name of the order", "holding", Split(600) with { Parts = [new(Deal, 600)] }, "!HoldExists"),
        new("two parts of one deal", "holding", Split(600) with { Parts = [new(OtherDeal, 300), new(OtherDeal, 300)] }, "!HoldExists"),
        new("no refund", "captured", new CreditRefund(Buyer, Deal, 0) { At = Day(3), By = Buyer }, "!AmountInvalid"),
    ];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => ["empty", "free", "held"];

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(PartyAccount state) =>
        [state.Holds.Count > 0 ? "held" : state.Available > Money.Zero ? "free" : "empty"];

    [Theory]
    [InlineData(0), InlineData(599), InlineData(601)]
    public void A_hold_ends_with_the_amount_it_began_with(long fen)
    {
        Assert.Throws<ImpossibleHistoryException>(() =>
            AccountDecider.Evolve(Given("holding"), new HoldCaptured(Buyer, Deal, fen) { At = Day(2), By = Buyer }));
        Assert.Throws<ImpossibleHistoryException>(() =>
            AccountDecider.Evolve(Given("holding"), new HoldReleased(Buyer, OtherDeal, fen) { At = Day(2), By = Buyer }));
    }

    [Theory]
    [InlineData(0), InlineData(-1)]
    public void No_stored_amount_is_below_a_fen(long fen)
    {
        Event[] events =
        [
            new FundsDeposited(Buyer, fen) { At = Day(2), By = Buyer },
            new FundsHeld(Buyer, OtherDeal, fen) { At = Day(2), By = Buyer },
            new RefundCredited(Buyer, Deal, fen) { At = Day(2), By = Buyer },
        ];
        Assert.All(events, e => Assert.Throws<ImpossibleHistoryException>(() => AccountDecider.Evolve(Given("holding"), e)));
    }

    [Fact]
    public void Holding_and_releasing_leaves_the_account_as_it_was()
    {
        var released = AccountDecider.Evolve(Given("holding"), new HoldReleased(Buyer, Deal, 600) { At = Day(2), By = Buyer });
        Assert.Equal((1_000L, 0L, 0), (released.Available.Fen, released.HeldFen, released.Holds.Count));
    }
}
