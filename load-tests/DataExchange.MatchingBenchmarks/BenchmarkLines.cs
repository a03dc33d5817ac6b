using System.Globalization;

namespace DataExchange.MatchingBenchmarks;

/// <summary>Results as lines for people.</summary>
internal static class BenchmarkLines
{
    public static string Of(FlowMeasure flow) => string.Create(CultureInfo.InvariantCulture,
        $"{flow.Name,-12} full core {flow.FullCore / 1e6,6:0.00} M/s{Ratio(flow)}; journal in a file {flow.WithJournalFile / 1e6,6:0.00} M/s; "
        + $"p50 {flow.P50Ns:N0}, p99 {flow.P99Ns:N0}, p99.9 {flow.P999Ns:N0}, max {flow.MaxNs:N0} ns; "
        + $"own time p99 {flow.OwnP99Ns:N0}, p99.9 {flow.OwnP999Ns:N0} ns; an idle loop p99 {flow.IdleP99Ns:N0}, p99.9 {flow.IdleP999Ns:N0} ns; {flow.AllocatedBytesPerOp:0.###} B/op, {flow.Collections} collections; "
        + $"{flow.QuantityTraded:N0} units traded");

    public static string Of(DurableMeasure durable) => string.Create(CultureInfo.InvariantCulture,
        $"durable, {durable.BatchBytes >> 10,5:N0} KiB   {durable.Acknowledged / 1e6,6:0.00} M acknowledged/s; a block p50 {durable.P50Ns / 1e6:0.00}, p99 {durable.P99Ns / 1e6:0.00}, max {durable.MaxNs / 1e6:0.00} ms");

    public static string Of(ShardedMeasure sharded) => string.Create(CultureInfo.InvariantCulture,
        $"{sharded.Shards} shard(s), 4,000 books {sharded.OpsPerSecond / 1e6,6:0.00} M/s; state hash {sharded.StateHash}");

    public static string Of(MemoryMeasure memory) => string.Create(CultureInfo.InvariantCulture,
        $"memory       {memory.BytesPerRestingOrder:0} B for a resting order, {memory.BytesPerPosition:0} B for a position, {memory.BytesPerEmptyBook:0} B for an empty book, {memory.BytesPerPriceBlock:0} B for 64 prices in use");

    public static string Of(ManyBooksMeasure many) => string.Create(CultureInfo.InvariantCulture,
        $"{many.Books:N0} books open  {many.OpsPerSecond / 1e6,6:0.00} M/s, {many.MegabytesReserved:N0} MB reserved");

    public static string Of(SnapshotMeasure snapshot) => string.Create(CultureInfo.InvariantCulture,
        $"snapshot     {snapshot.RestingOrders:N0} orders, {snapshot.Bytes / 1e6:0.0} MB: saved in {snapshot.SaveMilliseconds:0.0} ms, restored in {snapshot.RestoreMilliseconds:0.0} ms");

    private static string Ratio(FlowMeasure flow) => flow.ToYardstick is { } ratio
        ? string.Create(CultureInfo.InvariantCulture, $", {ratio:0.00} × bare ladder ({flow.Yardstick / 1e6:0.00} M/s; {flow.ToWideYardstick:0.00} × one with 64 bytes an input and large pages, {flow.WideYardstick / 1e6:0.00} M/s)") : ", no ladder could hold it";
}
