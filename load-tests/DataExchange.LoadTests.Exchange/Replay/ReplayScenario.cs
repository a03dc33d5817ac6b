using System.Globalization;
using DataExchange.Domain;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Services;
using DataExchange.Trust;
using Npgsql;

namespace DataExchange.LoadTests.Exchange.Replay;

/// <summary>
/// The market's own commands of a recorded hour, at their own intervals divided by the speed, through the services over the history before it. A command waits
/// for what its sender had seen of the hour when it gave it, and that wait is part of its latency; answered otherwise than in the recording, it has failed.
/// </summary>
internal sealed class ReplayScenario(ExchangeLoadOptions options) : LoadScenario
{
    /// <summary>Seed of the run that is recorded: that of the scenario.</summary>
    public const ulong Seed = 20250531;

    private const string NoSeries = "-";
    private const int MostNamed = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(5);
    private static readonly Dictionary<Type, EventTypeName> Names = EventRegistry.All.ToDictionary(type => type.Type, type => EventTypeName.For(type.Type, type.Name));
    private VenueKeys? _keys;
    private StreamWatch? _watch;
    private TaskCompletionSource[] _answered = [];
    private long _again;

    public override string Name => "replay";

    public override string Summary => $"The market's own commands in the busiest hour of trading of {RecordedHour.Scenario}, at --speed times its speed, through services over the history before it; the same traffic every time";

    public override string Unit => "commands";

    // About what the usual scale and speed come to.
    public override LoadProfile DefaultProfile { get; } = LoadProfile.Steady(2, TimeSpan.FromSeconds(60));

    /// <summary>The exchange, for tests of the verification.</summary>
    internal EmbeddedExchange? Exchange { get; private set; }

    /// <summary>What is sent.</summary>
    internal RecordedHour? Hour { get; private set; }

    public override async ValueTask<LoadProfile?> OwnProfileAsync(CancellationToken cancellation)
    {
        if (Hour is null)
        {
            options.Note(string.Create(CultureInfo.InvariantCulture, $"Recording {RecordedHour.Scenario}, seed {Seed}, scale {options.Scale:0.###} …"));
            _keys = VenueKeys.Derive(RecordedHour.Scenario, Seed, options.Scale);
            Hour = await Task.Run(() => RecordedHour.RecordAsync(Seed, options.Scale, _keys, cancellation), cancellation).ConfigureAwait(false);
        }

        return LoadProfile.At([.. Hour.Commands.Select(command => command.At / options.Speed)]);
    }

    public override async ValueTask InitAsync(LoadProfile profile, CancellationToken cancellation)
    {
        await OwnProfileAsync(cancellation).ConfigureAwait(false);
        var services = new ServiceOptions
        {
            Services = [.. PartitionMap.Services, ServiceOptions.Feed],
            TradingPartitions = options.Partitions,
            WithProjections = false,
            // What is late there is long past here; the recording has its own commands for it.
            WithDeadlines = false,
            RunKey = Seed,
            Log = line => options.Note(line.ToString()),
        };
        Exchange = await EmbeddedExchange.StartAsync(options, services, withGateway: false, cancellation, _keys, StoreAsync).ConfigureAwait(false);
        _answered = [.. Hour!.Commands.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        _watch = new StreamWatch(Exchange.Database);
        await Exchange.WatchAsync(cancellation).ConfigureAwait(false);
    }

    public override async ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation)
    {
        var recorded = Hour!.Commands[(int)number];
        try
        {
            if (recorded.After is { } before)
            {
                await _answered[before].Task.WaitAsync(Patience, cancellation).ConfigureAwait(false);
            }

            foreach (var (stream, version) in recorded.Needs)
            {
                await _watch!.UntilAsync(stream, version, Patience, cancellation).ConfigureAwait(false);
            }

            var (id, answer) = (Guid.NewGuid(), default(CommandAnswer));
            while ((answer = await Exchange!.Sender.SendAsync(id, recorded.Command, cancellation).ConfigureAwait(false)).MovedOn)
            {
                // Something in the book was due first, and was done.
                Interlocked.Increment(ref _again);
                await Task.Delay(Again, cancellation).ConfigureAwait(false);
            }

            return answer.Outcome.Rejection == recorded.Rejection ? StepResult.Ok : StepResult.Failed($"{Text(answer.Outcome.Rejection)} instead of {Text(recorded.Rejection)}");
        }
        catch (TimeoutException)
        {
            return StepResult.Failed("what it needs did not come");
        }
        finally
        {
            _answered[number].TrySetResult();
        }

        static string Text(Rejection? rejection) => rejection?.ToString() ?? "accepted";
    }

    public override async ValueTask<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellation)
    {
        string[] market = [.. await ExchangeVerification.ProblemsAsync(Exchange!, new AcknowledgedOrders(NoSeries, 0), isWhole: true, cancellation).ConfigureAwait(false)];
        return [.. market, .. await DifferencesAsync(cancellation).ConfigureAwait(false)];
    }

    public override IReadOnlyDictionary<string, double> Counters() => new Dictionary<string, double>(Exchange!.Waits())
    {
        ["commands that waited for what they need"] = _watch!.Waits,
        ["commands sent again behind what was due in their book"] = Interlocked.Read(ref _again),
    };

    public override IReadOnlyDictionary<string, string> Notes() => Hour is null ? base.Notes() : new Dictionary<string, string>
    {
        ["traffic, SHA-256"] = Hour.Digest,
        ["recorded hour"] = string.Create(CultureInfo.InvariantCulture, $"{Hour.Begins}, {Hour.Commands.Count:N0} commands behind {Hour.Before:N0} facts"),
        ["recorded of"] = string.Create(CultureInfo.InvariantCulture, $"{RecordedHour.Scenario}, seed {Seed}, scale {options.Scale:0.###}"),
        ["speed"] = string.Create(CultureInfo.InvariantCulture, $"{options.Speed:0.###} times"),
    };

    public override async ValueTask DisposeAsync()
    {
        if (_watch is not null)
        {
            await _watch.DisposeAsync().ConfigureAwait(false);
        }

        if (Exchange is not null)
        {
            await Exchange.DisposeAsync().ConfigureAwait(false);
            Exchange = null;
        }

        _keys?.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    // The history, as a simulation stores it.
    private async Task StoreAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        options.Note(string.Create(CultureInfo.InvariantCulture, $"Storing {Hour!.Before:N0} facts before the hour …"));
        await using var writer = await BulkEventWriter.StartAsync(database, new BulkEventWriterOptions { RunKey = Seed }, cancellation).ConfigureAwait(false);
        foreach (var fact in Hour.Facts.Take(Hour.Before))
        {
            await writer.AppendAsync(fact.Stream, fact.Version, Names[fact.Data.GetType()], fact.Data, (data, json) => EventJson.Write(json, data), cancellation).ConfigureAwait(false);
        }

        await writer.CompleteAsync(cancellation).ConfigureAwait(false);
    }

    // What the services recorded of the hour, beside what the direct engine did: as many facts of the same kinds in each stream, but for the logs.
    private async Task<IReadOnlyList<string>> DifferencesAsync(CancellationToken cancellation)
    {
        var (wanted, found) = (new SortedDictionary<string, List<string>>(StringComparer.Ordinal), new SortedDictionary<string, List<string>>(StringComparer.Ordinal));
        foreach (var fact in Hour!.Facts.Skip(Hour.Before))
        {
            Add(wanted, fact);
        }

        var sequence = 0;
        await foreach (var fact in Exchange!.FactsAsync(cancellation).ConfigureAwait(false))
        {
            if (++sequence > Hour.Before)
            {
                Add(found, fact);
            }
        }

        string[] different = [.. wanted.Keys.Union(found.Keys).Where(stream => !KindsOf(wanted, stream).SequenceEqual(KindsOf(found, stream))).Order(StringComparer.Ordinal)];
        return [.. different.Take(MostNamed).Select(stream => string.Create(
            CultureInfo.InvariantCulture,
            $"{stream} is not as it was recorded: {string.Join(", ", KindsOf(found, stream))} instead of {string.Join(", ", KindsOf(wanted, stream))} ({different.Length:N0} such streams)"))];

        static void Add(SortedDictionary<string, List<string>> to, RecordedEvent fact)
        {
            if (StreamId.KindOf(fact.Stream) == "log")
            {
                return;
            }

            if (!to.TryGetValue(fact.Stream, out var kinds))
            {
                to.Add(fact.Stream, kinds = []);
            }

            kinds.Add(EventRegistry.NameOf(fact.Data));
        }

        // What many parties add to an account, a payable or the chain comes in any order.
        static IEnumerable<string> KindsOf(SortedDictionary<string, List<string>> all, string stream) =>
            all.TryGetValue(stream, out var kinds) ? StreamId.KindOf(stream) is "account" or "payable" or "chain" ? kinds.Order(StringComparer.Ordinal) : kinds : [];
    }
}
