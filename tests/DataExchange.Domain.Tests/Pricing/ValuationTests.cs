using System.Numerics;
using CsCheck;
using DataExchange.Domain.Pricing;

namespace DataExchange.Domain.Tests.Pricing;

public sealed class ValuationTests
{
    private static readonly Gen<long> Values = Gen.OneOf(Gen.Long[1, 10], Gen.Long[1, 1_000_000], Gen.Long[1, Money.MostFen]);

    private static readonly Gen<ValueEstimate[]> Estimates =
        Gen.Select(Values, Values, Values, Gen.Int[0, 10_000], Gen.Int[0, 10_000]).Select((cost, income, market, a, b) =>
        {
            var (low, high) = (Math.Min(a, b), Math.Max(a, b));
            return (ValueEstimate[])
            [
                new(ValuationApproach.Cost, cost, low),
                new(ValuationApproach.Income, income, high - low),
                new(ValuationApproach.Market, market, 10_000 - high),
            ];
        });

    private static readonly Gen<int> Tolerances = Gen.Int[0, 10_000];

    [Fact]
    public void The_value_is_the_weighted_mean_rounded_half_up_and_lies_between_the_estimates() =>
        Estimates.Sample(estimates =>
        {
            Assert.True(Valuation.IsSound(estimates, 0));
            var value = Valuation.Reconcile(estimates).Fen;
            var weighted = estimates.Aggregate(BigInteger.Zero, (sum, e) => sum + ((BigInteger)e.UnitValueFen!.Value * e.WeightBasisPoints));
            Assert.Equal((weighted + 5_000) / 10_000, value);
            var counted = estimates.Where(e => e.WeightBasisPoints > 0).ToArray();
            Assert.InRange(value, counted.Min(e => e.UnitValueFen!.Value), counted.Max(e => e.UnitValueFen!.Value));
        });

    [Fact]
    public void The_band_holds_the_value_is_as_wide_as_the_tolerance_and_begins_at_a_fen_or_more() =>
        Gen.Select(Estimates, Tolerances).Sample((estimates, tolerance) =>
        {
            var value = Valuation.Reconcile(estimates);
            var (low, high) = Valuation.Band(estimates, tolerance);
            Assert.True(low.Fen >= 1 && low <= value && value <= high);
            Assert.Equal(value.Portion(tolerance, 10_000), high - value);
            Assert.True(low.Fen == 1 || high - value == value - low);
        });

    [Fact]
    public void A_wider_tolerance_never_narrows_the_band() =>
        Gen.Select(Estimates, Tolerances, Tolerances).Sample((estimates, a, b) =>
        {
            var (narrow, wide) = (Valuation.Band(estimates, Math.Min(a, b)), Valuation.Band(estimates, Math.Max(a, b)));
            Assert.True(wide.Low <= narrow.Low && narrow.High <= wide.High);
        });

    [Fact]
    public void The_order_of_the_estimates_does_not_matter() =>
        Gen.Select(Estimates, Tolerances).Sample((estimates, tolerance) =>
            Assert.Equal(Valuation.Band(estimates, tolerance), Valuation.Band([.. estimates.Reverse()], tolerance)));
}
