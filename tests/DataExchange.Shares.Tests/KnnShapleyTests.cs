using CsCheck;

namespace DataExchange.Shares.Tests;

public sealed class KnnShapleyTests
{
    private const double Tolerance = 1e-15;

    // By hand from the recursion in Jia and others 2019, theorem 1.
    [Theory]
    [InlineData("1011", 1, new[] { 3.0 / 4, -1.0 / 4, 1.0 / 4, 1.0 / 4 })]
    [InlineData("1011", 2, new[] { 1.0 / 4, -1.0 / 4, 1.0 / 4, 1.0 / 4 })]
    [InlineData("01101", 3, new[] { -1.0 / 20, 17.0 / 60, 17.0 / 60, -1.0 / 20, 1.0 / 5 })]
    public void Values_are_the_known_ones(string matches, int neighbours, double[] expected)
    {
        var values = Values([.. matches.Select(match => match == '1')], neighbours);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    [Fact]
    public void They_are_the_Shapley_values_of_the_classifier() => Gen.Select(Gen.Bool.Array[2, 8], Gen.Int[1, 10]).Sample((matches, neighbours) =>
    {
        // The value of a coalition times K is a whole number of matches among the nearest.
        var game = Games.Of(matches.Length, coalition => Enumerable.Range(0, matches.Length).Where(i => Games.Has(coalition, i)).Take(neighbours).Count(i => matches[i]));
        // A classifier that is never right shares nothing; adding a constant game of one point makes it answer.
        var bonus = Games.Of(matches.Length, coalition => game[coalition] + (Games.Has(coalition, 0) ? 1_000 : 0));
        var shares = Assert.IsType<ShapleyAnswer.Shared>(Shapley.Exact(bonus)).Shares;
        var values = Values(matches, neighbours);
        Assert.All(Enumerable.Range(0, matches.Length), i => Assert.Equal((shares.Near(i) - (i == 0 ? 1_000 : 0)) / neighbours, values[i], 1e-12));
    }, iter: 300);

    [Fact]
    public void They_sum_to_what_the_classifier_is_worth() => Gen.Select(Gen.Bool.Array[1, 300], Gen.Int[1, 20]).Sample((matches, neighbours) =>
        Assert.Equal((double)matches.Take(neighbours).Count(match => match) / neighbours, Values(matches, neighbours).Sum(), 1e-12));

    [Fact]
    public void Order_is_by_distance_and_then_by_index_and_tests_are_averaged()
    {
        var shapley = new KnnShapley(points: 4, neighbours: 1);
        shapley.Add([3.0, 1.0, 1.0, 2.0], [true, true, false, true]);
        // Nearest first: points 1, 2, 3, 0 with matches 1, 0, 1, 1.
        Assert.All(new[] { 1.0 / 4, 3.0 / 4, -1.0 / 4, 1.0 / 4 }.Zip(shapley.Values().Select(KnnShapley.Near)), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
        shapley.Add([0.0, 0.0, 0.0, 0.0], [false, false, false, false]);
        Assert.Equal(2, shapley.Tests);
        Assert.All(new[] { 1.0 / 8, 3.0 / 8, -1.0 / 8, 1.0 / 8 }.Zip(shapley.Values().Select(KnnShapley.Near)), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    // Enough of them that a sort which is not stable mixes them up.
    [Fact]
    public void Many_points_that_are_equally_far_count_in_the_order_of_their_index()
    {
        bool[] matches = [.. Enumerable.Range(0, 1_000).Select(i => i % 3 == 0)];
        var equal = new KnnShapley(1_000, 2);
        equal.Add([.. matches.Select(_ => 1.0)], matches);
        var apart = new KnnShapley(1_000, 2);
        apart.Add([.. Enumerable.Range(0, 1_000).Select(i => (double)i)], matches);
        Assert.Equal(apart.Values(), equal.Values());
    }

    [Fact]
    public void Features_and_labels_give_what_their_distances_give()
    {
        float[] features = [0, 0, 3, 4, 1, 1, -2, 0];
        int[] labels = [7, 7, 2, 7];
        var byFeatures = new KnnShapley(4, 2);
        byFeatures.Add(features, labels, [0, 0], 7);
        var byDistances = new KnnShapley(4, 2);
        byDistances.Add([0, 5, Math.Sqrt(2), 2], [true, true, false, true]);
        Assert.Equal(byDistances.Values(), byFeatures.Values());
    }

    [Fact]
    public void An_amount_is_split_to_the_fen_among_points_that_help()
    {
        var shapley = new KnnShapley(4, 1);
        shapley.Add([0.0, 1, 2, 3], [true, false, true, true]);
        // 3/4, 1/4 and 1/4 of 5/4.
        Assert.Equal([60, 0, 20, 20], shapley.Split(100)!);
        Assert.Equal(LargestRemainder.MostFen, shapley.Split(LargestRemainder.MostFen)!.Sum());
        var useless = new KnnShapley(2, 1);
        useless.Add([0.0, 1], [false, false]);
        Assert.Null(useless.Split(100));
        var alone = new KnnShapley(1, 3);
        alone.Add([5.0], [true]);
        Assert.Equal([100], alone.Split(100)!);
    }

    [Fact]
    public void A_hundred_thousand_points_lose_nothing_to_rounding()
    {
        var random = new Random(3);
        var matches = Enumerable.Range(0, 100_000).Select(_ => random.Next(2) == 1).ToArray();
        var shapley = new KnnShapley(matches.Length, 5);
        shapley.Add([.. matches.Select(_ => random.NextDouble())], matches);
        var sum = shapley.Values().Aggregate((Int128)0, (total, value) => total + value);
        // A multiple of 1/5 but for units of 2^-76.
        var apart = (sum * 5) % KnnShapley.One;
        Assert.True(Int128.Min(apart, KnnShapley.One - apart) < (Int128)1 << 40);
        Assert.Equal(12_345_678, shapley.Split(12_345_678)!.Sum());
    }

    [Fact]
    public void What_is_out_of_range_is_named()
    {
        Assert.Equal("points", Assert.Throws<ArgumentOutOfRangeException>(() => new KnnShapley(0, 1)).ParamName);
        Assert.Equal("neighbours", Assert.Throws<ArgumentOutOfRangeException>(() => new KnnShapley(1, 0)).ParamName);
        var shapley = new KnnShapley(2, 1);
        Assert.Throws<InvalidOperationException>(() => shapley.Values());
        Assert.Contains("1 distances", Assert.Throws<ArgumentException>(() => shapley.Add([1.0], [true, true])).Message, StringComparison.Ordinal);
        Assert.Contains("distance NaN of point 1", Assert.Throws<ArgumentException>(() => shapley.Add([1.0, double.NaN], [true, true])).Message, StringComparison.Ordinal);
        Assert.Contains("distance -1 of point 0", Assert.Throws<ArgumentException>(() => shapley.Add([-1.0, 1.0], [true, true])).Message, StringComparison.Ordinal);
        Assert.Contains("2 labels", Assert.Throws<ArgumentException>(() => shapley.Add([1f, 2f, 3f], [1, 2], [1f], 1)).Message, StringComparison.Ordinal);
        Assert.Equal(0, shapley.Tests);
    }

    private static double[] Values(bool[] matches, int neighbours)
    {
        var shapley = new KnnShapley(matches.Length, neighbours);
        shapley.Add([.. Enumerable.Range(0, matches.Length).Select(i => (double)i)], matches);
        return [.. shapley.Values().Select(KnnShapley.Near)];
    }
}
