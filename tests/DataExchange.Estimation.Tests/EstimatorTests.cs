namespace DataExchange.Estimation.Tests;

/// <summary>Models whose answer is known in closed form.</summary>
public sealed class EstimatorTests
{
    private const double Near = 1e-6;

    /// <summary>m = A·θ + what the seed adds: weighted least squares, and the sandwich written out for two parameters.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_linear_model_is_weighted_least_squares_with_its_sandwich(bool givenWeights)
    {
        double[,] a = { { 1, 2 }, { 3, -1 }, { 0.5, 0.5 } };
        double[] targets = [4, 3, 2], errors = [0.5, 0.2, 0.1];
        double[][] noise = [[0.1, 0, 0.2], [-0.1, 0.1, 0], [0, -0.1, -0.2]];
        // V: the targets' variances, and the covariances between the three seeds (whose means are 0) over three.
        double V(int k, int l) => (k == l ? errors[k] * errors[k] : 0) + (noise.Sum(one => one[k] * one[l]) / 2 / 3);
        double[] weights = givenWeights ? [1, 1, 5] : [1 / V(0, 0), 1 / V(1, 1), 1 / V(2, 2)];
        var problem = Models.Of(
            (at, seed) => [.. Enumerable.Range(0, 3).Select(k => (a[k, 0] * at[0]) + (a[k, 1] * at[1]) + noise[seed][k])], 3,
            [new("x", 4, -5, 5), new("y", 0, -2, 8)], [.. targets.Select((target, k) => (target, (double?)errors[k]))]);
        var found = await (givenWeights ? problem with { Weights = new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 5 } } } : problem).EstimateAsync();

        // (A'WA)⁻¹A'W, by hand.
        double Sum(Func<int, double> of) => Enumerable.Range(0, 3).Sum(of);
        var (xx, xy, yy) = (Sum(k => weights[k] * a[k, 0] * a[k, 0]), Sum(k => weights[k] * a[k, 0] * a[k, 1]), Sum(k => weights[k] * a[k, 1] * a[k, 1]));
        var det = (xx * yy) - (xy * xy);
        double[] rowX = [.. Enumerable.Range(0, 3).Select(k => weights[k] * ((yy * a[k, 0]) - (xy * a[k, 1])) / det)];
        double[] rowY = [.. Enumerable.Range(0, 3).Select(k => weights[k] * ((xx * a[k, 1]) - (xy * a[k, 0])) / det)];
        Assert.Equal(Sum(k => rowX[k] * targets[k]), found.Parameters[0].Value, Near);
        Assert.Equal(Sum(k => rowY[k] * targets[k]), found.Parameters[1].Value, Near);

        double Sandwich(double[] row) => Math.Sqrt(Sum(k => Sum(l => row[k] * V(k, l) * row[l])));
        Assert.Equal(Sandwich(rowX), found.Parameters[0].StandardError!.Value, Near);
        Assert.Equal(Sandwich(rowY), found.Parameters[1].StandardError!.Value, Near);
        // Two degrees of freedom for what three seeds measured, any number for what was given.
        var measured = 1 - (Sum(k => rowX[k] * rowX[k] * errors[k] * errors[k]) / Math.Pow(Sandwich(rowX), 2));
        var t = MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, 2 / (measured * measured), 0.975);
        Assert.InRange(t, 1.97, 4);
        Assert.Equal(found.Parameters[0].Value - (t * Sandwich(rowX)), found.Parameters[0].Low!.Value, Near);
        Assert.True(found.IsSettled);
        Assert.Equal(1, found.Test!.DegreesOfFreedom);

        // Slopes are A, and a parameter's moments share its variance out.
        Assert.Equal((3.0, 0.0), (Math.Round(found.Parameters[0].Influences[1].Slope, 9), Math.Round(found.Parameters[0].Influences[1].SlopeError, 9)));
        Assert.Equal(1, found.Parameters[0].Influences.Sum(one => one.Share!.Value), Near);
        Assert.Equal(rowX[1] * rowX[1] * V(1, 1) / Sum(k => rowX[k] * rowX[k] * V(k, k)), found.Parameters[0].Influences[1].Share!.Value, Near);
    }

    /// <summary>A target that is one market as random as the model's: variance (1 + 1/S)·σ².</summary>
    [Fact]
    public async Task Without_an_error_of_its_own_a_target_errs_as_the_model_does_and_S_seeds_add_one_Sth()
    {
        double[] noise = [3, -1, -1, -1];
        var found = await Models.Of((at, seed) => [(2 * at[0]) + noise[seed]], 4, [new("x", 10, 0, 100)], (50, null)).EstimateAsync();
        Assert.Equal(25, found.Parameters[0].Value, Near);
        Assert.Equal(Math.Sqrt(1.25 * (9 + 3) / 3) / 2, found.Parameters[0].StandardError!.Value, Near);
        Assert.Null(found.Test);
    }

    [Fact]
    public async Task Two_moments_that_curve_determine_two_parameters_exactly()
    {
        var found = await Models.Of((at, _) => [Math.Exp(at[0]), at[0] * at[1] * at[1]], 2, [new("a", 0.5, 0, 3), new("b", 1, 0.5, 4)], (Math.Exp(1.2), 0.1), (1.2 * 6.25, 0.2)).EstimateAsync();
        Assert.Equal((1.2, 2.5), (found.Parameters[0].Value, found.Parameters[1].Value), new Within(2e-3));
        Assert.True(found.Objective < 1e-3 && found.Objective < found.ObjectiveAtStart);
        Assert.All(found.Parameters, parameter => Assert.Equal(Standing.Identified, parameter.Standing));

        // Gradients at the answer: SE of a is 0.1/e^1.2.
        Assert.InRange(found.Parameters[0].StandardError!.Value, 0.1 / Math.Exp(1.2) * 0.98, 0.1 / Math.Exp(1.2) * 1.02);
        Assert.InRange(found.Parameters[0].Influences[0].Elasticity!.Value, 1.2 * 0.97, 1.2 * 1.03);
    }

    [Fact]
    public async Task What_no_moment_tells_apart_is_found_and_named_and_the_rest_is_estimated_all_the_same()
    {
        // a and b matter by a + 2b alone, d not at all; c has a moment of its own.
        var found = await Models.Of(
            (at, seed) => [at[0] + (2 * at[1]) + (seed * 0.01), (5 * at[2]) - (seed * 0.01), 3 * at[2]], 2,
            [new("a", 2, 0, 10), new("b", 2, 0, 10), new("c", 1, 0, 4), new("d", 3, 0, 10)], (9, 0.1), (10, 0.1), (6, 0.1)).EstimateAsync();
        Assert.Equal([Standing.Unidentified, Standing.Unidentified, Standing.Identified, Standing.WithoutMoment], found.Parameters.Select(one => one.Standing));
        Assert.Equal(9, found.Parameters[0].Value + (2 * found.Parameters[1].Value), 0.01);
        Assert.Equal(2, found.Parameters[2].Value, 0.01);
        Assert.Equal(3, found.Parameters[3].Value);
        Assert.Null(found.Parameters[0].StandardError);
        Assert.Equal(0.1 / Math.Sqrt(34), found.Parameters[2].StandardError!.Value, 1e-4);

        var blind = found.Directions.Where(direction => !direction.IsIdentified).ToArray();
        Assert.Equal(2, blind.Length);
        Assert.Null(found.ConditionNumber);
        // The two directions span (2, −1, 0, 0)/√5 and d.
        Assert.All(blind, direction => Assert.Equal(0, direction.Parts[0] + (2 * direction.Parts[1]), 1e-6));
        Assert.Equal(1, blind.Sum(direction => direction.Parts[3] * direction.Parts[3]), 1e-6);
        Assert.Equal(1, found.Test!.DegreesOfFreedom);
    }

    [Fact]
    public async Task A_slope_that_is_the_seeds_noise_identifies_nothing()
    {
        var noise = Models.Normals(5, 8);
        var found = await Models.Of((at, seed) => [noise[seed] * at[0], at[1] + (0.01 * noise[seed])], 8, [new("x", 2, 0, 10), new("y", 1, 0, 10)], (0, 0.1), (5, 0.1)).EstimateAsync();
        Assert.Equal([Standing.WithoutMoment, Standing.Identified], found.Parameters.Select(one => one.Standing));
    }

    /// <summary>Each parameter alone is told; what tells them apart is noise of the seeds, far above the targets' errors.</summary>
    [Fact]
    public async Task A_direction_that_only_noise_tells_is_not_identified()
    {
        double[] noise = [0.5, -0.4, 0.3, -0.45, 0.35, -0.3];
        var found = await Models.Of((at, seed) => [at[0] + at[1], at[0] + at[1] + (noise[seed] * (at[0] - at[1]))], 6, [new("a", 4, 0, 10), new("b", 4, 0, 10)], (9, 0.01), (9, 0.01)).EstimateAsync();
        Assert.Equal([true, false], found.Directions.Select(direction => direction.IsIdentified));
        Assert.InRange(found.Directions[1].Parts[0] + found.Directions[1].Parts[1], -0.2, 0.2);
        Assert.All(found.Parameters, parameter => Assert.Equal((Standing.Unidentified, null), (parameter.Standing, parameter.StandardError)));
    }

    [Fact]
    public async Task A_moment_that_says_less_than_the_range_leaves_its_parameter_weak_and_the_interval_in_the_range()
    {
        var found = await Models.Of((at, _) => [at[0]], 2, [new("x", 4, 0, 10)], (5, 4)).EstimateAsync();
        Assert.Equal((Standing.Weak, 0.0, 10.0), (found.Parameters[0].Standing, found.Parameters[0].Low, found.Parameters[0].High));
    }

    [Fact]
    public async Task At_the_end_of_a_range_there_is_no_interval_and_the_others_are_solved_there()
    {
        // Unbounded the answer is x = 12, y = 1; with x held at 10 the second moment still sets y.
        var found = await Models.Of((at, _) => [at[0], at[1] + at[0]], 2, [new("x", 5, 0, 10), new("y", 5, 0, 10)], (12, 1), (13, 0.01)).EstimateAsync();
        Assert.Equal((10.0, Standing.AtItsBound), (found.Parameters[0].Value, found.Parameters[0].Standing));
        Assert.Null(found.Parameters[0].High);
        Assert.Equal(3, found.Parameters[1].Value, 0.001);
    }

    [Fact]
    public async Task Points_at_which_the_model_cannot_run_are_gone_round()
    {
        var found = await Models.Of((at, _) => at[0] > 6 ? null : [at[0] * at[0]], 2, [new("x", 1, 0, 10)], (25, 0.1)).EstimateAsync();
        Assert.Equal(5, found.Parameters[0].Value, 0.01);
    }

    [Fact]
    public async Task What_gives_nothing_to_estimate_from_is_said()
    {
        await SaysAsync<EstimationException>("moment m1 has no value at the starting values", Models.Of((_, _) => [double.NaN], 2, [new("x", 1, 0, 2)], (1, 1)));
        await SaysAsync<EstimationException>("the model cannot run at the starting values", Models.Of((_, _) => null, 2, [new("x", 1, 0, 2)], (1, 1)));
        await SaysAsync<EstimationException>("moment m1 has no standard error and does not vary", Models.Of((at, _) => [at[0]], 2, [new("x", 1, 0, 2)], (1, null)));
        await SaysAsync<ArgumentException>("start = 3 must be from 0 to 2", Models.Of((at, _) => [at[0]], 2, [new("x", 3, 0, 2)], (1, 1)));
        await SaysAsync<ArgumentException>("standardError '0' is not allowed", Models.Of((at, _) => [at[0]], 2, [new("x", 1, 0, 2)], (1, 0)));
        await SaysAsync<ArgumentException>("weights: 1 by 2 are not allowed: 1 by 1", Models.Of((at, _) => [at[0]], 2, [new("x", 1, 0, 2)], (1, 1)) with { Weights = new double[1, 2] });

        static async Task SaysAsync<T>(string told, MomentProblem problem)
            where T : Exception => Assert.Contains(told, (await Assert.ThrowsAsync<T>(problem.EstimateAsync)).Message, StringComparison.Ordinal);
    }

    private sealed class Within(double by) : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < by && Math.Abs(x.Item2 - y.Item2) < by;

        public int GetHashCode((double, double) obj) => 0;
    }
}
