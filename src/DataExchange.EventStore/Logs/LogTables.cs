using System.Globalization;
using System.Runtime.CompilerServices;
using DataExchange.EventStore.Postgres;
using DataExchange.EventStore.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.EventStore.Logs;

/// <summary>
/// The venues' logs beside Marten's tables: tiles of hashes and signed heads. They are written in the transaction of the events that they
/// cover, and can be made again from those, but for the signatures.
/// </summary>
public sealed class LogTables
{
    private const string Doing = "a log was being read";
    private readonly NpgsqlDataSource _database;
    private readonly string _schema;

    /// <summary>Names the tables.</summary>
    /// <param name="database">The database.</param>
    /// <param name="schema">The schema that holds the store.</param>
    public LogTables(NpgsqlDataSource database, string schema = Schemas.Default)
    {
        ArgumentNullException.ThrowIfNull(database);
        (_database, _schema) = (database, SqlName.Checked(schema));
    }

    internal static string CreateSql(string schema) =>
        $"""
        CREATE TABLE IF NOT EXISTS {schema}.log_tiles (
            venue text NOT NULL, level integer NOT NULL, index bigint NOT NULL, hashes bytea NOT NULL,
            PRIMARY KEY (venue, level, index));
        ALTER TABLE {schema}.log_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;
        CREATE TABLE IF NOT EXISTS {schema}.log_checkpoints (
            venue text NOT NULL, size bigint NOT NULL, note text NOT NULL, PRIMARY KEY (venue, size))
        """;

    internal static async Task WriteAsync(
        NpgsqlConnection connection, string schema, IReadOnlyList<LogTileRow> tiles, IReadOnlyList<LogCheckpointRow> checkpoints, CancellationToken cancellation)
    {
        if (tiles.Count > 0)
        {
            // A tile that grew in one batch more than once counts as it was last.
            var last = tiles.GroupBy(tile => (tile.Venue, tile.Level, tile.Index)).Select(group => group.Last()).ToArray();
            await using var write = new NpgsqlCommand(
                $"""
                INSERT INTO {schema}.log_tiles (venue, level, index, hashes) SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[], $4::bytea[])
                ON CONFLICT (venue, level, index) DO UPDATE SET hashes = excluded.hashes
                """, connection);
            Add(write, NpgsqlDbType.Text, last.Select(tile => tile.Venue).ToArray());
            Add(write, NpgsqlDbType.Integer, last.Select(tile => tile.Level).ToArray());
            Add(write, NpgsqlDbType.Bigint, last.Select(tile => tile.Index).ToArray());
            Add(write, NpgsqlDbType.Bytea, last.Select(tile => tile.Hashes).ToArray());
            await write.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        if (checkpoints.Count > 0)
        {
            await using var write = new NpgsqlCommand(
                $"""
                INSERT INTO {schema}.log_checkpoints (venue, size, note) SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[])
                ON CONFLICT (venue, size) DO NOTHING
                """, connection);
            Add(write, NpgsqlDbType.Text, checkpoints.Select(row => row.Venue).ToArray());
            Add(write, NpgsqlDbType.Bigint, checkpoints.Select(row => row.Size).ToArray());
            Add(write, NpgsqlDbType.Text, checkpoints.Select(row => row.Note).ToArray());
            await write.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The hashes of a tile; null when there is none.</summary>
    /// <param name="venue">The venue's id.</param>
    /// <param name="level">0 for leaves.</param>
    /// <param name="index">Its place in the level.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task<byte[]?> TileAsync(string venue, int level, long index, CancellationToken cancellation = default) =>
        ServerErrors.GuardAsync(Doing, async () =>
        {
            await using var read = _database.CreateCommand($"SELECT hashes FROM {_schema}.log_tiles WHERE venue = $1 AND level = $2 AND index = $3");
            read.Parameters.Add(new() { Value = venue });
            read.Parameters.Add(new() { Value = level });
            read.Parameters.Add(new() { Value = index });
            return await read.ExecuteScalarAsync(cancellation).ConfigureAwait(false) as byte[];
        });

    /// <summary>All tiles of a level in order.</summary>
    /// <param name="venue">The venue's id.</param>
    /// <param name="level">The level; null for all of them, the lowest first.</param>
    /// <param name="cancellation">Stops it.</param>
    public async IAsyncEnumerable<LogTileRow> TilesAsync(string venue, int? level, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var which = level is { } one ? string.Create(CultureInfo.InvariantCulture, $" AND level = {one}") : "";
        await using var read = _database.CreateCommand($"SELECT level, index, hashes FROM {_schema}.log_tiles WHERE venue = $1{which} ORDER BY level, index");
        read.Parameters.Add(new() { Value = venue });
        await using var rows = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            yield return new LogTileRow(venue, rows.GetInt32(0), rows.GetInt64(1), await rows.GetFieldValueAsync<byte[]>(2, cancellation).ConfigureAwait(false));
        }
    }

    /// <summary>The signed heads of all logs, by venue and size.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task<IReadOnlyList<LogCheckpointRow>> CheckpointsAsync(CancellationToken cancellation = default) =>
        ServerErrors.GuardAsync<IReadOnlyList<LogCheckpointRow>>(Doing, async () =>
        {
            var found = new List<LogCheckpointRow>();
            await using var read = _database.CreateCommand($"SELECT venue, size, note FROM {_schema}.log_checkpoints ORDER BY venue COLLATE \"C\", size");
            await using var rows = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            {
                found.Add(new LogCheckpointRow(rows.GetString(0), rows.GetInt64(1), rows.GetString(2)));
            }

            return found;
        });

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object values) =>
        command.Parameters.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
