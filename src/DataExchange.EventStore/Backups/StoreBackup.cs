using System.Data;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Postgres;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Services;
using Npgsql;

namespace DataExchange.EventStore.Backups;

/// <summary>
/// Copies out what cannot be made again: the events with everything that their rows hold, the signed heads of the logs, and what the store is.
/// Streams, read models and the logs' tiles follow from the events (docs/decisions/0021-backups-are-the-events.md).
/// </summary>
/// <param name="database">The store's database.</param>
/// <param name="schema">The schema that holds it.</param>
public sealed class StoreBackup(NpgsqlDataSource database, string schema = Schemas.Default)
{
    /// <summary>Events in a file by default.</summary>
    public const int FileRows = 200_000;

    private readonly string _schema = SqlName.Checked(schema);

    /// <summary>Writes files of events into a folder, all from one state of the store; others may go on writing to it.</summary>
    /// <param name="folder">The folder, which is there and empty.</param>
    /// <param name="identity">What the store is; that it came to its end is read again with the events.</param>
    /// <param name="program">Version of this program.</param>
    /// <param name="fileRows">Events in a file, 1 or more.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What the manifest says, without the digest.</returns>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task<BackupManifest> WriteAsync(
        BackupFolder folder, StoreIdentity identity, string program, int fileRows = FileRows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentOutOfRangeException.ThrowIfLessThan(fileRows, 1);
        return ServerErrors.GuardAsync("a backup was being taken", async () =>
        {
            var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation).ConfigureAwait(false);
                await using (snapshot.ConfigureAwait(false))
                {
                    await using (var settings = new NpgsqlCommand("SET TRANSACTION READ ONLY; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL jit = off", connection))
                    {
                        await settings.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                    }

                    var (isCompleted, runEvents, isExtending) = await StateAsync(connection, cancellation).ConfigureAwait(false);
                    var files = new List<BackupFile>();
                    while (await WriteFileAsync(folder, connection, files.Count == 0 ? 0 : files[^1].Last, fileRows, cancellation).ConfigureAwait(false) is { } file)
                    {
                        files.Add(file);
                    }

                    return new BackupManifest
                    {
                        Format = BackupManifest.CurrentFormat,
                        TakenAt = TimeProvider.System.GetUtcNow(),
                        Program = program,
                        Postgres = connection.PostgreSqlVersion.ToString(),
                        StoreFormat = identity.FormatVersion,
                        Scenario = identity.ScenarioName,
                        ScenarioHash = identity.ScenarioHash,
                        Seed = identity.Seed,
                        Scale = identity.Scale,
                        CreatedWith = identity.CreatedWith,
                        IsCompleted = isCompleted,
                        RunEvents = runEvents,
                        IsExtending = isExtending,
                        Events = files.Sum(file => file.Rows),
                        LastSequence = files.Count == 0 ? 0 : files[^1].Last,
                        Digest = "",
                        Files = files,
                        Heads = await HeadsAsync(connection, cancellation).ConfigureAwait(false),
                        Notes = await NotesAsync(folder, connection, cancellation).ConfigureAwait(false),
                    };
                }
            }
        });
    }

    private async Task<(bool IsCompleted, long? RunEvents, bool IsExtending)> StateAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var read = new NpgsqlCommand(
            $"""
            SELECT is_completed, (to_jsonb(identity) ->> 'run_events')::bigint, coalesce((to_jsonb(identity) ->> 'is_extending')::boolean, false)
            FROM {_schema}.store_identity AS identity
            """, connection);
        await using var row = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await row.ReadAsync(cancellation).ConfigureAwait(false);
        return (row.GetBoolean(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetBoolean(2));
    }

    private async Task<IReadOnlyList<BackupHead>> HeadsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var heads = new List<BackupHead>();
        await using var read = new NpgsqlCommand($"SELECT venue, size, note FROM {_schema}.log_checkpoints ORDER BY venue COLLATE \"C\", size", connection);
        await using var rows = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            heads.Add(new BackupHead(rows.GetString(0), rows.GetInt64(1), rows.GetString(2)));
        }

        return heads;
    }

    // The text form of COPY: one line an event, and any PostgreSQL reads it.
    private async Task<BackupFile?> WriteFileAsync(
        BackupFolder folder, NpgsqlConnection connection, long after, int fileRows, CancellationToken cancellation)
    {
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"COPY (SELECT {EventRow.Columns} FROM {_schema}.mt_events WHERE seq_id > {after} ORDER BY seq_id LIMIT {fileRows}) TO STDOUT");
        using var lines = await connection.BeginTextExportAsync(sql, cancellation).ConfigureAwait(false);
        if (await lines.ReadLineAsync(cancellation).ConfigureAwait(false) is not { } line)
        {
            return null;
        }

        var first = BackupFolder.SequenceOf(line);
        var last = first;
        var (name, sum, bytes, rows) = await WriteAsync(folder, BackupFolder.NameOf(first), line, lines, next => last = BackupFolder.SequenceOf(next), cancellation).ConfigureAwait(false);
        return new BackupFile(name, sum, bytes, rows, first, last);
    }

    // What follows from the facts up to here and was not said yet, and which commands were answered, only these tables know.
    private async Task<IReadOnlyList<BackupNotes>> NotesAsync(BackupFolder folder, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var notes = new List<BackupNotes>();
        foreach (var (table, columns) in ServiceTables.Kept)
        {
            await using (var exists = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new() { Value = $"{_schema}.{table}" } } })
            {
                if (await exists.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not true)
                {
                    continue;
                }
            }

            using var lines = await connection.BeginTextExportAsync($"COPY (SELECT {columns} FROM {_schema}.{table} {ServiceTables.KeptOf(table)} ORDER BY 1) TO STDOUT", cancellation).ConfigureAwait(false);
            var first = await lines.ReadLineAsync(cancellation).ConfigureAwait(false);
            var (name, sum, bytes, rows) = await WriteAsync(folder, BackupFolder.NameOf(table), first, lines, _ => { }, cancellation).ConfigureAwait(false);
            notes.Add(new BackupNotes(name, sum, bytes, rows, table, columns));
        }

        return notes;
    }

    private static async Task<(string Name, string Sum, long Bytes, long Rows)> WriteAsync(
        BackupFolder folder, string name, string? first, TextReader lines, Action<string> see, CancellationToken cancellation)
    {
        var rows = 0L;
        var file = new FileStream(folder.In(name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        await using (file.ConfigureAwait(false))
        {
            using var hash = SHA256.Create();
            await using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
            await using (var packed = new GZipStream(hashed, CompressionLevel.Fastest))
            await using (var writer = new StreamWriter(packed, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" })
            {
                for (var next = first; next is not null; next = await lines.ReadLineAsync(cancellation).ConfigureAwait(false))
                {
                    await writer.WriteLineAsync(next.AsMemory(), cancellation).ConfigureAwait(false);
                    see(next);
                    rows++;
                }
            }

            file.Flush(flushToDisk: true);
            return (name, Convert.ToHexStringLower(hash.Hash!), file.Length, rows);
        }
    }
}
