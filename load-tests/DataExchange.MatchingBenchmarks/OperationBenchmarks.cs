using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using DataExchange.Matching;
using DataExchange.Matching.Flow;

namespace DataExchange.MatchingBenchmarks;

/// <summary>
/// Single operations of the core, reports on, journal off. Each iteration has a fresh engine with what the operation needs, so that every
/// operation of it finds the same.
/// </summary>
public class OperationBenchmarks
{
    private const int Count = 100_000;
    private const int Price = 10_000;
    private const int Buyer = 0;
    private const int Seller = 1;

    private static readonly EngineLimits Limits = new()
    {
        Orders = (2 * Count) + 64, Instruments = 1, Products = 1, Accounts = 2, Positions = 16, PriceBlocks = 1_024,
    };

    private Command[] _commands = [];
    private MatchingEngine<ReportKeeper> _engine = new(Limits, new ReportKeeper());

    /// <summary>Runs all and prints BenchmarkDotNet's table.</summary>
    /// <param name="folder">Takes its logs and results.</param>
    public static void RunAll(string folder)
    {
        // In this process: a program built for each benchmark would not find the folders of this repository.
        var configuration = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(15))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(MarkdownExporter.GitHub, JsonExporter.Full)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.GetFullPath(folder));
        BenchmarkRunner.Run<OperationBenchmarks>(configuration);
    }

    /// <summary>Bids that rest, over 5,000 prices.</summary>
    [IterationSetup(Target = nameof(Add))]
    public void PrepareAdd() => Prepare([], number => Order(Side.Buy, number, Price - 1 - (number * 7 % 5_000), TimeInForce.GoodTillCancel));

    /// <summary>Takes bids out, in another order than they came in.</summary>
    [IterationSetup(Target = nameof(Cancel))]
    public void PrepareCancel() => Prepare(
        All(number => Order(Side.Buy, number, Price - 1 - (number * 7 % 5_000), TimeInForce.GoodTillCancel)),
        number => Command.Cancel(2, 0, Buyer, (number * 61_803L % Count) + 1));

    /// <summary>Buys that trade with one order each.</summary>
    [IterationSetup(Target = nameof(ImmediateOrCancel))]
    public void PrepareImmediateOrCancel() => Prepare(Asks(), number => Order(Side.Buy, number, Price, TimeInForce.ImmediateOrCancel));

    /// <summary>The same, all or nothing.</summary>
    [IterationSetup(Target = nameof(FillOrKill))]
    public void PrepareFillOrKill() => Prepare(Asks(), number => Order(Side.Buy, number, Price, TimeInForce.FillOrKill));

    /// <summary>Each buy takes an iceberg's slice.</summary>
    [IterationSetup(Target = nameof(IcebergRefresh))]
    public void PrepareIcebergRefresh() => Prepare(
        [Command.Limit(1, 0, Seller, 1, Side.Sell, Price, Count) with { Display = 1 }], number => Order(Side.Buy, number, Price, TimeInForce.ImmediateOrCancel));

    /// <summary>Stop orders that one trade sets off, each of which trades.</summary>
    [IterationSetup(Target = nameof(StopTrigger))]
    public void PrepareStopTrigger() => Prepare(
        [
            .. Asks(), Command.Limit(1, 0, Seller, Count + 1, Side.Sell, Price, 1),
            .. All(number => Order(Side.Buy, number, 0, TimeInForce.GoodTillCancel) with { Order = OrderKind.Stop, StopPrice = Price }),
        ],
        number => number == 0 ? Order(Side.Buy, Count, Price, TimeInForce.ImmediateOrCancel) : Command.AdvanceTime(2));

    /// <summary>Buys from an offer that is not used up.</summary>
    [IterationSetup(Target = nameof(PostedFill))]
    public void PreparePostedFill() => Prepare(
        [Command.Limit(1, 0, Seller, 1, Side.Sell, Price, 0) with { Order = OrderKind.Posted, Supply = Supply.Issue }],
        number => Order(Side.Buy, number, Price, TimeInForce.ImmediateOrCancel));

    /// <summary>One auction in which all orders of both sides trade.</summary>
    [IterationSetup(Target = nameof(Uncross))]
    public void PrepareUncross() => Prepare(
        [
            Command.SetPhase(1, 0, Phase.Auction), .. Asks(), .. All(number => Order(Side.Buy, number, Price, TimeInForce.GoodTillCancel)),
        ],
        number => number == 0 ? Command.SetPhase(2, 0, Phase.Continuous) : Command.AdvanceTime(2));

    /// <summary>A bid that rests.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Add() => Run();

    /// <summary>A cancel of a resting bid.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Cancel() => Run();

    /// <summary>An immediate-or-cancel order, filled.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void ImmediateOrCancel() => Run();

    /// <summary>A fill-or-kill order, filled.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void FillOrKill() => Run();

    /// <summary>A fill that makes an iceberg show its next slice.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void IcebergRefresh() => Run();

    /// <summary>A stop order triggered and filled; beside it an input that only tells the time.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void StopTrigger() => Run();

    /// <summary>A fill of a posted offer.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void PostedFill() => Run();

    /// <summary>A fill of an auction; beside it an input that only tells the time.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Uncross() => Run();

    private void Run()
    {
        foreach (ref readonly var command in _commands.AsSpan())
        {
            _engine.Apply(in command);
        }
    }

    private void Prepare(IEnumerable<Command> before, Func<int, Command> command)
    {
        _engine = new MatchingEngine<ReportKeeper>(Limits, new ReportKeeper());
        Command[] setup =
        [
            Command.DefineProduct(0, 0, issuer: Seller), Command.DefineInstrument(0, 0, 0, 0, 1, 1, 1 << 30, 1, 1 << 30, resale: true),
            Command.OpenAccount(0, Buyer, Buyer, 0), Command.OpenAccount(0, Seller, Seller, 0), Command.Deposit(0, Buyer, 1L << 61),
            Command.IssueUnits(0, Seller, 0, 1 << 29),
        ];
        foreach (var input in setup.Concat(before))
        {
            _engine.Apply(in input);
        }

        _engine.Prefault();
        _commands = [.. All(command)];
        if (_engine.Handler.Totals.Refused > 0)
        {
            throw new InvalidOperationException($"The engine refused what the benchmark needs: {_engine.Handler.Totals.FirstReason}.");
        }
    }

    private static IEnumerable<Command> Asks() => All(number => Order(Side.Sell, number, Price, TimeInForce.GoodTillCancel));

    private static IEnumerable<Command> All(Func<int, Command> command) => Enumerable.Range(0, Count).Select(command);

    private static Command Order(Side side, int number, int price, TimeInForce life) =>
        Command.Limit(side == Side.Buy && life > TimeInForce.GoodTillDate ? 2 : 1, 0, side == Side.Buy ? Buyer : Seller, number + 1, side, price, 1, life);
}
