using System.Globalization;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Logs;
using DataExchange.EventStore.Postgres;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Services;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.EventStore.Backups;

/// <summary>Up to where a store is restored: all of it, a sequence, or a simulated time.</summary>
/// <param name="Sequence">The last event wanted; null for no limit.</param>
/// <param name="Time">The last simulated time wanted, as events write it; null for no limit.</param>
public sealed record RestorePoint(long? Sequence = null, string? Time = null)
{
    /// <summary>Everything.</summary>
    public static RestorePoint End { get; } = new();
}

/// <summary>Puts a backup into an empty store: the events as they were, to a point, and the streams that follow from them.</summary>
/// <param name="database">The database.</param>
/// <param name="schema">The schema, with empty tables in it.</param>
public sealed class StoreRestore(NpgsqlDataSource database, string schema = Schemas.Default)
{
    private const string Doing = "a backup was being restored";

    private readonly string _schema = SqlName.Checked(schema);

    /// <summary>
    /// Restores the events in one transaction. A point inside a command is moved back to where that command begins: the boundary of commands is where
    /// the next event has another simulated time or was committed later.
    /// </summary>
    /// <param name="folder">The backup, verified.</param>
    /// <param name="manifest">What it says of itself.</param>
    /// <param name="point">Up to where.</param>
    /// <param name="cancellation">Stops it; nothing is stored then.</param>
    /// <returns>The sequence of the last event that is in the store; 0 when the point is before the first.</returns>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task<long> EventsAsync(BackupFolder folder, BackupManifest manifest, RestorePoint point, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(point);
        return ServerErrors.GuardAsync(Doing, async () =>
        {
            var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var whole = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
                await using (whole.ConfigureAwait(false))
                {
                    await RunAsync(connection, "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL jit = off", cancellation).ConfigureAwait(false);

                    // Streams are made from the events, which refer to them: the reference is taken away and put back, and the server checks it whole.
                    var (name, reference) = await ReferenceAsync(connection, cancellation).ConfigureAwait(false);
                    await RunAsync(connection, $"ALTER TABLE {_schema}.mt_events DROP CONSTRAINT {name}", cancellation).ConfigureAwait(false);
                    await CopyAsync(folder, manifest, point.Sequence, connection, cancellation).ConfigureAwait(false);
                    var last = await CutAsync(connection, point, cancellation).ConfigureAwait(false);
                    await RunAsync(connection, StreamsSql(), cancellation).ConfigureAwait(false);
                    await RunAsync(connection, $"ALTER TABLE {_schema}.mt_events ADD CONSTRAINT {name} {reference}", cancellation).ConfigureAwait(false);
                    await RunAsync(
                        connection, string.Create(CultureInfo.InvariantCulture, $"SELECT setval('{_schema}.mt_events_sequence', {Math.Max(1, last)}, {(last > 0 ? "true" : "false")})"), cancellation).ConfigureAwait(false);
                    await whole.CommitAsync(cancellation).ConfigureAwait(false);
                    return last;
                }
            }
        });
    }

    /// <summary>
    /// Puts the services' notes back, where the whole backup is restored: services go on where they were, and answer what they had answered. At a point
    /// before the end they would speak of what is not there; services begin anew then.
    /// </summary>
    /// <param name="folder">The backup, verified.</param>
    /// <param name="manifest">What it says of itself.</param>
    /// <param name="cancellation">Stops it; nothing is stored then.</param>
    /// <exception cref="BackupException">The notes are not of a form that this program knows.</exception>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task NotesAsync(BackupFolder folder, BackupManifest manifest, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Notes.Count == 0 ? Task.CompletedTask : ServerErrors.GuardAsync(Doing, async () =>
        {
            await ServiceTables.CreateAsync(database, _schema, cancellation).ConfigureAwait(false);
            var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var whole = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
                await using (whole.ConfigureAwait(false))
                {
                    await RunAsync(connection, $"SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; DELETE FROM {_schema}.service_setting {ServiceTables.KeptOf("service_setting")}", cancellation).ConfigureAwait(false);
                    foreach (var notes in manifest.Notes)
                    {
                        // Names come from this program's own list, whatever the manifest says.
                        var (table, columns) = ServiceTables.Kept.FirstOrDefault(kept => kept.Table == notes.Table && kept.Columns == notes.Columns);
                        if (table is null)
                        {
                            throw new BackupException(
                                $"The backup holds notes of services as '{notes.Table} ({notes.Columns})', made by version {manifest.Program}; this program knows no such table");
                        }

                        var writer = await connection.BeginTextImportAsync($"COPY {_schema}.{table} ({columns}) FROM STDIN", cancellation).ConfigureAwait(false);
                        await using (writer.ConfigureAwait(false))
                        {
                            using var lines = folder.OpenEvents(notes.Name);
                            while (await lines.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
                            {
                                await writer.WriteAsync(line.AsMemory(), cancellation).ConfigureAwait(false);
                                await writer.WriteAsync('\n').ConfigureAwait(false);
                            }
                        }
                    }

                    await whole.CommitAsync(cancellation).ConfigureAwait(false);
                }
            }
        });
    }

    /// <summary>Stores the tiles and the signed heads of the logs.</summary>
    /// <param name="tiles">The tiles, as the events make them.</param>
    /// <param name="heads">The signed heads.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task LogsAsync(IReadOnlyList<LogTileRow> tiles, IReadOnlyList<LogCheckpointRow> heads, CancellationToken cancellation = default) =>
        ServerErrors.GuardAsync(Doing, async () =>
        {
            var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                await LogTables.WriteAsync(connection, _schema, tiles, heads, cancellation).ConfigureAwait(false);
            }
        });

    private async Task CopyAsync(
        BackupFolder folder, BackupManifest manifest, long? upTo, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var writer = await connection.BeginTextImportAsync($"COPY {_schema}.mt_events ({EventRow.Columns}) FROM STDIN", cancellation).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            foreach (var file in manifest.Files)
            {
                using var lines = folder.OpenEvents(file.Name);
                while (await lines.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
                {
                    await writer.WriteAsync(line.AsMemory(), cancellation).ConfigureAwait(false);
                    await writer.WriteAsync('\n').ConfigureAwait(false);

                    // One event beyond the point: it shows whether the point is inside a command.
                    if (BackupFolder.SequenceOf(line) > upTo)
                    {
                        return;
                    }
                }
            }
        }
    }

    // The last end of a command that is not behind the point; what is behind it is deleted.
    private async Task<long> CutAsync(NpgsqlConnection connection, RestorePoint point, CancellationToken cancellation)
    {
        await using var find = new NpgsqlCommand(
            $"""
            SELECT coalesce(max(seq_id), 0) FROM (
                SELECT seq_id, data ->> 'at' AS at, timestamp, lead(data ->> 'at') OVER following AS next_at, lead(timestamp) OVER following AS next_timestamp
                FROM {_schema}.mt_events WINDOW following AS (ORDER BY seq_id)) AS event
            WHERE (next_at IS DISTINCT FROM at OR next_timestamp IS DISTINCT FROM timestamp)
              AND ($1 IS NULL OR seq_id <= $1)
              AND ($2 IS NULL OR seq_id < coalesce((SELECT min(seq_id) FROM {_schema}.mt_events WHERE data ->> 'at' > $2 COLLATE "C"), {long.MaxValue}))
            """, connection)
        {
            Parameters =
            {
                new() { Value = (object?)point.Sequence ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
                new() { Value = (object?)point.Time ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
        var last = (long)(await find.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
        await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM {_schema}.mt_events WHERE seq_id > {last}"), cancellation).ConfigureAwait(false);
        return last;
    }

    private string StreamsSql() =>
        $"""
        INSERT INTO {_schema}.mt_streams (id, type, version, timestamp, created, tenant_id, compacted_version, is_archived)
        SELECT stream_id, NULL, max(version), max(timestamp), min(timestamp), min(tenant_id), 0, bool_or(is_archived) FROM {_schema}.mt_events GROUP BY stream_id
        """;

    private async Task<(string Name, string Definition)> ReferenceAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var read = new NpgsqlCommand(
            "SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = $1::regclass", connection)
        {
            Parameters = { new() { Value = $"{_schema}.mt_events" } },
        };
        await using var row = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        return await row.ReadAsync(cancellation).ConfigureAwait(false)
            ? (row.GetString(0), row.GetString(1))
            : throw new StoreSchemaMismatchException($"Table {_schema}.mt_events has no reference to its streams: apply the event store's schema first.");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // Names are checked and numbers are numbers.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
