using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Tests.Randomness;

public sealed class WeightedSamplerTests
{
    [Fact]
    public void Every_point_finds_the_index_a_plain_search_finds()
    {
        var random = new RandomStream(21, "points");
        for (var count = 1; count <= 40; count++)
        {
            var sampler = new WeightedSampler(count);
            var weights = new long[count];
            for (var change = 0; change < 3 * count; change++)
            {
                var index = random.NextInt32(count);
                weights[index] = random.NextInt64(0, 5);
                sampler.Set(index, weights[index]);
            }

            Assert.Equal(weights.Sum(), sampler.Total);
            var owners = weights.SelectMany((weight, index) => Enumerable.Repeat(index, (int)weight));
            Assert.Equal(owners, Enumerable.Range(0, (int)sampler.Total).Select(point => sampler.IndexAt(point)));
        }
    }

    [Fact]
    public void Draws_follow_the_weights_as_they_change()
    {
        var random = new RandomStream(22, "draws");
        var sampler = new WeightedSampler(1000);
        sampler.Set(3, 1);
        sampler.Set(999, 3);
        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => sampler.Sample(random) == 999), 7_300, 7_700);
        sampler.Add(999, -3);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(3, sampler.Sample(random)));
        Assert.Equal(1, sampler.Total);
        Assert.Equal(0, sampler[999]);
    }

    [Fact]
    public void Fractions_divide_the_total_where_the_weights_meet()
    {
        var sampler = new WeightedSampler(2);
        sampler.Set(0, 1);
        sampler.Set(1, 1);
        Assert.Equal(0, sampler.Sample(0.0));
        Assert.Equal(0, sampler.Sample(Math.BitDecrement(0.5)));
        Assert.Equal(1, sampler.Sample(0.5));
        Assert.Equal(1, sampler.Sample(Math.BitDecrement(1.0)));

        // As a double this total rounds up past the largest long.
        sampler.Set(1, long.MaxValue - 1);
        Assert.Equal(1, sampler.Sample(Math.BitDecrement(1.0)));
    }

    [Fact]
    public void Impossible_weights_and_draws_are_refused()
    {
        var sampler = new WeightedSampler(2);
        Assert.Throws<InvalidOperationException>(() => sampler.Sample(new RandomStream(1, "empty")));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Set(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Sample(1.0));
        sampler.Set(0, long.MaxValue);
        Assert.Throws<OverflowException>(() => sampler.Set(1, 1));
        Assert.Equal(long.MaxValue, sampler.Total);
        Assert.Equal(0, sampler[1]);
    }
}
