using DataExchange.Exchange;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;
using DataExchange.Trust;

namespace DataExchange.Services.Tests;

/// <summary>A market of a few products over a few months, and what the direct engine makes of it.</summary>
internal static class SmallMarket
{
    internal const ulong Seed = 20250531;
    private const double Scale = 0.004;

    private static readonly Lazy<Task<IReadOnlyList<RecordedEvent>>> Direct = new(RunAsync);

    internal static Scenario Scenario { get; } = Small();

    internal static PopulationSource Source { get; } = Load();

    /// <summary>The direct engine's facts, in order.</summary>
    internal static Task<IReadOnlyList<RecordedEvent>> FactsAsync() => Direct.Value;

    internal static VenueKeys Keys() => VenueKeys.Derive("small", Seed, Scale);

    private static PopulationSource Load()
    {
        var population = PopulationData.Load();
        return new PopulationSource(population.Graph, population.Calendar, population.Vocabulary);
    }

    private static Scenario Small()
    {
        var scenario = Parameters.Scale(ScenarioCatalogue.Load("hangzhou-2025").Scenario, Scale);
        return scenario with { Until = scenario.Venues.Max(venue => venue.Opens).AddDays(240) };
    }

    private static async Task<IReadOnlyList<RecordedEvent>> RunAsync()
    {
        using var keys = Keys();
        var market = new InMemoryMarket(keys);
        await SimulationRun.ExecuteAsync(Scenario, Source, Seed, market, null, CancellationToken.None);
        return market.Facts;
    }
}
