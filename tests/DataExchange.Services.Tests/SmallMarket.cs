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

    internal static Scenario Scenario { get; } = Small();

    /// <summary>The same trade without the seven years in which there was hardly any, and yet payouts, views and heads of the log: most of the commands are of those.</summary>
    internal static Scenario Recent { get; } = Scenario with
    {
        Venues = [.. Scenario.Venues.Select(venue => venue.Opens.Year < 2023 ? venue with { Opens = new DateOnly(2023, 1, 3) } : venue)],
    };

    private static readonly Lazy<Task<IReadOnlyList<RecordedEvent>>> Direct = new(() => FactsOfAsync(Scenario));

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

    /// <summary>What the direct engine makes of a scenario.</summary>
    internal static async Task<IReadOnlyList<RecordedEvent>> FactsOfAsync(Scenario scenario)
    {
        using var keys = Keys();
        var market = new InMemoryMarket(keys);
        await SimulationRun.ExecuteAsync(scenario, Source, Seed, market, null, CancellationToken.None);
        return market.Facts;
    }
}
