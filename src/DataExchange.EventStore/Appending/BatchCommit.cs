using DataExchange.EventStore.Logs;
using DataExchange.EventStore.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.EventStore.Appending;

/// <summary>
/// Writes one batch in one transaction into Marten's own tables, so that they look as if Marten had appended the events:
/// streams first (the new ones by COPY, the others by one UPDATE that also proves their versions), then the events by COPY,
/// then the sequence and the high-water mark that Marten's daemon reads.
/// </summary>
internal sealed class BatchCommit(NpgsqlConnection connection, BulkEventWriterOptions options, bool skipForeignKeyChecks)
{
    private const int FlushAt = 256 * 1024;
    private const short StreamFields = 8;

    // The planner takes the batch's streams to be many and reads the whole table for a hash join: each batch would cost more than the
    // one before, and a long run time quadratic in its length.
    private const string FindStreamsByKey = "set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)";

    private readonly StreamChanges _changes = new();
    private readonly CopyRowBuffer _rows = new(FlushAt * 2);

    private readonly string _start = $"SELECT now(), {(skipForeignKeyChecks ? "set_config('session_replication_role', 'replica', true), " : "")}{FindStreamsByKey}";

    private readonly string _copyStreams =
        $"COPY {options.Schema}.mt_streams (id, type, version, timestamp, created, tenant_id, compacted_version, is_archived) FROM STDIN (FORMAT BINARY)";

    private readonly string _copyEvents =
        $"COPY {options.Schema}.mt_events ({EventRow.Columns}) FROM STDIN (FORMAT BINARY)";

    private readonly string _updateStreams =
        $"""
        UPDATE {options.Schema}.mt_streams AS stream SET version = change.after, timestamp = now()
        FROM unnest($1::varchar[], $2::bigint[], $3::bigint[]) AS change(id, before, after)
        WHERE stream.id = change.id AND stream.version = change.before AND stream.is_archived IS NOT TRUE
        """;

    private readonly string _findOffender =
        $"""
        SELECT change.id, change.before, stream.version, stream.is_archived
        FROM unnest($1::varchar[], $2::bigint[]) AS change(id, before)
        LEFT JOIN {options.Schema}.mt_streams AS stream ON stream.id = change.id
        WHERE stream.version IS DISTINCT FROM change.before OR stream.is_archived
        ORDER BY change.id LIMIT 1
        """;

    // The channel and the text that Marten's own append notifies; the cast only uses the parameter up.
    private const string NotifyDaemon = $"SELECT pg_notify('{Services.FeedProgressTable.Channel}', '') WHERE $1::bigint > 0";

    private readonly string _moveSequence = $"SELECT setval('{options.Schema}.mt_events_sequence', $1)";

    private readonly string _moveHighWater =
        $"""
        INSERT INTO {options.Schema}.mt_event_progression (name, last_seq_id) VALUES ('HighWaterMark', $1)
        ON CONFLICT (name) DO UPDATE SET last_seq_id = excluded.last_seq_id, last_updated = transaction_timestamp()
        """;

    public async Task RunAsync(EventBatch batch, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await WriteAsync(batch, null, _moveHighWater, cancellation).ConfigureAwait(false);
            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What is said to the server before <see cref="WriteAndNotifyAsync"/>, in the same transaction and together with whatever else there is to say, which
    /// spares a way there and back. The first column of its one row is the time of the transaction.
    /// </summary>
    public NpgsqlBatchCommand Start() => new(_start);

    /// <summary>Writes a batch in the transaction that is open. Marten's daemon, where it runs, is told by a notification and moves its own mark.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="now">What <see cref="Start"/> said.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task WriteAndNotifyAsync(EventBatch batch, DateTime now, CancellationToken cancellation) => WriteAsync(batch, now, NotifyDaemon, cancellation);

    private async Task WriteAsync(EventBatch batch, DateTime? started, string tellDaemon, CancellationToken cancellation)
    {
        _changes.Read(batch);
        if (batch.Count > 0)
        {
            var now = started ?? await StartAsync(cancellation).ConfigureAwait(false);
            await CopyStartedStreamsAsync(now, cancellation).ConfigureAwait(false);
            await LengthenStreamsAsync(cancellation).ConfigureAwait(false);
            await CopyEventsAsync(batch, now, cancellation).ConfigureAwait(false);
            await MoveSequenceAsync(batch.FirstSequence + batch.Count - 1, tellDaemon, cancellation).ConfigureAwait(false);
        }

        await LogTables.WriteAsync(connection, options.Schema, batch.Tiles, batch.Checkpoints, cancellation).ConfigureAwait(false);
    }

    private async Task<DateTime> StartAsync(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(_start, connection);
        return (DateTime)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    private async Task CopyStartedStreamsAsync(DateTime now, CancellationToken cancellation)
    {
        if (_changes.Started.Count == 0)
        {
            return;
        }

        var copy = await connection.BeginRawBinaryCopyAsync(_copyStreams, cancellation).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            StartCopy();
            foreach (var (streamId, version) in _changes.Started)
            {
                _rows.StartRow(StreamFields);
                _rows.WriteText(streamId);
                _rows.WriteNull();
                _rows.WriteInt64(version);
                _rows.WriteTimestamp(now);
                _rows.WriteTimestamp(now);
                _rows.WriteUtf8(EventRow.Tenant);
                _rows.WriteInt64(0);
                _rows.WriteBoolean(false);
                await FlushWhenFullAsync(copy, cancellation).ConfigureAwait(false);
            }

            await EndCopyAsync(copy, cancellation).ConfigureAwait(false);
        }
    }

    private async Task LengthenStreamsAsync(CancellationToken cancellation)
    {
        if (_changes.LengthenedIds.Count == 0)
        {
            return;
        }

        await using var update = new NpgsqlCommand(_updateStreams, connection);
        update.Parameters.Add(new() { Value = _changes.LengthenedIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        update.Parameters.Add(new() { Value = _changes.VersionsBefore, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        update.Parameters.Add(new() { Value = _changes.VersionsAfter, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        var changed = await update.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        if (changed != _changes.LengthenedIds.Count)
        {
            throw await DescribeOffenderAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task<EventConcurrencyException> DescribeOffenderAsync(CancellationToken cancellation)
    {
        // The update has moved the others on; undone, the versions are again those before the batch.
        await using var rollback = new NpgsqlCommand("ROLLBACK", connection);
        await rollback.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        await using var find = new NpgsqlCommand(_findOffender, connection);
        find.Parameters.Add(new() { Value = _changes.LengthenedIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
        find.Parameters.Add(new() { Value = _changes.VersionsBefore, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await using var reader = await find.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            return new EventConcurrencyException("A stream changed while a batch was written. The batch was rolled back.");
        }

        var found = reader.IsDBNull(2)
            ? "is not in the store"
            : !reader.IsDBNull(3) && reader.GetBoolean(3) ? "is archived" : $"is at version {reader.GetInt64(2)}";
        return new EventConcurrencyException(
            $"Stream {reader.GetString(0)} {found}; the batch continues from version {reader.GetInt64(1)}. The batch was rolled back.");
    }

    private async Task CopyEventsAsync(EventBatch batch, DateTime now, CancellationToken cancellation)
    {
        var copy = await connection.BeginRawBinaryCopyAsync(_copyEvents, cancellation).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            StartCopy();
            for (var row = 0; row < batch.Count; row++)
            {
                EventRow.Write(_rows, batch[_changes.Rows.Span[row]], options.RunKey, now);
                await FlushWhenFullAsync(copy, cancellation).ConfigureAwait(false);
            }

            await EndCopyAsync(copy, cancellation).ConfigureAwait(false);
        }
    }

    private async Task MoveSequenceAsync(long last, string tellDaemon, CancellationToken cancellation)
    {
        await using var move = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(_moveSequence) { Parameters = { new() { Value = last } } },
                new NpgsqlBatchCommand(tellDaemon) { Parameters = { new() { Value = last } } },
            },
        };
        await move.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private void StartCopy()
    {
        _rows.Clear();
        _rows.WriteHeader();
    }

    private ValueTask FlushWhenFullAsync(NpgsqlRawCopyStream copy, CancellationToken cancellation) =>
        _rows.Length < FlushAt ? ValueTask.CompletedTask : FlushAsync(copy, cancellation);

    private async ValueTask FlushAsync(NpgsqlRawCopyStream copy, CancellationToken cancellation)
    {
        await copy.WriteAsync(_rows.Written, cancellation).ConfigureAwait(false);
        _rows.Clear();
    }

    private ValueTask EndCopyAsync(NpgsqlRawCopyStream copy, CancellationToken cancellation)
    {
        _rows.WriteTrailer();
        return FlushAsync(copy, cancellation);
    }
}
