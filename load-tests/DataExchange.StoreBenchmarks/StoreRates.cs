namespace DataExchange.StoreBenchmarks;

/// <summary>What one run of <see cref="StoreBenchmark"/> measured, in events (documents) a second.</summary>
/// <param name="Events">How many events each measurement handled.</param>
/// <param name="BytesPerEvent">The mean length of an event's JSON, in bytes.</param>
/// <param name="CopyWithoutIndexes">Binary COPY of ready rows into a table like mt_events without any index, 20,000 a transaction: the server's limit.</param>
/// <param name="CopyWithIndexes">The same with the indexes of mt_events: the limit that counts, since Marten needs them.</param>
/// <param name="BulkWriter">The product's writer, in batches, each durable, streams and sequence included.</param>
/// <param name="BulkWriterWithForeignKey">The same where the server checks the foreign key, as without a superuser.</param>
/// <param name="MartenBulkInsert">Marten's BulkInsertEventsAsync, serialization included.</param>
/// <param name="ReadByStream">All events in order of stream and version.</param>
/// <param name="ReadBySequence">All events in the global order.</param>
/// <param name="Documents">Documents of about 300 bytes replaced in one transaction.</param>
public sealed record StoreRates(
    int Events,
    double BytesPerEvent,
    double CopyWithoutIndexes,
    double CopyWithIndexes,
    double BulkWriter,
    double BulkWriterWithForeignKey,
    double MartenBulkInsert,
    double ReadByStream,
    double ReadBySequence,
    double Documents)
{
    /// <summary>The writer's rate as a part of the limit with indexes, measured in the same run.</summary>
    public double WriterToLimit => BulkWriter / CopyWithIndexes;
}
