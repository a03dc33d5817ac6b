using System.Diagnostics;
using System.Runtime.CompilerServices;
using DataExchange.Matching.Sharding;

namespace DataExchange.Matching.Flow;

/// <summary>Several engines with a thread each; the calling thread journals commands in their one order and hands them out.</summary>
internal static class ShardedCore
{
    private const int Chunk = 1_024;

    public static FlowResult MeasureThroughput(FlowPlan plan, FlowRunOptions options, JournalFile journal)
    {
        var (first, operations) = FlowRun.Part(plan, options);
        using var engine = Prepare(plan, options, first, journal, _ => new ReportKeeper());
        var clock = PassClock.Start(isWholeProcess: true);
        for (var at = 0; at < operations.Length; at += Chunk)
        {
            Submit(engine, journal, operations.Span.Slice(at, Math.Min(Chunk, operations.Length - at)));
        }

        engine.Drain();
        if (options.Journal is not null)
        {
            journal.Commit();
        }

        var (rate, allocated, collections) = clock.Stop(operations.Length, isWholeProcess: true);
        var totals = default(FlowTotals);
        for (var shard = 0; shard < engine.Shards; shard++)
        {
            totals = totals.With(engine.HandlerOf(shard).Totals);
        }

        return new FlowResult(
            first + operations.Length, totals, engine.OrdersResting, engine.StateHash(), rate, allocated, collections, new LatencyHistogram(), null);
    }

    public static LatencyHistogram MeasureLatency(FlowPlan plan, FlowRunOptions options, JournalFile journal)
    {
        var (first, operations) = FlowRun.Part(plan, options);
        var schedule = new LatencySchedule(first + 1, options.Rate);
        using var engine = Prepare(plan, options, first, journal, _ => new ShardStopwatch(schedule));
        schedule.Begin();
        for (var at = 0; at < operations.Length; at += Chunk)
        {
            SubmitOnSchedule(engine, journal, operations.Span.Slice(at, Math.Min(Chunk, operations.Length - at)), schedule);
        }

        var latency = new LatencyHistogram();
        for (var shard = 0; shard < engine.Shards; shard++)
        {
            ref var handler = ref engine.HandlerOf(shard);
            handler.Finish();
            latency.Add(handler.Latency);
        }

        return latency;
    }

    private static ShardedEngine<THandler> Prepare<THandler>(
        FlowPlan plan, FlowRunOptions options, int first, JournalFile journal, Func<int, THandler> handlerOf)
        where THandler : IReportHandler
    {
        var engine = new ShardedEngine<THandler>(options.Shards, plan.Limits, handlerOf);
        for (var index = 0; index < plan.Setup.Count; index++)
        {
            var command = plan.Setup[index];
            if (index >= journal.NextRecord)
            {
                journal.Append(in command);
            }

            engine.Submit(in command);
        }

        foreach (ref readonly var command in plan.Operations.Span[..first])
        {
            engine.Submit(in command);
        }

        engine.Prefault();
        GC.Collect();
        return engine;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Submit<THandler>(ShardedEngine<THandler> engine, JournalFile journal, ReadOnlySpan<Command> commands)
        where THandler : IReportHandler
    {
        foreach (ref readonly var command in commands)
        {
            journal.Append(in command);
            engine.Submit(in command);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SubmitOnSchedule<THandler>(
        ShardedEngine<THandler> engine, JournalFile journal, ReadOnlySpan<Command> commands, LatencySchedule schedule)
        where THandler : IReportHandler
    {
        foreach (ref readonly var command in commands)
        {
            var start = schedule.StartOf(command.Time);
            while (Stopwatch.GetTimestamp() < start)
            {
                // There is time: what waits for more to come with it need not wait any longer.
                engine.Flush();
            }

            journal.Append(in command);
            engine.Submit(in command);
        }
    }
}
