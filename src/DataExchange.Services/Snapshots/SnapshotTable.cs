using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.Services.Snapshots;

/// <summary>A stream's snapshot as it is stored.</summary>
internal sealed record SnapshotRow(string Stream, int Version, byte[] Content);

/// <summary>
/// Snapshots of streams, the latest of each. They shorten the way back into memory and may be thrown away: all of them can be made again from the facts. One
/// counts for the build that wrote it alone, since another may see other states in the same facts; as it was written, for the stream and version that it was
/// written for; and only where the store has the facts that it stands for.
/// </summary>
internal sealed class SnapshotTable(NpgsqlDataSource database, string schema = Schemas.Default)
{
    // No stream is called that: those have their kind before a slash.
    private const string ProceedsName = "proceeds";
    private const int SealBytes = SHA256.HashSizeInBytes;

    /// <summary>The snapshots of some streams that count.</summary>
    public async Task<Dictionary<string, SnapshotRow>> ReadAsync(IReadOnlyCollection<string> streams, CancellationToken cancellation)
    {
        var found = new Dictionary<string, SnapshotRow>(StringComparer.Ordinal);
        await using var read = database.CreateCommand(
            $"""
            SELECT found.stream, version, content FROM unnest($1::text[]) AS wanted(stream)
            CROSS JOIN LATERAL (SELECT * FROM {schema}.service_snapshot AS kept WHERE kept.stream = wanted.stream AND build = $2 LIMIT 1) AS found
            WHERE EXISTS (SELECT 1 FROM {schema}.mt_events AS last WHERE last.stream_id = found.stream AND last.version = found.version)
            """);
        read.Parameters.Add(new() { Value = streams.ToArray() });
        read.Parameters.Add(new() { Value = SnapshotJson.Build });
        await using var rows = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            if (Opened(rows.GetString(0), rows.GetInt32(1), rows.GetFieldValue<byte[]>(2)) is { } snapshot)
            {
                found.Add(snapshot.Stream, snapshot);
            }
        }

        return found;
    }

    /// <summary>What settlements had credited to parties up to a place of the global order; null where that was not kept, or does not count.</summary>
    public async Task<(int Count, long Sequence, Dictionary<string, long> ByParty)?> ReadProceedsAsync(CancellationToken cancellation)
    {
        await using var read = database.CreateCommand($"SELECT version, content FROM {schema}.service_snapshot WHERE stream = $1 AND build = $2");
        read.Parameters.Add(new() { Value = ProceedsName });
        read.Parameters.Add(new() { Value = SnapshotJson.Build });
        var (count, saved) = (0, (SavedProceeds?)null);
        await using (var row = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false))
        {
            if (await row.ReadAsync(cancellation).ConfigureAwait(false) && Opened(ProceedsName, row.GetInt32(0), row.GetFieldValue<byte[]>(1)) is { } opened)
            {
                (count, saved) = (opened.Version, JsonSerializer.Deserialize<SavedProceeds>(opened.Content));
            }
        }

        if (saved is null)
        {
            return null;
        }

        await using var exists = database.CreateCommand($"SELECT EXISTS (SELECT 1 FROM {schema}.mt_events WHERE seq_id = $1)");
        exists.Parameters.Add(new() { Value = saved.Sequence });
        return await exists.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is true ? (count, saved.Sequence, saved.ByParty) : null;
    }

    /// <summary>Keeps what settlements have credited to parties up to a place of the global order. Only who settles keeps it.</summary>
    /// <param name="count">Of how many facts they are: of two the one of more stays.</param>
    /// <param name="sequence">The place.</param>
    /// <param name="byParty">By party, fen.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task KeepProceedsAsync(int count, long sequence, IReadOnlyDictionary<string, long> byParty, CancellationToken cancellation) =>
        KeepAsync([new SnapshotRow(ProceedsName, count, JsonSerializer.SerializeToUtf8Bytes(new SavedProceeds(sequence, new(byParty))))], cancellation);

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
        keep.Parameters.Add(new() { Value = snapshots.Select(Sealed).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await keep.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private sealed record SavedProceeds(long Sequence, Dictionary<string, long> ByParty);

    private static byte[] Sealed(SnapshotRow row) => [.. row.Content, .. SealOf(row.Stream, row.Version, row.Content)];

    private static SnapshotRow? Opened(string stream, int version, byte[] stored)
    {
        if (stored.Length < SealBytes)
        {
            return null;
        }

        var content = stored.AsSpan(0, stored.Length - SealBytes);
        return SealOf(stream, version, content).AsSpan().SequenceEqual(stored.AsSpan(content.Length)) ? new SnapshotRow(stream, version, content.ToArray()) : null;
    }

    // Against mistakes and bad disks: whoever writes to the store on purpose can write facts too.
    private static byte[] SealOf(string stream, int version, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, version);
        hash.AppendData(Encoding.UTF8.GetBytes(stream));
        hash.AppendData(number);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}
