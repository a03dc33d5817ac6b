using System.Numerics;
using CsCheck;
using DataExchange.Domain.Pricing;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Pricing;

/// <summary>The three approaches: worked examples from the literature, and plain recomputation.</summary>
public sealed class ApproachTests
{
    /// <summary>
    /// IFRS 13, B20 and B21: with the market's rate of return of 10.8 % a year, a right to 1,200 in a year is worth 1,083 and one to 800 in a year is worth 722; with 11.2 %,
    /// a right to 700 in two years is worth 566. All in whole currency units.
    /// </summary>
    [Theory]
    [InlineData(1_080, 1_083, new long[] { 1_200 })]
    [InlineData(1_080, 722, new long[] { 800 })]
    [InlineData(1_120, 566, new long[] { 0, 700 })]
    public void Present_values_of_IFRS_13(int discount, long expected, long[] flows) =>
        Assert.Equal(expected, ValueOf(new IncomeInputs(flows, 10_000, discount, 0, 1)));

    /// <summary>IFRS 13, B28: the expected cash flow of 780 (500, 800 and 900 with 15, 60 and 25 %) at 8 % (5 % free of risk, 3 % for the risk) is worth 722.</summary>
    [Fact]
    public void Expected_present_value_of_IFRS_13() =>
        Assert.Equal(722, ValueOf(new IncomeInputs([((500 * 15) + (800 * 60) + (900 * 25)) / 100], 10_000, 800, 0, 1)));

    /// <summary>The annuity factor of five years at 10 % is 3.7908 in any table, and 1 due in five years is worth 0.6209.</summary>
    [Fact]
    public void Tables_of_annuities()
    {
        Assert.Equal(37_908, ValueOf(new IncomeInputs([10_000, 10_000, 10_000, 10_000, 10_000], 10_000, 1_000, 0, 1)));
        Assert.Equal(6_209, ValueOf(new IncomeInputs([0, 0, 0, 0, 0], 10_000, 1_000, 10_000, 1)));
    }

    /// <summary>
    /// Appraisal licensing textbook, cost approach: a house whose like would cost 125,000 new and that has depreciated by 20 % is worth 100,000; a warehouse of 350,000 with 25 %, 262,500
    /// (the land apart).
    /// </summary>
    [Theory]
    [InlineData(125_000, 2_000, 100_000)]
    [InlineData(350_000, 2_500, 262_500)]
    public void Depreciated_cost_of_a_textbook(long cost, int obsolescence, long expected) =>
        Assert.Equal(expected, ValueOf(new CostInputs(cost, 10_000, 0, obsolescence, 10_000, 1)));

    /// <summary>Clarion University, Real Estate Appraisal, chapter 5: 120,000 by cost, 105,000 by income, 98,000 by sales, weighted 20, 50 and 30 %, are 105,900.</summary>
    [Fact]
    public void Reconciliation_of_a_textbook() => Assert.Equal(105_900, Valuation.Reconcile(
        [new(ValuationApproach.Cost, 120_000, 2_000), new(ValuationApproach.Income, 105_000, 5_000), new(ValuationApproach.Market, 98_000, 3_000)]).Fen);

    [Fact]
    public void Cost_goes_through_every_factor() =>
        // 1,000,000 × 1.02 × 1.1 × 0.95 × 0.98 / 10 = 104,458.2
        Assert.Equal(104_458, ValueOf(new CostInputs(1_000_000, 10_200, 1_000, 500, 9_800, 10)));

    [Fact]
    public void Comparables_are_adjusted_and_weighted() =>
        // 100 × 0.9 = 90 with weight 3, 200 × 1.2 × 0.5 = 120 with weight 1.
        Assert.Equal(98, ValueOf(new MarketInputs(
        [
            new(Deal, Product, 100, 9_000, 10_000, 10_000, 10_000, 6_000),
            new(OtherDeal, Product, 200, 10_000, 12_000, 5_000, 10_000, 2_000),
        ])));

    [Fact]
    public void The_present_value_is_the_sum_of_its_fractions() =>
        Gen.Select(Gen.Long[-1_000_000, 1_000_000_000].Array[1, 12], Gen.Int[1, 10_000], Gen.Int[0, 5_000], Gen.Long[0, 1_000_000_000], Gen.Int[1, 500])
            .Sample((flows, share, discount, terminal, units) =>
            {
                var (numerator, denominator) = (BigInteger.Zero, BigInteger.One);
                for (var year = 1; year <= flows.Length; year++)
                {
                    var flow = flows[year - 1] + (year == flows.Length ? terminal : 0);
                    var (top, bottom) = (flow * BigInteger.Pow(10_000, year) * share, BigInteger.Pow(10_000 + discount, year) * 10_000 * units);
                    (numerator, denominator) = ((numerator * bottom) + (top * denominator), denominator * bottom);
                }

                var inputs = new IncomeInputs(flows, share, discount, terminal, units);
                if (numerator * 2 >= denominator)
                {
                    var value = ValueOf(inputs);
                    // The nearest whole fen, a half up.
                    Assert.True((2 * value * denominator) - denominator <= 2 * numerator && 2 * numerator < (2 * value * denominator) + denominator);
                }
            });

    [Fact]
    public void The_market_value_lies_between_the_adjusted_prices() =>
        Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Int[1, 20_000], Gen.Int[1, 20_000], Gen.Int[1, 10_000]).Array[1, 8].Sample(drawn =>
        {
            Comparable[] comparables = [.. drawn.Select((one, index) => new Comparable(new DealId($"D{index}"), Product, one.Item1, one.Item2, one.Item3, 10_000, 10_000, one.Item4))];
            var adjusted = comparables.Select(one => one.AdjustedFen()).ToArray();
            var value = ValueOf(new MarketInputs(comparables));
            Assert.InRange(value, (long)adjusted.Min(), (long)adjusted.Max());
        });

    [Fact]
    public void Similarity_is_whole_for_the_same_and_symmetric_and_falls_with_each_difference()
    {
        var one = new ProductTraits("st-1", "finance", ProductForm.Api, LicenceKind.CallPack, 90);
        Assert.Equal(10_000, Similarity.BasisPoints(one, one));
        Assert.Equal(7_000, Similarity.BasisPoints(one, one with { SubTrack = "st-2" }));
        Assert.Equal(8_000, Similarity.BasisPoints(one, one with { Category = "health" }));
        Assert.Equal(8_000, Similarity.BasisPoints(one, one with { Form = ProductForm.Report }));
        Assert.Equal(8_000, Similarity.BasisPoints(one with { Licence = LicenceKind.Exclusive }, one));
        Assert.Equal(9_900, Similarity.BasisPoints(one, one with { Quality = 80 }));
        Assert.Equal(0, Similarity.BasisPoints(one with { Quality = 0 }, new ProductTraits("x", "y", ProductForm.Model, LicenceKind.Exclusive, 100)));
    }

    private static long ValueOf(CostInputs inputs) => Valuation.ValueOf(new(ValuationApproach.Cost, null, 10_000, Cost: inputs)).Fen;

    private static long ValueOf(IncomeInputs inputs) => Valuation.ValueOf(new(ValuationApproach.Income, null, 10_000, Income: inputs)).Fen;

    private static long ValueOf(MarketInputs inputs) => Valuation.ValueOf(new(ValuationApproach.Market, null, 10_000, Market: inputs)).Fen;
}
