namespace DataExchange.Estimation.Tests;

/// <summary>Models that cost nothing: moments of a point and a seed.</summary>
internal static class Models
{
    public static MomentProblem Of(
        Func<double[], int, double[]?> model, int seeds, IReadOnlyList<FreeParameter> parameters, params (double Target, double? Error)[] moments) => new(
        [.. moments.Select((moment, k) => new Moment($"m{k + 1}", moment.Target, moment.Error))], parameters, seeds,
        (points, _) => Task.FromResult<IReadOnlyList<double[][]?>>([.. points.Select(point =>
        {
            var found = Enumerable.Range(0, seeds).Select(seed => model(point, seed)).ToArray();
            return found.Any(one => one is null) ? null : found.Select(one => one!).ToArray();
        })]));

    public static Task<Estimate> EstimateAsync(this MomentProblem problem) => Estimator.RunAsync(problem, null, TestContext.Current.CancellationToken);

    /// <summary>Normal numbers, by Box and Muller.</summary>
    public static double[] Normals(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }
}
