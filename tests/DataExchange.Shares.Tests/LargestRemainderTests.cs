using CsCheck;

namespace DataExchange.Shares.Tests;

public sealed class LargestRemainderTests
{
    [Fact]
    public void Parts_sum_to_the_whole_and_none_is_a_fen_off() => Gen.Select(Gen.Long[0, LargestRemainder.MostFen], Gen.Long[-5, 1_000_000].Array[1, 30]).Sample((amount, weights) =>
    {
        Int128[] wide = [.. weights.Select(weight => (Int128)weight << 56)];
        var total = wide.Aggregate((Int128)0, (sum, weight) => sum + Int128.Max(0, weight));
        if (LargestRemainder.Split(amount, wide) is not { } parts)
        {
            Assert.Equal(0, total);
            return;
        }

        Assert.Equal(amount, parts.Sum());
        Assert.All(parts.Zip(weights), pair => Assert.InRange(pair.First - ((double)amount * Math.Max(0, pair.Second) / weights.Sum(weight => (double)Math.Max(0, weight))), -1.5, 1.5));
        Assert.All(parts.Zip(weights), pair => Assert.True(pair.Second > 0 || pair.First == 0));
    });

    [Fact]
    public void The_earlier_of_equals_gets_the_fen_left_over()
    {
        Assert.Equal([4, 3, 3], LargestRemainder.Split(10, [1, 1, 1])!);
        Assert.Equal([0, 1, 9], LargestRemainder.Split(10, [-4, 1, 9])!);
        Assert.Null(LargestRemainder.Split(10, [0, -1]));
        Assert.Equal([LargestRemainder.MostFen], LargestRemainder.Split(LargestRemainder.MostFen, [LargestRemainder.MostWeight])!);
        Assert.Throws<ArgumentOutOfRangeException>(() => LargestRemainder.Split(-1, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => LargestRemainder.Split(1, [LargestRemainder.MostWeight + 1]));
    }

    [Fact]
    public void Parts_of_another_whole_follow_the_fractions_and_nobody_pays()
    {
        Assert.Equal([6_333 + 1, 1_833, 1_833], new ExactShares([190, 55, 55], 3).InParts(10_000)!);
        Assert.Equal([5_000, 5_000], new ExactShares([1, 1], 2).InParts(10_000)!);
        Assert.Equal([0, 10_000], new ExactShares([-7, 12], 1).InParts(10_000)!);
        Assert.Null(new ExactShares([0, -1], 1).InParts(10_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExactShares([1], 1).InParts(0));
    }
}
