using DataExchange.Cli.Commands;
using DataExchange.Cli.Running.Sweeps;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Reports.ReadModels;
using DataExchange.Scenarios;
using DataExchange.Simulation.Calibration;
using Npgsql;

namespace DataExchange.Cli.Running.Counterfactuals;

/// <summary>One of two markets that are compared: a stored one, or a scenario that can be run.</summary>
/// <param name="Name">As it was named.</param>
/// <param name="Scenario">Its scenario.</param>
/// <param name="Seed">Seed of the stored run; null for a scenario.</param>
/// <param name="Scale">Scale of the stored run; null for a scenario.</param>
internal sealed record MarketSide(string Name, LoadedScenario Scenario, ulong? Seed, double? Scale)
{
    /// <summary>Whether a name is that of a data folder.</summary>
    public static bool IsStore(string name) => Directory.Exists(name);

    /// <summary>The scenario of a stored run.</summary>
    /// <param name="opened">The store.</param>
    /// <param name="name">How it was named.</param>
    /// <param name="scenario">A scenario file that it was made from, for a store that does not have the text; null for none.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CommandFailedException">The run is not complete, or its scenario is not known.</exception>
    public static async Task<MarketSide> OfStoreAsync(OpenedStore opened, string name, string? scenario, CancellationToken cancellation)
    {
        var run = opened.Identity;
        if (!run.IsCompleted)
        {
            throw new CommandFailedException($"'{name}' holds the beginning of a run only; the command that made it goes on from there.");
        }

        if (run.RunEvents == 0)
        {
            throw new CommandFailedException($"'{name}' holds no simulated run: it was filled from outside, and cannot be run again.");
        }

        LoadedScenario Checked(LoadedScenario loaded) => loaded.Hash == run.ScenarioHash
            ? loaded
            : throw new CommandFailedException($"'{name}' was made with scenario {run.ScenarioName} of SHA-256 {run.ScenarioHash}; {loaded.Origin} has {loaded.Hash}.");
        if (scenario is not null)
        {
            return new(name, Checked(ScenarioCatalogue.Load(scenario)), run.Seed, run.Scale);
        }

        var text = await new ScenarioTable(opened.Database).ReadAsync(cancellation).ConfigureAwait(false);
        return text is not null ? new(name, Checked(ScenarioCatalogue.Parse(text, $"the store {name}")), run.Seed, run.Scale)
            : ScenarioCatalogue.BuiltIn.Contains(run.ScenarioName) && ScenarioCatalogue.Load(run.ScenarioName) is var known && known.Hash == run.ScenarioHash
                ? new(name, known, run.Seed, run.Scale)
            : throw new CommandFailedException($"'{name}' does not have the text of its scenario {run.ScenarioName} (it was restored, or made by an earlier version): name its file with --scenario.");
    }

    /// <summary>The figures of a store, those of a sweep's run, and how many events of each kind it has.</summary>
    public static async Task<(IReadOnlyList<double?> Figures, SortedDictionary<string, long> Types)> FiguresAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var deals = new List<DealEntry>();
        var fold = new ReadModelFold(deals.Add);
        var types = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await foreach (var raw in new RawEventReader(database).ReadBySequenceAsync(cancellation: cancellation).ConfigureAwait(false))
        {
            types[raw.TypeName] = types.GetValueOrDefault(raw.TypeName) + 1;
            fold.Apply(raw.StreamId, (int)raw.Version, EventJson.Read(raw.TypeName, raw.Json.Span));
        }

        var whole = new MemoryRunResult(new CalibratedScenario(null!, [], 0), types.Values.Sum(), "", fold.Complete(), deals, new());
        return (SweepFigures.Of(whole), types);
    }
}
