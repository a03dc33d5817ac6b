using MathNet.Numerics.LinearAlgebra;

namespace DataExchange.Estimation;

/// <summary>
/// The simulated method of moments (McFadden 1989; Duffie and Singleton 1993): parameters that make g'Wg smallest, with g the means of simulated moments over the
/// seeds less the given ones. The search is that of Gauss and Newton, damped (Levenberg–Marquardt), within the ranges, over differences of runs with common random
/// numbers; runs that do not wait for each other are asked for together.
/// </summary>
public static class Estimator
{
    // From an undamped step to one a tenth as long: asked for together, the best is taken.
    private static readonly double[] Dampings = [1e-9, 0.05, 0.5, 5];
    private const double LeastGain = 1e-6;
    private const double LeastStep = 1e-4;
    private const double LeastReach = 1.0 / 4;

    /// <summary>Estimates.</summary>
    /// <param name="problem">What is to be estimated.</param>
    /// <param name="progress">Hears after each step how many were made and the objective; null for nobody.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ArgumentException">The problem has something that is not allowed.</exception>
    /// <exception cref="EstimationException">The model cannot run, or a moment has no value or no error.</exception>
    public static async Task<Estimate> RunAsync(MomentProblem problem, Action<int, double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(problem);
        problem.Check();
        var evaluator = new Evaluator(problem);
        var start = await StartAsync(problem, evaluator, cancellation).ConfigureAwait(false);
        var weights = WeightsOf(problem, start);
        var targets = Vector<double>.Build.DenseOfEnumerable(problem.Moments.Select(moment => moment.Target));
        double Objective(Evaluation at) => (at.Mean - targets) * weights * (at.Mean - targets);

        var (here, reach, steps, isSettled) = (start, problem.Reach, 0, false);
        var slopes = await evaluator.SlopesAsync(here, reach, cancellation).ConfigureAwait(false);
        progress?.Invoke(0, Objective(here));
        while (steps < problem.MostSteps && !isSettled)
        {
            steps++;
            double[][] candidates = [.. Dampings.Select(damping => Step(here, slopes.Mean, weights, targets, damping))];
            var best = (await evaluator.AtAsync(candidates, cancellation).ConfigureAwait(false)).OfType<Evaluation>().MinBy(Objective);
            if (best is not null && Objective(best) < Objective(here) * (1 - LeastGain))
            {
                isSettled = best.Place.Zip(here.Place, (to, from) => Math.Abs(to - from)).Max() < LeastStep;
                here = best;
            }
            else if (reach > problem.Reach * LeastReach)
            {
                reach /= 2;
            }
            else
            {
                isSettled = true;
            }

            progress?.Invoke(steps, Objective(here));
            slopes = await evaluator.SlopesAsync(here, isSettled ? problem.Reach : reach, cancellation).ConfigureAwait(false);
        }

        return Inference.Of(problem, here, await evaluator.SlopesAsync(here, problem.Reach, cancellation).ConfigureAwait(false), weights, Objective(start), steps, isSettled, evaluator.Points);
    }

    private static async Task<Evaluation> StartAsync(MomentProblem problem, Evaluator evaluator, CancellationToken cancellation) =>
        (await evaluator.AtAsync([[.. problem.Parameters.Select(parameter => parameter.PlaceOf(parameter.Start))]], cancellation).ConfigureAwait(false))[0]
        ?? throw new EstimationException($"{evaluator.Missing} at the starting values");

    /// <summary>The given weights, or the inverse of the variances that the deviations have at the starting values: a fixed matrix, as one that moved with the point could be flattered.</summary>
    private static Matrix<double> WeightsOf(MomentProblem problem, Evaluation start) => problem.Weights is { } given
        ? Matrix<double>.Build.DenseOfArray(given)
        : Matrix<double>.Build.DenseOfDiagonalVector(Inference.VarianceOf(problem, start.Covariance()).Diagonal().Map(variance => 1 / variance));

    // A damped Gauss–Newton step that ends at the ranges: what would leave its range goes to the end of it, and the others are solved again.
    private static double[] Step(Evaluation here, Matrix<double> slopes, Matrix<double> weights, Vector<double> targets, double damping)
    {
        var curvature = slopes.Transpose() * weights * slopes;
        var pull = slopes.Transpose() * weights * (targets - here.Mean);
        var count = here.Place.Length;
        var most = Enumerable.Range(0, count).Max(p => curvature[p, p]);
        for (var p = 0; p < count; p++)
        {
            // What does nothing stays where it is.
            curvature[p, p] += (damping * curvature[p, p]) + (1e-12 * most) + double.Epsilon;
        }

        var step = Vector<double>.Build.Dense(count);
        var free = Enumerable.Range(0, count).Where(p => slopes.Column(p).AbsoluteMaximum() > 0).ToList();
        while (free.Count > 0)
        {
            var matrix = Matrix<double>.Build.Dense(free.Count, free.Count, (i, j) => curvature[free[i], free[j]]);
            var right = Vector<double>.Build.Dense(free.Count, i =>
                pull[free[i]] - Enumerable.Range(0, count).Where(q => !free.Contains(q)).Sum(q => curvature[free[i], q] * step[q]));
            var solved = matrix.Solve(right);
            var leaving = -1;
            for (var i = 0; i < free.Count; i++)
            {
                var to = here.Place[free[i]] + solved[i];
                if (!(to is >= 0 and <= 1) && leaving < 0)
                {
                    leaving = i;
                }
            }

            if (leaving < 0)
            {
                free.Select((p, i) => (p, i)).ToList().ForEach(one => step[one.p] = solved[one.i]);
                break;
            }

            var stopped = free[leaving];
            step[stopped] = double.IsFinite(solved[leaving]) ? Math.Clamp(here.Place[stopped] + solved[leaving], 0, 1) - here.Place[stopped] : 0;
            free.RemoveAt(leaving);
        }

        return [.. here.Place.Select((place, p) => Math.Clamp(place + step[p], 0, 1))];
    }
}
