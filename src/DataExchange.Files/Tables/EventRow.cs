using System.Buffers;
using System.Text;
using DataExchange.Domain;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;

namespace DataExchange.Files.Tables;

/// <summary>An event as a row.</summary>
internal sealed record EventRow(long Sequence, string Stream, long Version, string Type, EventType Kind, Event Fact, string Data)
{
    /// <summary>Reads one.</summary>
    /// <param name="raw">As it is stored.</param>
    /// <param name="buffer">To work in.</param>
    /// <exception cref="System.Text.Json.JsonException">It is not of its type.</exception>
    internal static EventRow Of(in RawEvent raw, ArrayBufferWriter<byte> buffer)
    {
        var fact = EventJson.Read(raw.TypeName, raw.Json.Span);
        buffer.ResetWrittenCount();
        EventJson.Write(buffer, fact);
        return new EventRow(raw.Sequence, raw.StreamId, raw.Version, raw.TypeName, EventRegistry.Of(fact.GetType()), fact, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
