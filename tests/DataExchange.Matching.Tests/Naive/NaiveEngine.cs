namespace DataExchange.Matching.Tests.Naive;

/// <summary>
/// The matching core once more, written straight from docs/matching.md with lists and without regard to speed. What it says is
/// compared with the engine, report for report. It knows nothing of the engine.
/// </summary>
internal sealed partial class NaiveEngine(EngineLimits limits) : IEngine
{
    private const long Most = 1L << 62;
    private const long MostUnits = 1L << 30;

    private readonly SortedDictionary<int, NaiveProduct> _products = [];
    private readonly SortedDictionary<int, NaiveInstrument> _instruments = [];
    private readonly SortedDictionary<int, NaiveAccount> _accounts = [];
    private List<ExecutionReport> _reports = [];
    private long _now;
    private long _accepted;

    public IReadOnlyList<ExecutionReport> Apply(in Command command)
    {
        _reports = [];
        if (command.Time < _now)
        {
            Reject(command, Reason.TimeRunsBackwards);
            return _reports;
        }

        HappenUpTo(command.Time);
        _now = command.Time;
        var reason = HasUndefinedWord(command) ? Reason.InvalidCommand : Do(command);
        if (reason != Reason.None)
        {
            Reject(command, reason);
        }

        return _reports;
    }

    public AccountFunds FundsOf(int account) => _accounts.TryGetValue(account, out var known) ? new(known.Available, known.Held) : default;

    public AccountUnits UnitsOf(int account, int instrument) =>
        _accounts.TryGetValue(account, out var known) && known.Units.TryGetValue(instrument, out var units)
            ? new(units.Available, units.Held) : default;

    public ProductRights RightsOf(int product) => _products.TryGetValue(product, out var known)
        ? new(known.Cap, known.Issued, known.Revoked, known.Reserved, known.Exclusive) : default;

    public Phase PhaseOf(int instrument) => _instruments.TryGetValue(instrument, out var known) ? known.Phase : default;

    public int LastPriceOf(int instrument) => _instruments.TryGetValue(instrument, out var known) ? known.LastPrice : 0;

    public IReadOnlyList<BookOrder> OrdersOf(int instrument, Side side) => _instruments.TryGetValue(instrument, out var known)
        ? [.. known.Book(side).Select(order =>
            new BookOrder(order.Account.Number, order.Id, order.Price, order.ToldLeaves, order.ToldShown))] : [];

    public IReadOnlyList<DepthLevel> DepthOf(int instrument, Side side) =>
        [.. OrdersOf(instrument, side).GroupBy(order => order.Price).Select(level =>
            new DepthLevel(level.Key, level.Sum(order => (long)order.Shown), level.Count()))];

    private static bool HasUndefinedWord(in Command command) =>
        command.Kind == CommandKind.None || !Enum.IsDefined(command.Kind) || !Enum.IsDefined(command.Side) || !Enum.IsDefined(command.Order)
        || !Enum.IsDefined(command.TimeInForce) || !Enum.IsDefined(command.SelfTrade) || !Enum.IsDefined(command.Supply) || command.Flag > 1
        || (command.Kind == CommandKind.SetPhase && !Enum.IsDefined((Phase)command.Level));

    private Reason Do(in Command command) => command.Kind switch
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
        CommandKind.AdvanceTime => Done(command),
        CommandKind.NewOrder => NewOrder(command),
        CommandKind.Cancel => Cancel(command),
        CommandKind.Reduce => Reduce(command),
        CommandKind.Replace => Replace(command),
        CommandKind.CancelAll => CancelAll(command),
        _ => Reason.InvalidCommand,
    };

    private Reason Done(in Command command)
    {
        _reports.Add(new() { Kind = ReportKind.Done, Instrument = command.Instrument, Account = command.Account, Time = command.Time });
        return Reason.None;
    }

    private void Reject(in Command command, Reason reason) => _reports.Add(new()
    {
        Kind = ReportKind.Rejected, Reason = reason, Instrument = command.Instrument, Account = command.Account,
        ClientOrderId = command.ClientOrderId, Time = command.Time,
    });

    /// <summary>A report of an instrument: with its phase, its next number and the time.</summary>
    private void Report(NaiveInstrument instrument, ExecutionReport report) =>
        _reports.Add(report with
        {
            Instrument = instrument.Number, Phase = instrument.Phase, Sequence = ++instrument.Reports, Time = _now,
        });

    private void Report(NaiveOrder order, ExecutionReport report) =>
        Report(order.Instrument, report with { Side = order.Side, Account = order.Account.Number, ClientOrderId = order.Id });
}
