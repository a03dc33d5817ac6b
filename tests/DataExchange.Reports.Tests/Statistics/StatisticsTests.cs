using CsCheck;
using DataExchange.Reports.Statistics;

namespace DataExchange.Reports.Tests.Statistics;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(new long[] { 1, 1, 1, 1 }, 0.0)]
    [InlineData(new long[] { 0, 0, 0, 10 }, 0.75)]
    [InlineData(new long[] { 1, 2, 3, 4 }, 0.25)]
    [InlineData(new long[] { }, 0.0)]
    [InlineData(new long[] { 0, 0 }, 0.0)]
    public void The_gini_coefficient_has_its_textbook_values(long[] values, double expected) =>
        Assert.Equal(expected, Concentration.Gini(values), 12);

    [Theory]
    [InlineData(new long[] { 5 }, 1.0)]
    [InlineData(new long[] { 5, 5 }, 0.5)]
    [InlineData(new long[] { 60, 30, 10 }, 0.46)]
    public void The_herfindahl_index_sums_squared_shares(long[] values, double expected) =>
        Assert.Equal(expected, Concentration.HerfindahlHirschman(values), 12);

    [Fact]
    public void The_concentration_ratio_is_the_share_of_the_largest()
    {
        Assert.Equal(0.75, Concentration.Ratio([10, 20, 30, 40, 20], 3), 12);
        Assert.Equal(1, Concentration.Ratio([1, 2], 10));
        Assert.Equal(0, Concentration.Ratio([]));
    }

    [Fact]
    public void The_gini_coefficient_is_half_the_mean_difference_over_the_mean() =>
        Gen.Long[0, 1_000_000].Array[1, 60].Where(values => values.Sum() > 0).Sample(values =>
        {
            var difference = values.Sum(x => values.Sum(y => (double)Math.Abs(x - y)));
            var expected = difference / (2d * values.Length * values.Sum());
            Assert.Equal(expected, Concentration.Gini(values), 9);
        });

    [Fact]
    public void A_lorenz_curve_rises_from_nothing_to_all_below_the_diagonal() =>
        Gen.Long[0, 1_000_000].Array[1, 400].Where(values => values.Sum() > 0).Sample(values =>
        {
            var curve = Concentration.Lorenz(values);
            Assert.Equal((0, 0), curve[0]);
            Assert.Equal(1, curve[^1].Holders, 12);
            Assert.Equal(1, curve[^1].Share, 9);
            Assert.True(curve.Count <= 102);
            Assert.All(curve.Zip(curve.Skip(1)), pair => Assert.True(pair.First.Holders < pair.Second.Holders && pair.First.Share <= pair.Second.Share));
            Assert.All(curve, point => Assert.True(point.Share <= point.Holders + 1e-9));
        });

    [Fact]
    public void Quantiles_lie_between_the_order_statistics()
    {
        var distribution = new Distribution([40, 10, 30, 20]);

        Assert.Equal(10, distribution.Quantile(0));
        Assert.Equal(25, distribution.Quantile(0.5));
        Assert.Equal(37, distribution.Quantile(0.9), 9);
        Assert.Equal(40, distribution.Quantile(1));
        Assert.Equal(0, new Distribution([]).Quantile(0.5));
    }

    [Fact]
    public void Hills_estimate_of_a_geometric_sequence_is_known()
    {
        // x, 2x, 4x, 8x above a threshold x: the mean of ln 2, ln 4, ln 8 is 2 ln 2.
        Assert.Equal(1 / (2 * Math.Log(2)), new Distribution([100, 200, 400, 800]).Hill(3)!.Value, 12);
        Assert.Null(new Distribution([5, 5, 5, 5]).Hill(3));
        Assert.Null(new Distribution([1, 2]).Hill(2));
        Assert.Null(new Distribution([0, 0, 7]).Hill(1));
    }

    [Fact]
    public void Hills_estimate_finds_the_index_of_pareto_quantiles()
    {
        const double Index = 1.3;
        var values = Enumerable.Range(0, 20_000).Select(i => (long)(1_000_000 * Math.Pow(1 - ((i + 0.5) / 20_000), -1 / Index)));

        Assert.Equal(Index, new Distribution(values).HillOfTopDecile()!.Value, 0.02);
    }

    [Fact]
    public void The_tail_tells_the_share_of_values_that_are_as_large() =>
        Gen.Long[0, 5_000].Array[1, 300].Sample(values =>
        {
            var tail = new Distribution(values).Tail();
            Assert.All(tail, point => Assert.Equal(values.Count(v => v >= point.Value) / (double)values.Length, point.Share, 12));
            Assert.Equal(values.Any(v => v > 0), tail.Count > 0);
            if (tail.Count > 0)
            {
                Assert.Equal(values.Max(), tail[^1].Value);
                Assert.Equal(values.Where(v => v > 0).Min(), tail[0].Value);
            }
        });
}
