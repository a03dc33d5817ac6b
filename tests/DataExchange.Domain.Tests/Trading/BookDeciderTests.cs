using DataExchange.Domain.Trading;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Trading;

public sealed class BookDeciderTests : DeciderSpecification<BookDecider, BookCommand, OrderBook>
{
    /// <summary>500 packs of 1,000 calls at 300 yuan.</summary>
    internal static readonly PacksAllotted Series =
        new(Product, Venue, Provider, SecurityClass.Important, Day(400), 500, 1_000, 30_000, Rules, [new(Contributor, 1_000)]) { At = Day(55), By = Provider };

    private static readonly BookOrderTerms Bid = BookOrderTerms.Limit(BookSide.Buy, 10, 30_000);

    private static readonly BookOrderTerms Ask = BookOrderTerms.Limit(BookSide.Sell, 4, 29_000);

    private static readonly EnterBookOrder Entry = new(Product, Buyer, 7, SecurityClass.Important, Bid) { At = Day(60), By = Buyer };

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, Event[]> Histories { get; } = MakeHistories();

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, BookCommand> Commands { get; } = new Dictionary<string, BookCommand>
    {
        ["OpenOrderBook"] = new OpenOrderBook(Series) { At = Day(55), By = Provider },
        ["ExtendOrderBook"] = new ExtendOrderBook(Product, Day(700)) { At = Day(60), By = Provider },
        ["SuspendOrderBook"] = new SuspendOrderBook(Product, Venue) { At = Day(60), By = Provider },
        ["ResumeOrderBook"] = new ResumeOrderBook(Product, Venue) { At = Day(60), By = Provider },
        ["CloseOrderBook"] = new CloseOrderBook(Product, Venue) { At = Day(60), By = Provider },
        ["CallPhase"] = new CallPhase(Product, TradingPhase.Continuous) { At = Day(60), By = Provider },
        ["AdvanceOrderBook"] = new AdvanceOrderBook(Product) { At = Day(60), By = Provider },
        ["EnterBookOrder"] = Entry,
        ["CancelBookOrder"] = new CancelBookOrder(Product, Buyer, 3) { At = Day(60), By = Buyer },
        ["ReduceBookOrder"] = new ReduceBookOrder(Product, Buyer, 3, 2) { At = Day(60), By = Buyer },
        ["RedeemPacks"] = new RedeemPacks(Product, Buyer, 16) { At = Day(60), By = Buyer },
    };

    /// <inheritdoc />
    protected override string Decisions => """
        command          | none         | Closed             | PreOpen            | Auction            | Continuous
        OpenOrderBook    | BookOpened   | !OrderBookExists   | !OrderBookExists   | !OrderBookExists   | !OrderBookExists
        ExtendOrderBook  | !NoOrderBook | BookExtended       | BookExtended       | BookExtended       | BookExtended
        SuspendOrderBook | !NoOrderBook | BookSuspended      | BookSuspended      | BookSuspended      | BookSuspended
        ResumeOrderBook  | !NoOrderBook | !NotSuspended      | !NotSuspended      | !NotSuspended      | !NotSuspended
        CloseOrderBook   | !NoOrderBook | BookClosed         | BookClosed         | BookClosed         | BookClosed
        CallPhase        | !NoOrderBook | BookPhaseChanged   | BookPhaseChanged   | BookPhaseChanged   | !PhaseForbids
        AdvanceOrderBook | !NoOrderBook | !NothingDue        | !NothingDue        | !NothingDue        | !NothingDue
        EnterBookOrder   | !NoOrderBook | BookOrderEntered   | BookOrderEntered   | BookOrderEntered   | BookOrderEntered
        CancelBookOrder  | !NoOrderBook | !OrderNotFound     | !OrderNotFound     | !OrderNotFound     | !OrderNotFound
        ReduceBookOrder  | !NoOrderBook | !OrderNotFound     | !OrderNotFound     | !OrderNotFound     | !OrderNotFound
        RedeemPacks      | !NoOrderBook | !InsufficientPacks | !InsufficientPacks | !InsufficientPacks | !InsufficientPacks

        command          | Continuous:trading                                                     | Halted             | suspended
        OpenOrderBook    | !OrderBookExists                                                       | !OrderBookExists   | !OrderBookExists
        ExtendOrderBook  | BookExtended                                                           | BookExtended       | BookExtended
        SuspendOrderBook | BookOrderCancelled+BookOrderCancelled+BookOrderCancelled+BookSuspended | BookSuspended      | !ProductSuspended
        ResumeOrderBook  | !NotSuspended                                                          | !NotSuspended      | BookResumed
        CloseOrderBook   | BookOrderCancelled+BookOrderCancelled+BookOrderCancelled+BookClosed    | BookClosed         | BookClosed
        CallPhase        | !PhaseForbids                                                          | BookPhaseChanged   | !ProductSuspended
        AdvanceOrderBook | !NothingDue                                                            | !NothingDue        | !NothingDue
        EnterBookOrder   | BookOrderEntered                                                       | BookOrderEntered   | !ProductSuspended
        CancelBookOrder  | BookOrderCancelled                                                     | !OrderNotFound     | !OrderNotFound
        ReduceBookOrder  | BookOrderReduced                                                       | !OrderNotFound     | !OrderNotFound
        RedeemPacks      | PacksRedeemed                                                          | !InsufficientPacks | !InsufficientPacks

        command          | ended
        OpenOrderBook    | !OrderBookExists
        ExtendOrderBook  | !OrderBookClosed
        SuspendOrderBook | !OrderBookClosed
        ResumeOrderBook  | !OrderBookClosed
        CloseOrderBook   | !OrderBookClosed
        CallPhase        | !OrderBookClosed
        AdvanceOrderBook | !OrderBookClosed
        EnterBookOrder   | !OrderBookClosed
        CancelBookOrder  | !OrderBookClosed
        ReduceBookOrder  | !OrderBookClosed
        RedeemPacks      | !InsufficientPacks
        """;

    /// <inheritdoc />
    protected override string Evolution => """
        BookClosed: Closed, PreOpen, Auction, Continuous, Halted, suspended
        BookExtended: Closed, PreOpen, Auction, Continuous, Continuous:trading, Halted, suspended
        BookHalted: Continuous, Continuous:trading
        BookOpened: none
        BookOrderCancelled: Continuous:trading
        BookOrderEntered: Closed, PreOpen, Auction, Continuous, Continuous:trading, Halted
        BookOrderExpired: Continuous:trading
        BookOrderReduced: Continuous:trading
        BookOrderRefused:
        BookOrderTriggered: Continuous:trading
        BookPhaseChanged: Closed, PreOpen, Auction, Halted
        BookResumed: suspended
        BookSuspended: Closed, PreOpen, Auction, Continuous, Halted
        BookUncrossed: Closed, PreOpen, Auction, Continuous, Continuous:trading, Halted
        PacksRedeemed: Continuous:trading
        PacksTraded:
        """;

    /// <inheritdoc />
    protected override IReadOnlyList<Guard> Guards { get; } =
    [
        new("rules that nothing can trade by", "none", new OpenOrderBook(Series with { Rules = Rules with { TickFen = 0 } }) { At = Day(55), By = Provider }, "!OrderInvalid"),
        new("no packs", "none", new OpenOrderBook(Series with { Packs = 0 }) { At = Day(55), By = Provider }, "!OrderInvalid"),
        new("the same end is no extension", "Closed", new ExtendOrderBook(Product, Day(400)) { At = Day(60), By = Provider }, "!TermInvalid"),
        new("another venue's suspension", "Continuous", new SuspendOrderBook(Product, OtherVenue) { At = Day(60), By = Provider }, "!NoOrderBook"),
        new("another venue's resumption", "suspended", new ResumeOrderBook(Product, OtherVenue) { At = Day(60), By = Provider }, "!NoOrderBook"),
        new("another venue's end", "Continuous", new CloseOrderBook(Product, OtherVenue) { At = Day(60), By = Provider }, "!NoOrderBook"),
        new("the last moment of the certificate", "Continuous", Entry with { At = Day(400).AddSeconds(-1) }, "BookOrderEntered"),
        new("the first moment without it", "Continuous", Entry with { At = Day(400) }, "!CertificateExpired"),
        new("a session without a certificate", "Closed", new CallPhase(Product, TradingPhase.PreOpen) { At = Day(400), By = Provider }, "!CertificateExpired"),
        new("a number used", "Continuous:trading", Entry with { Number = 3 }, "!OrderNumberUsed"),
        new("a number below", "Continuous:trading", Entry with { Number = 2 }, "!OrderNumberUsed"),
        new("the next number", "Continuous:trading", Entry with { Number = 4 }, "BookOrderEntered"),
        new("numbers begin with one", "Continuous", Entry with { Number = 0 }, "!OrderNumberUsed"),
        .. Terms("no packs", Bid with { Quantity = 0 }, "!OrderInvalid"),
        .. Terms("the largest order", Bid with { Quantity = 1_000 }, "BookOrderEntered"),
        .. Terms("an order too large", Bid with { Quantity = 1_001 }, "!OrderInvalid"),
        .. Terms("no price", Bid with { PriceFen = 0 }, "!OrderInvalid"),
        .. Terms("a price below nothing", Bid with { PriceFen = -100 }, "!OrderInvalid"),
        .. Terms("a price between ticks", Bid with { PriceFen = 30_050 }, "!OrderInvalid"),
        .. Terms("the highest price", Bid with { PriceFen = 10_000_000 }, "BookOrderEntered"),
        .. Terms("a price above it", Bid with { PriceFen = 10_000_100 }, "!OrderInvalid"),
        .. Terms("a bid at any price", Bid with { Kind = BookOrderKind.Market, PriceFen = 0 }, "!OrderInvalid"),
        .. Terms("a bid without a limit once triggered", Bid with { Kind = BookOrderKind.Stop, StopPriceFen = 31_000, PriceFen = 0 }, "!OrderInvalid"),
        .. Terms("a bid that would be posted", Bid with { Kind = BookOrderKind.Posted }, "!OrderInvalid"),
        .. Terms("a bid to be issued", Bid with { Supply = PackSupply.Issue }, "!OrderInvalid"),
        .. Terms("a stop without its price", Ask with { Kind = BookOrderKind.Stop, PriceFen = 0 }, "!OrderInvalid"),
        .. Terms("a stop order to sell", Ask with { Kind = BookOrderKind.Stop, PriceFen = 0, StopPriceFen = 20_000 }, "BookOrderEntered"),
        .. Terms("a budget", Bid with { Kind = BookOrderKind.Budget, Quantity = 0, PriceFen = 0, BudgetFen = 1 }, "BookOrderEntered"),
        .. Terms("a budget of nothing", Bid with { Kind = BookOrderKind.Budget, Quantity = 0 }, "!OrderInvalid"),
        .. Terms("a budget beyond counting", Bid with { Kind = BookOrderKind.Budget, Quantity = 0, BudgetFen = Money.MostFen + 1 }, "!OrderInvalid"),
        .. Terms("a budget for so many packs", Bid with { Kind = BookOrderKind.Budget, BudgetFen = 100 }, "!OrderInvalid"),
        .. Terms("a limit order with a budget", Bid with { BudgetFen = 100 }, "!OrderInvalid"),
        .. Terms("showing more than there is", Bid with { DisplayQuantity = 11 }, "!OrderInvalid"),
        .. Terms("showing less than nothing", Bid with { DisplayQuantity = -1 }, "!OrderInvalid"),
        .. Terms("a date for what lives a day", Bid with { Until = Day(61) }, "!OrderInvalid"),
        .. Terms("no date for what lives until one", Bid with { Life = BookOrderLife.GoodTillDate }, "!OrderInvalid"),
        .. Terms("a date", Bid with { Life = BookOrderLife.GoodTillDate, Until = Day(61) }, "BookOrderEntered"),
        .. Terms("a date before dates", Bid with { Life = BookOrderLife.GoodTillDate, Until = new(-1) }, "!OrderInvalid"),
        .. Refusal(Rejection.OnlyProviderIssues),
        .. Refusal(Rejection.WouldTrade),
        .. Refusal(Rejection.OrderBookFull),
        new("an order that is no more", "Continuous:trading", new CancelBookOrder(Product, Provider, 2) { At = Day(60), By = Provider }, "!OrderNotFound"),
        new("another party's order", "Continuous:trading", new CancelBookOrder(Product, Contributor, 3) { At = Day(60), By = Contributor }, "!OrderNotFound"),
        new("a stop order cancelled", "Continuous:trading", new CancelBookOrder(Product, Buyer, 2) { At = Day(60), By = Buyer }, "BookOrderCancelled"),
        new("no packs left of it", "Continuous:trading", new ReduceBookOrder(Product, Buyer, 3, 0) { At = Day(60), By = Buyer }, "!OrderInvalid"),
        new("as many packs as before", "Continuous:trading", new ReduceBookOrder(Product, Buyer, 3, 10) { At = Day(60), By = Buyer }, "!OrderInvalid"),
        new("a stop order reduced", "Continuous:trading", new ReduceBookOrder(Product, Buyer, 2, 1) { At = Day(60), By = Buyer }, "!OrderInvalid"),
        new("reducing between sessions", "Closed (with a bid)", new ReduceBookOrder(Product, Buyer, 1, 2) { At = Day(60), By = Buyer }, "!PhaseForbids"),
        new("no packs redeemed", "Continuous:trading", new RedeemPacks(Product, Buyer, 0) { At = Day(60), By = Buyer }, "!OrderInvalid"),
        new("packs offered for sale", "Continuous:trading", new RedeemPacks(Product, Buyer, 17) { At = Day(60), By = Buyer }, "!InsufficientPacks"),
        new("an auction that finds its price", "PreOpen", new CallPhase(Product, TradingPhase.Continuous)
        {
            At = Day(60),
            By = Provider,
            Results = [new BookUncrossed(Product, 30_000, 5) { At = Day(60), By = Provider }],
        }, "BookPhaseChanged+BookUncrossed"),
        new("what came due", "Halted", new AdvanceOrderBook(Product)
        {
            At = Day(60),
            By = Provider,
            Results = [new BookPhaseChanged(Product, TradingPhase.Continuous, false) { At = Day(60), By = Provider }],
        }, "BookPhaseChanged"),
        new("a stop that is reached", "Continuous:trading", new AdvanceOrderBook(Product)
        {
            At = Day(60),
            By = Provider,
            Results = [new BookOrderTriggered(Product, Buyer, 2) { At = Day(60), By = Provider }, new BookOrderExpired(Product, Buyer, 3, 10, 300_000) { At = Day(60), By = Provider }],
        }, "BookOrderTriggered+BookOrderExpired"),
    ];

    /// <inheritdoc />
    protected override IEnumerable<string> Stages => [.. Enum.GetNames<TradingPhase>(), "suspended", "ended"];

    /// <inheritdoc />
    protected override IEnumerable<string> StagesOf(OrderBook state) =>
        [state.IsClosed ? "ended" : state.IsSuspended ? "suspended" : state.Phase.ToString()];

    [Fact]
    public void A_suspended_book_gives_its_orders_back_in_the_order_in_which_they_came()
    {
        var decision = BookDecider.Decide(Commands["SuspendOrderBook"], Given("Continuous:trading"));
        Assert.Equal(
            [("provider", 1, 480, 0L), ("buyer", 2, 4, 0L), ("buyer", 3, 10, 300_000L)],
            decision.Events.OfType<BookOrderCancelled>().Select(e => (e.Party.Value, e.Number, e.Quantity, e.ReleasedFen)));
        Assert.IsType<BookSuspended>(decision.Events[^1]);
    }

    [Fact]
    public void A_trade_moves_packs_and_frees_what_the_limit_was_above_the_price()
    {
        var state = Given("Continuous:trading");
        Assert.Equal((20, 20, 1), (state.Holdings[Buyer], state.Issued, state.Trades));
        Assert.Equal(16, state.AvailableTo(Buyer));
        Assert.Equal(480, state.Orders[new(Provider, 1)].Leaves);
    }

    [Theory, MemberData(nameof(WrongTrades))]
    public void No_trade_is_taken_that_does_not_follow_from_the_book(string what, PacksTraded trade)
    {
        var state = Given("Continuous:trading");
        _ = BookDecider.Evolve(state, Next);
        Assert.True(Assert.Throws<ImpossibleHistoryException>(() => BookDecider.Evolve(state, trade)) is not null, what);
    }

    public static TheoryData<string, PacksTraded> WrongTrades => new()
    {
        { "another number", Next with { Deal = OrderBook.DealOf(Product, 3) } },
        { "another venue", Next with { Venue = OtherVenue } },
        { "another fee", Next with { FeeBasisPoints = 1 } },
        { "another tax", Next with { VatBasisPoints = 1 } },
        { "no packs", Next with { Quantity = 0, Units = 0, AmountFen = 0 } },
        { "more packs than the bid wants", With(Next, 11) },
        { "a price above the bid", Priced(Next, 30_100) },
        { "a price below the ask", Priced(Next, 29_900) },
        { "another amount", Next with { AmountFen = 1 } },
        { "other calls", Next with { Units = 1 } },
        { "another release", Next with { ReleasedFen = 1 } },
        { "a bid that is not there", Next with { BuyNumber = 1 } },
        { "an ask that is not there", Next with { SellNumber = 2 } },
        { "a bid as an ask", Next with { Seller = Buyer, SellNumber = 3 } },
        { "packs that are issued, as if they were held", Next with { IsIssue = false, Contributors = [] } },
        { "no share for contributors", Next with { Contributors = [] } },
        { "after the certificate", Next with { At = Day(400) } },
    };

    private static PacksTraded Next => With(Sold(2, 3), 10);

    private static PacksTraded Sold(int trade, int bid) => new(
        Product, OrderBook.DealOf(Product, trade), Venue, Buyer, bid, Provider, 1, BookSide.Buy, true, 20, 20_000, 30_000, 600_000, 0, 250, 600,
        [new(Contributor, 1_000)]) { At = Day(58), By = Buyer };

    private static PacksTraded With(PacksTraded trade, int quantity) =>
        trade with { Quantity = quantity, Units = quantity * 1_000, AmountFen = quantity * trade.PriceFen };

    private static PacksTraded Priced(PacksTraded trade, long price) =>
        trade with { PriceFen = price, AmountFen = trade.Quantity * price, ReleasedFen = (30_000 - price) * trade.Quantity };

    private static IEnumerable<Guard> Terms(string sentence, BookOrderTerms terms, string answer) =>
        [new(sentence, "Continuous", Entry with { Terms = terms }, answer)];

    private static IEnumerable<Guard> Refusal(Rejection reason) =>
    [
        new($"the core refuses: {reason}", "Continuous", Entry with { Results = [new BookOrderRefused(Product, Buyer, 7, reason, 300_000) { At = Day(60), By = Buyer }] },
            $"BookOrderEntered+BookOrderRefused!{reason}"),
    ];

    private static Dictionary<string, Event[]> MakeHistories()
    {
        Event opened = new BookOpened(
            Product, Venue, Provider, SecurityClass.Important, Day(400), 500, 1_000, 30_000, Rules, [new(Contributor, 1_000)]) { At = Day(55), By = Provider };
        Event Phase(TradingPhase phase) => new BookPhaseChanged(Product, phase, true) { At = Day(56), By = Provider };
        Event Order(PartyId party, int number, BookOrderTerms terms) =>
            new BookOrderEntered(Product, party, number, SecurityClass.Important, terms, terms.NeedFen) { At = Day(57), By = party };
        Event[] continuous = [opened, Phase(TradingPhase.Continuous)];
        Event[] trading =
        [
            .. continuous,
            Order(Provider, 1, Ask with { Kind = BookOrderKind.Posted, Life = BookOrderLife.GoodTillCancel, Supply = PackSupply.Issue, Quantity = 500, PriceFen = 30_000 }),
            Order(Buyer, 1, Bid with { Quantity = 20 }),
            Sold(1, 1),
            Order(Buyer, 2, Ask with { Kind = BookOrderKind.Stop, PriceFen = 0, StopPriceFen = 20_000 }),
            Order(Buyer, 3, Bid),
        ];
        return new()
        {
            ["none"] = [],
            ["Closed"] = [opened],
            ["PreOpen"] = [opened, Phase(TradingPhase.PreOpen)],
            ["Auction"] = [opened, Phase(TradingPhase.Auction)],
            ["Continuous"] = continuous,
            ["Continuous:trading"] = trading,
            ["Halted"] = [.. continuous, new BookHalted(Product, 25_000, Day(57)) { At = Day(56), By = Buyer }],
            ["suspended"] = [opened, new BookSuspended(Product) { At = Day(56), By = Provider }],
            ["ended"] = [opened, new BookClosed(Product) { At = Day(56), By = Provider }],
            ["Closed (with a bid)"] = [.. continuous, Order(Buyer, 1, Bid with { Life = BookOrderLife.GoodTillCancel }), Phase(TradingPhase.Closed)],
        };
    }
}
