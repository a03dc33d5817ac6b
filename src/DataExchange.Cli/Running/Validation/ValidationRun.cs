using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DataExchange.Experiments;
using DataExchange.Scenarios;

namespace DataExchange.Cli.Running.Validation;

/// <summary>A run of a validation.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Events">Events recorded.</param>
/// <param name="Digest">Their digest.</param>
internal sealed record ValidatedRun(ulong Seed, long Events, string Digest);

/// <summary>What came of a fact.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Values">Its value in each run, six significant digits; null where a run has none.</param>
internal sealed record FactResult(ValidationFact Fact, IReadOnlyList<double?> Values)
{
    /// <summary>Mean over the runs that have a value; null when none has.</summary>
    public double? Mean => Known.Length == 0 ? null : Rounded(Known.Average());

    /// <summary>95 % confidence interval of the mean, Student's; null of fewer than two values.</summary>
    public (double Low, double High)? Interval => Known.Length < 2 ? null : MeanInterval.Of(Known) is var found ? (Rounded(found.Low), Rounded(found.High)) : null;

    /// <summary>Whether the mean meets the target; null where there is no value.</summary>
    public bool? IsWithin => Mean is { } mean ? Fact.IsMetBy(mean) : null;

    private double[] Known => [.. Values.OfType<double>()];

    /// <summary>Six significant digits: the rest may differ from one processor to another.</summary>
    public static double Rounded(double value) => double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

/// <summary>What a validation came to.</summary>
/// <param name="Runs">The runs, by seed.</param>
/// <param name="Facts">The facts, in their order.</param>
internal sealed record ValidationResult(IReadOnlyList<ValidatedRun> Runs, IReadOnlyList<FactResult> Facts);

/// <summary>Runs a scenario with many seeds in memory, and holds what came out against the stylised facts.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="scale">Size of the market.</param>
/// <param name="seeds">The seeds, each once.</param>
internal sealed class ValidationRun(LoadedScenario scenario, double scale, IReadOnlyList<ulong> seeds)
{
    /// <summary>Runs it.</summary>
    /// <param name="workers">Runs at a time, 1 or more; the result does not depend on it.</param>
    /// <param name="progress">Hears how far it is, 0 to 1, and how many runs are left and for how long.</param>
    /// <param name="cancellation">Stops it within a simulated day.</param>
    public async Task<ValidationResult> ExecuteAsync(int workers, Action<double, string> progress, CancellationToken cancellation)
    {
        var facts = ValidationFacts.Of(scenario.Scenario, scale);
        var done = new (ValidatedRun Run, double?[] Values)[seeds.Count];
        var waiting = new ConcurrentQueue<int>(Enumerable.Range(0, seeds.Count));
        var (made, clock) = (0, Stopwatch.StartNew());
        progress(0, $"0/{seeds.Count} runs");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(workers, seeds.Count)).Select(_ => Task.Run(WorkAsync, stop.Token))).ConfigureAwait(false);
        return new(
            [.. done.Select(run => run.Run)],
            [.. facts.Select((fact, i) => new FactResult(fact, [.. done.Select(run => run.Values[i])]))]);

        async Task WorkAsync()
        {
            try
            {
                var source = SimulationSession.LoadPopulation();
                while (waiting.TryDequeue(out var i))
                {
                    var run = await new MemoryRun(scenario, seeds[i], scale).ExecuteAsync(source, (_, _, _) => { }, stop.Token).ConfigureAwait(false);
                    var market = new ValidationMarket(run, source.Calendar);
                    done[i] = (new(seeds[i], run.Events, run.Digest), [.. facts.Select(fact => fact.Of(market) is { } value && double.IsFinite(value) ? FactResult.Rounded(value) : (double?)null)]);
                    var count = Interlocked.Increment(ref made);
                    progress((double)count / seeds.Count, string.Create(
                        CultureInfo.InvariantCulture, $"{count}/{seeds.Count} runs, {TimeSpan.FromSeconds(Math.Ceiling(clock.Elapsed.TotalSeconds / count * (seeds.Count - count))):c} left"));
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
}
