using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DataExchange.Cli.Running.Sweeps;
using DataExchange.Experiments;
using DataExchange.Simulation.Agents.Strategies;
using DataExchange.Simulation.Calibration;

namespace DataExchange.Cli.Running.Counterfactuals;

/// <summary>Both markets run with one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="A">Figures of the first, in the order of <see cref="SweepFigures"/>.</param>
/// <param name="B">Of the second.</param>
/// <param name="DigestA">Digest of the first.</param>
/// <param name="DigestB">Of the second.</param>
internal sealed record PairOfRuns(ulong Seed, IReadOnlyList<double?> A, IReadOnlyList<double?> B, string DigestA, string DigestB);

/// <summary>A pair that could not be run.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Reason">Why.</param>
internal sealed record FailedPair(ulong Seed, string Reason);

/// <summary>How a figure differs over all pairs.</summary>
/// <param name="Figure">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Pairs">Pairs in which both have it.</param>
/// <param name="MeanA">Mean of the first.</param>
/// <param name="MeanB">Mean of the second.</param>
/// <param name="Difference">Mean of the differences B − A.</param>
/// <param name="Low">Lower end of its 95 % confidence interval, paired.</param>
/// <param name="High">Upper end.</param>
/// <param name="IsShown">Whether 0 lies outside of it.</param>
internal sealed record PairedFigure(string Figure, string Unit, int Pairs, double MeanA, double MeanB, double Difference, double Low, double High, bool IsShown);

/// <summary>
/// Runs two scenarios with the same seeds, in memory, and compares them pair by pair: what luck does to both drops out of the difference, as the random streams of
/// one seed are the same in both.
/// </summary>
internal sealed class PairedRuns(MarketSide a, MarketSide b, double scale, StrategyCatalogue strategies)
{
    /// <summary>Runs them.</summary>
    /// <param name="seeds">The seeds.</param>
    /// <param name="workers">Pairs at a time; results do not depend on it.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<(IReadOnlyList<PairOfRuns> Pairs, IReadOnlyList<FailedPair> Failed)> RunAsync(
        IReadOnlyList<ulong> seeds, int workers, Action<double, string> progress, CancellationToken cancellation)
    {
        var waiting = new ConcurrentQueue<ulong>(seeds);
        var (pairs, failed) = (new ConcurrentBag<PairOfRuns>(), new ConcurrentBag<FailedPair>());
        var (done, clock) = (0, Stopwatch.StartNew());
        var sharesCalibration = ScenarioDifferences.AreCalibratedAlike(a.Scenario.Text, b.Scenario.Text);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(workers, seeds.Count)).Select(_ => Task.Run(WorkAsync, stop.Token))).ConfigureAwait(false);
        return ([.. pairs.OrderBy(pair => pair.Seed)], [.. failed.OrderBy(pair => pair.Seed)]);

        async Task WorkAsync()
        {
            try
            {
                var source = SimulationSession.LoadPopulation() with { Strategies = strategies };
                while (waiting.TryDequeue(out var seed))
                {
                    await OneAsync(seed, source).ConfigureAwait(false);
                    var count = Interlocked.Increment(ref done);
                    var left = TimeSpan.FromSeconds(Math.Ceiling(clock.Elapsed.TotalSeconds / count * (seeds.Count - count)));
                    progress(count / (double)seeds.Count, string.Create(CultureInfo.InvariantCulture, $"{count}/{seeds.Count} pairs, {left:c} left"));
                }
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }

        async Task OneAsync(ulong seed, Simulation.Agents.PopulationSource source)
        {
            try
            {
                var first = await new MemoryRun(a.Scenario, seed, scale).ExecuteAsync(source, (_, _, _) => { }, stop.Token).ConfigureAwait(false);
                var figures = SweepFigures.Of(first);
                var (digest, calibrated) = (first.Digest, first.Calibrated);
                // The events of the first are let go before the second begins.
                first = null;
                var second = await new MemoryRun(b.Scenario, seed, scale)
                    .ExecuteAsync(source, (_, _, _) => { }, stop.Token, sharesCalibration ? calibrated : null).ConfigureAwait(false);
                pairs.Add(new(seed, figures, SweepFigures.Of(second), digest, second.Digest));
            }
            catch (CalibrationException why)
            {
                failed.Add(new(seed, why.Message));
            }
        }
    }

    /// <summary>How each figure differs; those that no two pairs have are left out.</summary>
    public static IReadOnlyList<PairedFigure> Compare(IReadOnlyList<PairOfRuns> pairs)
    {
        var found = new List<PairedFigure>();
        for (var i = 0; i < SweepFigures.All.Count; i++)
        {
            var both = pairs.Where(pair => pair.A[i] is not null && pair.B[i] is not null).Select(pair => (A: pair.A[i]!.Value, B: pair.B[i]!.Value)).ToArray();
            if (both.Length >= 2)
            {
                var interval = MeanInterval.Of([.. both.Select(pair => pair.B - pair.A)]);
                found.Add(new(
                    SweepFigures.All[i].Name, SweepFigures.All[i].Unit, both.Length, both.Average(pair => pair.A), both.Average(pair => pair.B), interval.Mean, interval.Low, interval.High,
                    interval.ExcludesZero));
            }
        }

        return found;
    }
}
