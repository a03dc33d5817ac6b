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

    private IEnumerable<long> Released(string deal) => _market.Events.Select(recorded => recorded.Data).OfType<PeriodSettled>()
        .Where(e => e.Deal.Value == deal).Select(e => e.Postings.Sum(posting => posting.AmountFen));

    private Tampering Store() => new(_market.Events);

    private static void Contains(Tampering store, string stream, AuditRule rule)
    {
        var problems = store.Audit().Problems;
        Assert.True(problems.Any(problem => problem.Stream == stream && problem.Rule == rule), string.Join('\n', problems));
    }
}
