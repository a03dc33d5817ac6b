using System.Numerics;
using CsCheck;

namespace DataExchange.Domain.Tests;

public sealed class FeeScheduleTests
{
    private static readonly Gen<long> Amounts = Gen.OneOf(Gen.Long[1, 30], Gen.Long[1, 1_000_000], Gen.Long[1, Money.MostFen]);

    /// <summary>Base rate and schedule.</summary>
    internal static readonly Gen<(int BasisPoints, FeeSchedule Schedule)> Schedules = Gen.Select(
        Gen.Int[0, 10_000],
        Gen.Select(Gen.OneOf(Gen.Long[1, 50], Gen.Long[1, 1_000_000]), Gen.Int[0, 10_000]).Array[0, 5],
        Gen.OneOf(Gen.Const(0L), Gen.Long[0, 5_000]),
        Gen.OneOf(Gen.Const(-1L), Gen.Long[0, 100_000])).Select((rate, steps, least, more) =>
    {
        var from = 0L;
        var tiers = steps.Select(step => new FeeTier(from += step.Item1, step.Item2)).ToArray();
        return (rate, new FeeSchedule(tiers, least, more < 0 ? null : least + more));
    });

    [Theory]
    // 2.5 % of the first 1,000 yuan, 1.5 % of the next 9,000, 0.5 % of the rest.
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(20, 1)]
    [InlineData(100_000, 2_500)]
    [InlineData(100_001, 2_500)]
    [InlineData(100_034, 2_501)]
    [InlineData(1_000_000, 16_000)]
    [InlineData(3_000_000, 26_000)]
    public void Each_part_of_the_amount_has_its_own_rate(long fen, long fee) =>
        Assert.Equal(fee, new FeeSchedule([new(100_000, 150), new(1_000_000, 50)], 0, null).FeeOn(250, new(fen)).Fen);

    [Theory]
    [InlineData(1, 500)]
    [InlineData(20_000, 500)]
    [InlineData(20_040, 501)]
    [InlineData(1_000_000, 9_000)]
    public void A_fee_is_at_least_and_at_most(long fen, long fee) => Assert.Equal(fee, new FeeSchedule([], 500, 9_000).FeeOn(250, new(fen)).Fen);

    [Fact]
    public void A_schedule_without_tiers_and_bounds_is_the_flat_rate() =>
        Gen.Select(Amounts, Gen.Int[0, 10_000]).Sample((fen, rate) =>
            Assert.Equal(new Money(fen).Portion(rate, Money.BasisPoints), FeeSchedule.Flat.FeeOn(rate, new(fen))));

    /// <summary>Against the definition: each fen pays the rate of the tier it lies in.</summary>
    [Fact]
    public void The_fee_is_the_sum_over_the_fen_of_the_amount_rounded_once() =>
        Gen.Select(Schedules, Gen.Long[1, 3_000]).Sample((terms, fen) =>
        {
            var (basisPoints, schedule) = terms;
            BigInteger sum = 0;
            for (var i = 1L; i <= fen; i++)
            {
                sum += schedule.Above.LastOrDefault(tier => tier.AboveFen < i) is { AboveFen: > 0 } tier ? tier.BasisPoints : basisPoints;
            }

            var fee = (long)((sum + 5_000) / 10_000);
            fee = Math.Max(fee, schedule.LeastFen);
            Assert.Equal(schedule.MostFen is { } most ? Math.Min(fee, most) : fee, schedule.FeeOn(basisPoints, new(fen)).Fen);
        });

    [Fact]
    public void A_larger_amount_never_pays_a_smaller_fee() =>
        Gen.Select(Schedules, Amounts, Amounts).Sample((terms, one, other) =>
        {
            Assert.Null(FeeSchedule.Problem(terms.BasisPoints, terms.Schedule));
            Assert.True(terms.Schedule.FeeOn(terms.BasisPoints, new(Math.Min(one, other))) <= terms.Schedule.FeeOn(terms.BasisPoints, new(Math.Max(one, other))));
        });
}
