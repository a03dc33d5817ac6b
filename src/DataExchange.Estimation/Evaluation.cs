using MathNet.Numerics.LinearAlgebra;

namespace DataExchange.Estimation;

/// <summary>The model at one point.</summary>
/// <param name="Place">The point, each parameter from 0 to 1 of its range.</param>
/// <param name="OfSeeds">Of each seed the moments.</param>
/// <param name="Mean">Their means over the seeds.</param>
internal sealed record Evaluation(double[] Place, double[][] OfSeeds, Vector<double> Mean)
{
    /// <summary>How moments vary and go together from seed to seed, over n − 1.</summary>
    public Matrix<double> Covariance()
    {
        var deviations = Matrix<double>.Build.DenseOfRows(OfSeeds).EnumerateRows().Select(row => row - Mean).ToArray();
        var sum = Matrix<double>.Build.Dense(Mean.Count, Mean.Count);
        foreach (var deviation in deviations)
        {
            sum += deviation.OuterProduct(deviation);
        }

        return sum / (deviations.Length - 1);
    }
}

/// <summary>How moments change with parameters, each over the whole of its range.</summary>
/// <param name="Mean">Moments by parameters, over all seeds.</param>
/// <param name="OfSeeds">The same of each seed.</param>
internal sealed record Slopes(Matrix<double> Mean, IReadOnlyList<Matrix<double>> OfSeeds);

/// <summary>Asks the model, each point once.</summary>
internal sealed class Evaluator(MomentProblem problem)
{
    private readonly Dictionary<string, Evaluation?> _known = [];

    /// <summary>Points that were asked.</summary>
    public int Points => _known.Count;

    /// <summary>What the point that was last found impossible wanted.</summary>
    public string Missing { get; private set; } = "";

    /// <summary>The model at some points; null where it cannot run or a moment has no value.</summary>
    public async Task<IReadOnlyList<Evaluation?>> AtAsync(IReadOnlyList<double[]> places, CancellationToken cancellation)
    {
        var unknown = places.Where(place => !_known.ContainsKey(KeyOf(place))).DistinctBy(KeyOf).ToArray();
        if (unknown.Length > 0)
        {
            var found = await problem.Simulate([.. unknown.Select(place => place.Select((at, i) => problem.Parameters[i].At(at)).ToArray())], cancellation).ConfigureAwait(false);
            for (var i = 0; i < unknown.Length; i++)
            {
                _known.Add(KeyOf(unknown[i]), Of(unknown[i], found[i]));
            }
        }

        return [.. places.Select(place => _known[KeyOf(place)])];
    }

    /// <summary>The slopes at a point: central differences, one-sided at an end of the range and beside points at which the model cannot run.</summary>
    /// <exception cref="EstimationException">The model runs on no side of the point.</exception>
    public async Task<Slopes> SlopesAsync(Evaluation at, double reach, CancellationToken cancellation)
    {
        var count = problem.Parameters.Count;
        double[][] places = [.. Enumerable.Range(0, 2 * count).Select(i => Moved(at.Place, i / 2, i % 2 == 0 ? -reach : reach))];
        var found = await AtAsync(places, cancellation).ConfigureAwait(false);
        var slopes = Enumerable.Range(0, problem.Seeds).Select(_ => Matrix<double>.Build.Dense(problem.Moments.Count, count)).ToArray();
        for (var p = 0; p < count; p++)
        {
            var (low, high) = (found[2 * p] ?? at, found[(2 * p) + 1] ?? at);
            if (ReferenceEquals(low, high))
            {
                throw new EstimationException($"parameter {problem.Parameters[p].Name}: the model runs neither a little below nor a little above {problem.Parameters[p].At(at.Place[p])}");
            }

            for (var seed = 0; seed < slopes.Length; seed++)
            {
                for (var k = 0; k < problem.Moments.Count; k++)
                {
                    slopes[seed][k, p] = (high.OfSeeds[seed][k] - low.OfSeeds[seed][k]) / (high.Place[p] - low.Place[p]);
                }
            }
        }

        return new(slopes.Aggregate((sum, next) => sum + next) / slopes.Length, slopes);
    }

    private Evaluation? Of(double[] place, double[][]? seeds)
    {
        var without = seeds is null ? -1 : Enumerable.Range(0, problem.Moments.Count).FirstOrDefault(k => seeds.Any(moments => !double.IsFinite(moments[k])), -1);
        if (seeds is null || without >= 0)
        {
            Missing = seeds is null ? "the model cannot run" : $"moment {problem.Moments[without].Name} has no value";
            return null;
        }

        return new(place, seeds, Vector<double>.Build.Dense(problem.Moments.Count, k => seeds.Average(moments => moments[k])));
    }

    private static double[] Moved(double[] place, int parameter, double by)
    {
        var moved = (double[])place.Clone();
        moved[parameter] = Math.Clamp(place[parameter] + by, 0, 1);
        return moved;
    }

    private static string KeyOf(double[] place) => string.Join('|', place.Select(BitConverter.DoubleToInt64Bits));
}
