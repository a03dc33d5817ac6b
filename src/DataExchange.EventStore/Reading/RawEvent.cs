namespace DataExchange.EventStore.Reading;

/// <summary>One stored event as it lies in the store, its data not parsed.</summary>
/// <param name="StreamId">The stream it belongs to.</param>
/// <param name="Version">Its place in the stream, from 1.</param>
/// <param name="TypeName">The stable name of its kind.</param>
/// <param name="Json">
/// Its data as PostgreSQL's jsonb writes it in UTF-8: a space after each colon and comma, keys ordered by length and then by bytes,
/// numbers as they were given. The memory is valid until the next event is read.
/// </param>
/// <param name="Sequence">Its place in the global order, from 1.</param>
/// <param name="StoredAt">The store's own time of the transaction that wrote it, UTC.</param>
public readonly record struct RawEvent(
    string StreamId,
    long Version,
    string TypeName,
    ReadOnlyMemory<byte> Json,
    long Sequence,
    DateTimeOffset StoredAt);
