using DataExchange.Domain;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Exchange.Logs;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Scenarios;
using DataExchange.Trust;
using DataExchange.Trust.Logs;

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
        var record = new Record(new LogKeeper(keys));
        await SimulationRun.ExecuteAsync(Scenario, Source, Seed, new InProcessExchange(record, record), null, CancellationToken.None);
        return record.Facts;
    }

    private sealed class Record(LogKeeper keeper) : IEventSink, IVenueLogs
    {
        internal List<RecordedEvent> Facts { get; } = [];

        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
        {
            foreach (var fact in events)
            {
                Facts.Add(fact);
                keeper.Append(fact.Stream, fact.Version, EventRegistry.NameOf(fact.Data), EventJson.Write(fact.Data), fact.Data);
            }

            return ValueTask.CompletedTask;
        }

        public string OriginOf(VenueId venue) => keeper.Keys.Origin(venue.Value);

        public LogKey? KeyOf(VenueId venue, int generation)
        {
            var key = keeper.Keys.Of(venue.Value, generation);
            return new LogKey(generation, key.KeyId, key.PublicKey);
        }

        public ValueTask<TreeHead> HeadOfAsync(VenueId venue, CancellationToken cancellation) => new(keeper.HeadOf(venue.Value));
    }
}
