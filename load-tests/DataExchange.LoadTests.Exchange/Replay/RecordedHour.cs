using System.Buffers.Binary;
using System.Security.Cryptography;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Services;
using DataExchange.Simulation;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Trust;

namespace DataExchange.LoadTests.Exchange.Replay;

/// <summary>A command of the hour.</summary>
/// <param name="Command">The command.</param>
/// <param name="At">When it was given, from the hour's beginning.</param>
/// <param name="Rejection">Why it was refused; null where it was not.</param>
/// <param name="Needs">Streams that commands of the hour had added to before it, and how far they must be.</param>
/// <param name="After">The last command before it, in the hour, to the account of the party that it is for; null for none.</param>
internal sealed record RecordedCommand(Command Command, TimeSpan At, Rejection? Rejection, IReadOnlyList<(string Stream, int Version)> Needs, int? After);

/// <summary>
/// The hour with the most commands to offers and order books of a run of <c>hangzhou-2025</c> with the direct engine: the run that <c>dx simulate</c> makes of the same seed and scale, so the same
/// every time. Commands to the venues' logs are left out: what they say follows from when they are signed.
/// </summary>
internal sealed class RecordedHour
{
    /// <summary>The scenario.</summary>
    public const string Scenario = "hangzhou-2025";

    private const long Hour = 3_600;

    private RecordedHour(IReadOnlyList<RecordedEvent> facts, int before, SimulatedTime begins, IReadOnlyList<RecordedCommand> commands, IReadOnlyDictionary<string, int> ends) =>
        (Facts, Before, Begins, Commands, Ends, Digest) = (facts, before, begins, commands, ends, DigestOf(commands));

    /// <summary>The run's facts up to the hour's end.</summary>
    public IReadOnlyList<RecordedEvent> Facts { get; }

    /// <summary>How many of them were there before the hour.</summary>
    public int Before { get; }

    /// <summary>When it begins.</summary>
    public SimulatedTime Begins { get; }

    /// <summary>Its commands, in their order.</summary>
    public IReadOnlyList<RecordedCommand> Commands { get; }

    /// <summary>How far each stream was at its end, of those that were added to in it.</summary>
    public IReadOnlyDictionary<string, int> Ends { get; }

    /// <summary>SHA-256 of the commands and their times: the same traffic has the same.</summary>
    public string Digest { get; }

    /// <summary>Runs the scenario and finds the hour, the first of several.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="scale">The scale, above 0.</param>
    /// <param name="keys">The venues' keys; they must outlive this.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CalibrationException">The market is too small to be one.</exception>
    public static async Task<RecordedHour> RecordAsync(ulong seed, double scale, VenueKeys keys, CancellationToken cancellation)
    {
        var population = PopulationData.Load();
        var source = new PopulationSource(population.Graph, population.Calendar, population.Vocabulary);
        var calibrated = await Calibrator.SolveScaledAsync(
            ScenarioCatalogue.Load(Scenario).Scenario, scale, async (trial, stop) =>
            {
                var measurement = new Measurement();
                await SimulationRun.ExecuteAsync(trial, source, seed, new InProcessExchange(new Measuring(measurement)), null, stop, keepsTruth: false).ConfigureAwait(false);
                return measurement;
            }, cancellation).ConfigureAwait(false);
        var recorder = new Recorder(new InMemoryMarket(keys));
        await SimulationRun.ExecuteAsync(calibrated.Scenario, source, seed, recorder, null, cancellation).ConfigureAwait(false);
        return BusiestOf(recorder);
    }

    private static RecordedHour BusiestOf(Recorder recorder)
    {
        var all = recorder.Given;
        var busiest = all.Where(given => IsTrade(given.Command)).GroupBy(given => given.Command.At.UnixSeconds / Hour).MaxBy(hour => (hour.Count(), -hour.Key))!;
        var begins = busiest.Key * Hour;
        var first = all.FindIndex(given => given.Command.At.UnixSeconds >= begins);
        var last = all.FindLastIndex(given => given.Command.At.UnixSeconds < begins + Hour);
        var (before, end) = (all[first].FirstFact, all[last].LastFact);
        var (versions, accounts) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        var commands = new List<RecordedCommand>();
        foreach (var (command, outcome, from, to) in all[first..(last + 1)])
        {
            if (command is not LogCommand)
            {
                commands.Add(new RecordedCommand(
                    command, TimeSpan.FromSeconds(command.At.UnixSeconds - begins), outcome.Rejection,
                    [.. NeedsOf(command).Where(versions.ContainsKey).Select(stream => (stream, versions[stream]))],
                    PartyOf(command) is { } party && accounts.TryGetValue(party, out var number) ? number : null));
                if (command is AccountCommand)
                {
                    accounts[PartyOf(command)!] = commands.Count - 1;
                }
            }

            for (var fact = from; fact < to; fact++)
            {
                versions[recorder.Market.Facts[fact].Stream] = recorder.Market.Facts[fact].Version;
            }
        }

        return new RecordedHour([.. recorder.Market.Facts.Take(end)], before, new SimulatedTime(begins), commands, versions);
    }

    // The counts of views that venues hand in before midnight are most commands of all, and nobody's trade.
    private static bool IsTrade(Command command) => StreamId.KindOf(command.Stream) is "offer" or "book";

    // What a command is decided on: its own stream, and whether the buyer is admitted. Of accounts many add to each other's facts in any order.
    private static IEnumerable<string> NeedsOf(Command command) => command switch
    {
        AccountCommand => [],
        PlaceOrder order => [order.Stream, StreamId.Buyer(order.Buyer)],
        EnterBookOrder order => [order.Stream, StreamId.Buyer(order.Party)],
        _ => [command.Stream],
    };

    private static string? PartyOf(Command command) => command switch
    {
        AccountCommand of => of.Stream,
        PlaceOrder order => StreamId.Account(order.Buyer),
        EnterBookOrder order => StreamId.Account(order.Party),
        _ => null,
    };

    private static string DigestOf(IReadOnlyList<RecordedCommand> commands)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (var one in commands)
        {
            BinaryPrimitives.WriteInt64BigEndian(number, one.At.Ticks);
            hash.AppendData(number);
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(CommandCodec.NameOf(one.Command)));
            hash.AppendData(CommandCodec.WriteUtf8(one.Command));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Given(Command Command, Outcome Outcome, int FirstFact, int LastFact);

    private sealed class Recorder(InMemoryMarket market) : IExchange
    {
        public InMemoryMarket Market => market;

        public List<Given> Given { get; } = [];

        public async ValueTask<Outcome> SubmitAsync(Command command, CancellationToken cancellation)
        {
            var before = market.Facts.Count;
            var outcome = await market.SubmitAsync(command, cancellation).ConfigureAwait(false);
            Given.Add(new Given(command, outcome, before, market.Facts.Count));
            return outcome;
        }
    }

    private sealed class Measuring(Measurement measurement) : IEventSink
    {
        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
        {
            foreach (var fact in events)
            {
                measurement.Count(fact.Data);
            }

            return ValueTask.CompletedTask;
        }
    }
}
