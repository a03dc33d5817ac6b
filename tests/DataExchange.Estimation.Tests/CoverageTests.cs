namespace DataExchange.Estimation.Tests;

/// <summary>Over many data sets from known parameters: intervals cover as often as they say, and J is what its law says.</summary>
public sealed class CoverageTests
{
    private const int Replications = 400;
    private const int Seeds = 20;

    /// <summary>Curved, over-identified, with moments that err together: means of 200 draws that depend on both parameters.</summary>
    private static double[] Model(double[] at, int seed)
    {
        var z = Models.Normals(seed, 3);
        double[] mean = [Math.Exp(at[0]), at[0] * at[1], at[1], at[1] * at[1]];
        double[] noise = [0.05 * (z[0] + (0.5 * z[1])), 0.06 * z[1], 0.04 * z[2], 0.1 * (z[2] + z[0])];
        return [.. mean.Zip(noise, (m, e) => m + e)];
    }

    [Fact]
    public async Task Intervals_of_95_percent_cover_the_true_values_in_about_95_percent_and_J_is_chi_squared()
    {
        double[] truth = [0.7, 1.4];
        var (first, second, tests) = (0, 0, new List<OveridentificationTest>());
        for (var replication = 0; replication < Replications; replication++)
        {
            var data = Model(truth, 1_000_000 + replication);
            var from = replication * Seeds;
            var found = await Models.Of(
                (at, seed) => Model(at, from + seed), Seeds, [new("a", 0.5, 0, 2), new("b", 1, 0, 3)], [.. data.Select(value => (value, (double?)null))]).EstimateAsync();
            first += Covers(found.Parameters[0], truth[0]);
            second += Covers(found.Parameters[1], truth[1]);
            tests.Add(found.Test!);
        }

        // 0.95 ± four standard deviations of the count; the covariance is estimated from twenty seeds, which costs a little.
        Assert.InRange(first / (double)Replications, 0.90, 0.985);
        Assert.InRange(second / (double)Replications, 0.90, 0.985);
        Assert.All(tests, test => Assert.Equal((2, false), (test.DegreesOfFreedom, test.IsDiagonal)));
        Assert.InRange(tests.Average(test => test.Statistic), 1.7, 3.0);
        Assert.InRange(tests.Count(test => test.PValue < 0.05) / (double)Replications, 0.02, 0.14);

        static int Covers(ParameterEstimate parameter, double value) => parameter.Low <= value && value <= parameter.High ? 1 : 0;
    }

    /// <summary>From four seeds the error itself is known badly: intervals allow for it.</summary>
    [Fact]
    public async Task With_few_seeds_intervals_cover_as_often()
    {
        var covered = 0;
        for (var replication = 0; replication < Replications; replication++)
        {
            var from = replication * 4;
            var found = await Models.Of((at, seed) => [at[0] + Models.Normals(from + seed, 1)[0]], 4, [new("a", 40, 0, 100)], (50 + Models.Normals(2_000_000 + replication, 1)[0], null)).EstimateAsync();
            covered += found.Parameters[0].Low <= 50 && 50 <= found.Parameters[0].High ? 1 : 0;
        }

        Assert.InRange(covered / (double)Replications, 0.91, 0.985);
    }

    [Fact]
    public async Task Moments_that_contradict_each_other_are_rejected()
    {
        var found = await Models.Of((at, seed) => [at[0] + (0.01 * seed), at[0], 2 * at[0]], 5, [new("x", 1, 0, 10)], (3, 0.1), (4, 0.1), (7, 0.2)).EstimateAsync();
        Assert.True(found.Test!.PValue < 1e-6);
        Assert.Contains(found.Moments, moment => Math.Abs(moment.Errors) > 3);
    }
}
