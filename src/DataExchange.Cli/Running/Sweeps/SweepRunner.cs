using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DataExchange.Scenarios;
using DataExchange.Simulation.Calibration;

namespace DataExchange.Cli.Running.Sweeps;

/// <summary>Runs what a journal does not have yet, in memory, as many at a time as there are workers.</summary>
internal sealed class SweepRunner(SweepPlan plan, SweepHeader header, SweepJournal journal)
{
    // Schemas are checked by a library that does not say whether two may do so at a time.
    private readonly Lock _scenarios = new();

    /// <summary>Runs them.</summary>
    /// <param name="workers">Threads, 1 or more; results do not depend on it.</param>
    /// <param name="progress">Hears how far it is, 0 to 1, and how many runs are left and for how long.</param>
    /// <param name="cancellation">Stops it; runs under way are lost, those that are finished are in the journal.</param>
    /// <returns>How many runs it made.</returns>
    public async Task<int> RunAsync(int workers, Action<double, string> progress, CancellationToken cancellation)
    {
        var done = journal.Rows.Select(row => row.Run).ToHashSet();
        var before = done.Count;
        var waiting = new ConcurrentQueue<int>(Enumerable.Range(0, header.Runs).Where(run => header.Has(run) && !done.Contains(run)));
        var (left, made, clock) = (waiting.Count, 0, Stopwatch.StartNew());
        progress(before / (double)header.RunsOfSlice, $"{before}/{header.RunsOfSlice} runs");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(workers, Math.Max(1, left))).Select(_ => Task.Run(WorkAsync, stop.Token))).ConfigureAwait(false);
        return made;

        async Task WorkAsync()
        {
            try
            {
                var source = SimulationSession.LoadPopulation();
                while (waiting.TryDequeue(out var run))
                {
                    journal.Add(await RunAsync(plan.At(run), source, stop.Token).ConfigureAwait(false));
                    var count = Interlocked.Increment(ref made);
                    var seconds = clock.Elapsed.TotalSeconds / count * (left - count);
                    progress(
                        (before + count) / (double)header.RunsOfSlice,
                        string.Create(CultureInfo.InvariantCulture, $"{before + count}/{header.RunsOfSlice} runs, {TimeSpan.FromSeconds(Math.Ceiling(seconds)):c} left"));
                }
            }
            catch
            {
                // What stops one worker stops all.
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private async Task<SweepRow> RunAsync(PlannedRun run, Simulation.Agents.PopulationSource source, CancellationToken cancellation)
    {
        try
        {
            var result = await new MemoryRun(ScenarioOf(run), run.Seed, plan.File.Scale).ExecuteAsync(source, (_, _, _) => { }, cancellation).ConfigureAwait(false);
            return new(run.Run, run.Point, run.Seed, run.Values, SweepFigures.Of(result), result.Events, result.Digest, null);
        }
        catch (Exception failed) when (failed is ScenarioException or CalibrationException)
        {
            // It would fail again: that it does is its result.
            return new(run.Run, run.Point, run.Seed, run.Values, [], null, null, failed.Message);
        }
    }

    private LoadedScenario ScenarioOf(PlannedRun run)
    {
        lock (_scenarios)
        {
            return plan.ScenarioOf(run);
        }
    }
}
