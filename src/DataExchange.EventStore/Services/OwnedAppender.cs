using System.Collections.Frozen;
using DataExchange.Domain;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Postgres;
using DataExchange.EventStore.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.EventStore.Services;

/// <summary>What a partition commits at once: facts, and what it thereby has handled.</summary>
/// <param name="Events">Facts in their order; may be empty.</param>
/// <param name="Handled">Commands that were handled.</param>
/// <param name="Cursor">How far the facts of others are handled with it.</param>
/// <param name="PutAside">Messages that could not be handled.</param>
/// <param name="LastAt">Time of the partition's last fact, Unix seconds.</param>
public sealed record PartitionCommit(
    EventBatch Events, IReadOnlyList<InboxRow> Handled, FeedPosition Cursor, IReadOnlyList<QuarantineRow> PutAside, long LastAt)
{
    /// <summary>What comes due next in streams of the commit; null where nothing does any more.</summary>
    public IReadOnlyDictionary<string, DeadlineRow?> Deadlines { get; init; } = FrozenDictionary<string, DeadlineRow?>.Empty;
}

/// <summary>
/// The one way in which services append: many commands' facts in one transaction, with the record of the messages that they came of. A transaction
/// proves that its writer still owns the partition, refuses streams of other services, and waits for its turn: facts get their places in the global
/// order in the order of commits, without gaps, so that whoever reads in that order misses nothing.
/// </summary>
public sealed class OwnedAppender : IAsyncDisposable
{
    internal const string ReadClock = "SELECT floor(extract(epoch FROM clock_timestamp()))::bigint";
    private const short InboxFields = 6;
    private const string Doing = "a partition's facts were being written";
    private readonly NpgsqlConnection _connection;
    private readonly BatchCommit _write;
    private readonly PartitionLease _lease;
    private readonly FrozenSet<string> _kinds;
    private readonly string _prove;
    private readonly string _takeTurn;
    private readonly string _readLast;
    private readonly string _noteCursor;
    private readonly string _copyHandled;
    private readonly CopyRowBuffer _rows = new(64 * 1024);
    private readonly string _putAside;
    private readonly string _setDeadlines;
    private readonly string _dropDeadlines;
    private NpgsqlTransaction? _transaction;
    private long _last;

    private OwnedAppender(NpgsqlConnection connection, PartitionLease lease, IEnumerable<string> streamKinds, BulkEventWriterOptions options, bool skipForeignKeyChecks)
    {
        (_connection, _lease) = (connection, lease);
        _kinds = streamKinds.ToFrozenSet(StringComparer.Ordinal);
        _write = new BatchCommit(connection, options, skipForeignKeyChecks);
        // Locks the row, so that the partition does not change hands before the commit.
        _prove = $"SELECT 1 FROM {options.Schema}.service_partition WHERE name = $1 AND epoch = $2 FOR UPDATE";
        // The statement after it sees what was committed while it waited.
        _takeTurn = $"SELECT pg_advisory_xact_lock(hashtext('dataexchange append {options.Schema}'))";
        _readLast = $"SELECT seq_id, data ->> 'at' FROM {options.Schema}.mt_events ORDER BY seq_id DESC LIMIT 1";
        _noteCursor =
            $"UPDATE {options.Schema}.service_partition SET cursor_sequence = $2, cursor_index = $3, last_at = greatest(last_at, $4) WHERE name = $1";
        _copyHandled =
            $"COPY {options.Schema}.service_inbox (id, partition, stream, first_version, last_version, rejection) FROM STDIN (FORMAT BINARY)";
        _setDeadlines =
            $"""
            INSERT INTO {options.Schema}.service_deadline (stream, partition, due, command)
            SELECT stream, $4, due, command FROM unnest($1::text[], $2::bigint[], $3::text[]) AS row(stream, due, command)
            ON CONFLICT (stream) DO UPDATE SET due = excluded.due, command = excluded.command
            """;
        _dropDeadlines = $"DELETE FROM {options.Schema}.service_deadline WHERE stream = ANY($1::text[])";
        _putAside =
            $"""
            INSERT INTO {options.Schema}.service_quarantine (id, partition, kind, content, reason)
            SELECT id, $5, kind, content::jsonb, reason FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS row(id, kind, content, reason)
            ON CONFLICT (id) DO NOTHING
            """;
    }

    /// <summary>Opens the way for the holder of a lease.</summary>
    /// <param name="database">The database.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="streamKinds">The kinds of stream that the partition's service owns; it appends to no other.</param>
    /// <param name="runKey">What the ids of events are made with, see <see cref="EventIds"/>.</param>
    /// <param name="schema">The schema that holds the store.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="StoreSchemaMismatchException">The tables are not those this version knows.</exception>
    /// <exception cref="EventConcurrencyException">A simulation or an import is writing to the store.</exception>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached.</exception>
    public static Task<OwnedAppender> OpenAsync(
        NpgsqlDataSource database, PartitionLease lease, IEnumerable<string> streamKinds, ulong runKey, string schema = Schemas.Default,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(streamKinds);
        SqlName.Checked(schema);
        return ServerErrors.GuardAsync(Doing, async () =>
        {
            var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            try
            {
                await MartenTableLayout.CheckAsync(connection, schema, cancellation).ConfigureAwait(false);
                await StoreLock.TakeSharedAsync(connection, schema, cancellation).ConfigureAwait(false);
                var skip = await StoreLock.IsSuperuserAsync(connection, cancellation).ConfigureAwait(false);
                return new OwnedAppender(connection, lease, streamKinds, new BulkEventWriterOptions { RunKey = runKey, Schema = schema }, skip);
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        });
    }

    /// <summary>
    /// Takes the turn: from here to <see cref="CommitAsync"/> or <see cref="AbortAsync"/> nobody else appends, so that what is decided meanwhile can
    /// take its time from the last fact of all.
    /// </summary>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>
    /// The last fact's place in the global order, and its time, 0 and the start of 1970 in an empty store; and what the server's clock says, the one
    /// clock that all writers share.
    /// </returns>
    /// <exception cref="OwnershipException">Another process owns the partition.</exception>
    /// <exception cref="EventStoreUnavailableException">The server went away.</exception>
    public Task<(long Sequence, SimulatedTime At, SimulatedTime Now)> BeginAsync(CancellationToken cancellation = default) => ServerErrors.GuardAsync(Doing, async () =>
    {
        _transaction = await _connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using var begin = new NpgsqlBatch(_connection)
        {
            BatchCommands =
            {
                new(_prove) { Parameters = { new() { Value = _lease.Partition }, new() { Value = _lease.Epoch } } }, new(_takeTurn), new(ReadClock), new(_readLast),
            },
        };
        await using var results = await begin.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        if (!await results.ReadAsync(cancellation).ConfigureAwait(false))
        {
            throw new OwnershipException($"Partition {_lease.Partition} has a later owner than epoch {_lease.Epoch}: this one writes no more.");
        }

        await results.NextResultAsync(cancellation).ConfigureAwait(false);
        await results.NextResultAsync(cancellation).ConfigureAwait(false);
        await results.ReadAsync(cancellation).ConfigureAwait(false);
        var now = new SimulatedTime(results.GetInt64(0));
        await results.NextResultAsync(cancellation).ConfigureAwait(false);
        _last = await results.ReadAsync(cancellation).ConfigureAwait(false) ? results.GetInt64(0) : 0;
        return (_last, _last == 0 ? default : SimulatedTime.Parse(results.GetString(1)), now);
    });

    /// <summary>Gives the turn back with nothing written.</summary>
    public async ValueTask AbortAsync()
    {
        if (_transaction is { } transaction)
        {
            _transaction = null;
            try
            {
                await transaction.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException)
            {
                // The connection is gone, and the turn with it.
            }
        }
    }

    /// <summary>
    /// Commits, and gives the turn back; takes it first, where it was not taken. When it returns, everything is on the server's disk; when it throws,
    /// nothing is written, unless the connection was lost in between.
    /// </summary>
    /// <param name="commit">What to commit; its batch gets its places in the global order.</param>
    /// <param name="cancellation">Stops it, which undoes it.</param>
    /// <returns>The place of the last fact in the global order; of the last one before, when there are none.</returns>
    /// <exception cref="OwnershipException">Another process owns the partition, or a stream belongs to another service.</exception>
    /// <exception cref="EventConcurrencyException">A stream is not at the version that the facts continue from, or a command was handled before.</exception>
    /// <exception cref="EventStoreUnavailableException">The server went away.</exception>
    public async Task<long> CommitAsync(PartitionCommit commit, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(commit);
        try
        {
            CheckKinds(commit.Events);
            if (_transaction is null)
            {
                await BeginAsync(cancellation).ConfigureAwait(false);
            }

            return await ServerErrors.GuardAsync(Doing, async () =>
            {
                commit.Events.FirstSequence = _last + 1;
                var now = await NoteAsync(commit, cancellation).ConfigureAwait(false);
                await CopyHandledAsync(commit.Handled, cancellation).ConfigureAwait(false);
                await _write.WriteAndNotifyAsync(commit.Events, now, cancellation).ConfigureAwait(false);
                await _transaction!.CommitAsync(cancellation).ConfigureAwait(false);
                return _last + commit.Events.Count;
            }).ConfigureAwait(false);
        }
        finally
        {
            await AbortAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Closes the way; the lease stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await AbortAsync().ConfigureAwait(false);
        await StoreLock.ReleaseAsync(_connection).ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private void CheckKinds(EventBatch batch)
    {
        var kinds = _kinds.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < batch.Count; i++)
        {
            var stream = batch.PlaceOf(i).StreamId;
            if (!kinds.Contains(StreamId.KindOf(stream)))
            {
                throw new OwnershipException(
                    $"Partition {_lease.Partition} wanted to append to stream {stream}; it owns streams of the kinds {string.Join(", ", _kinds.Order(StringComparer.Ordinal))} alone.");
            }
        }
    }

    // All that is small, at once.
    private async Task<DateTime> NoteAsync(PartitionCommit commit, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(_connection)
        {
            BatchCommands =
            {
                _write.Start(),
                new(_noteCursor)
                {
                    Parameters =
                    {
                        new() { Value = _lease.Partition }, new() { Value = commit.Cursor.Sequence }, new() { Value = commit.Cursor.Index }, new() { Value = commit.LastAt },
                    },
                },
            },
        };
        NoteDeadlines(batch, commit.Deadlines);
        if (commit.PutAside.Count > 0)
        {
            var aside = new NpgsqlBatchCommand(_putAside);
            Add(aside, NpgsqlDbType.Uuid, commit.PutAside.Select(row => row.Id).ToArray());
            Add(aside, NpgsqlDbType.Text, commit.PutAside.Select(row => row.Kind).ToArray());
            Add(aside, NpgsqlDbType.Text, commit.PutAside.Select(row => row.Content).ToArray());
            Add(aside, NpgsqlDbType.Text, commit.PutAside.Select(row => row.Reason).ToArray());
            aside.Parameters.Add(new() { Value = _lease.Partition });
            batch.BatchCommands.Add(aside);
        }

        return (DateTime)(await batch.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    private async Task CopyHandledAsync(IReadOnlyList<InboxRow> handled, CancellationToken cancellation)
    {
        if (handled.Count == 0)
        {
            return;
        }

        _rows.Clear();
        _rows.WriteHeader();
        foreach (var row in handled)
        {
            _rows.StartRow(InboxFields);
            row.Id.TryWriteBytes(_rows.TakeUuid(), bigEndian: true, out _);
            _rows.WriteText(_lease.Partition);
            _rows.WriteText(row.Stream);
            _rows.WriteInt32(row.FirstVersion);
            _rows.WriteInt32(row.LastVersion);
            if (row.Rejection is null)
            {
                _rows.WriteNull();
            }
            else
            {
                _rows.WriteText(row.Rejection);
            }
        }

        _rows.WriteTrailer();
        var copy = await _connection.BeginRawBinaryCopyAsync(_copyHandled, cancellation).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            await copy.WriteAsync(_rows.Written, cancellation).ConfigureAwait(false);
        }
    }

    private void NoteDeadlines(NpgsqlBatch batch, IReadOnlyDictionary<string, DeadlineRow?> deadlines)
    {
        var running = deadlines.Values.OfType<DeadlineRow>().ToArray();
        if (running.Length > 0)
        {
            var set = new NpgsqlBatchCommand(_setDeadlines);
            Add(set, NpgsqlDbType.Text, running.Select(row => row.Stream).ToArray());
            Add(set, NpgsqlDbType.Bigint, running.Select(row => row.Due).ToArray());
            Add(set, NpgsqlDbType.Text, running.Select(row => row.Command).ToArray());
            set.Parameters.Add(new() { Value = _lease.Partition });
            batch.BatchCommands.Add(set);
        }

        if (deadlines.Count > running.Length)
        {
            var drop = new NpgsqlBatchCommand(_dropDeadlines);
            Add(drop, NpgsqlDbType.Text, deadlines.Where(one => one.Value is null).Select(one => one.Key).ToArray());
            batch.BatchCommands.Add(drop);
        }
    }

    private static void Add(NpgsqlBatchCommand command, NpgsqlDbType type, object values) =>
        command.Parameters.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
