using System.Diagnostics;
using DataExchange.Matching;
using DataExchange.Matching.Flow;

namespace DataExchange.MatchingBenchmarks;

/// <summary>
/// Measures the matching core on whole flows, with journal and reports, beside a bare ladder in the same run: only their ratio says something
/// about the program, as the machine is the same within the same seconds.
/// </summary>
public static class MatchingBenchmark
{
    /// <summary>Operations a second while latency is measured.</summary>
    public const double LatencyRate = 1_000_000;

    private const int Chunk = 1_024;

    /// <summary>Runs every measurement.</summary>
    /// <param name="folder">A folder on the disk that the journals go to; they are removed.</param>
    /// <param name="operations">Operations of a flow; 200,000 to 20,000,000.</param>
    /// <param name="rounds">How often each is timed; the medians count. 1 to 99.</param>
    /// <param name="progress">Receives a line about each result as it comes.</param>
    public static MatchingResults Run(string folder, int operations, int rounds, Action<string>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(operations, 200_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(operations, 20_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        Directory.CreateDirectory(folder);
        var journal = Path.Combine(folder, "journal.bench");
        progress ??= _ => { };
        try
        {
            var flows = new List<FlowMeasure>();
            foreach (var flow in BenchmarkFlow.All)
            {
                flows.Add(MeasureFlow(flow, operations, rounds, journal));
                progress(BenchmarkLines.Of(flows[^1]));
            }

            var durable = MeasureDurable(operations, rounds, journal, progress);
            var sharded = MeasureSharded(operations, rounds, progress);
            var (memory, manyBooks) = (CapacityBenchmark.MeasureMemory(), CapacityBenchmark.MeasureManyBooks(rounds));
            progress(BenchmarkLines.Of(memory));
            progress(BenchmarkLines.Of(manyBooks));
            var snapshot = MeasureSnapshot(operations, rounds);
            progress(BenchmarkLines.Of(snapshot));
            return new MatchingResults(flows, durable, sharded, memory, manyBooks, snapshot);
        }
        finally
        {
            File.Delete(journal);
        }
    }

    /// <summary>The middle one, or the mean of the two middle ones.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static FlowMeasure MeasureFlow(BenchmarkFlow flow, int operations, int rounds, string journal)
    {
        var records = flow.Make(operations);
        var plan = FlowPlan.Of(records, flow.Books);
        var ladder = flow.HasYardstick ? new LadderLoop<LadderInput>(records, flow.Books) : null;
        var wide = flow.HasYardstick ? new LadderLoop<WideLadderInput>(records, flow.Books, largePages: true) : null;
        var (bare, long64, full, filed) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (allocated, collections) = (0.0, 0);

        // The first runs compile; this one also measures latency.
        var first = FlowRun.Execute(plan, new FlowRunOptions { Rate = LatencyRate });
        if (first.Totals.Refused > 0)
        {
            throw new InvalidOperationException($"{flow.Name}: the core refused operation {first.Totals.FirstRefused}: {first.Totals.FirstReason}.");
        }

        for (var round = -2; round < rounds; round++)
        {
            var yardstick = ladder is null ? 0 : RunLadder(ladder);
            var wideYardstick = wide is null ? 0 : RunLadder(wide);
            if (ladder is not null && ladder.Traded != first.Totals.Quantity)
            {
                throw new InvalidOperationException($"{flow.Name}: the core traded {first.Totals.Quantity} units, the yardstick {ladder.Traded}.");
            }

            var core = FlowRun.Pass(plan, new FlowRunOptions());
            var withFile = RunWithFile(plan, journal, new JournalFileOptions(), out _);
            if (round >= 0)
            {
                bare.Add(yardstick);
                long64.Add(wideYardstick);
                full.Add(core.OpsPerSecond);
                filed.Add(withFile);
                allocated = Math.Max(allocated, core.AllocatedBytesPerOp);
                collections += core.Collections;
            }
        }

        var (latency, own, idle) = (first.Latency, first.OwnTime, MeasureIdle(operations));
        return new FlowMeasure(
            flow.Name, first.Operations, first.Totals.Quantity, Median(bare), Median(long64), Median(full), Median(filed), latency.Percentile(0.5), latency.Percentile(0.99),
            latency.Percentile(0.999), latency.Longest,
            own.Percentile(0.99), own.Percentile(0.999), idle.Percentile(0.99), idle.Percentile(0.999), allocated, collections);
    }

    // What the machine's own pauses do to operations that take no time.
    private static LatencyHistogram MeasureIdle(int operations)
    {
        var (schedule, latency) = (new LatencySchedule(1, LatencyRate), new LatencyHistogram());
        schedule.Begin();
        for (var operation = 1; operation <= operations; operation++)
        {
            var start = schedule.StartOf(operation);
            while (Stopwatch.GetTimestamp() < start)
            {
            }

            latency.Record(LatencySchedule.Nanoseconds(Stopwatch.GetTimestamp() - start));
        }

        return latency;
    }

    private static double RunLadder<TInput>(LadderLoop<TInput> ladder)
        where TInput : struct
    {
        ladder.Clear();
        var started = Stopwatch.GetTimestamp();
        for (var at = 0; at < ladder.Operations; at += Chunk)
        {
            ladder.Run(at, Math.Min(Chunk, ladder.Operations - at));
        }

        return ladder.Operations / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double RunWithFile(FlowPlan plan, string path, JournalFileOptions options, out LatencyHistogram commits)
    {
        File.Delete(path);
        using var journal = JournalFile.Create(path, options);
        var result = FlowRun.Pass(plan, new FlowRunOptions { Journal = journal });
        commits = journal.CommitLatency;
        return result.OpsPerSecond;
    }

    private static List<DurableMeasure> MeasureDurable(int operations, int rounds, string path, Action<string> progress)
    {
        var plan = FlowPlan.Of(BenchmarkFlow.FourThousandBooks.Make(operations), BenchmarkFlow.FourThousandBooks.Books);
        var measures = new List<DurableMeasure>();
        foreach (var kibibytes in new[] { 64, 256, 1_024 })
        {
            var (rates, latency) = (new List<double>(), new LatencyHistogram());
            for (var round = 0; round < rounds; round++)
            {
                rates.Add(RunWithFile(plan, path, new JournalFileOptions { BlockBytes = kibibytes << 10, IsDurable = true }, out var commits));
                latency.Add(commits);
            }

            measures.Add(new DurableMeasure(kibibytes << 10, Median(rates), latency.Percentile(0.5), latency.Percentile(0.99), latency.Longest));
            progress(BenchmarkLines.Of(measures[^1]));
        }

        return measures;
    }

    private static List<ShardedMeasure> MeasureSharded(int operations, int rounds, Action<string> progress)
    {
        var plan = FlowPlan.Of(BenchmarkFlow.FourThousandBooks.Make(operations), BenchmarkFlow.FourThousandBooks.Books);
        var measures = new List<ShardedMeasure>();
        foreach (var shards in new[] { 1, 2, 4 })
        {
            var options = new FlowRunOptions { Shards = shards, MeasuresLatency = false };
            var first = FlowRun.Execute(plan, options);
            measures.Add(new ShardedMeasure(
                shards, Median([first.OpsPerSecond, .. Enumerable.Range(1, rounds - 1).Select(_ => FlowRun.Pass(plan, options).OpsPerSecond)]), first.StateHashText));
            progress(BenchmarkLines.Of(measures[^1]));
        }

        return measures;
    }

    private static SnapshotMeasure MeasureSnapshot(int operations, int rounds)
    {
        var plan = FlowPlan.Of(BenchmarkFlow.Deep.Make(operations), BenchmarkFlow.Deep.Books);
        var engine = new MatchingEngine<ReportKeeper>(plan.Limits, new ReportKeeper());
        foreach (var command in plan.Setup)
        {
            engine.Apply(in command);
        }

        foreach (ref readonly var command in plan.Operations.Span)
        {
            engine.Apply(in command);
        }

        var (saves, restores, bytes) = (new List<double>(), new List<double>(), 0L);
        for (var round = 0; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var snapshot = engine.Save();
            saves.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            started = Stopwatch.GetTimestamp();
            var restored = MatchingEngine<ReportKeeper>.Restore(snapshot, new ReportKeeper());
            restores.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            bytes = snapshot.LongLength;
            if (restored.StateHash() != engine.StateHash())
            {
                throw new InvalidOperationException("The restored engine is not in the state that was saved.");
            }
        }

        return new SnapshotMeasure(engine.OrdersResting, bytes, Median(saves), Median(restores));
    }
}
