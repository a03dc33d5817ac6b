using DataExchange.Domain;
using DataExchange.Exchange;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;

namespace DataExchange.Testing;

/// <summary>A market a fiftieth of the size, simulated in this process; once for all tests of an assembly. Logs are not kept.</summary>
internal sealed class SimulatedMarket : IEventSink
{
    private static readonly Lazy<Task<SimulatedMarket>> Once = new(RunAsync);
    private readonly List<RecordedEvent> _events = [];
    private ILookup<string, RecordedEvent>? _streams;

    /// <summary>Its events in the order in which they happened.</summary>
    internal IReadOnlyList<RecordedEvent> Events => _events;

    /// <summary>The time of the last one.</summary>
    internal SimulatedTime End => _events[^1].Data.At;

    internal static Task<SimulatedMarket> GetAsync() => Once.Value;

    internal IEnumerable<RecordedEvent> Stream(string id) => (_streams ??= _events.ToLookup(recorded => recorded.Stream, StringComparer.Ordinal))[id];

    public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        _events.AddRange(events);
        return ValueTask.CompletedTask;
    }

    private static async Task<SimulatedMarket> RunAsync()
    {
        var market = new SimulatedMarket();
        var population = PopulationData.Load();
        var scenario = Parameters.Scale(ScenarioCatalogue.Load("hangzhou-2025").Scenario, 0.02);
        // So small a market has hardly a late claim else.
        var settlement = scenario.Settlement;
        scenario = scenario with { Settlement = settlement with { LateClaims = settlement.LateClaims with { Value = 0.05 } } };
        await SimulationRun.ExecuteAsync(
            scenario, new PopulationSource(population.Graph, population.Calendar, population.Vocabulary), 20250531, new InProcessExchange(market), null, CancellationToken.None);
        return market;
    }
}
