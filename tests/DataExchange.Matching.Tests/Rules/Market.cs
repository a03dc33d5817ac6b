using System.Globalization;

namespace DataExchange.Matching.Tests.Rules;

/// <summary>
/// A market for examples. Product 0 (issuer: participant 0, no cap) has instrument 0: one tick is one fen, lot 1, prices 1 to 1,000, resale
/// allowed. Accounts 0 to 9 of participants 0 to 9 have 100,000 fen and 1,000 units each. Orders of an account are numbered from 1.
/// </summary>
internal sealed class Market
{
    public const long Money = 100_000;
    public const int UnitsEach = 1_000;

    private readonly IEngine _engine;
    private readonly Dictionary<int, long> _ids = [];

    public Market(string engine, EngineLimits? limits = null)
    {
        _engine = Engines.New(engine, limits);
        Given(Command.DefineProduct(0, 0, 0), Command.DefineInstrument(0, 0, 0, 0, 1, 1, 1_000, 1, 1_000, true));
        for (var account = 0; account < 10; account++)
        {
            Given(Command.OpenAccount(0, account, account, 0), Command.Deposit(0, account, Money),
                Command.IssueUnits(0, account, 0, UnitsEach));
        }
    }

    /// <summary>Time of the commands that follow.</summary>
    public long Now { get; set; }

    public AccountFunds Funds(int account) => _engine.FundsOf(account);

    public AccountUnits Units(int account, int instrument = 0) => _engine.UnitsOf(account, instrument);

    public ProductRights Rights(int product) => _engine.RightsOf(product);

    public Phase Phase(int instrument = 0) => _engine.PhaseOf(instrument);

    public int Last(int instrument = 0) => _engine.LastPriceOf(instrument);

    public Command Buy(int account, int quantity, int price, TimeInForce life = TimeInForce.GoodTillCancel, int instrument = 0) =>
        Command.Limit(Now, instrument, account, NextId(account), Side.Buy, price, quantity, life);

    public Command Sell(int account, int quantity, int price, TimeInForce life = TimeInForce.GoodTillCancel, int instrument = 0) =>
        Command.Limit(Now, instrument, account, NextId(account), Side.Sell, price, quantity, life);

    public Command AtMarket(Side side, int account, int quantity, TimeInForce life = TimeInForce.ImmediateOrCancel) =>
        Command.Limit(Now, 0, account, NextId(account), side, 0, quantity, life) with { Order = OrderKind.Market };

    public Command Stop(Side side, int account, int quantity, int stop, int limit = 0) =>
        Command.Limit(Now, 0, account, NextId(account), side, limit, quantity) with
        {
            Order = limit == 0 ? OrderKind.Stop : OrderKind.StopLimit, StopPrice = stop,
        };

    public Command Budget(int account, long fen, int limit = 0) =>
        Command.Limit(Now, 0, account, NextId(account), Side.Buy, limit, 0, TimeInForce.ImmediateOrCancel) with
        {
            Order = OrderKind.Budget, Amount = fen,
        };

    /// <summary>A non-rival offer; 0 copies: without limit.</summary>
    public Command Post(int account, int copies, int price, int instrument = 0) =>
        Sell(account, copies, price, instrument: instrument) with { Order = OrderKind.Posted, Supply = Supply.Issue };

    public Command Exclusive(int account, int price, int instrument = 0, int lot = 1) =>
        Sell(account, lot, price, instrument: instrument) with { Order = OrderKind.Exclusive, Supply = Supply.Issue };

    public Command Cancel(int account, long id) => Command.Cancel(Now, 0, account, id);

    public Command Reduce(int account, long id, int leaves) => Command.Reduce(Now, 0, account, id, leaves);

    public Command Replace(int account, long original, int quantity, int price, int display = 0) =>
        Command.Replace(Now, 0, account, original, NextId(account), price, quantity, display);

    public Command SetPhase(Phase phase, int instrument = 0) => Command.SetPhase(Now, instrument, phase);

    public void Given(params ReadOnlySpan<Command> commands)
    {
        foreach (var command in commands)
        {
            Assert.DoesNotContain(_engine.Apply(command), report => report.Kind == ReportKind.Rejected);
        }
    }

    public IReadOnlyList<ExecutionReport> Reports(Command command) => [.. _engine.Apply(command)];

    /// <summary>The command gives exactly these reports, in words.</summary>
    public void Gives(Command command, params string[] lines) => Assert.Equal(lines, _engine.Apply(command).Select(Line));

    /// <summary>The orders of a side: account#number, what is left (what of it is shown, when not all), price.</summary>
    public void Shows(Side side, params string[] orders) => ShowsIn(0, side, orders);

    public void ShowsIn(int instrument, Side side, params string[] orders) =>
        Assert.Equal(orders, _engine.OrdersOf(instrument, side).Select(order =>
        string.Create(CultureInfo.InvariantCulture, $"{order.Account}#{order.ClientOrderId} {order.Leaves}")
        + (order.Shown == order.Leaves ? "" : string.Create(CultureInfo.InvariantCulture, $" ({order.Shown})"))
        + string.Create(CultureInfo.InvariantCulture, $" @ {order.Price}")));

    private long NextId(int account) => _ids[account] = _ids.GetValueOrDefault(account) + 1;

    private static string Line(ExecutionReport r)
    {
        var order = $"{r.Account}#{r.ClientOrderId}";
        var other = $"{r.OtherAccount}#{r.OtherClientOrderId}";
        return (r.Instrument > 0 && r.Sequence > 0 ? $"[{r.Instrument}] " : "") + r.Kind switch
        {
            ReportKind.Done => "done",
            ReportKind.Accepted => $"{order} accepted {r.Quantity}",
            ReportKind.Rejected => $"rejected {r.Reason}",
            ReportKind.Filled => $"{order} {(r.Side == Side.Buy ? "buys" : "sells")} {r.Quantity} @ {r.Price} with {other}, "
                + $"left {r.Leaves} and {r.OtherLeaves}",
            ReportKind.Cancelled => $"{order} cancelled {r.Quantity} {r.Reason}",
            ReportKind.Expired => $"{order} expired {r.Quantity}",
            ReportKind.Reduced => $"{order} reduced by {r.Quantity} to {r.Leaves}, {r.Reason}",
            ReportKind.Replaced => $"{order} replaces #{r.OtherClientOrderId}: {r.Quantity} @ {r.Price}",
            ReportKind.Triggered => $"{order} triggered at {r.Price}: {r.Quantity}",
            ReportKind.PhaseChanged => $"{r.Phase}",
            ReportKind.Halted => $"halted at {r.Price}",
            ReportKind.Uncrossed => $"uncrossed {r.Quantity} @ {r.Price}",
            _ => $"{r}",
        };
    }
}
