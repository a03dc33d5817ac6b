using System.Runtime.CompilerServices;
using DataExchange.Matching.Book;

namespace DataExchange.Matching;

/// <summary>
/// The matching core of a set of pools: a deterministic state machine by the rules of docs/matching.md. One thread uses it.
/// </summary>
/// <typeparam name="THandler">Where reports go; a struct makes the call free.</typeparam>
public sealed partial class MatchingEngine<THandler>
    where THandler : IReportHandler
{
    /// <summary>Largest price, quantity and units of an account.</summary>
    internal const int Most = 1 << 30;

    /// <summary>Largest amount of money, fen.</summary>
    internal const long MostFen = 1L << 62;

    private const int MostTickBands = 8;

    private readonly EngineLimits _limits;
    private readonly Slab<OrderSlot> _orders;
    private readonly Slab<PriceLevel> _levels;
    private PriceLevels _prices;
    private OrderIndex _index;
    private PositionTable _positions;
    private readonly Slab<ProductState> _products;
    private readonly Slab<InstrumentState> _instruments;
    private readonly Slab<AccountState> _accounts;
    private readonly TickBand[]?[] _ticks;
    private readonly DueHeap _expiries;
    private readonly DueHeap _halts;
    private readonly DueHeap _batches;
    private readonly Slab<ExecutionReport> _ownReport = new(1);
    private THandler _handler;
    private int _freeOrder;
    private int _nextFresh = 1;
    private int _live;
    private int _instrumentsUsed;
    private int _accountsUsed;
    private int _productsUsed;
    private long _accepted;
    private long _time;
    private long _now;
    private long _nextDue = long.MaxValue;

    /// <summary>An empty engine.</summary>
    /// <param name="limits">Its bounds.</param>
    /// <param name="handler">Where reports go.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is outside its range.</exception>
    public MatchingEngine(EngineLimits limits, THandler handler)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Check(limits.Orders, 16, 1 << 26);
        Check(limits.Instruments, 1, 1 << 20);
        Check(limits.Products, 1, 1 << 20);
        Check(limits.Accounts, 1, 1 << 22);
        Check(limits.Positions, 16, 1 << 26);
        Check(limits.PriceBlocks, 16, 1 << 22);
        _limits = limits;
        _handler = handler;
        _orders = new Slab<OrderSlot>(limits.Orders + 1);
        _prices = new PriceLevels(limits.PriceBlocks);
        _levels = _prices.All;
        _index = new OrderIndex(_orders, limits.Orders);
        _positions = new PositionTable(limits.Positions);
        _products = new Slab<ProductState>(limits.Products);
        _instruments = new Slab<InstrumentState>(limits.Instruments);
        _accounts = new Slab<AccountState>(limits.Accounts);
        _ticks = new TickBand[]?[limits.Instruments];
        _expiries = new DueHeap(limits.Orders + 1);
        _halts = new DueHeap(limits.Instruments);
        _batches = new DueHeap(limits.Instruments);

        static void Check(int value, int least, int most)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        }
    }

    /// <summary>Where reports go.</summary>
    public ref THandler Handler => ref _handler;

    /// <summary>The bounds.</summary>
    public EngineLimits Limits => _limits;

    /// <summary>Orders that rest or wait.</summary>
    public long OrdersResting => _live;

    /// <summary>Time of the last input, microseconds; 0 before the first.</summary>
    public long Time => _time;

    /// <summary>When something comes due by itself: an expiry, the end of a halt, a batch. Microseconds; <see cref="long.MaxValue"/> when nothing does.</summary>
    public long NextDue => _expiries.Count + _halts.Count + _batches.Count == 0 ? long.MaxValue : _nextDue;

    /// <summary>Touches all reserved memory once, so that the first operations do not wait for pages.</summary>
    public void Prefault()
    {
        _orders.Prefault();
        _instruments.Prefault();
        _accounts.Prefault();
        _products.Prefault();
        _prices.Prefault();
        _index.Prefault();
        _positions.Prefault();
    }

    /// <summary>Carries one input out; its reports go to the handler in order.</summary>
    /// <param name="command">The input.</param>
    public void Apply(in Command command)
    {
        if (_instrumentsUsed > FewInstruments)
        {
            ApplyAmongMany(in command);
            return;
        }

        if (!IsDoneQuickly(in command, _index.Home(command.Account, command.ClientOrderId), _positions.Home(command.Account, command.Instrument)))
        {
            ApplyAny(in command);
        }
    }

    private void ApplyAny(in Command command)
    {
        if (command.Time < _time)
        {
            Reject(command, Reason.TimeRunsBackwards);
            return;
        }

        if (command.Time >= _nextDue)
        {
            RunDue(command.Time);
        }

        _time = _now = command.Time;
        if (!HasKnownWords(command))
        {
            Reject(command, Reason.InvalidCommand);
            return;
        }

        switch (command.Kind)
        {
            case CommandKind.NewOrder:
                Enter(command);
                return;
            case CommandKind.Cancel:
                Cancel(command);
                return;
            case CommandKind.Reduce:
                Reduce(command);
                return;
            case CommandKind.Replace:
                Replace(command);
                return;
            default:
                Administer(command);
                return;
        }
    }

    private static bool HasKnownWords(in Command command) =>
        (uint)command.Kind - 1 < (uint)CommandKind.CancelAll
        && command.Side <= Side.Sell
        && command.Order <= OrderKind.Exclusive
        && command.TimeInForce <= TimeInForce.FillOrKill
        && command.SelfTrade <= SelfTradePrevention.DecrementAndCancel
        && command.Supply <= Supply.Issue
        && command.Flag <= 1
        && (command.Kind != CommandKind.SetPhase || command.Level <= (byte)Phase.Halted);

    private void Administer(in Command command)
    {
        var reason = command.Kind switch
        {
            CommandKind.DefineProduct => DefineProduct(command),
            CommandKind.DefineInstrument => DefineInstrument(command),
            CommandKind.SetTickBand => SetTickBand(command),
            CommandKind.SetPriceBand => SetPriceBand(command),
            CommandKind.SetBatchInterval => SetBatchInterval(command),
            CommandKind.OpenAccount => OpenAccount(command),
            CommandKind.Deposit => Deposit(command),
            CommandKind.Withdraw => Withdraw(command),
            CommandKind.IssueUnits => IssueUnits(command),
            CommandKind.RevokeUnits => RevokeUnits(command),
            CommandKind.SetPhase => SetPhase(command),
            CommandKind.CancelAll => CancelAll(command),
            _ => Reason.None,
        };
        if (reason != Reason.None)
        {
            Reject(command, reason);
            return;
        }

        Report(new ExecutionReport { Kind = ReportKind.Done, Instrument = command.Instrument, Account = command.Account, Time = _now });
    }

    private void Reject(in Command command, Reason reason)
    {
        ref var report = ref BeginReport(ReportKind.Rejected, reason, Side.Buy, Phase.Closed);
        report.Instrument = command.Instrument;
        report.Account = command.Account;
        report.OtherAccount = 0;
        report.ClientOrderId = command.ClientOrderId;
        report.OtherClientOrderId = 0;
        report.Sequence = 0;
        report.Time = command.Time;
        report.Price = report.Quantity = report.Leaves = report.OtherLeaves = 0;
        EndReport(ref report);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsInstrument(int number) => (uint)number < (uint)_instruments.Length && _instruments[number].Defined;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsAccount(int number) => (uint)number < (uint)_accounts.Length && _accounts[number].Open;

    private bool IsProduct(int number) => (uint)number < (uint)_products.Length && _products[number].Defined;

    private static long Value(in InstrumentState instrument, int price, long quantity) => price * instrument.TickFen * quantity;

    private static long InLots(in InstrumentState instrument, long quantity) =>
        instrument.Lot == 1 ? quantity : quantity - (quantity % instrument.Lot);

    private void NoteNextDue() => _nextDue = Math.Min(_expiries.FirstTime, Math.Min(_halts.FirstTime, _batches.FirstTime));
}
