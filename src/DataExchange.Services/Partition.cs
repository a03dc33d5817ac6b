using System.Threading.Channels;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.EventStore;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Serialization;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;
using DataExchange.Services.Snapshots;
using DataExchange.Services.Telemetry;
using Npgsql;

namespace DataExchange.Services;

/// <summary>
/// The one live owner of some streams: it takes what waits, decides all of it one after the other, commits the facts together with the record of what
/// they came of, and only then answers. Its states are a cache of the store; after any failure they are thrown away and read again.
/// </summary>
internal sealed partial class Partition : IAsyncDisposable
{
    private const int MostPerCommit = 1_000;
    private static readonly Dictionary<Type, EventTypeName> Names = EventRegistry.All.ToDictionary(type => type.Type, type => EventTypeName.For(type.Type, type.Name));
    private readonly string _name;
    private readonly PartitionMap _map;
    private readonly PartitionReader _reader;
    private readonly OwnedAppender _appender;
    private readonly ICommandSender _sender;
    private readonly ServiceLogs? _logs;
    private readonly ServiceMetrics _metrics;
    private readonly RecentFacts _recent;
    private readonly bool _isLockstep;
    private readonly CrashPoint? _crash;
    private readonly int _snapshotEvery;
    private readonly int _streamsInMemory;
    private readonly SnapshotTable _kept;
    private readonly bool _credits;
    private readonly Action<StreamsLoaded> _loaded;
    private readonly bool _keepsDeadlines;
    private readonly Channel<PartitionWork> _work;
    private readonly List<FactsWork> _early = [];
    private readonly Dictionary<Guid, CommandWork> _underWay = [];
    private readonly EventBatch _batch = new(256, 64 * 1024);
    private readonly CancellationTokenSource _stop = new();
    private StreamTable? _table;
    private FeedPosition _cursor;
    private long _lastAt;
    private long _now;

    public Partition(
        PartitionLease lease, PartitionMap map, NpgsqlDataSource database, OwnedAppender appender, ICommandSender sender, ServiceLogs? logs,
        ServiceMetrics metrics, RecentFacts recent, ServiceOptions options)
    {
        _recent = recent;
        (_name, _map, _appender, _sender, _logs, _metrics) = (lease.Partition, map, appender, sender, logs, metrics);
        (_isLockstep, _crash, _snapshotEvery, _streamsInMemory) = (options.IsLockstep, options.DiesAt, options.SnapshotEvery, options.StreamsInMemory);
        (_kept, _loaded) = (new SnapshotTable(database), options.Loaded);
        _reader = new PartitionReader(database, holds: true);
        (_cursor, _lastAt) = (lease.Cursor, lease.LastAt);
        _keepsDeadlines = DeadlineWatch.IsNeededFor(_name);
        _credits = PartitionMap.StreamKindsOf(_name).Contains("payable");
        // What waits is bounded by what the broker hands out before it is acknowledged.
        _work = Channel.CreateUnbounded<PartitionWork>(new UnboundedChannelOptions { SingleReader = true });
    }

    /// <summary>Takes work; it ends when it is committed, or fails when this is no longer the owner.</summary>
    public async Task<T> DoAsync<T>(T work)
        where T : PartitionWork
    {
        if (!_work.Writer.TryWrite(work))
        {
            throw new OwnershipException($"Partition {_name} is being given up here; another process will take it.");
        }

        await work.Ended.ConfigureAwait(false);
        return work;
    }

    /// <summary>Works until it is stopped or is no longer the owner.</summary>
    /// <exception cref="OwnershipException">Another process owns the partition.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
        var taken = new List<PartitionWork>();
        try
        {
            if (_logs is not null)
            {
                await _logs.OpenAsync(either.Token).ConfigureAwait(false);
            }

            while (await _work.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false))
            {
                // A venue's head must cover what was recorded before it: commands to logs are committed one by one.
                var most = _logs is null ? MostPerCommit : 1;
                while (taken.Count < most && _work.Reader.TryRead(out var next))
                {
                    taken.Add(next);
                }

                await HandleUntilDoneAsync(taken, either.Token).ConfigureAwait(false);
                taken.Clear();
            }
        }
        catch (Exception failure)
        {
            _work.Writer.TryComplete(failure);
            foreach (var left in taken.Concat(_underWay.Values).Concat(_early).Distinct().ToArray())
            {
                left.Fail(failure);
            }

            while (_work.Reader.TryRead(out var left))
            {
                left.Fail(failure);
            }

            if (failure is not OperationCanceledException)
            {
                throw;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _work.Writer.TryComplete();
        await _appender.DisposeAsync().ConfigureAwait(false);
        await _reader.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task HandleUntilDoneAsync(List<PartitionWork> taken, CancellationToken cancellation)
    {
        var failures = 0;
        while (true)
        {
            try
            {
                await HandleAsync(taken, cancellation).ConfigureAwait(false);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException and not OwnershipException)
            {
                // What is in memory may be ahead of the store, or behind it.
                await _appender.AbortAsync().ConfigureAwait(false);
                _table = null;
                failures++;
                if (failure is EventStoreUnavailableException || !await IsReachableAsync(cancellation).ConfigureAwait(false))
                {
                    // The connection that proves the ownership is gone: whoever holds the lease opens another.
                    throw new OwnershipException($"Partition {_name} lost its connection to the store: {failure.Message}");
                }

                _metrics.Retried(_name);
                if (failures < 3)
                {
                    continue;
                }

                if (taken.Count == 1)
                {
                    await PutAsideAsync(taken[0], failure, cancellation).ConfigureAwait(false);
                    return;
                }

                foreach (var one in taken)
                {
                    await HandleUntilDoneAsync([one], cancellation).ConfigureAwait(false);
                }

                return;
            }
        }
    }

    private async Task<bool> IsReachableAsync(CancellationToken cancellation)
    {
        try
        {
            _cursor = await _reader.CursorAsync(_name, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or EventStoreException)
        {
            return false;
        }
    }

    private async Task PutAsideAsync(PartitionWork work, Exception failure, CancellationToken cancellation)
    {
        _batch.Clear();
        switch (work)
        {
            case CommandWork command:
                await CommitAsync([], [Quarantine.Of(command, failure)], _cursor, cancellation).ConfigureAwait(false);
                _underWay.Remove(command.Id);
                command.Fail(new CommandPutAsideException(command.Id, failure.Message));
                break;
            case FactsWork:
                // Fact by fact, reaction by reaction, and all that came before: only what cannot be handled is put aside.
                foreach (var facts in await NextFactsAsync(_cursor, cancellation).ConfigureAwait(false))
                {
                    await ReactOneByOneAsync(facts, cancellation).ConfigureAwait(false);
                }

                _early.Clear();
                break;
            default:
                work.Fail(failure);
                break;
        }
    }

    private async Task HandleAsync(List<PartitionWork> taken, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        var table = _table ??= await OpenTableAsync(cancellation).ConfigureAwait(false);
        table.Forget();
        KeepWithinMemory(table);
        _batch.Clear();
        _crash?.Reach(CrashPoint.Taken);
        var cursor = _cursor;
        var commands = await NewCommandsAsync([.. taken.OfType<CommandWork>()], cancellation).ConfigureAwait(false);
        _early.AddRange(taken.OfType<FactsWork>().Where(facts => !_early.Contains(facts)));
        var applied = await NextFactsAsync(cursor, cancellation).ConfigureAwait(false);
        var reactions = new List<Reaction>();
        foreach (var facts in applied)
        {
            reactions.AddRange(ReactionsIn(facts, cursor));
            cursor = facts.To > cursor ? facts.To : cursor;
        }

        await LoadAsync(table, [.. commands.SelectMany(command => Needs(command.Command)), .. reactions.SelectMany(reaction => Needs(reaction.Command))], cancellation)
            .ConfigureAwait(false);
        var answers = new List<(CommandWork Work, CommandAnswer Answer)>();
        var claims = await ClaimAsync(commands, cancellation).ConfigureAwait(false);
        var poison = taken.OfType<PoisonWork>().ToArray();
        // An order asks for its money without the turn: nothing is recorded of it before the answer.
        commands.RemoveAll(work => !(work.Command is PlaceOrder order && IsClaimedByAnother(order)) && Ask(table, work));
        if (commands.Count + reactions.Count + poison.Length > 0 || cursor != _cursor)
        {
            await BeginAsync(cancellation).ConfigureAwait(false);
        }

        foreach (var reaction in reactions)
        {
            React(table, reaction);
        }

        foreach (var work in commands)
        {
            if (work.Command is PlaceOrder order && IsClaimedByAnother(order))
            {
                answers.Add((work, new CommandAnswer(work.Id, order.Stream, 1, 0, new Outcome([], Rejection.DealAlreadyExists), 0)));
            }
            else if (await DecideAsync(table, work, cancellation).ConfigureAwait(false) is { } answer)
            {
                answers.Add((work, answer));
            }
        }

        var handled = answers.Where(one => !one.Answer.MovedOn)
            .Select(one => new InboxRow(one.Work.Id, one.Answer.Stream, one.Answer.FirstVersion, one.Answer.LastVersion, one.Answer.Refusal)).ToArray();
        var (sequence, writing) = (0L, DateTimeOffset.UtcNow);
        if (table.Recorded.Count > 0 || handled.Length > 0 || poison.Length > 0 || cursor != _cursor)
        {
            _crash?.Reach(CrashPoint.Decided);
            sequence = await CommitAsync(handled, [.. poison.Select(work => work.Row)], cursor, cancellation).ConfigureAwait(false);
            _recent.Put(sequence, table.Recorded);
        }

        await _appender.AbortAsync().ConfigureAwait(false);
        if (sequence > 0)
        {
            _crash?.Reach(CrashPoint.Committed);
        }

        foreach (var work in poison)
        {
            _metrics.PutAside(_name);
            work.Complete();
        }

        _metrics.Committed(_name, table.Recorded, TimeProvider.System.GetElapsedTime(started));
        foreach (var facts in applied)
        {
            facts.Complete(sequence == 0 ? await _reader.LastSequenceAsync(cancellation).ConfigureAwait(false) : sequence);
        }

        _early.Clear();
        foreach (var seal in taken.OfType<SealWork>())
        {
            seal.Complete(await StoreLogsAsync(isSealed: true, cancellation).ConfigureAwait(false));
        }

        if (_logs is not null && handled.Length > 0)
        {
            await StoreLogsAsync(isSealed: false, cancellation).ConfigureAwait(false);
        }

        var commit = new CommitTime(writing, DateTimeOffset.UtcNow, table.Recorded.Count, sequence);
        Traces.Reacted(_name, reactions, commit);
        foreach (var (work, answer) in answers)
        {
            (work.Commit, work.IsAnswered) = (commit, true);
            _underWay.Remove(work.Id);
            Answer(work, answer with { Sequence = sequence });
        }

        if (answers.Count > 0)
        {
            _crash?.Reach(CrashPoint.Answered);
        }

        if (sequence > 0)
        {
            await KeepSnapshotsAsync(table, sequence, cancellation).ConfigureAwait(false);
        }

        bool IsClaimedByAnother(PlaceOrder order) => claims.TryGetValue(order.Deal.Value, out var offer) && offer != order.Stream;
    }

    private int Recorded(StreamTable table, Command command)
    {
        var before = table.Recorded.Count;
        table.Handle(command);
        var recorded = table.Recorded.Count - before;
        Take(table);
        return recorded;
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        var (_, at, now) = await _appender.BeginAsync(cancellation).ConfigureAwait(false);
        _lastAt = Math.Max(_lastAt, at.UnixSeconds);
        _now = now.UnixSeconds;
    }

    // Nothing happens before what has happened: a sender's clock may be slow, and live a fact's consequences come when others have gone on. And live
    // nothing happens later than now by the server's clock, or one sender's fast clock would take the whole exchange along.
    private Command InTime(Command command)
    {
        var at = _isLockstep ? command.At.UnixSeconds : Math.Clamp(command.At.UnixSeconds, _lastAt, Math.Max(_lastAt, _now));
        _lastAt = Math.Max(_lastAt, at);
        return at == command.At.UnixSeconds ? command : command with { At = new SimulatedTime(at) };
    }

    // Facts go into the batch as they are recorded.
    private void Take(StreamTable table)
    {
        for (var i = _batch.Count; i < table.Recorded.Count; i++)
        {
            var fact = table.Recorded[i];
            EventJson.Write(_batch.NextJson, fact.Data);
            _batch.Add(fact.Stream, fact.Version, Names[fact.Data.GetType()]);
        }
    }

    private async Task<long> CommitAsync(IReadOnlyList<InboxRow> handled, IReadOnlyList<QuarantineRow> putAside, FeedPosition cursor, CancellationToken cancellation)
    {
        var sequence = await _appender.CommitAsync(new PartitionCommit(_batch, handled, cursor, putAside, _lastAt) { Deadlines = DeadlinesNow() }, cancellation).ConfigureAwait(false);
        _cursor = cursor;
        return _batch.Count > 0 ? sequence : await _reader.LastSequenceAsync(cancellation).ConfigureAwait(false);
    }

    // Of what was recorded, and of books that only let time pass.
    private Dictionary<string, DeadlineRow?> DeadlinesNow()
    {
        var now = new Dictionary<string, DeadlineRow?>(StringComparer.Ordinal);
        for (var i = 0; _table is { } table && _keepsDeadlines && i < _batch.Count; i++)
        {
            var (stream, version) = (table.Recorded[i].Stream, table.Recorded[i].Version);
            if (Deadlines.MayBeIn(StreamId.KindOf(stream)) && (table.DeadlineOf(stream) is { } deadline ? DeadlineWatch.RowOf(deadline) : null) is var row
                && (row is not null || version > 1))
            {
                now[stream] = row;
            }
        }

        return now;
    }

    private async Task<long> StoreLogsAsync(bool isSealed, CancellationToken cancellation)
    {
        _batch.Clear();
        var covered = await _logs!.TakeAsync(_batch, isSealed, cancellation).ConfigureAwait(false);
        await _appender.CommitAsync(new PartitionCommit(_batch, [], _cursor, [], _lastAt), cancellation).ConfigureAwait(false);
        return covered;
    }
}
