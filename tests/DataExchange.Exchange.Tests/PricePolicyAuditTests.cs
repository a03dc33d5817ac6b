using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Verification;

namespace DataExchange.Exchange.Tests;

/// <summary>What is sold by tiers and minimum is released to the fen, and what the audit finds when somebody alters it.</summary>
public sealed class PricePolicyAuditTests : IAsyncLifetime
{
    private SmallMarket _market = null!;

    public async ValueTask InitializeAsync() => _market = await SmallMarket.WithPricePoliciesAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Nothing_is_found_in_what_the_exchange_wrote() => Assert.Empty(Store().Audit().Problems);

    [Fact]
    public void Calls_are_released_by_their_tiers_and_the_minimum_with_the_last()
    {
        Assert.Equal([6_993, 3_007], Released("T1"));
        // 1,001 calls cost 7,000 and 6.333 fen, rounded up; 3,000 cost 19,666.
        Assert.Equal([3_500, 3_507, 12_659], Released("T3"));
    }

    [Fact]
    public void A_licence_below_the_minimum() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "T1", e => e with { AmountFen = 7_000, MinimumFen = null }), "offer/PT", AuditRule.SoldOffTerms);

    [Fact]
    public void A_minimum_that_is_not_due() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "T3", e => e with { MinimumFen = 10_000 }), "offer/PT", AuditRule.SoldOffTerms);

    [Fact]
    public void Tiers_that_were_not_posted() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "T3", e => e with { Tiers = [new(1_000, 6_332)] }), "offer/PT", AuditRule.SoldOffTerms);

    [Fact]
    public void Tiers_that_went_missing_on_the_way() => Contains(
        Store().Change<OrderMatched>(e => e.Deal.Value == "T3", e => e with { Tiers = null }), "deal/T3", AuditRule.MatchDiffers);

    [Fact]
    public void Calls_reported_at_the_price_of_the_first() => Contains(
        Store().Change<UsageReported>(e => e.Calls == 1_999, e => e with { AmountFen = 1_999 * 7 }), "deal/T3", AuditRule.UsageDiffers);

    [Fact]
    public void A_version_costs_its_part_and_is_what_is_delivered()
    {
        Assert.Equal((40_001L, new DegradedVersion(Degradation.Sampled, 10, 4_000)), _market.Of<TransactionRegistered>().Where(e => e.Deal.Value == "V2")
            .Select(e => (e.AmountFen, _market.Of<TransferCompleted>().Single(delivered => delivered.Deal == e.Deal).Degraded!.Value)).Single());
        Assert.Equal(Rejection.VersionNotOffered, _market.Of<OrderRejected>().Single(e => e.Deal.Value == "V3").Reason);
    }

    [Fact]
    public void The_full_product_at_the_price_of_a_version() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "V2", e => e with { Degraded = null }), "offer/PV", AuditRule.SoldOffTerms);

    [Fact]
    public void A_version_that_is_not_offered() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "V2", e => e with { Degraded = e.Degraded!.Value with { Degree = 11 } }), "offer/PV", AuditRule.SoldOffTerms);

    [Fact]
    public void A_deal_that_forgets_the_version() => Contains(
        Store().Change<OrderMatched>(e => e.Deal.Value == "V2", e => e with { Degraded = null }), "deal/V2", AuditRule.MatchDiffers);

    [Fact]
    public void Another_version_delivered_than_sold() => Contains(
        Store().Change<TransferCompleted>(e => e.Deal.Value == "V1", e => e with { Degraded = new(Degradation.Sampled, 10, 4_000) }), "deal/V1", AuditRule.DeliveryDiffers);

    [Fact]
    public void A_bundle_is_sold_as_deals_of_its_parts_whose_prices_sum_to_its_own()
    {
        var deals = _market.Of<TransactionRegistered>().Where(e => e.Deal.Value.StartsWith("O1-", StringComparison.Ordinal)).ToArray();
        Assert.Equal([("PX", 66_667L), ("PY", 33_333L)], deals.Select(e => (e.Product.Value, e.AmountFen)));
        Assert.All(deals, e => Assert.Equal(new BundleId("X1"), _market.Of<OrderMatched>().Single(matched => matched.Deal == e.Deal).Bundle));
        Assert.All(deals, e => Assert.Equal(e.AmountFen, _market.Of<DealSettled>().Single(settled => settled.Deal == e.Deal).Postings.Sum(posting => posting.AmountFen)));
        Assert.Equal(100_000, _market.Of<HoldCaptured>().Where(e => deals.Any(deal => deal.Deal == e.Deal)).Sum(e => e.AmountFen));
    }

    [Fact]
    public void A_bundle_ends_when_a_part_is_not_sold_any_more_as_it_was() =>
        Assert.Equal(
            [("X2", BundleEnd.Withdrawn), ("X1", BundleEnd.PartRepriced), ("X3", BundleEnd.PartSuspended)],
            _market.Of<BundleEnded>().Select(e => (e.Bundle.Value, e.Reason)));

    [Fact]
    public void A_bundle_split_otherwise() => Contains(
        Store().Change<BundleOffered>(e => e.Bundle.Value == "X3", e => e with { Parts = [e.Parts[0] with { ShareFen = 80_001 }, e.Parts[1] with { ShareFen = 39_999 }] }), "bundle/X3", AuditRule.BundleDiffers);

    [Fact]
    public void A_part_granted_for_less_than_its_share() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "O1-1", e => e with { AmountFen = 66_666 }), "offer/PX", AuditRule.BundleDiffers);

    [Fact]
    public void A_licence_in_a_bundle_that_nobody_ordered() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "O2-2", e => e with { Bundle = new("X1") }), "offer/PX", AuditRule.BundleDiffers);

    [Fact]
    public void A_part_that_says_it_was_bought_alone() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "O1-2", e => e with { Bundle = null }), "offer/PY", AuditRule.SoldOffTerms);

    [Fact]
    public void A_part_that_costs_something_else_alone() => Contains(
        Store().Change<BundleJoined>(e => e.Bundle.Value == "X1" && e.Product.Value == "PX", e => e with { AloneFen = 100_002 }), "offer/PX", AuditRule.BundleDiffers);

    [Fact]
    public void A_part_that_never_heard_of_its_bundle() => Contains(
        Store().Remove<BundleJoined>(e => e.Bundle.Value == "X3" && e.Product.Value == "PX").Remove<BundleLeft>(e => e.Bundle.Value == "X3" && e.Product.Value == "PX"), "offer/PX", AuditRule.BundleDiffers);

    [Fact]
    public void An_order_of_which_a_part_was_not_answered() => Contains(
        Store().Remove<LicenceGranted>(e => e.Deal.Value == "O1-2"), "bundle/X1", AuditRule.BundleDiffers);

    [Fact]
    public void Shares_of_revenue_are_released_up_to_the_cap_and_the_rest_goes_back()
    {
        // The fixed part, then 5,000.05 fen rounded up, nothing, nothing; all of the cap; thirds of it, rounded up.
        Assert.Equal([60_000, 5_001], Released("R1"));
        Assert.Equal([60_000, 40_000], Released("R2"));
        Assert.Equal([60_000, 13_334, 13_333, 13_333], Released("R3"));
        Assert.Empty(Released("R4"));
        Assert.Equal([("R4", 100_000L), ("R1", 34_999L)], _market.Of<RefundCredited>().Where(e => e.Deal.Value[0] == 'R').Select(e => (e.Deal.Value, e.AmountFen)));
        Assert.Equal(["R2", "R1", "R3"], _market.Of<DealCompleted>().Where(e => e.Deal.Value[0] == 'R').Select(e => e.Deal.Value));
    }

    [Fact]
    public void A_licence_with_a_smaller_share_than_posted() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "R1", e => e with { Revenue = e.Revenue!.Value with { ShareBasisPoints = 499 } }), "offer/PR", AuditRule.SoldOffTerms);

    [Fact]
    public void A_deal_that_forgets_the_share() => Contains(
        Store().Change<OrderMatched>(e => e.Deal.Value == "R2", e => e with { Revenue = e.Revenue!.Value with { ReportDays = 16 } }), "deal/R2", AuditRule.MatchDiffers);

    [Fact]
    public void A_share_of_other_revenue_than_reported() => Contains(
        Store().Change<RevenueReported>(e => e.Period == 1 && e.Deal.Value == "R1", e => e with { RevenueFen = 100_021 }), "deal/R1", AuditRule.RevenueShareDiffers);

    [Fact]
    public void A_share_released_that_is_smaller_than_due() => Contains(
        Store().Change<RevenueReported>(e => e.Period == 1 && e.Deal.Value == "R1", e => e with { AmountFen = 5_000 }), "settlement/R1", AuditRule.UsageDiffers);

    [Fact]
    public void A_rest_that_does_not_go_back() => Contains(
        Store().Change<RevenueReported>(e => e.Period == 3 && e.Deal.Value == "R1", e => e with { ReturnedFen = 34_998 }), "deal/R1", AuditRule.RevenueShareDiffers);

    [Fact]
    public void A_charge_of_more_than_an_equal_part() => Contains(
        Store().Change<RevenueOverdue>(e => e.Period == 1, e => e with { AmountFen = 13_335 }), "deal/R3", AuditRule.RevenueShareDiffers);

    [Fact]
    public void A_charge_that_came_too_early() => Contains(
        Store().Change<RevenueOverdue>(e => e.Period == 1, e => e with { At = e.At.AddDays(-2) }), "deal/R3", AuditRule.RevenueShareDiffers);

    [Fact]
    public void Another_fixed_part_than_agreed() => Contains(
        Store().Change<DeliveryAccepted>(e => e.Deal.Value == "R3", e => e with { FixedFen = 60_001 }), "deal/R3", AuditRule.RevenueShareDiffers);

    private IEnumerable<long> Released(string deal) => _market.Events.Select(recorded => recorded.Data).OfType<PeriodSettled>()
        .Where(e => e.Deal.Value == deal).Select(e => e.Postings.Sum(posting => posting.AmountFen));

    private Tampering Store() => new(_market.Events);

    private static void Contains(Tampering store, string stream, AuditRule rule)
    {
        var problems = store.Audit().Problems;
        Assert.True(problems.Any(problem => problem.Stream == stream && problem.Rule == rule), string.Join('\n', problems));
    }
}
