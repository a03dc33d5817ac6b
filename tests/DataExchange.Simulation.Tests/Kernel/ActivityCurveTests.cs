using CsCheck;
using DataExchange.Simulation.Kernel;

namespace DataExchange.Simulation.Tests.Kernel;

public sealed class ActivityCurveTests
{
    private static readonly DateOnly From = new(2020, 2, 27);

    private static readonly Gen<int[]> Weights = Gen.Int[0, 5].Array[1, 400].Where(weights => weights.Any(weight => weight > 0));

    [Fact]
    public void A_day_without_weight_is_never_drawn() => Weights.Select(Gen.Double[0, 1]).Sample((weights, share) =>
    {
        Assert.True(share >= 1 || weights[Index(Curve(weights).DayAt(share)!.Value)] > 0);
    });

    [Fact]
    public void Not_even_when_the_end_of_a_day_is_hit_exactly() => Weights.Sample(weights =>
    {
        var curve = Curve(weights);
        for (var i = -1; i < weights.Length; i++)
        {
            var share = curve.ShareBy(From.AddDays(i));
            if (curve.DayAt(share) is { } day)
            {
                Assert.True(weights[Index(day)] > 0, $"day {Index(day)} at share {share}");
                Assert.True(Index(day) > i, "what has happened by the end of a day belongs to that day or one before");
            }
            else
            {
                Assert.True(share >= 1);
            }
        }
    });

    [Fact]
    public void The_day_at_a_share_is_the_first_by_whose_end_more_has_happened() => Weights.Select(Gen.Double[0, 1]).Sample((weights, share) =>
    {
        var curve = Curve(weights);
        var total = weights.Sum();
        if (share < 1)
        {
            var sum = 0.0;
            var naive = Array.FindIndex(weights, weight => (sum += weight) / total > share);
            Assert.Equal(From.AddDays(naive), curve.DayAt(share));
            Assert.True(curve.ShareBy(curve.DayAt(share)!.Value) > share);
            Assert.True(curve.ShareBy(curve.DayAt(share)!.Value.AddDays(-1)) <= share);
        }
    });

    [Fact]
    public void Shares_grow_from_0_before_the_first_day_to_1_on_the_last_and_after()
    {
        var curve = Curve([0, 3, 0, 1, 0]);
        double[] shares = [.. Enumerable.Range(-2, 9).Select(day => curve.ShareBy(From.AddDays(day)))];
        Assert.Equal([0, 0, 0, 0.75, 0.75, 1, 1, 1, 1], shares);
        Assert.Null(curve.DayAt(1));
        Assert.Equal(From.AddDays(1), curve.DayAt(0));
        Assert.Equal(From.AddDays(3), curve.DayAt(0.75));
        Assert.Equal(From.AddDays(3), curve.DayAt(Math.BitDecrement(1.0)));
    }

    [Fact]
    public void Draws_follow_the_weights()
    {
        var curve = Curve([1, 0, 2, 7]);
        var random = new Simulation.Randomness.RandomStream(1, "curve");
        var counts = new int[4];
        for (var i = 0; i < 100_000; i++)
        {
            counts[Index(curve.DayAt(random.NextDouble())!.Value)]++;
        }

        // Four standard deviations of a binomial are at most 630.
        Assert.InRange(counts[0], 9_370, 10_630);
        Assert.Equal(0, counts[1]);
        Assert.InRange(counts[2], 19_370, 20_630);
        Assert.InRange(counts[3], 69_370, 70_630);
    }

    [Fact]
    public void A_curve_without_any_activity_or_days_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Curve([0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ActivityCurve(From, From.AddDays(-1), _ => 1));
    }

    private static ActivityCurve Curve(int[] weights) => new(From, From.AddDays(weights.Length - 1), day => weights[Index(day)]);

    private static int Index(DateOnly day) => day.DayNumber - From.DayNumber;
}
