namespace DataExchange.Shares.Tests;

public sealed class SamplingTests
{
    private const long Scale = 1_000_000;
    private static readonly int[] Costs = Games.AirportCosts;

    [Fact]
    public void The_published_shares_of_the_airport_are_those_of_the_formula()
    {
        var exact = Games.AirportExact(Costs);
        Assert.Equal(10, exact.Sum(), 12);
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(Games.AirportShares[Costs[i] - 1], exact[i], 1e-9));
    }

    [Fact]
    public void The_intervals_hold_the_airports_shares_for_every_seed()
    {
        var exact = Games.AirportExact(Costs);
        for (var seed = 0UL; seed < 20; seed++)
        {
            var estimate = Estimated(Airport(), new(seed, 0, 10 * Scale, halfWidthFen: 0.5 * Scale));
            Assert.Equal(SamplingStop.Precise, estimate.Stopped);
            Assert.All(estimate.HalfWidthFen, width => Assert.InRange(width, 0, 0.5 * Scale));
            Assert.All(Enumerable.Range(0, 100), i => Assert.True(Math.Abs(estimate.Shares.Near(i) - (exact[i] * Scale)) <= estimate.HalfWidthFen[i]));
            Assert.Equal(10 * Scale, estimate.Fen.Sum());
        }
    }

    [Fact]
    public void The_electoral_colleges_shares_are_the_published_ones_and_inside_the_intervals()
    {
        Assert.Equal((51, 538), (Games.Votes.Length, Games.Votes.Sum()));
        (int Voter, double Published)[] known = [(0, .08831), (1, .07973), (2, .05096), (50, .005412)];
        var estimate = Estimated(
            new JoinedGame(51, (sum, voter) => sum + Games.Votes[voter], sum => sum > 269 ? Scale : 0), new(7, 0, Scale, halfWidthFen: 0.03 * Scale));
        Assert.Equal(SamplingStop.Precise, estimate.Stopped);
        Assert.All(known, one =>
        {
            var exact = Games.VotingExact(Games.Votes, 270, one.Voter);
            Assert.Equal(one.Published, exact, 5);
            Assert.True(Math.Abs((estimate.Shares.Near(one.Voter) / Scale) - exact) <= estimate.HalfWidthFen[one.Voter] / Scale);
            // Far inside, in truth: the bound is made to be sure.
            Assert.Equal(exact, estimate.Shares.Near(one.Voter) / Scale, 0.01);
        });
    }

    [Fact]
    public void Four_times_the_permutations_halve_the_intervals()
    {
        double[] Widths(int permutations) => [.. Estimated(Airport(), new(3, 0, 10 * Scale, halfWidthFen: 1e-6, permutations)).HalfWidthFen];
        var (few, many) = (Widths(8_192), Widths(32_768));
        // Between a half (spread) and a quarter (range).
        Assert.All(few.Zip(many), pair => Assert.InRange(pair.Second / pair.First, 0.24, 0.55));
    }

    [Fact]
    public void It_says_when_it_stopped_before_it_was_precise()
    {
        var estimate = Estimated(Airport(), new(1, 0, 10 * Scale, halfWidthFen: 1, mostPermutations: 100));
        Assert.Equal((SamplingStop.PermutationsUsedUp, 100), (estimate.Stopped, estimate.Permutations));
        Assert.All(estimate.HalfWidthFen, width => Assert.True(width > 1));
        Assert.Equal(10 * Scale, estimate.Fen.Sum());
    }

    [Fact]
    public void The_same_seed_gives_the_same_estimate_and_another_another()
    {
        var terms = new SamplingTerms(5, 0, 10 * Scale, halfWidthFen: 1, mostPermutations: 200);
        Assert.Equal(Estimated(Airport(), terms).Fen, Estimated(Airport(), terms).Fen);
        Assert.NotEqual(Estimated(Airport(), terms).Fen, Estimated(Airport(), new(6, 0, 10 * Scale, halfWidthFen: 1, mostPermutations: 200)).Fen);
    }

    [Fact]
    public void Every_order_is_as_likely()
    {
        // Who joins first gets all: with 3 players each first in a third of 60,000 orders, ± 4 · 115.
        var estimate = Estimated(new JoinedGame(3, (first, i) => first == 0 ? i + 1 : first, _ => 1), new(11, 0, 1, halfWidthFen: 1e-6, mostPermutations: 60_000));
        Assert.All(estimate.Shares.Numerators, count => Assert.InRange((long)count, 19_540, 20_460));
    }

    [Fact]
    public void What_cannot_be_estimated_is_answered_with_a_type()
    {
        var terms = new SamplingTerms(1, 0, 100, halfWidthFen: 1);
        Assert.Equal(new ShapleyAnswer.OneContributor(42), PermutationSampling.Estimate(new JoinedGame(1, (_, _) => 0, _ => 42), terms, TestContext.Current.CancellationToken));
        Assert.Equal(new ShapleyAnswer.NothingToShare(4), PermutationSampling.Estimate(new JoinedGame(4, (_, _) => 0, _ => 0), terms, TestContext.Current.CancellationToken));
        Assert.Equal(SharesRefusal.NoContributor, Refusal(new JoinedGame(0, (_, _) => 0, _ => 0), terms));
        Assert.Equal(SharesRefusal.TooManyContributors, Refusal(new JoinedGame(PermutationSampling.MostContributors + 1, (_, _) => 0, _ => 0), terms));
        Assert.Equal(SharesRefusal.MarginalOutOfRange, Refusal(new JoinedGame(2, (sum, _) => sum + 1, sum => sum * 101), terms));
        // Worth what the last one brings: an order, not a coalition.
        Assert.Throws<InvalidOperationException>(() => PermutationSampling.Estimate(
            new JoinedGame(2, (_, i) => i + 1, last => last), new(1, -100, 100, halfWidthFen: 1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_is_out_of_range_is_named()
    {
        Assert.Equal("mostMarginalFen", Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingTerms(1, 5, 5, 1)).ParamName);
        Assert.Equal("halfWidthFen", Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingTerms(1, 0, 5, 0)).ParamName);
        Assert.Equal("halfWidthFen", Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingTerms(1, 0, 5, double.PositiveInfinity)).ParamName);
        Assert.Equal("mostPermutations", Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingTerms(1, 0, 5, 1, 1)).ParamName);
        Assert.Equal("oneIn", Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingTerms(1, 0, 5, 1, 10, 1)).ParamName);
    }

    private static JoinedGame Airport() => new(100, (most, i) => Math.Max(most, Costs[i]), most => most * Scale);

    private static SharesRefusal Refusal(ISharedValue game, SamplingTerms terms) =>
        Assert.IsType<ShapleyAnswer.Refused>(PermutationSampling.Estimate(game, terms, TestContext.Current.CancellationToken)).Reason;

    private static ShapleyAnswer.Estimated Estimated(ISharedValue game, SamplingTerms terms) =>
        Assert.IsType<ShapleyAnswer.Estimated>(PermutationSampling.Estimate(game, terms, TestContext.Current.CancellationToken));
}
