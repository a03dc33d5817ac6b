namespace DataExchange.MatchingBenchmarks;

/// <summary>What <see cref="MatchingBenchmark"/> measured; rates in operations a second, medians over the rounds.</summary>
/// <param name="Flows">Whole flows.</param>
/// <param name="Durable">With the disk in it.</param>
/// <param name="Sharded">4,000 books spread over engines.</param>
/// <param name="Memory">What is reserved.</param>
/// <param name="ManyBooks">100,000 books open at once.</param>
/// <param name="Snapshot">The engine after the deep flow, saved and restored.</param>
public sealed record MatchingResults(
    IReadOnlyList<FlowMeasure> Flows,
    IReadOnlyList<DurableMeasure> Durable,
    IReadOnlyList<ShardedMeasure> Sharded,
    MemoryMeasure Memory,
    ManyBooksMeasure ManyBooks,
    SnapshotMeasure Snapshot);

/// <summary>One flow through the yardstick and through the full core, in turns.</summary>
/// <param name="Name">Which.</param>
/// <param name="Operations">How many.</param>
/// <param name="QuantityTraded">The same for both.</param>
/// <param name="Yardstick">The bare ladder; 0 where its ladder would be too long.</param>
/// <param name="WideYardstick">The same fed with inputs of 64 bytes, as long as the core's commands, and with large pages behind its tables, as the core has them.</param>
/// <param name="FullCore">Commands journaled to memory with checksum, matched, reported.</param>
/// <param name="WithJournalFile">The same with the journal in a file (page cache).</param>
/// <param name="P50Ns">Latency at <see cref="MatchingBenchmark.LatencyRate"/> from an operation's intended begin.</param>
/// <param name="P99Ns">The same.</param>
/// <param name="P999Ns">The same.</param>
/// <param name="MaxNs">The same.</param>
/// <param name="OwnP99Ns">From an operation's real begin, without what it waited for pauses before it.</param>
/// <param name="OwnP999Ns">The same.</param>
/// <param name="IdleP99Ns">A loop on the same schedule that does nothing: what the machine itself lets pass.</param>
/// <param name="IdleP999Ns">The same.</param>
/// <param name="AllocatedBytesPerOp">Managed memory an operation allocates.</param>
/// <param name="Collections">Garbage collections during all timed passes.</param>
public sealed record FlowMeasure(
    string Name, long Operations, long QuantityTraded, double Yardstick, double WideYardstick, double FullCore, double WithJournalFile, long P50Ns, long P99Ns, long P999Ns, long MaxNs,
    long OwnP99Ns, long OwnP999Ns, long IdleP99Ns, long IdleP999Ns, double AllocatedBytesPerOp, int Collections)
{
    /// <summary>The full core's rate as a part of the yardstick's; null without one.</summary>
    public double? ToYardstick => Yardstick > 0 ? FullCore / Yardstick : null;

    /// <summary>The same, of the yardstick with inputs as long as the core's and pages as large.</summary>
    public double? ToWideYardstick => WideYardstick > 0 ? FullCore / WideYardstick : null;
}

/// <summary>Group commit: each block is on the disk before its commands are acknowledged.</summary>
/// <param name="BatchBytes">Bytes of a block.</param>
/// <param name="Acknowledged">Acknowledged operations a second, last block included.</param>
/// <param name="P50Ns">From handing a block over to its acknowledgement.</param>
/// <param name="P99Ns">The same.</param>
/// <param name="MaxNs">The same.</param>
public sealed record DurableMeasure(int BatchBytes, double Acknowledged, long P50Ns, long P99Ns, long MaxNs);

/// <summary>Several engines.</summary>
public sealed record ShardedMeasure(int Shards, double OpsPerSecond, string StateHash);

/// <summary>Bytes reserved: for each order that may rest, each position, each book without orders, each block of 64 prices in use.</summary>
public sealed record MemoryMeasure(double BytesPerRestingOrder, double BytesPerPosition, double BytesPerEmptyBook, double BytesPerPriceBlock);

/// <summary>Many books at once, operations spread evenly over them.</summary>
public sealed record ManyBooksMeasure(int Books, double OpsPerSecond, long MegabytesReserved);

/// <summary>Saving and restoring.</summary>
public sealed record SnapshotMeasure(long RestingOrders, long Bytes, double SaveMilliseconds, double RestoreMilliseconds);
