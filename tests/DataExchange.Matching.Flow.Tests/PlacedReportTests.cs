using System.Runtime.CompilerServices;

namespace DataExchange.Matching.Flow.Tests;

/// <summary>A handler with places of its own gets every report there, whichever way through the engine it came.</summary>
public sealed class PlacedReportTests
{
    private static readonly EngineLimits Small = new() { Orders = 64, Instruments = 1, Products = 1, Accounts = 2, Positions = 16, PriceBlocks = 16 };

    [Fact]
    public void Reports_of_both_ways_stand_in_the_places_and_are_those_that_others_get()
    {
        var placed = new MatchingEngine<Places>(Small, new Places());
        var recorded = new MatchingEngine<Recorder>(Small, new Recorder());
        foreach (var command in Commands())
        {
            placed.Apply(in command);
            recorded.Apply(in command);
        }

        Assert.Contains(recorded.Handler.Reports, report => report.Kind == ReportKind.Filled);
        Assert.Contains(recorded.Handler.Reports, report => report.Kind == ReportKind.Replaced);
        Assert.Equal(recorded.Handler.Reports, placed.Handler.Taken);
        Assert.Equal(recorded.Handler.Reports, placed.Handler.Kept);
    }

    // Plain orders, which go the short way, between those that go the long one.
    private static IEnumerable<Command> Commands() =>
    [
        Command.DefineProduct(0, 0, issuer: 0),
        Command.DefineInstrument(0, 0, 0, 0, tickFen: 1, lowestPrice: 1, 1_000, lot: 1, 100, resale: true),
        Command.OpenAccount(0, 0, 0, 0),
        Command.OpenAccount(0, 1, 1, 0),
        Command.Deposit(0, 1, 100_000),
        Command.IssueUnits(0, 0, 0, 50),
        Command.SetPhase(0, 0, Phase.Continuous),
        Command.Limit(1, 0, 0, 1, Side.Sell, 100, 10),
        Command.Limit(2, 0, 1, 1, Side.Buy, 100, 4),
        Command.Limit(3, 0, 1, 2, Side.Buy, 101, 4, TimeInForce.FillOrKill),
        Command.Reduce(4, 0, 0, 1, 1),
        Command.Replace(5, 0, 0, 1, 2, 102, 5),
        Command.Cancel(6, 0, 0, 9),
        Command.Cancel(7, 0, 0, 2),
        Command.CancelAll(8, 1),
    ];

    private readonly struct Places() : IReportHandler
    {
        private readonly ExecutionReport[] _places = new ExecutionReport[64];

        public List<ExecutionReport> Taken { get; } = [];

        public IEnumerable<ExecutionReport> Kept => _places.Take(Taken.Count);

        public static bool HasPlaces => true;

        public static ref ExecutionReport PlaceOfNext<T>(ref T handler)
            where T : IReportHandler
        {
            ref var places = ref Unsafe.As<T, Places>(ref handler);
            return ref places._places[places.Taken.Count];
        }

        public void OnReport(in ExecutionReport report) => Taken.Add(report);
    }
}
