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

namespace DataExchange.Cli.Running.Chaos;

/// <summary>
/// The market that faults are made in: the Hangzhou scenario with a handful of products, not calibrated; and what it comes to where nothing goes wrong.
/// </summary>
internal sealed class ChaosMarket
{
    public const string Name = "hangzhou-2025";
    public const ulong Seed = 20250531;

    /// <summary>The factor on products, firms and volume.</summary>
    public const double Scale = 0.004;

    private ChaosMarket(Scenario scenario, PopulationSource source, IReadOnlyList<string> facts, long commands, IReadOnlyList<long> eventful) =>
        (Scenario, Source, Facts, Commands, Eventful) = (scenario, source, facts, commands, eventful);

    public Scenario Scenario { get; }

    public PopulationSource Source { get; }

    /// <summary>The facts in the order in which one process records them, a line each.</summary>
    public IReadOnlyList<string> Facts { get; }

    /// <summary>Commands of the whole market.</summary>
    public long Commands { get; }

    /// <summary>Numbers of the commands, from 1, of which something came: most of the others look at logs in months when little happens.</summary>
    public IReadOnlyList<long> Eventful { get; }

    /// <summary>A fact as it is compared.</summary>
    public static string Line(string stream, long version, Event fact) =>
        $"{stream} {version} {EventRegistry.NameOf(fact)} {System.Text.Encoding.UTF8.GetString(EventJson.Write(fact))}";

    /// <summary>Simulates it in this process.</summary>
    public static async Task<ChaosMarket> MakeAsync(CancellationToken cancellation)
    {
        var scenario = Parameters.Scale(ScenarioCatalogue.Load(Name).Scenario, Scale);
        scenario = scenario with { Until = scenario.Venues.Max(venue => venue.Opens).AddDays(360) };
        var population = PopulationData.Load();
        var source = new PopulationSource(population.Graph, population.Calendar, population.Vocabulary);
        using var keys = VenueKeys.Derive(Name, Seed, Scale);
        var record = new Record(new LogKeeper(keys));
        await SimulationRun.ExecuteAsync(scenario, source, Seed, record, null, cancellation).ConfigureAwait(false);
        return new ChaosMarket(scenario, source, record.Facts, record.Commands, record.Eventful);
    }

    private sealed class Record : IExchange, IEventSink, IVenueLogs
    {
        private readonly LogKeeper _keeper;
        private readonly InProcessExchange _exchange;

        public Record(LogKeeper keeper) => (_keeper, _exchange) = (keeper, new InProcessExchange(this, this));

        public List<string> Facts { get; } = [];

        public long Commands { get; private set; }

        public List<long> Eventful { get; } = [];

        public async ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
        {
            Commands++;
            var before = Facts.Count;
            var outcome = await _exchange.SubmitAsync(command, cancellation).ConfigureAwait(false);
            if (Facts.Count > before && command is not LogCommand)
            {
                Eventful.Add(Commands);
            }

            return outcome;
        }

        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
        {
            foreach (var fact in events)
            {
                Facts.Add(Line(fact.Stream, fact.Version, fact.Data));
                _keeper.Append(fact.Stream, fact.Version, EventRegistry.NameOf(fact.Data), EventJson.Write(fact.Data), fact.Data);
            }

            return ValueTask.CompletedTask;
        }

        public string OriginOf(VenueId venue) => _keeper.Keys.Origin(venue.Value);

        public LogKey? KeyOf(VenueId venue, int generation)
        {
            var key = _keeper.Keys.Of(venue.Value, generation);
            return new LogKey(generation, key.KeyId, key.PublicKey);
        }

        public ValueTask<TreeHead> HeadOfAsync(VenueId venue, CancellationToken cancellation) => new(_keeper.HeadOf(venue.Value));
    }
}
