using CsCheck;
using DataExchange.Reports.Statistics;

namespace DataExchange.Reports.Tests.Statistics;

/// <summary>Each estimator beside a naive one, at known values, and at the edges.</summary>
public sealed class SeriesTests
{
    private static readonly Gen<double[]> Values = Gen.Double[-5, 5].Array[4, 60].Where(values => values.Max() - values.Min() > 1e-3);

    [Fact]
    public void Excess_kurtosis_is_the_mean_fourth_power_of_the_standard_score() => Values.Sample(values =>
    {
        var mean = values.Sum() / values.Length;
        var deviation = Math.Sqrt(values.Select(value => Math.Pow(value - mean, 2)).Sum() / values.Length);
        Assert.Equal(values.Select(value => Math.Pow((value - mean) / deviation, 4)).Sum() / values.Length, Series.ExcessKurtosis(values)!.Value + 3, 6);
    });

    [Fact]
    public void Two_points_have_the_least_kurtosis_and_one_far_off_a_high_one()
    {
        Assert.Equal(-2, Series.ExcessKurtosis([1, -1, 1, -1])!.Value, 12);
        Assert.True(Series.ExcessKurtosis([.. Enumerable.Repeat(0.0, 99), 10]) > 90);
        Assert.Null(Series.ExcessKurtosis([1, 2, 3]));
        Assert.Null(Series.ExcessKurtosis([2, 2, 2, 2]));
    }

    [Fact]
    public void Autocorrelation_is_the_covariance_with_what_comes_later() => Gen.Select(Values, Gen.Int[1, 3]).Sample((values, lag) =>
    {
        if (values.Length < lag + 2)
        {
            return;
        }

        var centred = values.Select(value => value - (values.Sum() / values.Length)).ToArray();
        var expected = centred.Zip(centred.Skip(lag), (now, later) => now * later).Sum() / centred.Select(value => value * value).Sum();
        Assert.Equal(expected, Series.Autocorrelation(values, lag)!.Value, 9);
        Assert.InRange(expected, -1, 1);
    });

    [Fact]
    public void What_alternates_is_correlated_against_itself_and_what_trends_with_itself()
    {
        Assert.Equal(-0.9, Series.Autocorrelation([1, -1, 1, -1, 1, -1, 1, -1, 1, -1])!.Value, 12);
        Assert.True(Series.Autocorrelation([.. Enumerable.Range(0, 100).Select(i => (double)i)]) > 0.9);
        Assert.Null(Series.Autocorrelation([1, 2]));
        Assert.Null(Series.Autocorrelation([3, 3, 3, 3]));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    [InlineData(2.0)]
    public void Sizes_after_a_power_law_have_its_exponent(double exponent) => Assert.Equal(
        exponent, Series.RankExponent(Enumerable.Range(1, 50).Select(rank => (long)(1e12 * Math.Pow(rank - 0.5, -1 / exponent))))!.Value, 3);

    [Fact]
    public void The_rank_exponent_is_a_least_squares_slope_and_minds_no_order() => Gen.Long[1, 1_000_000].Array[3, 40].Where(sizes => sizes.Distinct().Count() > 1).Sample(sizes =>
    {
        var points = sizes.OrderDescending().Select((size, i) => (X: Math.Log(size), Y: Math.Log(i + 1 - 0.5))).ToArray();
        var n = points.Length;
        var slope = ((n * points.Sum(p => p.X * p.Y)) - (points.Sum(p => p.X) * points.Sum(p => p.Y))) / ((n * points.Sum(p => p.X * p.X)) - Math.Pow(points.Sum(p => p.X), 2));
        Assert.Equal(-slope, Series.RankExponent(sizes)!.Value, 4);
        Assert.Equal(Series.RankExponent(sizes), Series.RankExponent(sizes.Reverse().Append(0)));
    });

    [Fact]
    public void Two_sizes_or_equal_ones_have_no_rank_exponent()
    {
        Assert.Null(Series.RankExponent([5, 3, 0]));
        Assert.Null(Series.RankExponent([5, 5, 5]));
    }
}
