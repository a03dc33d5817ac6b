namespace DataExchange.Sweeps.Tests;

/// <summary>Models whose indices are known.</summary>
public sealed class SobolIndicesTests
{
    /// <summary>Ishigami and Homma 1990 with a = 7, b = 0.1; analytic values from their variances.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(5UL)]
    public void The_Ishigami_function(ulong? seed)
    {
        const double A = 7, B = 0.1;
        var v1 = Math.Pow(1 + B * Math.Pow(Math.PI, 4) / 5, 2) / 2;
        var v2 = A * A / 8;
        var v13 = B * B * Math.Pow(Math.PI, 8) * (1.0 / 18 - 1.0 / 50);
        var variance = v1 + v2 + v13;
        var found = Of(3, 4096, seed, x =>
        {
            var (one, two, three) = (Angle(x[0]), Angle(x[1]), Angle(x[2]));
            return Math.Sin(one) + A * Math.Pow(Math.Sin(two), 2) + B * Math.Pow(three, 4) * Math.Sin(one);
        });

        Assert.InRange(found.Variance, variance * 0.98, variance * 1.02);
        Assert.InRange(found.Mean, A / 2 - 0.05, A / 2 + 0.05);
        AreNear([v1 / variance, v2 / variance, 0], found.Parameters.Select(one => one.First), 0.02);
        AreNear([(v1 + v13) / variance, v2 / variance, v13 / variance], found.Parameters.Select(one => one.Total), 0.02);

        static double Angle(double unit) => Math.PI * (2 * unit - 1);
    }

    /// <summary>Without interactions first and total are the same: c² over the sum of squares. A large constant changes nothing.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1e6)]
    public void A_linear_model(double constant)
    {
        double[] weights = [1, 2, 0, 3];
        var found = Of(4, 1024, null, x => constant + weights.Select((weight, i) => weight * x[i]).Sum());
        double[] expected = [.. weights.Select(weight => weight * weight / 14)];
        AreNear(expected, found.Parameters.Select(one => one.First), 0.01);
        AreNear(expected, found.Parameters.Select(one => one.Total), 0.01);
        Assert.Equal(0, found.Parameters[2].Total.Estimate, 9);
    }

    [Fact]
    public void Intervals_narrow_with_more_points()
    {
        double Width(int points) => Of(2, points, 3, x => x[0] + x[1] * x[1]).Parameters[0].Total is var one ? one.High - one.Low : 0;
        Assert.True(Width(1024) < Width(64) * 0.5);
    }

    [Fact]
    public void A_figure_that_does_not_vary_has_no_indices()
    {
        var found = Of(2, 16, null, _ => 0.1);
        Assert.Empty(found.Parameters);
        Assert.Equal(16, found.Rows);
    }

    [Fact]
    public void A_base_point_with_a_failed_run_is_left_out()
    {
        double[] figures = [.. Designs.Saltelli(2, 64, 1).Select(x => x[0])];
        figures[6] = double.NaN;
        var found = SobolIndices.Estimate(figures, 2);
        Assert.Equal((63, 1), (found.Rows, found.Missing));
        Assert.InRange(found.Parameters[0].First.Estimate, 0.9, 1.1);
        Assert.Equal(0, found.Parameters[1].Total.Estimate);
    }

    [Fact]
    public void Figures_of_another_design_are_refused() =>
        Assert.StartsWith("7 figures are no design of 2 parameters: a multiple of 4 is needed", Assert.Throws<ArgumentException>(() => SobolIndices.Estimate(new double[7], 2)).Message, StringComparison.Ordinal);

    private static SobolIndices Of(int dimensions, int points, ulong? seed, Func<double[], double> model) =>
        SobolIndices.Estimate([.. Designs.Saltelli(dimensions, points, seed).Select(model)], dimensions);

    private static void AreNear(double[] expected, IEnumerable<IndexEstimate> found, double tolerance) => Assert.All(expected.Zip(found), pair =>
    {
        Assert.InRange(pair.Second.Estimate, pair.First - tolerance, pair.First + tolerance);
        Assert.InRange(pair.First, pair.Second.Low - tolerance, pair.Second.High + tolerance);
        Assert.InRange(pair.Second.Estimate, pair.Second.Low, pair.Second.High);
    });
}
