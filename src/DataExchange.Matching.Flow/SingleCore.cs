using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace DataExchange.Matching.Flow;

/// <summary>One engine on the calling thread.</summary>
internal static class SingleCore
{
    // So many commands are journaled, then carried out together: the engine can ask for the memory of the next ones while it carries one out.
    // Loops that are called often, instead of running long, can also have their compiled code replaced by a better one.
    private const int Chunk = 1_024;

    public static FlowResult MeasureThroughput(FlowPlan plan, FlowRunOptions options, JournalFile journal)
    {
        var (first, operations) = FlowRun.Part(plan, options);
        var engine = Prepare(plan, options, first, journal);
        var clock = PassClock.Start(isWholeProcess: false);
        for (var at = 0; at < operations.Length; at += Chunk)
        {
            Apply(engine, journal, operations.Span.Slice(at, Math.Min(Chunk, operations.Length - at)));
        }

        if (options.Journal is not null)
        {
            journal.Commit();
        }

        var (rate, allocated, collections) = clock.Stop(operations.Length, isWholeProcess: false);
        return new FlowResult(
            first + operations.Length, engine.Handler.Totals, engine.OrdersResting, engine.StateHash(), rate, allocated, collections,
            new LatencyHistogram(), options.SavesState ? engine.Save() : null);
    }

    public static LatencyHistogram MeasureLatency(FlowPlan plan, FlowRunOptions options, JournalFile journal, LatencyHistogram ownTime)
    {
        var (first, operations) = FlowRun.Part(plan, options);
        var engine = Prepare(plan, options, first, journal);
        var schedule = new LatencySchedule(first + 1, options.Rate);
        var latency = new LatencyHistogram();
        schedule.Begin();
        for (var at = 0; at < operations.Length; at += Chunk)
        {
            ApplyOnSchedule(engine, journal, operations.Span.Slice(at, Math.Min(Chunk, operations.Length - at)), schedule, latency, ownTime);
        }

        return latency;
    }

    private static MatchingEngine<ReportKeeper> Prepare(FlowPlan plan, FlowRunOptions options, int first, JournalFile journal)
    {
        MatchingEngine<ReportKeeper> engine;
        if (options.Resume is { } snapshot)
        {
            engine = snapshot.Restore(plan);
        }
        else
        {
            engine = new MatchingEngine<ReportKeeper>(plan.Limits, new ReportKeeper());
            for (var index = 0; index < plan.Setup.Count; index++)
            {
                var command = plan.Setup[index];
                if (index >= journal.NextRecord)
                {
                    journal.Append(in command);
                }

                engine.Apply(in command);
            }

            foreach (ref readonly var command in plan.Operations.Span[..first])
            {
                engine.Apply(in command);
            }
        }

        engine.Prefault();
        GC.Collect();
        return engine;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Apply(MatchingEngine<ReportKeeper> engine, JournalFile journal, ReadOnlySpan<Command> commands)
    {
        journal.Append(commands);
        engine.Apply(commands);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ApplyOnSchedule(
        MatchingEngine<ReportKeeper> engine, JournalFile journal, ReadOnlySpan<Command> commands, LatencySchedule schedule, LatencyHistogram latency,
        LatencyHistogram ownTime)
    {
        foreach (ref readonly var command in commands)
        {
            var start = schedule.StartOf(command.Time);
            long begin;
            while ((begin = Stopwatch.GetTimestamp()) < start)
            {
            }

            journal.Append(in command);
            engine.Apply(in command);
            var end = Stopwatch.GetTimestamp();
            latency.Record(LatencySchedule.Nanoseconds(end - start));
            ownTime.Record(LatencySchedule.Nanoseconds(end - begin));
        }
    }
}
