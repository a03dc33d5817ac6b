using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using DataExchange.EventStore.Postgres;
using DataExchange.EventStore.Schema;
using Npgsql;

namespace DataExchange.EventStore.Appending;

/// <summary>
/// The fast way of many events into Marten's own tables: one producer hands batches over in global order, one connection commits
/// them in that order. So after a crash at any moment the committed events are a prefix of the global order, and every stream in it
/// is without gaps. The store must have no other writer while this one lives.
/// </summary>
public sealed class BulkEventWriter : IEventBatchWriter, IAsyncDisposable
{
    private const string Appending = "events were being written";

    private readonly BulkEventWriterOptions _options;
    private readonly NpgsqlConnection _connection;
    private readonly BatchCommit _commit;
    private readonly Channel<EventBatch> _full;
    private readonly Channel<EventBatch> _empty = Channel.CreateUnbounded<EventBatch>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private EventBatch _collecting = new();
    private long _assigned;
    private long _committed;
    private bool _disposed;

    private BulkEventWriter(BulkEventWriterOptions options, NpgsqlConnection connection, bool skipForeignKeyChecks, long lastSequence)
    {
        _options = options;
        _connection = connection;
        SkipsForeignKeyChecks = skipForeignKeyChecks;
        _assigned = lastSequence;
        _committed = lastSequence;
        _commit = new BatchCommit(connection, options, skipForeignKeyChecks);
        _full = Channel.CreateBounded<EventBatch>(
            new BoundedChannelOptions(options.QueuedBatches) { SingleReader = true, SingleWriter = true });
        _running = Task.Run(CommitBatchesAsync);
    }

    /// <summary>The sequence given to the last event taken, committed or not; 0 in an empty store.</summary>
    public long LastSequence => _assigned + _collecting.Count;

    /// <summary>The sequence of the last event that is on the server's disk; 0 in an empty store.</summary>
    public long CommittedSequence => Volatile.Read(ref _committed);

    /// <summary>Whether the foreign key from events to streams is left to this writer (see <see cref="BulkEventWriterOptions"/>).</summary>
    public bool SkipsForeignKeyChecks { get; }

    /// <summary>Checks the tables, takes the store for itself and continues the sequence after what is stored.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="options">How to work.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <exception cref="StoreSchemaMismatchException">The tables are not those this version knows.</exception>
    /// <exception cref="EventConcurrencyException">Another bulk writer has the store.</exception>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached.</exception>
    public static async Task<BulkEventWriter> StartAsync(
        NpgsqlDataSource dataSource, BulkEventWriterOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        SqlName.Checked(options.Schema);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await dataSource.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await MartenTableLayout.CheckAsync(connection, options.Schema, cancellation).ConfigureAwait(false);
            await StoreLock.TakeAsync(connection, options.Schema, cancellation).ConfigureAwait(false);
            var skip = options.SkipForeignKeyChecks && await StoreLock.IsSuperuserAsync(connection, cancellation).ConfigureAwait(false);
            await using var last = new NpgsqlCommand($"SELECT coalesce(max(seq_id), 0) FROM {options.Schema}.mt_events", connection);
            var lastSequence = (long)(await last.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
            return new BulkEventWriter(options, connection, skip, lastSequence);
        }
        catch (Exception error)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            Rethrow(error);
            throw;
        }
    }

    /// <summary>
    /// Takes one event; its JSON is copied. When a batch is full it is handed over, and the returned task ends when there is room
    /// for it: await it before the next call.
    /// </summary>
    /// <param name="streamId">The stream it belongs to.</param>
    /// <param name="version">Its place in the stream, from 1.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="json">Its data as UTF-8 JSON.</param>
    /// <param name="cancellation">Stops the waiting for room.</param>
    /// <exception cref="EventStoreException">An earlier batch could not be written.</exception>
    public ValueTask AppendAsync(
        string streamId, long version, EventTypeName type, ReadOnlySpan<byte> json, CancellationToken cancellation = default)
    {
        _collecting.Add(streamId, version, type, json);
        return _collecting.Count < _options.BatchSize ? ValueTask.CompletedTask : FlushAsync(cancellation);
    }

    /// <summary>
    /// Takes one event whose JSON <paramref name="write"/> writes straight into the batch. As
    /// <see cref="AppendAsync(string, long, EventTypeName, ReadOnlySpan{byte}, CancellationToken)"/> otherwise.
    /// </summary>
    /// <param name="streamId">The stream it belongs to.</param>
    /// <param name="version">Its place in the stream, from 1.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="state">What <paramref name="write"/> needs.</param>
    /// <param name="write">Writes the JSON.</param>
    /// <param name="cancellation">Stops the waiting for room.</param>
    public ValueTask AppendAsync<TState>(
        string streamId,
        long version,
        EventTypeName type,
        TState state,
        Action<TState, System.Buffers.IBufferWriter<byte>> write,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        write(state, _collecting.NextJson);
        _collecting.Add(streamId, version, type);
        return _collecting.Count < _options.BatchSize ? ValueTask.CompletedTask : FlushAsync(cancellation);
    }

    /// <summary>An empty batch, used before when there is one; for callers that fill batches themselves.</summary>
    public EventBatch RentBatch() => _empty.Reader.TryRead(out var batch) ? batch : new EventBatch();

    /// <summary>
    /// Hands a batch over and returns the sequence of its first event. The batch belongs to the writer from then on. Waits while the
    /// queue is full. Events taken by AppendAsync before go first.
    /// </summary>
    /// <param name="batch">Events in global order; empty is allowed.</param>
    /// <param name="cancellation">Stops the waiting for room.</param>
    /// <exception cref="EventStoreException">An earlier batch could not be written.</exception>
    public async ValueTask<long> WriteAsync(EventBatch batch, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await FlushAsync(cancellation).ConfigureAwait(false);
        return await HandOverAsync(batch, cancellation).ConfigureAwait(false);
    }

    /// <summary>Hands over what <c>AppendAsync</c> has collected, full or not.</summary>
    /// <param name="cancellation">Stops the waiting for room.</param>
    public async ValueTask FlushAsync(CancellationToken cancellation = default)
    {
        if (_collecting.Count > 0)
        {
            var batch = _collecting;
            _collecting = RentBatch();
            await HandOverAsync(batch, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Writes all that was taken; when it returns, everything is committed and on the server's disk.</summary>
    /// <param name="cancellation">Stops the waiting, not the writing.</param>
    /// <exception cref="EventStoreException">A batch could not be written; those before it are committed.</exception>
    public async Task CompleteAsync(CancellationToken cancellation = default)
    {
        await FlushAsync(cancellation).ConfigureAwait(false);
        _full.Writer.TryComplete();
        await _running.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends the writer. Without <see cref="CompleteAsync"/> before, events not yet committed are dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _full.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await StoreLock.ReleaseAsync(_connection).ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async ValueTask<long> HandOverAsync(EventBatch batch, CancellationToken cancellation)
    {
        var first = _assigned + 1;
        if (batch.IsEmpty)
        {
            return first;
        }

        batch.FirstSequence = first;
        _assigned += batch.Count;
        try
        {
            await _full.Writer.WriteAsync(batch, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The channel is closed by the first failure; say that one.
            await _running.ConfigureAwait(false);
            throw;
        }

        return first;
    }

    private async Task CommitBatchesAsync()
    {
        try
        {
            await foreach (var batch in _full.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await _commit.RunAsync(batch, _stop.Token).ConfigureAwait(false);
                Volatile.Write(ref _committed, batch.FirstSequence + batch.Count - 1);
                batch.Clear();
                _empty.Writer.TryWrite(batch);
            }
        }
        catch (Exception error)
        {
            var translated = ServerErrors.Translate(error, Appending);
            _full.Writer.TryComplete(translated);
            Rethrow(error);
            throw;
        }
    }

    private static void Rethrow(Exception error)
    {
        var translated = ServerErrors.Translate(error, Appending);
        if (ReferenceEquals(translated, error))
        {
            ExceptionDispatchInfo.Throw(error);
        }

        throw translated;
    }
}
