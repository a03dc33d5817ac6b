namespace DataExchange.Experiments.Tests;

public sealed class ExperimentTests
{
    public static TheoryData<string> Names => [.. Experiment.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_effect_is_there_across_twenty_seeds(string name)
    {
        var found = Found(Experiment.Find(name)!, 20);

        Assert.Equal(20, found.Trials.Count);
        Assert.True(found.IsThere, $"{found.Mean} ({found.Low} … {found.High})");
        Assert.InRange(found.Mean, found.Low, found.High);
        Assert.All(found.Trials, trial => Assert.Equal(Experiment.Find(name)!.Measures.Count, trial.Measures.Count));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_figures(string name)
    {
        var (one, other) = (Experiment.Find(name)!.Run(7), Experiment.Find(name)!.Run(7));

        Assert.Equal(one.Effect, other.Effect);
        Assert.Equal(one.Measures, other.Measures);
        Assert.NotEqual(one.Effect, Experiment.Find(name)!.Run(8).Effect);
    }

    /// <summary>Where there is nothing to learn, the auction gives up what it costs to learn it.</summary>
    [Fact]
    public void The_auction_gains_nothing_where_demand_is_known() =>
        Assert.All(Found(new PostedOrAuction(), 20).Trials, trial => Assert.InRange(trial.Measures[0], -0.2, 0.005));

    /// <summary>Random sampling brings at least 1/4.68 of the benchmark; with 200 buyers it is far above.</summary>
    [Fact]
    public void The_auction_comes_near_the_best_single_price() =>
        Assert.All(Found(new PostedOrAuction(), 20).Trials, trial => Assert.InRange(trial.Measures[1], 0.8, 1));

    /// <summary>With qualities even between 0 and 100 and buyers who value them half as much again, each round leaves three quarters of the price, until among the few that are left a price holds by chance.</summary>
    [Fact]
    public void The_market_for_lemons_collapses_and_certification_repairs_it() =>
        Assert.All(Found(new Lemons(), 20).Trials, trial =>
        {
            Assert.InRange(trial.Measures[0], 0, 0.15);
            Assert.Equal(1, trial.Measures[1]);
        });

    [Fact]
    public void The_fee_that_brings_most_is_in_between_and_fewer_trade_at_it() =>
        Assert.All(Found(new FeeCurve(), 20).Trials, trial =>
        {
            Assert.InRange(trial.Measures[0], 0.05, 0.85);
            Assert.True(trial.Measures[2] < trial.Measures[1]);
        });

    /// <summary>Student's t for two degrees of freedom is 4.3027 at 97.5 %: effects 1, 2, 3 are 2 ± 4.3027 · 1/√3.</summary>
    [Fact]
    public void The_interval_is_Students()
    {
        var found = Found(new Counting(), 3);

        Assert.Equal(2, found.Mean, 12);
        Assert.Equal(2 - (4.302652729911275 / Math.Sqrt(3)), found.Low, 6);
        Assert.False(found.IsThere);
    }

    [Fact]
    public void One_run_has_no_interval() => Assert.Throws<ArgumentOutOfRangeException>(() => Found(new Counting(), 1));

    [Fact]
    public void Names_are_unique_and_unknown_ones_are_none()
    {
        Assert.Equal(Experiment.All.Count, Experiment.All.Select(one => one.Name).Distinct().Count());
        Assert.Null(Experiment.Find("Lemons"));
    }

    private static Replications Found(Experiment experiment, int count) =>
        Replications.Of(experiment, 1, count, cancellation: TestContext.Current.CancellationToken);

    private sealed class Counting : Experiment
    {
        public override string Name => "counting";

        public override Wording Title { get; } = new("", "");

        public override Wording Expected { get; } = new("", "");

        public override string Paper => "";

        public override Wording Effect { get; } = new("", "");

        public override IReadOnlyList<Wording> Measures => [];

        public override Trial Run(ulong seed) => new(seed, seed, []);
    }
}
