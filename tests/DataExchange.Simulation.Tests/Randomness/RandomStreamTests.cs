using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Tests.Randomness;

public sealed class RandomStreamTests
{
    [Fact]
    public void The_same_seed_and_name_give_the_same_words()
    {
        var (one, other) = (new RandomStream(42, "provider/1"), new RandomStream(42, "provider/1"));
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(one.NextUInt32(), other.NextUInt32());
        }
    }

    [Fact]
    public void The_first_words_are_pinned()
    {
        // Computed by a second implementation, in another language. A change here changes every run ever made.
        var random = new RandomStream(20250531, "pinned/数据");
        uint[] expected = [0x5A5C8ECF, 0xE4295D65, 0x0C02903F, 0x5BC3C1D2, 0x103D7AAF];
        Assert.Equal(expected, expected.Select(_ => random.NextUInt32()));
    }

    [Theory]
    [InlineData(43UL, "a")]
    [InlineData(42UL, "b")]
    [InlineData(42UL, "")]
    [InlineData(42UL, "aa")]
    public void Another_seed_or_name_gives_other_words(ulong seed, string name)
    {
        var (one, other) = (new RandomStream(42, "a"), new RandomStream(seed, name));
        var equal = Enumerable.Range(0, 1000).Count(_ => one.NextUInt32() == other.NextUInt32());
        Assert.Equal(0, equal);
    }

    [Fact]
    public void A_derived_stream_ignores_what_its_parent_drew()
    {
        var (fresh, used) = (new RandomStream(1, "market"), new RandomStream(1, "market"));
        used.NextUInt64();
        Assert.Equal(fresh.Derive("buyer").NextUInt64(), used.Derive("buyer").NextUInt64());
        Assert.NotEqual(fresh.NextUInt64(), fresh.Derive("buyer").NextUInt64());
    }

    [Fact]
    public void A_hundred_thousand_names_give_a_hundred_thousand_first_words()
    {
        var root = new RandomStream(1, "market");
        var first = Enumerable.Range(0, 100_000).Select(i => root.Derive($"agent/{i}").NextUInt64()).ToHashSet();
        Assert.Equal(100_000, first.Count);
    }

    [Fact]
    public void First_words_of_neighbouring_names_are_uniform()
    {
        var root = new RandomStream(9, "market");
        Statistics.AssertKolmogorovSmirnov(
            Enumerable.Range(0, 20_000).Select(i => root.Derive($"agent/{i}").NextDouble()), x => x);
    }

    [Fact]
    public void A_64_bit_word_is_two_32_bit_words_low_half_first()
    {
        var (words, halves) = (new RandomStream(5, "x"), new RandomStream(5, "x"));
        for (var i = 0; i < 100; i++)
        {
            ulong low = halves.NextUInt32();
            Assert.Equal(low | ((ulong)halves.NextUInt32() << 32), words.NextUInt64());
        }
    }

    [Fact]
    public void Doubles_lie_from_0_to_below_1_and_are_uniform()
    {
        var random = new RandomStream(3, "uniform");
        Statistics.AssertKolmogorovSmirnov(Enumerable.Range(0, 100_000).Select(_ => random.NextDouble()), x => x);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(197)]
    [InlineData(1 << 10)]
    public void Bounded_integers_are_equally_likely(int max)
    {
        var random = new RandomStream(11, "bounded");
        var counts = new int[max];
        var draws = max * 200;
        for (var i = 0; i < draws; i++)
        {
            counts[random.NextInt32(max)]++;
        }

        var chiSquare = counts.Sum(count => (count - 200.0) * (count - 200.0) / 200.0);
        Assert.True(chiSquare <= max - 1 + (4 * Math.Sqrt(2.0 * max)), $"chi-square {chiSquare} for {max} cells");
    }

    [Fact]
    public void A_bound_just_above_half_the_words_is_not_biased()
    {
        // Without rejection, values ≡ 0 mod 3 would come up twice as often as the others near this bound.
        const int Max = (int)(3L << 29);
        var random = new RandomStream(12, "biased?");
        var counts = new int[3];
        for (var i = 0; i < 30_000; i++)
        {
            counts[random.NextInt32(Max) % 3]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_650, 10_350));
    }

    [Fact]
    public void Long_ranges_include_both_ends()
    {
        var random = new RandomStream(13, "long");
        var seen = Enumerable.Range(0, 200).Select(_ => random.NextInt64(-2, 2)).ToHashSet();
        Assert.Equal([-2, -1, 0, 1, 2], seen.Order());
        Assert.Equal(7, random.NextInt64(7, 7));
        Assert.Contains(Enumerable.Range(0, 100).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)), x => x < 0);
        Assert.All(Enumerable.Range(0, 100).Select(_ => random.NextInt64(1, long.MaxValue)), x => Assert.True(x > 0));
    }

    [Fact]
    public void Picks_follow_their_weights_and_never_take_a_zero()
    {
        var random = new RandomStream(14, "weighted");
        var counts = new int[4];
        for (var i = 0; i < 60_000; i++)
        {
            counts[random.PickWeighted([1.0, 0.0, 2.0, 3.0])]++;
        }

        Assert.Equal(0, counts[1]);
        Assert.InRange(counts[0], 9_600, 10_400);
        Assert.InRange(counts[2], 19_500, 20_500);
        Assert.InRange(counts[3], 29_500, 30_500);
    }

    [Fact]
    public void A_shuffle_keeps_the_items_and_reaches_every_order()
    {
        var random = new RandomStream(15, "shuffle");
        var orders = new Dictionary<string, int>();
        for (var i = 0; i < 6_000; i++)
        {
            char[] letters = ['a', 'b', 'c'];
            random.Shuffle<char>(letters);
            var order = new string(letters);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(["abc", "acb", "bac", "bca", "cab", "cba"], orders.Keys.Order());
        Assert.All(orders.Values, count => Assert.InRange(count, 870, 1_130));
    }

    [Fact]
    public void Impossible_arguments_are_named()
    {
        var random = new RandomStream(0, "bad");
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => new RandomStream(0, null!)).ParamName);
        Assert.Equal("exclusiveMax", Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt32(0)).ParamName);
        Assert.Equal("maxInclusive", Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt64(1, 0)).ParamName);
        Assert.Equal("probability", Assert.Throws<ArgumentOutOfRangeException>(() => random.NextBoolean(double.NaN)).ParamName);
        Assert.Equal("sigma", Assert.Throws<ArgumentOutOfRangeException>(() => random.NextLogNormal(0, -1)).ParamName);
        Assert.Equal("alpha", Assert.Throws<ArgumentOutOfRangeException>(() => random.NextPareto(1, 0)).ParamName);
        Assert.Equal("mean", Assert.Throws<ArgumentOutOfRangeException>(() => random.NextPoisson(-1)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Pick(Array.Empty<int>()));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.PickWeighted([0.0, 0.0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.PickWeighted([1.0, -1.0]));
    }
}
