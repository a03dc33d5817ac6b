using CsCheck;
using DataExchange.Menus.Policies;

namespace DataExchange.Menus.Tests;

public sealed class PolicyTests
{
    private static readonly PerCall Tiered = new([new(0, 50), new(100, 30), new(1_000, 10)]);

    [Fact]
    public void A_flat_price_does_not_depend_on_use()
    {
        Assert.Equal(100_000, Price(new FlatPrice(100_000), 0));
        Assert.Equal(100_000, Price(new FlatPrice(100_000), 77));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 50)]
    [InlineData(100, 5_000)]
    [InlineData(101, 5_030)]
    [InlineData(1_000, 32_000)]
    [InlineData(1_500, 37_000)]
    public void Calls_cost_the_rate_of_the_tier_that_each_lies_in(long calls, long fen) => Assert.Equal(fen, Price(Tiered, calls));

    [Fact]
    public void A_rate_for_a_thousand_calls_is_rounded_up_once()
    {
        var policy = new PerCall([new(0, 15)], RateCalls: 1_000);
        Assert.Equal(1, Price(policy, 1));
        Assert.Equal(1, Price(policy, 66));
        Assert.Equal(2, Price(policy, 67));
        Assert.Equal(15, Price(policy, 1_000));
        // Exact inside: a half of a third of a fen's worth is not rounded on the way.
        Assert.Equal(1, Price(new QualityVersions(policy, [new(1, 5_000), new(2, 10_000)]), new Usage { Calls = 133, Quality = 1 }));
        Assert.Equal(2, Price(new QualityVersions(policy, [new(1, 5_000), new(2, 10_000)]), new Usage { Calls = 134, Quality = 1 }));
    }

    [Fact]
    public void A_subscription_includes_calls_of_all_its_periods()
    {
        var policy = new Subscription(10_000, CallsPerPeriod: 100, OverageFen: 7);
        Assert.Equal(30_000, Price(policy, new Usage { Calls = 300, Periods = 3 }));
        Assert.Equal(30_007, Price(policy, new Usage { Calls = 301, Periods = 3 }));
        Assert.Equal(30_000, Price(new Subscription(10_000), new Usage { Calls = 1_000_000, Periods = 3 }));
    }

    [Fact]
    public void A_volume_discount_is_on_all_of_them()
    {
        var policy = new VolumeDiscount(10, [new(100, 1_000), new(1_000, 2_500)]);
        Assert.Equal(990, Price(policy, 99));
        Assert.Equal(900, Price(policy, 100));
        Assert.Equal(7_500, Price(policy, 1_000));
    }

    [Fact]
    public void A_bundle_costs_less_than_its_parts()
    {
        var policy = new Bundle([new("weather", new FlatPrice(1_000)), new("traffic", Tiered)], 2_000);
        Assert.Equal(800, Price(policy, new Usage()));
        Assert.Equal(4_800, Price(policy, new Usage { Parts = new Dictionary<string, Usage> { ["traffic"] = new() { Calls = 100 } } }));
        Assert.Equal(PriceProblem.NotInBundle, policy.PriceOf(new Usage { Parts = new Dictionary<string, Usage> { ["health"] = new() } }).Problem);
    }

    [Fact]
    public void A_degraded_version_costs_less()
    {
        var policy = new QualityVersions(new FlatPrice(1_000), [new(1, 2_500), new(2, 6_000), new(5, 10_000)]);
        Assert.Equal([250L, 600, 1_000, 1_000], new int?[] { 1, 2, 5, null }.Select(quality => Price(policy, new Usage { Quality = quality })));
        Assert.Equal(PriceProblem.QualityNotOffered, policy.PriceOf(new Usage { Quality = 3 }).Problem);
    }

    [Fact]
    public void A_minimum_counts_for_each_period()
    {
        var policy = new UsageWithMinimum(Tiered, 2_000);
        Assert.Equal(2_000, Price(policy, 0));
        Assert.Equal(4_000, Price(policy, new Usage { Calls = 80, Periods = 2 }));
        Assert.Equal(4_050, Price(policy, new Usage { Calls = 81, Periods = 2 }));
    }

    [Fact]
    public void A_promotion_has_its_time()
    {
        var policy = new Promotion(new FlatPrice(999), 3_333, From: 10, Until: 20);
        Assert.Equal([999L, 667, 667, 999], new long[] { 9, 10, 20, 21 }.Select(at => Price(policy, new Usage { At = at })));
        // Within a bundle it counts from when the bundle was bought.
        Assert.Equal(1_667, Price(new Bundle([new("a", policy), new("b", new FlatPrice(1_000))], 0), new Usage { At = 15 }));
    }

    [Fact]
    public void A_share_of_revenue_has_a_minimum()
    {
        var policy = new RevenueShare(1_250, MinimumFen: 500);
        Assert.Equal(500, Price(policy, new Usage { RevenueFen = 3_999 }));
        Assert.Equal(501, Price(policy, new Usage { RevenueFen = 4_001 }));
        Assert.Equal(125_000, Price(policy, new Usage { RevenueFen = 1_000_000 }));
    }

    [Fact]
    public void What_has_no_price_says_why()
    {
        Assert.Equal(new(null, PriceProblem.QuotaExceeded), new PerCall([new(0, 1)], Quota: 10).PriceOf(new Usage { Calls = 11 }));
        Assert.Equal(new(10, null), new PerCall([new(0, 1)], Quota: 10).PriceOf(new Usage { Calls = 10 }));
        Assert.Equal(PriceProblem.QuotaExceeded, new Subscription(1, 5).PriceOf(new Usage { Calls = 6 }).Problem);
        Assert.Equal(PriceProblem.UsageNotAllowed, new FlatPrice(1).PriceOf(new Usage { Calls = -1 }).Problem);
        Assert.Equal(PriceProblem.UsageNotAllowed, new FlatPrice(1).PriceOf(new Usage { Periods = 0 }).Problem);
        Assert.Equal(PriceProblem.UsageNotAllowed, new RevenueShare(1).PriceOf(new Usage { RevenueFen = PricePolicy.MostFen + 1 }).Problem);
        Assert.Equal(PriceProblem.PriceTooLarge, new PerCall([new(0, PricePolicy.MostFen)]).PriceOf(new Usage { Calls = 2 }).Problem);
        Assert.Equal(PriceProblem.PriceTooLarge, new PerCall([new(0, PricePolicy.MostFen)]).PriceOf(new Usage { Calls = Usage.MostCalls }).Problem);
        Assert.Equal(PriceProblem.PolicyNotSound, new FlatPrice(-1).PriceOf(new Usage()).Problem);
        Assert.Equal(PriceProblem.QuotaExceeded, new Promotion(new UsageWithMinimum(new PerCall([new(0, 1)], Quota: 1), 1), 0, 0, 0).PriceOf(new Usage { Calls = 2 }).Problem);
    }

    public static TheoryData<PolicyFault, string, PricePolicy> Faults => new()
    {
        { PolicyFault.PriceNotAllowed, "Fen", new FlatPrice(-1) },
        { PolicyFault.PriceNotAllowed, "Fen", new FlatPrice(PricePolicy.MostFen + 1) },
        { PolicyFault.PriceNotAllowed, "PeriodFen", new Subscription(-1) },
        { PolicyFault.PriceNotAllowed, "OverageFen", new Subscription(1, 1, -1) },
        { PolicyFault.QuotaNotAllowed, "CallsPerPeriod", new Subscription(1, 0) },
        { PolicyFault.BasisPointsNotAllowed, "BasisPoints", new RevenueShare(10_001) },
        { PolicyFault.PriceNotAllowed, "MinimumFen", new RevenueShare(1, -1) },
        { PolicyFault.TiersNotWhole, "Tiers", new PerCall([]) },
        { PolicyFault.TiersNotWhole, "Tiers", new PerCall([.. Enumerable.Range(0, 33).Select(i => new RateTier(i, 1))]) },
        { PolicyFault.TiersNotWhole, "Tiers[0].FromCalls", new PerCall([new(1, 1)]) },
        { PolicyFault.TiersNotRising, "Tiers[2].FromCalls", new PerCall([new(0, 1), new(10, 1), new(10, 1)]) },
        { PolicyFault.PriceNotAllowed, "Tiers[1].RateFen", new PerCall([new(0, 1), new(10, -1)]) },
        { PolicyFault.RateUnitNotAllowed, "RateCalls", new PerCall([new(0, 1)], 0) },
        { PolicyFault.QuotaNotAllowed, "Quota", new PerCall([new(0, 1)], 1, 0) },
        { PolicyFault.PriceNotAllowed, "UnitFen", new VolumeDiscount(-1, []) },
        { PolicyFault.TiersNotRising, "Steps[0].FromCalls", new VolumeDiscount(1, [new(0, 1)]) },
        { PolicyFault.BasisPointsNotAllowed, "Steps[0].DiscountBasisPoints", new VolumeDiscount(1, [new(5, -1)]) },
        { PolicyFault.DiscountsNotRising, "Steps[1].DiscountBasisPoints", new VolumeDiscount(1, [new(5, 10), new(6, 9)]) },
        { PolicyFault.TiersNotWhole, "Steps", new VolumeDiscount(1, [.. Enumerable.Range(1, 33).Select(i => new DiscountStep(i, i))]) },
        { PolicyFault.TiersNotWhole, "Versions", new QualityVersions(new FlatPrice(1), []) },
        { PolicyFault.VersionsNotRising, "Versions[1].Level", new QualityVersions(new FlatPrice(1), [new(2, 1), new(2, 10_000)]) },
        { PolicyFault.VersionsNotRising, "Versions[1].PriceBasisPoints", new QualityVersions(new FlatPrice(1), [new(1, 10_000), new(2, 10_000)]) },
        { PolicyFault.VersionsNotRising, "Versions[0].PriceBasisPoints", new QualityVersions(new FlatPrice(1), [new(1, 9_999)]) },
        { PolicyFault.BasisPointsNotAllowed, "Versions[0].PriceBasisPoints", new QualityVersions(new FlatPrice(1), [new(1, -1)]) },
        { PolicyFault.PriceNotAllowed, "Fen", new QualityVersions(new FlatPrice(-1), [new(1, 10_000)]) },
        { PolicyFault.PartsNotAllowed, "Parts", new Bundle([new("a", new FlatPrice(1))], 0) },
        { PolicyFault.PartsNotAllowed, "Parts[1].Product", new Bundle([new("a", new FlatPrice(1)), new("", new FlatPrice(1))], 0) },
        { PolicyFault.PartTwice, "Parts[1].Product", new Bundle([new("a", new FlatPrice(1)), new("a", new FlatPrice(1))], 0) },
        { PolicyFault.PriceNotAllowed, "Parts[1].Policy.Fen", new Bundle([new("a", new FlatPrice(1)), new("b", new FlatPrice(-1))], 0) },
        { PolicyFault.BasisPointsNotAllowed, "DiscountBasisPoints", new Bundle([new("a", new FlatPrice(1)), new("b", new FlatPrice(1))], 10_001) },
        { PolicyFault.PriceNotAllowed, "MinimumFen", new UsageWithMinimum(new FlatPrice(1), -1) },
        { PolicyFault.PriceNotAllowed, "Fen", new UsageWithMinimum(new FlatPrice(-1), 1) },
        { PolicyFault.BasisPointsNotAllowed, "DiscountBasisPoints", new Promotion(new FlatPrice(1), -1, 0, 0) },
        { PolicyFault.DatesNotAllowed, "Until", new Promotion(new FlatPrice(1), 1, 5, 4) },
        { PolicyFault.NestedTooDeep, "policy", Nested(8) },
    };

    [Theory, MemberData(nameof(Faults))]
    public void What_is_wrong_with_a_policy_is_named(PolicyFault fault, string field, PricePolicy policy)
    {
        Assert.Equal((fault, field), (policy.Problem!.Fault, policy.Problem.Field));
        Assert.StartsWith($"{field} '", policy.Problem.ToString(), StringComparison.Ordinal);
        Assert.Null(Nested(7).Problem);
    }

    [Fact]
    public void A_price_by_tiers_is_the_sum_over_calls_one_by_one_and_never_falls() => Gen.Select(
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 30]).Array[1, 4], Gen.Int[1, 7], Gen.Int[0, 120]).Sample((steps, rateCalls, calls) =>
    {
        var (tiers, from) = (new List<RateTier>(), 0);
        foreach (var (length, rate) in steps)
        {
            tiers.Add(new(from, rate));
            from += length;
        }

        var policy = new PerCall(tiers, rateCalls);
        var sum = Enumerable.Range(1, calls).Sum(call => tiers.Last(tier => tier.FromCalls < call).RateFen);
        Assert.Equal((sum + rateCalls - 1) / rateCalls, Price(policy, calls));
        Assert.True(Price(policy, calls + 1) >= Price(policy, calls));
    });

    private static PricePolicy Nested(int times) =>
        Enumerable.Range(0, times).Aggregate((PricePolicy)new FlatPrice(1), (policy, _) => new UsageWithMinimum(policy, 1));

    private static long Price(PricePolicy policy, long calls) => Price(policy, new Usage { Calls = calls });

    private static long Price(PricePolicy policy, Usage usage)
    {
        var (fen, problem) = policy.PriceOf(usage);
        Assert.Null(problem);
        return fen!.Value;
    }
}
