using System.Numerics;
using CsCheck;

namespace DataExchange.Domain.Tests;

public sealed class MoneyTests
{
    private static readonly Gen<long> Amounts = Gen.OneOf(Gen.Long[0, 200], Gen.Long[0, 1_000_000_000_000], Gen.Long[0, long.MaxValue]);

    private static readonly Gen<long[]> Weights =
        Gen.OneOf(Gen.Long[0, 5], Gen.Long[0, 10_000], Gen.Long[0, long.MaxValue]).Array[1, 12].Where(weights => weights.Any(weight => weight > 0));

    [Fact]
    public void A_split_sums_to_the_whole_and_no_part_is_a_fen_away_from_its_exact_share() =>
        Gen.Select(Amounts, Weights).Sample((fen, weights) =>
        {
            var parts = new Money(fen).Split(weights);
            var total = weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight);
            Assert.Equal(fen, parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part.Fen));
            for (var i = 0; i < weights.Length; i++)
            {
                // |part − fen·weight/total| < 1, without division
                Assert.True(BigInteger.Abs((parts[i].Fen * total) - ((BigInteger)fen * weights[i])) < total);
            }
        });

    [Fact]
    public void The_fen_left_over_go_to_the_largest_remainders_and_to_the_earlier_part_among_equals() =>
        Gen.Select(Amounts, Weights).Sample((fen, weights) =>
        {
            var parts = new Money(fen).Split(weights);
            var total = weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight);
            var exact = weights.Select(weight => BigInteger.DivRem((BigInteger)fen * weight, total)).ToArray();
            var left = (int)(fen - exact.Aggregate(BigInteger.Zero, (sum, part) => sum + part.Quotient));
            var favoured = Enumerable.Range(0, weights.Length).OrderByDescending(i => exact[i].Remainder).ThenBy(i => i).Take(left).ToHashSet();
            Assert.Equal(
                exact.Select((part, i) => part.Quotient + (favoured.Contains(i) ? 1 : 0)),
                parts.Select(part => (BigInteger)part.Fen));
        });

    [Fact]
    public void Ten_fen_in_three_equal_parts_favour_the_first() =>
        Assert.Equal([new(4), new(3), new(3)], new Money(10).Split(1, 1, 1));

    [Fact]
    public void A_part_without_weight_gets_nothing() =>
        Assert.Equal([new(0), new(7), new(0)], new Money(7).Split(0, 3, 0));

    [Fact]
    public void A_portion_is_rounded_half_up() =>
        Gen.Select(Amounts, Gen.Long[0, long.MaxValue], Gen.Long[1, long.MaxValue]).Sample((fen, a, b) =>
        {
            var (numerator, denominator) = (Math.Min(a, b), Math.Max(a, b));
            var exact = (((BigInteger)fen * numerator * 2) + denominator) / ((BigInteger)denominator * 2);
            Assert.Equal(exact, new Money(fen).Portion(numerator, denominator).Fen);
        });

    [Theory]
    [InlineData(1, 1, 2, 1)]
    [InlineData(1, 4_999, 10_000, 0)]
    [InlineData(5, 1, 2, 3)]
    [InlineData(long.MaxValue, 1, 1, long.MaxValue)]
    public void Halves_go_up(long fen, long numerator, long denominator, long portion) =>
        Assert.Equal(portion, new Money(fen).Portion(numerator, denominator).Fen);

    [Fact]
    public void Leaving_the_range_throws()
    {
        var most = new Money(long.MaxValue);
        Assert.Throws<OverflowException>(() => most + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Assert.Throws<OverflowException>(() => most * 2);
        Assert.Throws<OverflowException>(() => Money.FromYuan(long.MaxValue / 99));
        Assert.Throws<OverflowException>(() => most.Portion(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(-1).Portion(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(1).Portion(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(1).Portion(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(-1).Split(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(1).Split(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(1).Split(2, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(1).Split());
    }

    [Theory]
    [InlineData(123_450, "1,234.50")]
    [InlineData(-5, "-0.05")]
    [InlineData(0, "0.00")]
    [InlineData(long.MinValue, "-92,233,720,368,547,758.08")]
    public void Amounts_are_written_in_yuan(long fen, string text) => Assert.Equal(text, new Money(fen).ToString());
}
