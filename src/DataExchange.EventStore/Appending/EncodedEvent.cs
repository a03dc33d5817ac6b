namespace DataExchange.EventStore.Appending;

/// <summary>One event ready to be stored: its place, its kind and its data as UTF-8 JSON.</summary>
/// <param name="StreamId">The stream it belongs to, such as <c>deal/2024-000017</c>.</param>
/// <param name="Version">Its place in the stream, from 1, without gaps.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Json">Its data; the memory belongs to the batch and is valid until the batch is handed to the writer.</param>
/// <param name="Sequence">Its place in the global order, from 1; 0 until the writer has assigned it.</param>
public readonly record struct EncodedEvent(
    string StreamId,
    long Version,
    EventTypeName Type,
    ReadOnlyMemory<byte> Json,
    long Sequence);
