using CsCheck;
using DataExchange.Menus.Checking;
using DataExchange.Menus.Policies;
using static DataExchange.Domain.Tests.Sample;

namespace DataExchange.Domain.Tests.Pricing;

/// <summary>What orders of each size cost at each time.</summary>
public sealed class LicenceTermsTests
{
    private static readonly LicenceTerms Stepped = OpenEnded with { UnitPriceFen = 1_000, Steps = [new(3, 920), new(6, 850)] };

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(2, 2_000)]
    [InlineData(3, 2_760)]
    [InlineData(5, 4_600)]
    [InlineData(6, 5_100)]
    [InlineData(100, 85_000)]
    public void Every_unit_costs_what_the_last_step_reached_says(int quantity, long fen) => Assert.Equal(fen, Stepped.AmountFor(quantity, Day(1)).Fen);

    [Theory]
    [InlineData(59, 1_000)]
    [InlineData(60, 850)]
    [InlineData(89, 850)]
    [InlineData(90, 1_000)]
    public void A_promotion_counts_from_its_first_moment_to_its_last(int day, long fen) =>
        Assert.Equal(fen, (OpenEnded with { UnitPriceFen = 1_000, Promotion = new(1_500, Day(60), Day(90)) }).AmountFor(1, Day(day)).Fen);

    [Theory]
    [InlineData(1, 9_999, 1)]
    [InlineData(3, 5_000, 2)]
    [InlineData(999, 1, 999)]
    public void What_is_left_of_a_price_is_rounded_up(long price, int discount, long fen) =>
        Assert.Equal(fen, (OpenEnded with { UnitPriceFen = price, Promotion = new(discount, Day(60), Day(90)) }).UnitPriceFor(1, Day(60)));

    [Fact]
    public void Calls_of_packs_cost_the_price_of_their_order() =>
        Assert.Equal(3 * 100 * 9, (CallPack with { UnitPriceFen = 10, UnitsPerPack = 100, Steps = [new(3, 9)] }).AmountFor(3, Day(1)).Fen);

    [Fact]
    public void Terms_are_equal_when_their_steps_are()
    {
        Assert.Equal(Stepped, Stepped with { Steps = [.. Stepped.Steps!] });
        Assert.Equal(Stepped.GetHashCode(), (Stepped with { Steps = [.. Stepped.Steps!] }).GetHashCode());
        Assert.NotEqual(Stepped, Stepped with { Steps = [new(3, 920), new(6, 851)] });
        Assert.NotEqual(Stepped, Stepped with { Steps = null });
        Assert.NotEqual(Stepped, Stepped with { MinimumFen = 1 });
        Assert.NotEqual(Stepped, Stepped with { Degraded = [new(Degradation.Sampled, 2, 1)] });
        Assert.Equal(Stepped with { Degraded = [new(Degradation.Sampled, 2, 1)] }, Stepped with { Degraded = [new(Degradation.Sampled, 2, 1)] });
        Assert.NotEqual(CallPack, CallPack with { Tiers = [new(1, 2_000)] });
        Assert.Equal(CallPack with { Tiers = [new(1, 2_000)] }, CallPack with { Tiers = [new(1, 2_000)] });
        Assert.NotEqual(Stepped, Stepped with { Promotion = new(1, Day(1), Day(2)) });
    }

    /// <summary>The oracle is the checker of menus, which looks at every way to put a quantity together.</summary>
    [Fact]
    public void Terms_are_monotone_exactly_where_no_quantity_is_sold_dearer_than_it_can_be_put_together() =>
        Gen.Select(Gen.Long[1, 40], Gen.Int[2, 6].List[0, 3], Gen.Int[0, 9_999]).SelectMany((price, gaps, discount) =>
            Gen.Long[1, 40].List[gaps.Count, gaps.Count].Select(prices => (price, gaps, prices, discount))).Sample(drawn =>
        {
            var (quantity, steps) = (0, new List<QuantityStep>());
            foreach (var (gap, price) in drawn.gaps.Zip(drawn.prices.OrderDescending()))
            {
                steps.Add(new(quantity += gap, price));
            }

            var terms = OpenEnded with
            {
                UnitPriceFen = drawn.price,
                Steps = steps.Count == 0 ? null : steps,
                Promotion = drawn.discount == 0 ? null : new(drawn.discount, Day(60), Day(90)),
            };
            if (!terms.AreValid)
            {
                return;
            }

            var isFree = ((SimulatedTime[])[Day(1), Day(60)]).All(day =>
                ArbitrageChecker.Check([null, .. Enumerable.Range(1, quantity + 10).Select(n => (long?)terms.AmountFor(n, day).Fen)]).Count == 0);
            Assert.Equal(isFree, terms.AreMonotone);
        }, iter: 20_000);

    [Theory]
    [InlineData(1, 100)]
    [InlineData(10, 1_000)]
    [InlineData(11, 1_093)]
    [InlineData(12, 1_185)]
    [InlineData(20, 1_925)]
    [InlineData(21, 1_975)]
    public void Calls_beyond_a_tier_cost_its_price_and_the_sum_is_rounded_up(int calls, long fen) =>
        Assert.Equal(fen, (CallPack with { UnitPriceFen = 100, UnitsPerPack = 1, Tiers = [new(10, 92_500), new(20, 50_000)] }).AmountFor(calls, Day(1)).Fen);

    /// <summary>The oracles are the policies of menus, and their checker.</summary>
    [Fact]
    public void Tiers_and_a_minimum_cost_what_the_policies_say_and_have_no_arbitrage() =>
        Gen.Select(Gen.Long[1, 40], Gen.Int[1, 7], Gen.Int[1, 20].List[1, 3], Gen.Int[0, 9_999], Gen.Long[0, 900]).SelectMany((price, pack, gaps, discount, minimum) =>
            Gen.Long[1_000, 45_000].List[gaps.Count, gaps.Count].Select(prices => (price, pack, gaps, prices, discount, minimum))).Sample(drawn =>
        {
            var (calls, tiers) = (0, new List<CallTier>());
            foreach (var (gap, price) in drawn.gaps.Zip(drawn.prices))
            {
                tiers.Add(new(calls += gap, price));
            }

            var terms = CallPack with
            {
                UnitPriceFen = drawn.price, UnitsPerPack = drawn.pack, Tiers = tiers,
                MinimumFen = drawn.minimum == 0 ? null : drawn.minimum,
                Promotion = drawn.discount == 0 ? null : new(drawn.discount, Day(60), Day(90)),
            };
            if (!terms.AreValid)
            {
                return;
            }

            foreach (var day in (SimulatedTime[])[Day(1), Day(60)])
            {
                // So much off each price, rounded up to the fen.
                long Left(long fen) => day == Day(60) && drawn.discount > 0 ? ((fen * (10_000 - drawn.discount)) + 9_999) / 10_000 : fen;
                var policy = new UsageWithMinimum(
                    new PerCall([new(0, Left(drawn.price) * 1_000), .. tiers.Select(tier => new RateTier(tier.AfterCalls, Left(tier.ThousandCallsFen)))], RateCalls: 1_000), drawn.minimum);
                var prices = Enumerable.Range(1, (calls / drawn.pack) + 10).Select(n => terms.AmountFor(n, day).Fen).ToList();
                Assert.Equal(Enumerable.Range(1, prices.Count).Select(n => policy.PriceOf(new Usage { Calls = (long)n * drawn.pack }).Fen!.Value), prices);
                Assert.Equal(
                    Enumerable.Range(1, prices.Count).Select(n => prices[n - 1] == drawn.minimum && terms.MinimumDueFor(n, day) is null ? null : prices[n - 1] > drawn.minimum ? null : (long?)drawn.minimum),
                    Enumerable.Range(1, prices.Count).Select(n => terms.MinimumDueFor(n, day)));
                if (terms.TiersFall)
                {
                    Assert.Empty(ArbitrageChecker.Check([null, .. prices.Select(fen => (long?)fen)]));
                }
            }
        }, iter: 10_000);

    /// <summary>Of single calls with one tier and no minimum, rising is arbitrage and falling is none.</summary>
    [Fact]
    public void A_tier_that_rises_is_undercut_by_several_orders() =>
        Gen.Select(Gen.Long[1, 40], Gen.Int[1, 20], Gen.Long[1, 40]).Sample((price, after, further) =>
        {
            var terms = CallPack with { UnitPriceFen = price, UnitsPerPack = 1, Tiers = [new(after, further * 1_000)] };
            Assert.True(terms.AreValid);
            if (further != price)
            {
                var isFree = ArbitrageChecker.Check([null, .. Enumerable.Range(1, after * 2).Select(n => (long?)terms.AmountFor(n, Day(1)).Fen)]).Count == 0;
                Assert.Equal(isFree, terms.TiersFall);
            }
        }, iter: 2_000);

    [Theory]
    [InlineData(1, 60, 334)]
    [InlineData(3, 60, 924)]
    [InlineData(3, 70, 462)]
    public void A_version_of_lower_quality_costs_its_part_of_every_unit_price(int quantity, int day, long fen)
    {
        var version = new DegradedVersion(Degradation.Sampled, 10, 3_340);
        Assert.Equal(fen, (Stepped with { Promotion = new(5_000, Day(70), Day(80)), Degraded = [version] }).AmountFor(quantity, Day(day), version).Fen);
    }

    /// <summary>The oracle is the checker of menus with two levels of quality, of which the better one includes the other.</summary>
    [Fact]
    public void A_version_of_lower_quality_is_monotone_exactly_where_nothing_is_sold_dearer_than_it_can_be_put_together() =>
        Gen.Select(Gen.Long[1, 40], Gen.Int[2, 9], Gen.Long[1, 40], Gen.Int[1, 10_800], Gen.Int[0, 9_999]).Sample((price, from, step, part, discount) =>
        {
            var version = new DegradedVersion(Degradation.Aggregated, 10, part);
            var terms = OpenEnded with
            {
                UnitPriceFen = price, Steps = step < price ? [new(from, step)] : null, Degraded = [version],
                Promotion = discount == 0 ? null : new(discount, Day(60), Day(90)),
            };
            Assert.True(terms.AreValid);
            if (part == 10_000)
            {
                return;
            }

            var isFree = ((SimulatedTime[])[Day(1), Day(60)]).All(day => ArbitrageChecker.Check(
            [
                .. Enumerable.Range(1, from + 3).Select(n => new MenuItem($"{n}", terms.AmountFor(n, day).Fen, 2, new Dictionary<string, int> { ["P"] = n })),
                .. Enumerable.Range(1, from + 3).Select(n => new MenuItem($"{n} degraded", terms.AmountFor(n, day, version).Fen, 1, new Dictionary<string, int> { ["P"] = n })),
            ]).Found.Count == 0);
            Assert.Equal(isFree, terms.AreMonotone);
        }, iter: 5_000);
}
