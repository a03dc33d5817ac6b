using DataExchange.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.Services.Snapshots;

/// <summary>A stream's snapshot as it is stored.</summary>
internal sealed record SnapshotRow(string Stream, int Version, byte[] Content);

/// <summary>
/// Snapshots of streams, the latest of each. They shorten the way back into memory and may be thrown away: all of them can be made again from the facts. One
/// counts for the build that wrote it alone, since another may see other states in the same facts.
/// </summary>
internal sealed class SnapshotTable(NpgsqlDataSource database, string schema = Schemas.Default)
{
    /// <summary>The snapshots that this build wrote of some streams.</summary>
    public async Task<Dictionary<string, SnapshotRow>> ReadAsync(IReadOnlyCollection<string> streams, CancellationToken cancellation)
    {
        var found = new Dictionary<string, SnapshotRow>(StringComparer.Ordinal);
        await using var read = database.CreateCommand(
            $"""
            SELECT found.stream, version, content FROM unnest($1::text[]) AS wanted(stream)
            CROSS JOIN LATERAL (SELECT * FROM {schema}.service_snapshot AS kept WHERE kept.stream = wanted.stream AND build = $2 LIMIT 1) AS found
            """);
        read.Parameters.Add(new() { Value = streams.ToArray() });
        read.Parameters.Add(new() { Value = SnapshotJson.Build });
        await using var rows = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            found.Add(rows.GetString(0), new SnapshotRow(rows.GetString(0), rows.GetInt32(1), rows.GetFieldValue<byte[]>(2)));
        }

        return found;
    }

    /// <summary>Keeps snapshots of committed facts. An owner that was paused may come late: the later snapshot stays.</summary>
    public async Task KeepAsync(IReadOnlyCollection<SnapshotRow> snapshots, CancellationToken cancellation)
    {
        await using var keep = database.CreateCommand(
            $"""
            INSERT INTO {schema}.service_snapshot (stream, build, version, content)
            SELECT stream, $2, version, content FROM unnest($1::text[], $3::integer[], $4::bytea[]) AS row(stream, version, content)
            ON CONFLICT (stream) DO UPDATE SET build = excluded.build, version = excluded.version, content = excluded.content
            WHERE service_snapshot.version < excluded.version OR service_snapshot.build <> excluded.build
            """);
        keep.Parameters.Add(new() { Value = snapshots.Select(row => row.Stream).ToArray() });
        keep.Parameters.Add(new() { Value = SnapshotJson.Build });
        keep.Parameters.Add(new() { Value = snapshots.Select(row => row.Version).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        keep.Parameters.Add(new() { Value = snapshots.Select(row => row.Content).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await keep.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
