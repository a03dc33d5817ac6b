using System.Text.Json;
using System.Threading.Channels;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;
using DataExchange.EventStore;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Serialization;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;
using DataExchange.Exchange.Logs;
using Npgsql;

namespace DataExchange.Services;

/// <summary>Sends commands to the partitions that own their streams.</summary>
public interface ICommandSender
{
    /// <summary>Has a command executed once, however often it is sent.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="command">The command.</param>
    /// <param name="cancellation">Stops the waiting; the command may be executed all the same.</param>
    /// <exception cref="CommandPutAsideException">It could not be handled.</exception>
    Task<CommandAnswer> SendAsync(Guid id, Command command, CancellationToken cancellation);
}

/// <summary>
/// The one live owner of some streams: it takes what waits, decides all of it one after the other, commits the facts together with the record of what
/// they came of, and only then answers. Its states are a cache of the store; after any failure they are thrown away and read again.
/// </summary>
internal sealed class Partition : IAsyncDisposable
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
    private readonly bool _isLockstep;
    private readonly CrashPoint? _crash;
    private readonly bool _credits;
    private readonly Channel<PartitionWork> _work;
    private readonly List<FactsWork> _early = [];
    private readonly Dictionary<Guid, CommandWork> _underWay = [];
    private readonly EventBatch _batch = new(256, 64 * 1024);
    private readonly CancellationTokenSource _stop = new();
    private StreamTable? _table;
    private FeedPosition _cursor;
    private long _lastAt;

    public Partition(
        PartitionLease lease, PartitionMap map, NpgsqlDataSource database, OwnedAppender appender, ICommandSender sender, ServiceLogs? logs,
        ServiceMetrics metrics, bool isLockstep, CrashPoint? crash)
    {
        (_name, _map, _appender, _sender, _logs, _metrics, _isLockstep, _crash) = (lease.Partition, map, appender, sender, logs, metrics, isLockstep, crash);
        _reader = new PartitionReader(database);
        (_cursor, _lastAt) = (lease.Cursor, lease.LastAt);
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
            if (work.Command is PlaceOrder order && claims.TryGetValue(order.Deal.Value, out var offer) && offer != order.Stream)
            {
                answers.Add((work, new CommandAnswer(work.Id, order.Stream, 1, 0, new Outcome([], Rejection.DealAlreadyExists), 0)));
            }
            else if (await DecideAsync(table, work, cancellation).ConfigureAwait(false) is { } answer)
            {
                answers.Add((work, answer));
            }
        }

        var handled = answers.Where(one => !one.Answer.MovedOn)
            .Select(one => new InboxRow(one.Work.Id, one.Answer.Stream, one.Answer.FirstVersion, one.Answer.LastVersion, one.Answer.Outcome.Rejection?.ToString())).ToArray();
        var sequence = 0L;
        if (table.Recorded.Count > 0 || handled.Length > 0 || poison.Length > 0 || cursor != _cursor)
        {
            _crash?.Reach(CrashPoint.Decided);
            sequence = await CommitAsync(handled, [.. poison.Select(work => work.Row)], cursor, cancellation).ConfigureAwait(false);
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

        _metrics.Committed(_name, table.Recorded.Count, commands.Count, TimeProvider.System.GetElapsedTime(started));
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

        foreach (var (work, answer) in answers)
        {
            _underWay.Remove(work.Id);
            Answer(work, answer with { Sequence = sequence });
        }

        if (answers.Count > 0)
        {
            _crash?.Reach(CrashPoint.Answered);
        }
    }

    // A refused order may still have money held for it, by this owner or one before: it is freed before the order is answered.
    private void Answer(CommandWork work, CommandAnswer answer)
    {
        _metrics.Answered(_name, answer);
        if (answer.Outcome.Accepted || answer.MovedOn || !(work.Held is { Outcome.Accepted: true } || work.IsRedelivered) || work.IsReleased
            || _table is not { } table || Release.Of(work.Command, table) is not { } release)
        {
            work.Complete(answer);
            return;
        }

        _ = ReleaseAsync();

        async Task ReleaseAsync()
        {
            try
            {
                await _sender.SendAsync(DerivedId.Of(work.Id, "release"), release, _stop.Token).ConfigureAwait(false);
                work.Complete(answer);
            }
            catch (Exception failure)
            {
                work.Fail(failure);
            }
        }
    }

    // Commands that were answered before are answered again; one that comes while it is under way waits for the same answer.
    private async Task<List<CommandWork>> NewCommandsAsync(List<CommandWork> commands, CancellationToken cancellation)
    {
        if (commands.Count == 0)
        {
            return commands;
        }

        var fresh = new List<CommandWork>(commands.Count);
        var handled = await _reader.HandledAsync([.. commands.Select(command => command.Id)], cancellation).ConfigureAwait(false);
        foreach (var command in commands)
        {
            if (handled.TryGetValue(command.Id, out var before))
            {
                _underWay.Remove(command.Id);
                if (before.Outcome.Accepted || !command.IsRedelivered)
                {
                    command.Complete(before);
                }
                else
                {
                    await LoadAsync(_table!, [.. Needs(command.Command)], cancellation).ConfigureAwait(false);
                    Answer(command, before);
                }
            }
            else if (_underWay.TryGetValue(command.Id, out var first) && !ReferenceEquals(first, command))
            {
                _ = JoinAsync(first, command);
            }
            else
            {
                _underWay[command.Id] = command;
                fresh.Add(command);
            }
        }

        return fresh;
    }

    private static async Task JoinAsync(CommandWork first, CommandWork second)
    {
        await first.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (first.Answer is { } answer)
        {
            second.Complete(answer with { WasRepeated = true });
        }
        else
        {
            second.Fail(first.Ended.Exception!.InnerException!);
        }
    }

    // A deal comes into being by a message that follows its licence: until then only a claim keeps another offer from using its name. In lockstep nothing
    // happens in between.
    private async ValueTask<Dictionary<string, string>> ClaimAsync(List<CommandWork> commands, CancellationToken cancellation)
    {
        var orders = commands.Where(work => work.Held is null).Select(work => work.Command).OfType<PlaceOrder>().Select(order => (order.Deal.Value, order.Stream)).ToArray();
        return _isLockstep || orders.Length == 0 ? [] : await _reader.ClaimAsync(orders, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<CommandAnswer?> DecideAsync(StreamTable table, CommandWork work, CancellationToken cancellation)
    {
        work.Command = InTime(work.Command);
        var command = work.Command is LogCommand log && _logs is not null
            ? await log.AnsweredAsync(table, _logs, cancellation).ConfigureAwait(false)
            : work.Command;
        if (command is BookCommand ofBook && table.DueBefore(ofBook) is { } due && Recorded(table, due) > 0)
        {
            return new CommandAnswer(work.Id, command.Stream, 1, 0, new Outcome([], null), 0, MovedOn: true);
        }

        if (work.Held is { Outcome.Accepted: false } refused)
        {
            return refused with { Id = work.Id };
        }

        var version = table.VersionOf(command.Stream);
        var prepared = table.Prepare(command);
        if (prepared.Ended is null && prepared.First is { } first && work.Held is null)
        {
            _ = HoldAsync(work, first);
            return null;
        }

        var outcome = prepared.Ended ?? table.Handle(prepared);
        Take(table);
        return new CommandAnswer(work.Id, command.Stream, version + 1, version + outcome.Events.Count, outcome, 0);
    }

    // The message stays unacknowledged meanwhile: an owner that dies here leaves it to the next one, which asks with the same id and gets the same answer.
    private async Task HoldAsync(CommandWork work, Command first)
    {
        try
        {
            work.Held = await _sender.SendAsync(DerivedId.Of(work.Id, "hold"), first, _stop.Token).ConfigureAwait(false);
            _crash?.Reach(CrashPoint.Held);
            if (!_work.Writer.TryWrite(work))
            {
                work.Fail(new OwnershipException($"Partition {_name} is being given up here; another process will take it."));
            }
        }
        catch (Exception failure)
        {
            work.Fail(failure);
        }
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
        var (_, at) = await _appender.BeginAsync(cancellation).ConfigureAwait(false);
        _lastAt = Math.Max(_lastAt, at.UnixSeconds);
    }

    // Nothing happens before what has happened: a sender's clock may be slow, and live a fact's consequences come when others have gone on.
    private Command InTime(Command command)
    {
        if (!_isLockstep && command.At.UnixSeconds < _lastAt)
        {
            return command with { At = new SimulatedTime(_lastAt) };
        }

        _lastAt = Math.Max(_lastAt, command.At.UnixSeconds);
        return command;
    }

    private void React(StreamTable table, Reaction meant)
    {
        var reaction = meant with { Command = InTime(meant.Command) };
        if (reaction.Command is BookCommand ofBook && table.DueBefore(ofBook) is { } due)
        {
            table.Handle(due);
        }

        var outcome = table.Handle(reaction.Command);
        Take(table);
        if (outcome.Rejection is { } rejection && !Reactions.IsExpected(reaction.Command, rejection))
        {
            throw new InvalidOperationException($"{reaction.Command.GetType().Name} on {reaction.Command.Stream} was refused: {rejection}.");
        }
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
        var sequence = await _appender.CommitAsync(new PartitionCommit(_batch, handled, cursor, putAside, _lastAt), cancellation).ConfigureAwait(false);
        _cursor = cursor;
        return _batch.Count > 0 ? sequence : await _reader.LastSequenceAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<long> StoreLogsAsync(bool isSealed, CancellationToken cancellation)
    {
        _batch.Clear();
        var covered = await _logs!.TakeAsync(_batch, isSealed, cancellation).ConfigureAwait(false);
        await _appender.CommitAsync(new PartitionCommit(_batch, [], _cursor, [], _lastAt), cancellation).ConfigureAwait(false);
        return covered;
    }

    private async Task<StreamTable> OpenTableAsync(CancellationToken cancellation)
    {
        var table = new StreamTable();
        if (_credits)
        {
            await _reader.CreditAsync(table, cancellation).ConfigureAwait(false);
        }

        return table;
    }

    // Facts are handled in order, whatever the order in which messages bring them. In lockstep the feed itself waits, and skips what concerns others.
    private async ValueTask<List<FactsWork>> NextFactsAsync(FeedPosition cursor, CancellationToken cancellation)
    {
        var next = new List<FactsWork>();
        _early.Sort((left, right) => left.From.CompareTo(right.From));
        foreach (var facts in _early)
        {
            if (facts.From > cursor && !_isLockstep)
            {
                // What lies between was lost on the way, or is late: the store has it.
                var first = cursor.Index == FeedPosition.Whole ? cursor.Sequence + 1 : cursor.Sequence;
                var missed = await _reader.FactsAsync(first, facts.From.Sequence, cancellation).ConfigureAwait(false);
                next.Add(new FactsWork(new Messages.ApplyFacts(cursor.Sequence, cursor.Index, facts.From.Sequence, facts.From.Index, [.. missed])));
                _metrics.Missed(_name);
            }

            next.Add(facts);
            cursor = facts.To > cursor ? facts.To : cursor;
        }

        return next;
    }

    private IEnumerable<Reaction> ReactionsIn(FactsWork work, FeedPosition cursor)
    {
        foreach (var envelope in work.Facts)
        {
            if (FeedPosition.Behind(envelope.Sequence) <= cursor)
            {
                continue;
            }

            var fact = Facts.Read(envelope);
            if (_map.ObserversOf(fact.Stream).Contains(_name))
            {
                _table?.Unload(fact.Stream);
            }

            var reactions = Reactions.To(fact.Data);
            for (var index = 0; index < reactions.Count; index++)
            {
                var at = new FeedPosition(envelope.Sequence, index);
                if (at > cursor && at > work.From && at <= work.To && _map.OwnerOf(reactions[index].Stream) == _name)
                {
                    yield return new Reaction(at, reactions[index], envelope);
                }
            }
        }
    }

    private async Task ReactOneByOneAsync(FactsWork work, CancellationToken cancellation)
    {
        foreach (var reaction in ReactionsIn(work, _cursor).ToList())
        {
            var putAside = new List<QuarantineRow>();
            _batch.Clear();
            try
            {
                var table = _table ??= await OpenTableAsync(cancellation).ConfigureAwait(false);
                table.Forget();
                await LoadAsync(table, [.. Needs(reaction.Command)], cancellation).ConfigureAwait(false);
                await BeginAsync(cancellation).ConfigureAwait(false);
                React(table, reaction);
            }
            catch (Exception failure) when (failure is InvalidOperationException or ImpossibleHistoryException or JsonException or KeyNotFoundException)
            {
                _table = null;
                _batch.Clear();
                putAside.Add(Quarantine.Of(reaction, failure));
                _metrics.PutAside(_name);
            }

            await CommitAsync([], putAside, reaction.At, cancellation).ConfigureAwait(false);
        }

        _batch.Clear();
        var sequence = await CommitAsync([], [], work.To > _cursor ? work.To : _cursor, cancellation).ConfigureAwait(false);
        work.Complete(sequence);
    }

    private static IEnumerable<string> Needs(Command command)
    {
        yield return command.Stream;
        switch (command)
        {
            case Domain.Rights.RegisterProduct registering:
                yield return StreamId.Fingerprint(registering.Fingerprint);
                break;
            case Domain.Rights.ReviseProduct revising:
                yield return StreamId.Fingerprint(revising.Fingerprint);
                break;
            case PlaceOrder order:
                yield return StreamId.Buyer(order.Buyer);
                yield return StreamId.Deal(order.Deal);
                break;
            case EnterBookOrder order:
                yield return StreamId.Buyer(order.Party);
                break;
        }
    }

    private async Task LoadAsync(StreamTable table, HashSet<string> wanted, CancellationToken cancellation)
    {
        // A deal or buyer of another partition of this service is read afresh: it is not ours to keep.
        foreach (var id in wanted.Where(id => _map.OwnerOf(id) != _name && StreamId.KindOf(id) is "deal"))
        {
            table.Unload(id);
        }

        wanted.RemoveWhere(table.Knows);
        if (wanted.Count == 0)
        {
            return;
        }

        var found = await _reader.StreamsAsync(wanted, cancellation).ConfigureAwait(false);
        foreach (var id in wanted)
        {
            table.Load(id, found.TryGetValue(id, out var facts) ? facts : []);
        }
    }
}

/// <summary>A command that follows from a fact.</summary>
/// <param name="At">Its place in the feed.</param>
/// <param name="Command">The command.</param>
/// <param name="Fact">The fact.</param>
internal sealed record Reaction(FeedPosition At, Command Command, Messages.FactEnvelope Fact);

/// <summary>What frees the money that was held for an order that was refused after all.</summary>
internal static class Release
{
    /// <summary>The command; null where nothing may be held, or what is held belongs to an order that stands.</summary>
    internal static Command? Of(Command refused, StreamTable table) => refused switch
    {
        PlaceOrder { Channel: not TradeChannel.FiledContract } order when table.StateOf(order.Stream) is IssuanceRight offer && !offer.Licences.Contains(order.Deal) =>
            new ReleaseHold(order.Buyer, order.Deal) { At = order.At, By = Reactions.Exchange },
        EnterBookOrder { Terms.NeedFen: > 0 } order when table.StateOf(order.Stream) is OrderBook book && book.Numbers.GetValueOrDefault(order.Party) < order.Number =>
            new ReleaseOrderFunds(order.Party, order.Product, order.Number, order.Terms.NeedFen) { At = order.At, By = Reactions.Exchange },
        _ => null,
    };
}

/// <summary>Rows of what was put aside.</summary>
internal static class Quarantine
{
    internal static QuarantineRow Of(CommandWork work, Exception failure) => new(
        work.Id, "command", JsonSerializer.Serialize(new Messages.CommandEnvelope(work.Id, CommandCodec.NameOf(work.Command), CommandCodec.Write(work.Command))), failure.Message);

    internal static QuarantineRow Of(Reaction reaction, Exception failure) => new(
        new Guid((int)(reaction.At.Sequence >> 32), (short)(reaction.At.Sequence >> 16), (short)reaction.At.Sequence, 0x80, 0, 0, 0, 0, 0, 0, (byte)reaction.At.Index),
        "reaction",
        JsonSerializer.Serialize(new { reaction.At.Sequence, reaction.At.Index, Command = CommandCodec.NameOf(reaction.Command), reaction.Command.Stream, reaction.Fact }),
        failure.Message);
}
