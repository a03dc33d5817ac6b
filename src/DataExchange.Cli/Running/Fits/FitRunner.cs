using System.Diagnostics;
using System.Globalization;
using DataExchange.Domain;
using DataExchange.Estimation;
using DataExchange.Reports.Figures;
using DataExchange.Scenarios;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;

namespace DataExchange.Cli.Running.Fits;

/// <summary>Runs the market at the points that the estimator asks for, in memory, as many at a time as there are workers.</summary>
internal sealed class FitRunner(FitPlan plan, FitRuns runs, int workers, int mostSteps, Action<double, string> progress)
{
    private const int CandidatesOfStep = 4;

    // Schemas are checked by a library that does not say whether two may do so at a time.
    private readonly Lock _scenarios = new();
    // One population for each worker, as in sweeps.
    private readonly PopulationSource?[] _sources = new PopulationSource?[workers];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _made;
    private int _asked;
    private string _step = "start";

    /// <summary>Runs made by this command; the others were there.</summary>
    public int Made => _made;

    // At most: a step looks to both sides of every parameter and then at some candidates.
    private int Most => plan.Seeds.Count * (1 + (2 * plan.Settings.Count) + (mostSteps * (CandidatesOfStep + (2 * plan.Settings.Count))));

    /// <summary>Estimates.</summary>
    /// <exception cref="EstimationException">The market gives nothing to estimate from.</exception>
    public Task<Estimate> EstimateAsync(CancellationToken cancellation) => Estimator.RunAsync(
        new MomentProblem(plan.Moments, plan.Parameters, plan.Seeds.Count, SimulateAsync)
        {
            MostSteps = mostSteps,
            Weights = plan.File.Weights is { } rows ? Matrix(rows) : null,
        },
        (step, objective) =>
        {
            _step = string.Create(CultureInfo.InvariantCulture, $"step {step}, objective {objective:0.###}");
            Tell();
        }, cancellation);

    private async Task<IReadOnlyList<double[][]?>> SimulateAsync(IReadOnlyList<double[]> points, CancellationToken cancellation)
    {
        var scenarios = points.Select(ScenarioOf).ToArray();
        (LoadedScenario Scenario, ulong Seed)[] wanted = [.. scenarios.OfType<LoadedScenario>().DistinctBy(scenario => scenario.Hash)
            .SelectMany(scenario => plan.Seeds.Select(seed => (scenario, seed)))];
        _asked += wanted.Length;
        var waiting = wanted.Where(one => runs.Find(one.Scenario.Hash, one.Seed) is null).ToArray();
        Tell();
        // Whatever stops one worker stops all.
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Math.Min(workers, Math.Max(1, waiting.Length))), new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation },
            async (worker, stop) =>
            {
                for (var i = worker; i < waiting.Length; i += workers)
                {
                    runs.Add(await RunAsync(waiting[i].Scenario, waiting[i].Seed, _sources[worker] ??= SimulationSession.LoadPopulation(), stop).ConfigureAwait(false));
                    Interlocked.Increment(ref _made);
                    Tell();
                }
            }).ConfigureAwait(false);
        return [.. scenarios.Select(scenario => scenario is null ? null : MomentsOf(scenario))];
    }

    private double[][]? MomentsOf(LoadedScenario scenario)
    {
        FitRun[] found = [.. plan.Seeds.Select(seed => runs.Find(scenario.Hash, seed)!)];
        return found.Any(run => run.Error is not null) ? null
            : [.. found.Select(run => plan.File.Moments.Select(moment => run.Figures[moment.Figure] ?? double.NaN).ToArray())];
    }

    private LoadedScenario? ScenarioOf(double[] point)
    {
        lock (_scenarios)
        {
            try
            {
                return plan.At(point);
            }
            catch (ScenarioException)
            {
                // Values that are allowed alone may not go together: the search goes round such a point.
                return null;
            }
        }
    }

    private async Task<FitRun> RunAsync(LoadedScenario scenario, ulong seed, PopulationSource source, CancellationToken cancellation)
    {
        try
        {
            var run = await new MemoryRun(scenario, seed, plan.Scale).ExecuteAsync(source, (_, _, _) => { }, cancellation).ConfigureAwait(false);
            var builder = new MarketFiguresBuilder();
            var sold = new HashSet<string>(StringComparer.Ordinal);
            foreach (var deal in run.Deals.OrderBy(deal => deal.Id, StringComparer.Ordinal))
            {
                builder.Add(deal);
                if (deal is { Channel: TradeChannel.Shelf, RegisteredAt: not null })
                {
                    sold.Add(deal.Product);
                }
            }

            var figures = new BenchmarkFigures(builder.Complete(run.Models), run.Models, sold);
            return new(scenario.Hash, seed, BenchmarkFigures.Names.ToDictionary(name => name, name => figures.Of(name) is { } value && double.IsFinite(value) ? value : (double?)null), null);
        }
        catch (CalibrationException failed)
        {
            // A target that cannot be reached with these values: it would fail again.
            return new(scenario.Hash, seed, new Dictionary<string, double?>(), failed.Message);
        }
    }

    private void Tell()
    {
        var made = Volatile.Read(ref _made);
        var left = made == 0 ? null : string.Create(
            CultureInfo.InvariantCulture, $", at most {TimeSpan.FromSeconds(Math.Ceiling(_clock.Elapsed.TotalSeconds / made * Math.Max(0, Most - _asked))):c} left after these {_asked}");
        progress(Math.Min(1, made / (double)Most), $"{_step}, {made} runs{left}");
    }

    private static double[,] Matrix(IReadOnlyList<IReadOnlyList<double>> rows)
    {
        var matrix = new double[rows.Count, rows.Count];
        for (var k = 0; k < rows.Count; k++)
        {
            for (var l = 0; l < rows.Count; l++)
            {
                matrix[k, l] = rows[k][l];
            }
        }

        return matrix;
    }
}
