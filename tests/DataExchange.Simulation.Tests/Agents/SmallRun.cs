using System.Collections.Concurrent;
using System.Text.Json;
using DataExchange.Domain;
using DataExchange.Exchange;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Tests.Agents;

/// <summary>Runs a small market in this process and keeps its events.</summary>
internal sealed class SmallRun : IEventSink
{
    public static readonly Scenario BuiltIn = ScenarioCatalogue.Load("hangzhou-2025").Scenario;
    private static readonly PopulationData Population = PopulationData.Load();
    public static readonly PopulationSource Source = new(Population.Graph, Population.Calendar, Population.Vocabulary);

    private static readonly ConcurrentDictionary<(Scenario Scenario, ulong Seed), Lazy<Task<SmallRun>>> Shared = new();

    public List<RecordedEvent> Events { get; } = [];

    /// <summary>What only the simulation knows of it.</summary>
    public GroundTruth Truth { get; private set; } = new();

    public Measurement Measurement { get; } = new();

    /// <summary>Every event with its place as one line of JSON.</summary>
    public IEnumerable<string> Lines => Events.Select(recorded =>
        $"{recorded.Stream} {recorded.Version} {recorded.Data.GetType().Name} {JsonSerializer.Serialize(recorded.Data, recorded.Data.GetType())}");

    public static async Task<SmallRun> OfAsync(Scenario scenario, ulong seed, Func<IExchange, IExchange>? through = null)
    {
        var run = new SmallRun();
        IExchange exchange = new InProcessExchange(run);
        run.Truth = await SimulationRun.ExecuteAsync(scenario, Source, seed, through?.Invoke(exchange) ?? exchange, null, TestContext.Current.CancellationToken);
        return run;
    }

    /// <summary>One run for all tests that only read it.</summary>
    public static Task<SmallRun> SharedAsync(Scenario scenario, ulong seed) =>
        Shared.GetOrAdd((scenario, seed), key => new(() => OfAsync(key.Scenario, key.Seed))).Value;

    public static Task<CalibratedScenario> CalibrateAsync(Scenario scenario, double scale, ulong seed) => Calibrator.SolveAsync(
        Parameters.Scale(scenario, scale), scale, async (trial, _) => (await OfAsync(trial, seed)).Measurement, TestContext.Current.CancellationToken);

    public IEnumerable<T> All<T>()
        where T : Event => Events.Select(recorded => recorded.Data).OfType<T>();

    public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        foreach (var recorded in events)
        {
            Measurement.Count(recorded.Data);
            Events.Add(recorded);
        }

        return ValueTask.CompletedTask;
    }
}
