using DataExchange.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.Services.Auditing;

/// <summary>
/// How far the auditors have got, slot by slot. It may be thrown away: then everything that services recorded is audited again.
/// </summary>
internal sealed class AuditTable(NpgsqlDataSource database, string schema = Schemas.Default)
{
    /// <summary>Slots, over which streams are spread by their names: a slot is what one auditor gets as a whole.</summary>
    public const int Slots = 64;

    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    /// <summary>The slot of a stream.</summary>
    public static int SlotOf(string stream) => (int)(PartitionMap.HashOf(stream) % Slots);

    /// <summary>Shows that an auditor is there, and begins with what services first recorded where none was before.</summary>
    public async Task ShowAsync(string auditor, long begun, CancellationToken cancellation)
    {
        await using var show = database.CreateCommand(
            $"""
            INSERT INTO {schema}.service_audit (slot, sequence, auditor) SELECT slot, $2, $1 FROM generate_series(0, {Slots - 1}) AS slot
            ON CONFLICT (slot) DO UPDATE SET seen_at = now() WHERE service_audit.seen_at < now() - interval '5 seconds'
            """);
        show.Parameters.Add(new() { Value = auditor });
        show.Parameters.Add(new() { Value = begun });
        await show.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>To where each slot is audited; null where no auditor was ever there, or, if that is asked, none lately.</summary>
    public async Task<long[]?> ReadAsync(bool isThere, CancellationToken cancellation)
    {
        var found = new long[Slots];
        await using var read = database.CreateCommand($"SELECT slot, sequence FROM {schema}.service_audit WHERE (seen_at > now() - $1 OR NOT $2) AND slot < {Slots}");
        read.Parameters.Add(new() { Value = Silence });
        read.Parameters.Add(new() { Value = isThere });
        await using var rows = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var count = 0;
        for (; await rows.ReadAsync(cancellation).ConfigureAwait(false); count++)
        {
            found[rows.GetInt32(0)] = rows.GetInt64(1);
        }

        return count == Slots ? found : null;
    }

    /// <summary>Streams that grew in a part of the global order.</summary>
    public async Task<List<string>> GrewAsync(long from, long to, CancellationToken cancellation)
    {
        var found = new List<string>();
        await using var read = database.CreateCommand($"SELECT DISTINCT stream_id FROM {schema}.mt_events WHERE seq_id BETWEEN $1 AND $2");
        read.Parameters.Add(new() { Value = from });
        read.Parameters.Add(new() { Value = to });
        await using var rows = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }

    /// <summary>Notes how far slots are audited. Two auditors may have a slot for a moment: the later position stays.</summary>
    public async Task NoteAsync(IReadOnlyDictionary<int, long> positions, string auditor, CancellationToken cancellation)
    {
        await using var note = database.CreateCommand(
            $"""
            UPDATE {schema}.service_audit AS audit SET sequence = done.sequence, auditor = $3, seen_at = now()
            FROM unnest($1::integer[], $2::bigint[]) AS done(slot, sequence) WHERE audit.slot = done.slot AND audit.sequence < done.sequence
            """);
        // In one order, so that two never wait for each other.
        var ordered = positions.OrderBy(position => position.Key).ToArray();
        note.Parameters.Add(new() { Value = ordered.Select(position => position.Key).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        note.Parameters.Add(new() { Value = ordered.Select(position => position.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        note.Parameters.Add(new() { Value = auditor });
        await note.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
