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

    public AccountFunds FundsOf(int account) => default;

    public AccountUnits UnitsOf(int account, int instrument) => default;

    public ProductRights RightsOf(int product) => default;

    public Phase PhaseOf(int instrument) => default;

    public int LastPriceOf(int instrument) => default;

    public IReadOnlyList<BookOrder> OrdersOf(int instrument, Side side) => [];

    public IReadOnlyList<DepthLevel> DepthOf(int instrument, Side side) => [];
}

/// <summary>Keeps the reports of one command.</summary>
internal readonly struct Collector() : IReportHandler
{
    private readonly List<ExecutionReport> _reports = [];

    public IReadOnlyList<ExecutionReport> Reports => _reports;

    public void Clear() => _reports.Clear();

    public void OnReport(in ExecutionReport report) => _reports.Add(report);
}
