using System.Buffers;
using System.Threading.Channels;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Logs;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Exchange.Accounts;
using DataExchange.Reports.ReadModels;
using DataExchange.Trust.Logs;

namespace DataExchange.Cli.Running;

/// <summary>
/// The one path from decisions to Marten, or to files: events in the order of the market become canonical JSON and go to the writer, and the
/// read models are folded from the same events on the way. With more than one thread that happens beside the simulation.
/// </summary>
internal sealed class StoreSink : IEventSink, IAsyncDisposable
{
    private const int ChunkSize = 2_048;

    /// <summary>Events committed together at least; the rest of the command that reaches it comes along.</summary>
    public const int CommitSize = 50_000;

    private const int ChunksAhead = 8;
    private static readonly Dictionary<Type, EventTypeName> Names = EventRegistry.All.Select(type => (type.Type, type.Name))
        .Concat(EventRegistry.Former.Select(former => (former.Type, former.Name)))
        .ToDictionary(type => type.Type, type => EventTypeName.For(type.Type, type.Name));

    private readonly IEventBatchWriter _writer;
    private readonly ReadModelFold? _fold;
    private readonly LogKeeper? _logs;
    private readonly MarketLedger? _ledger;
    private readonly ArrayBufferWriter<byte> _skipped = new();
    private readonly long _alreadyStored;
    private readonly Channel<(List<RecordedEvent> Events, TaskCompletionSource? Reached)>? _chunks;
    private readonly Channel<List<RecordedEvent>> _empty = Channel.CreateUnbounded<List<RecordedEvent>>();
    private readonly Task _encoding = Task.CompletedTask;
    private readonly CancellationTokenSource _failed = new();
    private readonly bool _foldsApart;
    private readonly int _commitSize;
    private List<RecordedEvent> _filling = new(ChunkSize);
    private EventBatch _batch;
    private long _seen;

    /// <summary>Starts the path.</summary>
    /// <param name="writer">Where events go.</param>
    /// <param name="fold">The read models; null for none.</param>
    /// <param name="alreadyStored">Events of an interrupted run that are in the store: they are folded, not written again.</param>
    /// <param name="threads">1 does everything in the caller, 2 encodes beside it, more also fold beside it.</param>
    /// <param name="commitSize">Events committed together at least.</param>
    /// <param name="logs">The venues' logs, which every event becomes a leaf of; null for none.</param>
    /// <param name="ledger">The market's books, which every event is posted in; null for none.</param>
    public StoreSink(
        IEventBatchWriter writer, ReadModelFold? fold, long alreadyStored, int threads, int commitSize = CommitSize, LogKeeper? logs = null,
        MarketLedger? ledger = null)
    {
        (_writer, _fold, _alreadyStored, _commitSize, _logs, _ledger) = (writer, fold, alreadyStored, commitSize, logs, ledger);
        _batch = writer.RentBatch();
        _foldsApart = threads > 2 && fold is not null;
        if (threads > 1)
        {
            _chunks = Channel.CreateBounded<(List<RecordedEvent> Events, TaskCompletionSource? Reached)>(new BoundedChannelOptions(ChunksAhead) { SingleReader = true, SingleWriter = true });
            _encoding = Task.Run(EncodeChunksAsync);
        }
    }

    /// <summary>Events taken so far.</summary>
    public long Events { get; private set; }

    public async ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation)
    {
        for (var i = 0; i < events.Count; i++)
        {
            _filling.Add(events[i]);
        }

        Events += events.Count;
        if (_filling.Count >= Math.Min(ChunkSize, _commitSize))
        {
            await HandOverAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Says that everything stored has been taken again: what the logs made of it is in the store already and is not written a second time.
    /// </summary>
    public async Task ForgetStoredAsync(CancellationToken cancellation)
    {
        await CatchUpAsync(cancellation).ConfigureAwait(false);
        if (_seen != _alreadyStored)
        {
            throw new InvalidOperationException($"{_seen} events were taken, {_alreadyStored} are stored.");
        }

        _ = _logs?.TakeTiles().Count();
        _ = _logs?.TakeSigned();
    }

    /// <summary>Has everything written and committed.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        await HandOverAsync(cancellation).ConfigureAwait(false);
        _chunks?.Writer.TryComplete();
        await _encoding.ConfigureAwait(false);
        _logs?.SignAll();
        AddLogs();
        await _writer.WriteAsync(_batch, cancellation).ConfigureAwait(false);
        await _writer.CompleteAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Returns when every event taken so far has reached the logs.</summary>
    public async ValueTask CatchUpAsync(CancellationToken cancellation)
    {
        // Told when this very chunk is done, and so all before it: another's end says nothing of it.
        var caughtUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await HandOverAsync(cancellation, caughtUp).ConfigureAwait(false);
        if (_chunks is null)
        {
            return;
        }

        await Task.WhenAny(caughtUp.Task, _encoding).WaitAsync(cancellation).ConfigureAwait(false);
        if (!caughtUp.Task.IsCompleted)
        {
            await _encoding.ConfigureAwait(false);
        }
    }

    /// <summary>Ends it; without <see cref="CompleteAsync"/> before, events on the way are dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        _chunks?.Writer.TryComplete();
        await _encoding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _failed.Dispose();
    }

    private async ValueTask HandOverAsync(CancellationToken cancellation, TaskCompletionSource? reached = null)
    {
        var chunk = _filling;
        if (_chunks is null)
        {
            await EncodeAsync(chunk).ConfigureAwait(false);
            chunk.Clear();
            return;
        }

        _filling = _empty.Reader.TryRead(out var empty) ? empty : new List<RecordedEvent>(ChunkSize);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _failed.Token);
        try
        {
            await _chunks.Writer.WriteAsync((chunk, reached), either.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ChannelClosedException || _failed.IsCancellationRequested)
        {
            // The failure of the encoding side is the cause; a full or closed queue only shows it.
            await _encoding.ConfigureAwait(false);
        }
    }

    private async Task EncodeChunksAsync()
    {
        try
        {
            await foreach (var (chunk, reached) in _chunks!.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await EncodeAsync(chunk).ConfigureAwait(false);
                chunk.Clear();
                _empty.Writer.TryWrite(chunk);
                reached?.TrySetResult();
            }
        }
        catch
        {
            _chunks!.Writer.TryComplete();
            // The simulation may be waiting for room that will never come.
            await _failed.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask EncodeAsync(List<RecordedEvent> chunk)
    {
        var folding = _foldsApart ? Task.Run(() => Fold(chunk)) : Task.CompletedTask;
        foreach (var recorded in chunk)
        {
            // What was stored already may be of an earlier version: a leaf of the logs is what is stored.
            var name = Names[recorded.Data.StoredAs?.GetType() ?? recorded.Data.GetType()];
            _seen++;
            if (_ledger?.Take(_seen, recorded.Stream, recorded.Version, recorded.Data) is { } defect)
            {
                throw new InvalidOperationException($"What was decided does not fit the ledger, and is not stored. {defect}");
            }

            if (_seen > _alreadyStored)
            {
                EventJson.Write(_batch.NextJson, recorded.Data);
                _batch.Add(recorded.Stream, recorded.Version, name);
                _logs?.Append(recorded.Stream, recorded.Version, name.Name, _batch[_batch.Count - 1].Json.Span, recorded.Data);
            }
            else if (_logs is not null)
            {
                _skipped.ResetWrittenCount();
                EventJson.Write(_skipped, recorded.Data);
                _logs.Append(recorded.Stream, recorded.Version, name.Name, _skipped.WrittenSpan, recorded.Data);
            }
        }

        // A chunk ends where a command ends, and so does a commit: whatever cuts the run off, no command is stored by half.
        if (_batch.Count >= _commitSize)
        {
            AddLogs();
            await _writer.WriteAsync(_batch).ConfigureAwait(false);
            _batch = _writer.RentBatch();
        }

        if (!_foldsApart)
        {
            Fold(chunk);
        }

        await folding.ConfigureAwait(false);
    }

    private void AddLogs()
    {
        if (_logs is null)
        {
            return;
        }

        _batch.Tiles.AddRange(_logs.TakeTiles().Select(one => new LogTileRow(one.Venue, one.Tile.Level, one.Tile.Index, one.Tile.ToBytes())));
        _batch.Checkpoints.AddRange(_logs.TakeSigned().Select(head => new LogCheckpointRow(head.Venue, head.Size, head.Note)));
    }

    private void Fold(List<RecordedEvent> chunk)
    {
        if (_fold is null)
        {
            return;
        }

        foreach (var recorded in chunk)
        {
            _fold.Apply(recorded.Stream, recorded.Version, recorded.Data);
        }
    }
}
