using System.Diagnostics;
using System.Globalization;

namespace DataExchange.Matching.Flow;

/// <summary>How a flow is run.</summary>
public sealed record FlowRunOptions
{
    /// <summary>Engines, each with a thread; 1 to 64.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Operations a second in the pass that measures latency; 1,000 to 100,000,000.</summary>
    public double Rate { get; init; } = 1_000_000;

    /// <summary>So many operations of the flow are done in all; null for all of them.</summary>
    public int? StopAt { get; init; }

    /// <summary>Where to go on; null to begin at the beginning. One shard only.</summary>
    public FlowSnapshot? Resume { get; init; }

    /// <summary>So many operations were done already, as a journal says; they are done again, untimed.</summary>
    public int Replayed { get; init; }

    /// <summary>Takes the commands of the timed pass; null keeps the journal in memory.</summary>
    public JournalFile? Journal { get; init; }

    /// <summary>Whether latencies are measured, in a second pass.</summary>
    public bool MeasuresLatency { get; init; } = true;

    /// <summary>Whether to keep the engine's state at the end.</summary>
    public bool SavesState { get; init; }
}

/// <summary>What came of a run and how fast it was.</summary>
/// <param name="Operations">Operations done since the flow's beginning.</param>
/// <param name="Totals">Trades, units traded and refusals since then.</param>
/// <param name="RestingOrders">Orders that rest at the end.</param>
/// <param name="StateHash">Hash of the state at the end.</param>
/// <param name="OpsPerSecond">Operations a second of the timed pass; 0 when there were none.</param>
/// <param name="AllocatedBytesPerOp">Managed memory allocated by an operation of it.</param>
/// <param name="Collections">Garbage collections during it.</param>
/// <param name="Latency">From an operation's intended begin to its end.</param>
/// <param name="State">The engine's snapshot, when it was asked for.</param>
public sealed record FlowResult(
    long Operations,
    FlowTotals Totals,
    long RestingOrders,
    ulong StateHash,
    double OpsPerSecond,
    double AllocatedBytesPerOp,
    int Collections,
    LatencyHistogram Latency,
    byte[]? State)
{
    /// <summary>The state's hash as people see it.</summary>
    public string StateHashText => StateHash.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>
    /// From an operation's real begin to its end; of one shard only. What <see cref="Latency"/> has beyond it was spent waiting for operations and
    /// pauses before it.
    /// </summary>
    public LatencyHistogram OwnTime { get; init; } = new();
}

/// <summary>What the clock saw of a timed pass.</summary>
internal readonly record struct PassClock(long Started, long Allocated, int Collections)
{
    public static PassClock Start(bool isWholeProcess) =>
        new(Stopwatch.GetTimestamp(), AllocatedSoFar(isWholeProcess), GC.CollectionCount(0));

    public (double OpsPerSecond, double AllocatedBytesPerOp, int Collections) Stop(int operations, bool isWholeProcess)
    {
        var elapsed = Stopwatch.GetElapsedTime(Started).TotalSeconds;
        var allocated = AllocatedSoFar(isWholeProcess) - Allocated;
        return operations == 0 ? default : (operations / elapsed, (double)allocated / operations, GC.CollectionCount(0) - Collections);
    }

    private static long AllocatedSoFar(bool isWholeProcess) =>
        isWholeProcess ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();
}

/// <summary>
/// Runs a flow through the full core: each command is journaled, then carried out, and its reports are taken. First without a look at the
/// clock, for throughput; then once more on a fresh engine, on a schedule, for latency.
/// </summary>
public static class FlowRun
{
    private const int WarmUpOperations = 100_000;
    private const int WarmUps = 3;

    // The runtime compiles a method again, faster, some 100 ms after it was seen to be used.
    private const int CompilerWaitMilliseconds = 130;

    /// <summary>Runs it.</summary>
    public static FlowResult Execute(FlowPlan plan, FlowRunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        options ??= new FlowRunOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Shards, 1);
        if (options.Shards > 1 && (options.Resume is not null || options.SavesState))
        {
            throw new ArgumentException("Snapshots are those of a single engine.", nameof(options));
        }

        var warmUp = Math.Min(plan.Operations.Length, WarmUpOperations);
        for (var round = 0; round < WarmUps; round++)
        {
            Pass(plan, new FlowRunOptions { Shards = options.Shards, StopAt = warmUp });
            Thread.Sleep(CompilerWaitMilliseconds);
        }

        var result = Pass(plan, options);
        if (!options.MeasuresLatency)
        {
            return result;
        }

        var ownTime = new LatencyHistogram();
        return result with { Latency = MeasureLatency(plan, options, ownTime), OwnTime = ownTime };
    }

    /// <summary>The timed pass alone, without warming up and without measuring latency.</summary>
    public static FlowResult Pass(FlowPlan plan, FlowRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Journal is { } given)
        {
            return Pass(plan, options, given);
        }

        using var inMemory = JournalFile.InMemory();
        return Pass(plan, options, inMemory);
    }

    private static FlowResult Pass(FlowPlan plan, FlowRunOptions options, JournalFile journal)
    {
        var result = options.Shards == 1 ? SingleCore.MeasureThroughput(plan, options, journal) : ShardedCore.MeasureThroughput(plan, options, journal);
        GC.Collect();
        return result;
    }

    private static LatencyHistogram MeasureLatency(FlowPlan plan, FlowRunOptions options, LatencyHistogram ownTime)
    {
        using var journal = JournalFile.InMemory();
        return options.Shards == 1 ? SingleCore.MeasureLatency(plan, options, journal, ownTime) : ShardedCore.MeasureLatency(plan, options, journal);
    }

    /// <summary>The operations to be done, and the number of the first of them, from 0.</summary>
    internal static (int First, ReadOnlyMemory<Command> Operations) Part(FlowPlan plan, FlowRunOptions options)
    {
        var end = Math.Min(options.StopAt ?? plan.Operations.Length, plan.Operations.Length);
        var first = Math.Min(end, (int)(options.Resume?.Operations ?? options.Replayed));
        return (first, plan.Operations[first..end]);
    }
}
