namespace DataExchange.Matching.Tests;

/// <summary>The engine behind the questions of the tests.</summary>
internal sealed class FastEngine : IEngine
{
    private static readonly EngineLimits Small = new()
    {
        Orders = 1 << 12, Instruments = 16, Products = 16, Accounts = 64, Positions = 1 << 10, PriceBlocks = 1 << 10,
    };

    public FastEngine(EngineLimits? limits) => Engine = new(limits ?? Small, new Collector());

    public MatchingEngine<Collector> Engine { get; }

    public IReadOnlyList<ExecutionReport> Apply(in Command command)
    {
        Engine.Handler.Clear();
        Engine.Apply(command);
        return Engine.Handler.Reports;
    }

    public AccountFunds FundsOf(int account) => Engine.FundsOf(account);

    public AccountUnits UnitsOf(int account, int instrument) => Engine.UnitsOf(account, instrument);

    public ProductRights RightsOf(int product) => Engine.RightsOf(product);

    public Phase PhaseOf(int instrument) => Engine.PhaseOf(instrument);

    public int LastPriceOf(int instrument) => Engine.LastPriceOf(instrument);

    public IReadOnlyList<BookOrder> OrdersOf(int instrument, Side side)
    {
        var orders = new BookOrder[Engine.Limits.Orders];
        return orders[..Engine.Orders(instrument, side, orders)];
    }

    public IReadOnlyList<DepthLevel> DepthOf(int instrument, Side side)
    {
        var levels = new DepthLevel[Engine.Limits.Orders];
        var count = Engine.Depth(instrument, side, levels);
        var top = Engine.TryGetTop(instrument, side, out var price, out var quantity) ? new DepthLevel(price, quantity, 0) : default;
        Assert.Equal(count > 0 ? levels[0] with { Orders = 0 } : default, top);
        return levels[..count];
    }
}

/// <summary>Keeps the reports of one command.</summary>
internal readonly struct Collector() : IReportHandler
{
    private readonly List<ExecutionReport> _reports = [];

    public IReadOnlyList<ExecutionReport> Reports => _reports;

    public void Clear() => _reports.Clear();

    public void OnReport(in ExecutionReport report) => _reports.Add(report);
}
