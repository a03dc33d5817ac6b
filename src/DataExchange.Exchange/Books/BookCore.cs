using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Matching;
using Command = DataExchange.Matching.Command;
using OrderBook = DataExchange.Domain.Trading.OrderBook;

namespace DataExchange.Exchange.Books;

/// <summary>A book's core between two inputs, to go on from.</summary>
/// <param name="Book">The book as the core sees it.</param>
/// <param name="Parties">Who has an account in the core, in the order of the accounts' numbers.</param>
/// <param name="Engine">The matching engine's own snapshot: binary, versioned, with a checksum.</param>
/// <param name="HasEnded">Whether the book is closed.</param>
public sealed record BookSnapshot(OrderBook Book, IReadOnlyList<PartyId> Parties, ReadOnlyMemory<byte> Engine, bool HasEnded);

/// <summary>
/// The matching core behind one order book. It is fed with the facts of the book's stream that are inputs, and says which facts follow: live,
/// they are recorded; when a book is replayed, they are compared with what was recorded.
/// </summary>
/// <remarks>
/// The core keeps no money of its own: before an order it gets what Settlement holds for it, after every input what orders do not need is taken
/// out again. Funds in the core are thus always the money held for the orders in its book.
/// </remarks>
public sealed class BookCore
{
    private const long Microseconds = 1_000_000;
    private const int Instrument = 0;
    private const int Pool = 0;

    // What one book needs; more is refused as OrderBookFull.
    private static readonly EngineLimits Limits = new()
    {
        Orders = 4_096,
        Instruments = 1,
        Products = 1,
        Accounts = 4_096,
        Positions = 4_096,
        PriceBlocks = 2_048,
    };

    private readonly MatchingEngine<ReportList> _engine;
    private readonly Dictionary<PartyId, int> _accounts = [];
    private readonly List<PartyId> _parties = [];
    private readonly List<Event> _results = [];
    private readonly ProductId _product;
    private readonly BookRules _rules;
    private OrderBook _book;
    private bool _hasEnded;
    private int _expected = -1;

    /// <summary>Opens the core of a book.</summary>
    /// <param name="opened">How it opened.</param>
    public BookCore(BookOpened opened)
    {
        ArgumentNullException.ThrowIfNull(opened);
        (_product, _rules) = (opened.Product, opened.Rules);
        _engine = new(Limits, new ReportList([]));
        _book = BookDecider.Evolve(BookDecider.Initial, opened);
        var time = TimeOf(opened.At);
        Run(Command.DefineProduct(time, 0, AccountOf(opened.Provider, time), opened.Packs));
        Run(Command.DefineInstrument(
            time, Instrument, 0, Pool, _rules.TickFen, 1, (int)(_rules.HighestPriceFen / _rules.TickFen), 1, _rules.LargestQuantity, resale: true));
        if (_rules.BandBasisPoints > 0)
        {
            Run(Command.SetPriceBand(
                time, Instrument, (int)((opened.ReferencePriceFen + (_rules.TickFen / 2)) / _rules.TickFen), _rules.BandBasisPoints,
                _rules.HaltSeconds * Microseconds));
        }

        Run(Command.SetPhase(time, Instrument, Phase.Closed));
        _engine.Handler.Reports.Clear();
    }

    private BookCore(ProductId product, BookSnapshot snapshot)
    {
        (_product, _rules, _book, _hasEnded) = (product, snapshot.Book.Rules!, snapshot.Book, snapshot.HasEnded);
        _engine = MatchingEngine<ReportList>.Restore(snapshot.Engine.Span, new ReportList([]), Limits);
        foreach (var party in snapshot.Parties)
        {
            _accounts.Add(party, _parties.Count);
            _parties.Add(party);
        }
    }

    /// <summary>Opens the core of a book as it was.</summary>
    /// <param name="product">The product.</param>
    /// <param name="snapshot">What <see cref="Save"/> gave.</param>
    /// <exception cref="SnapshotException">The bytes are not those that were saved.</exception>
    public static BookCore Restore(ProductId product, BookSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new(product, snapshot);
    }

    /// <summary>Names the build of the matching engine, whose snapshots are part of <see cref="Save"/>.</summary>
    public static Guid EngineBuild { get; } = typeof(Command).Assembly.ManifestModule.ModuleVersionId;

    /// <summary>The core as it is between two inputs.</summary>
    public BookSnapshot Save() => new(_book, [.. _parties], _engine.Save(), _hasEnded);

    /// <summary>Whether a fact is an input of the core; every other fact of a book is what the core made of one.</summary>
    public static bool IsInput(Event @event) => @event switch
    {
        BookOpened or BookExtended or BookSuspended or BookResumed or BookClosed or BookOrderEntered or PacksRedeemed => true,
        BookPhaseChanged e => e.IsCalled,
        BookOrderCancelled e => e.Cause is BookCancelCause.Requested or BookCancelCause.Suspended or BookCancelCause.BookClosed,
        BookOrderReduced e => e.Cause == BookCancelCause.Requested,
        _ => false,
    };

    /// <summary>Whether what is due comes before an input. A book that is suspended or closed stops where it is: nothing trades in it any more.</summary>
    public static bool LetsTimePass(Event input) => input
        is not (BookSuspended or BookClosed or BookExtended or BookOrderCancelled { Cause: BookCancelCause.Suspended or BookCancelCause.BookClosed });

    /// <summary>The first second at which something has come due by itself; null when nothing will.</summary>
    public SimulatedTime? NextDue => _hasEnded || _engine.NextDue == long.MaxValue ? null : new SimulatedTime((_engine.NextDue + Microseconds - 1) / Microseconds);

    /// <summary>Lets time pass.</summary>
    /// <param name="at">The present moment.</param>
    /// <param name="by">In whose name facts are recorded.</param>
    /// <returns>What came due: valid until the next call.</returns>
    public IReadOnlyList<Event> Advance(SimulatedTime at, PartyId by)
    {
        _results.Clear();
        if (!_hasEnded && TimeOf(at) > _engine.Time)
        {
            Run(Command.AdvanceTime(TimeOf(at)));
            Translate(at, by);
        }

        return _results;
    }

    /// <summary>Takes an input.</summary>
    /// <param name="input">A fact for which <see cref="IsInput"/> holds, not before an earlier one.</param>
    /// <returns>The facts that follow: valid until the next call.</returns>
    /// <exception cref="ImpossibleHistoryException">It cannot follow what the core was fed with.</exception>
    public IReadOnlyList<Event> Take(Event input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _results.Clear();
        var before = _book;
        _book = BookDecider.Evolve(_book, input);
        var time = _hasEnded || !LetsTimePass(input) ? _engine.Time : Math.Max(TimeOf(input.At), _engine.Time);
        switch (input)
        {
            case BookOrderEntered e:
                Enter(e, time);
                break;
            case BookOrderCancelled e:
                Run(Command.Cancel(time, Instrument, AccountOf(e.Party, time), e.Number));
                Expect(ReportKind.Cancelled, e.Quantity, input, before);
                break;
            case BookOrderReduced e:
                Run(Command.Reduce(time, Instrument, AccountOf(e.Party, time), e.Number, _book.Orders[new(e.Party, e.Number)].Leaves));
                Expect(ReportKind.Reduced, e.Quantity, input, before);
                break;
            case BookPhaseChanged e:
                Run(Command.SetPhase(time, Instrument, (Phase)e.Phase));
                Expect(ReportKind.PhaseChanged, null, input, before);
                break;
            case PacksRedeemed e:
                Run(Command.RevokeUnits(time, AccountOf(e.Party, time), Instrument, e.Quantity));
                Expect(ReportKind.Done, null, input, before);
                break;
            case BookSuspended:
                Run(Command.SetPhase(time, Instrument, Phase.Closed));
                _engine.Handler.Reports.Clear();
                break;
            case BookClosed:
                _hasEnded = true;
                break;
        }

        Translate(input.At, input.By);
        return _results;
    }

    private static long TimeOf(SimulatedTime at) => at.UnixSeconds * Microseconds;

    private void Enter(BookOrderEntered e, long time)
    {
        var order = e.Terms;
        if (order.Side == BookSide.Buy && !(e.AdmittedFor >= _book.SecurityClass))
        {
            // Admission may change while a party trades, an account of the core cannot: so the book asks, not the core.
            Record(new BookOrderRefused(_product, e.Party, e.Number, Rejection.BuyerNotAdmitted, e.HeldFen) { At = e.At, By = e.By });
            return;
        }

        if (!_accounts.ContainsKey(e.Party) && _accounts.Count == Limits.Accounts)
        {
            Record(new BookOrderRefused(_product, e.Party, e.Number, Rejection.OrderBookFull, e.HeldFen) { At = e.At, By = e.By });
            return;
        }

        var account = AccountOf(e.Party, time);
        if (e.HeldFen > 0)
        {
            Run(Command.Deposit(time, account, e.HeldFen));
        }

        Run(new Command
        {
            Kind = CommandKind.NewOrder,
            Time = time,
            Instrument = Instrument,
            Account = account,
            ClientOrderId = e.Number,
            Side = (Side)order.Side,
            Order = (OrderKind)order.Kind,
            TimeInForce = (TimeInForce)order.Life,
            Supply = (Supply)order.Supply,
            SelfTrade = (SelfTradePrevention)order.SelfTrade,
            Flag = order.PostOnly ? (byte)1 : (byte)0,
            Quantity = order.Quantity,
            Price = (int)(order.PriceFen / _rules.TickFen),
            StopPrice = (int)(order.StopPriceFen / _rules.TickFen),
            Display = order.DisplayQuantity,
            Amount = order.BudgetFen,
            Until = order.Until is { } until ? TimeOf(until) : 0,
        });
    }

    private int AccountOf(PartyId party, long time)
    {
        if (!_accounts.TryGetValue(party, out var account))
        {
            account = _parties.Count;
            _accounts.Add(party, account);
            _parties.Add(party);
            Run(Command.OpenAccount(time, account, account, Pool));
        }

        return account;
    }

    private void Run(Command command) => _engine.Apply(command);

    // An input that the book has decided already: the core must say the same, and that is not recorded twice.
    private void Expect(ReportKind kind, int? quantity, Event input, OrderBook before)
    {
        var reports = _engine.Handler.Reports;
        _expected = reports.FindIndex(report => report.Kind == kind && (quantity is null || report.Quantity == quantity));
        if (_expected < 0)
        {
            throw new ImpossibleHistoryException(input, before.Phase);
        }
    }

    private void Translate(SimulatedTime at, PartyId by)
    {
        var reports = _engine.Handler.Reports;
        var count = reports.Count;
        for (var i = 0; i < count; i++)
        {
            if (i != _expected && Fact(reports[i], at, by) is { } fact)
            {
                Record(fact);
            }
        }

        for (var i = 0; i < count; i++)
        {
            TakeOutWhatNoOrderNeeds(reports[i].Account);
            TakeOutWhatNoOrderNeeds(reports[i].OtherAccount);
        }

        reports.Clear();
        _expected = -1;
    }

    private void Record(Event fact)
    {
        _book = BookDecider.Evolve(_book, fact);
        _results.Add(fact);
    }

    private void TakeOutWhatNoOrderNeeds(int account)
    {
        if (_engine.FundsOf(account).Available is > 0 and var idle)
        {
            Run(Command.Withdraw(_engine.Time, account, idle));
        }
    }

    private Event? Fact(in ExecutionReport report, SimulatedTime at, PartyId by)
    {
        switch (report.Kind)
        {
            case ReportKind.Filled:
                return Trade(report, at, by);
            case ReportKind.Uncrossed:
                return new BookUncrossed(_product, PriceOf(report), report.Quantity) { At = at, By = by };
            case ReportKind.Halted:
                var until = new SimulatedTime((report.Time / Microseconds) + _rules.HaltSeconds);
                return new BookHalted(_product, PriceOf(report), until) { At = at, By = by };
            case ReportKind.PhaseChanged:
                // A halt says its phase itself.
                return report.Phase == Phase.Halted ? null : new BookPhaseChanged(_product, (TradingPhase)report.Phase, false) { At = at, By = by };
            case ReportKind.Accepted or ReportKind.Done:
                return null;
        }

        var party = _parties[report.Account];
        var number = (int)report.ClientOrderId;
        var order = _book.Orders[new(party, number)];
        return report.Kind switch
        {
            ReportKind.Rejected => new BookOrderRefused(_product, party, number, RejectionOf(report.Reason), order.HeldFen) { At = at, By = by },
            ReportKind.Cancelled => new BookOrderCancelled(_product, party, number, CauseOf(report.Reason), order.Leaves, order.HeldFen) { At = at, By = by },
            ReportKind.Expired => new BookOrderExpired(_product, party, number, order.Leaves, order.HeldFen) { At = at, By = by },
            ReportKind.Triggered => new BookOrderTriggered(_product, party, number) { At = at, By = by },
            ReportKind.Reduced => new BookOrderReduced(_product, party, number, CauseOf(report.Reason), report.Quantity,
                order.Side == BookSide.Buy ? order.PriceFen * report.Quantity : 0) { At = at, By = by },
            _ => throw new InvalidOperationException($"The matching core of {_product} reported {report.Kind}, which no order of a book leads to."),
        };
    }

    private PacksTraded Trade(in ExecutionReport report, SimulatedTime at, PartyId by)
    {
        var (buyAccount, buyNumber, sellAccount, sellNumber) = report.Side == Side.Buy
            ? (report.Account, (int)report.ClientOrderId, report.OtherAccount, (int)report.OtherClientOrderId)
            : (report.OtherAccount, (int)report.OtherClientOrderId, report.Account, (int)report.ClientOrderId);
        var (buyer, seller) = (_parties[buyAccount], _parties[sellAccount]);
        var bid = _book.Orders[new(buyer, buyNumber)];
        var isIssue = _book.Orders[new(seller, sellNumber)].Supply == PackSupply.Issue;
        var price = PriceOf(report);
        return new PacksTraded(
            _product, OrderBook.DealOf(_product, _book.Trades + 1), _book.Venue, buyer, buyNumber, seller, sellNumber,
            report.Phase == Phase.Continuous ? (BookSide)report.Side : null,
            isIssue, report.Quantity, _book.UnitsPerPack * report.Quantity, price, price * report.Quantity,
            bid.Kind == BookOrderKind.Budget ? 0 : (bid.PriceFen - price) * report.Quantity,
            _rules.FeeBasisPoints, _rules.VatBasisPoints, isIssue ? _book.Contributors : [],
            _book.ProductVersion == ProductVersions.First ? null : _book.ProductVersion) { At = at, By = by };
    }

    private long PriceOf(in ExecutionReport report) => (long)report.Price * _rules.TickFen;

    private static Rejection RejectionOf(Reason reason) => reason switch
    {
        Reason.PhaseForbids => Rejection.PhaseForbids,
        Reason.InsufficientUnits => Rejection.InsufficientPacks,
        Reason.NotIssuer => Rejection.OnlyProviderIssues,
        Reason.CapReached => Rejection.CapReached,
        Reason.WouldTake => Rejection.WouldTrade,
        Reason.CapacityReached => Rejection.OrderBookFull,
        _ => Rejection.OrderInvalid,
    };

    private static BookCancelCause CauseOf(Reason reason) => reason switch
    {
        Reason.NothingLeftToTake => BookCancelCause.NothingLeftToTake,
        Reason.NotFillable => BookCancelCause.NotFillable,
        Reason.SelfTrade => BookCancelCause.SelfTrade,
        Reason.TradingHalted => BookCancelCause.TradingHalted,
        Reason.CapReached => BookCancelCause.CapReached,
        Reason.CapacityReached => BookCancelCause.CapacityReached,
        _ => throw new InvalidOperationException($"The matching core cancelled an order for {reason}, which no order of a book leads to."),
    };

    private readonly struct ReportList(List<ExecutionReport> reports) : IReportHandler
    {
        internal List<ExecutionReport> Reports { get; } = reports;

        public void OnReport(in ExecutionReport report) => Reports.Add(report);
    }
}
