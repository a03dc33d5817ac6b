using DataExchange.EventStore.Postgres;

namespace DataExchange.EventStore.Appending;

/// <summary>One event as a row of Marten's table of events, in the binary COPY format.</summary>
internal static class EventRow
{
    public const string Columns = "seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id, mt_dotnet_type, is_archived";

    private const short Fields = 11;

    /// <summary>Marten's name for the only tenant of a store without tenants.</summary>
    public static ReadOnlySpan<byte> Tenant => "*DEFAULT*"u8;

    public static void Write(CopyRowBuffer rows, in EncodedEvent written, ulong runKey, DateTime now)
    {
        rows.StartRow(Fields);
        rows.WriteInt64(written.Sequence);
        EventIds.Write(rows.TakeUuid(), runKey, written.Sequence);
        rows.WriteText(written.StreamId);
        rows.WriteInt64(written.Version);
        rows.WriteJsonb(written.Json.Span);
        rows.WriteNull();
        rows.WriteUtf8(written.Type.NameUtf8);
        rows.WriteTimestamp(now);
        rows.WriteUtf8(Tenant);
        rows.WriteUtf8(written.Type.DotNetTypeNameUtf8);
        rows.WriteBoolean(false);
    }
}
