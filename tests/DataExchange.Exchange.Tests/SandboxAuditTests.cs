using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Verification;

namespace DataExchange.Exchange.Tests;

/// <summary>A trial in the sandbox through the exchange, and what the audit finds when somebody alters its facts.</summary>
public sealed class SandboxAuditTests : IAsyncLifetime
{
    private SmallMarket _market = null!;

    public async ValueTask InitializeAsync() => _market = await SmallMarket.RunSandboxAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void A_trial_by_its_conditions_has_no_problem_whatever_the_order_of_streams()
    {
        Assert.Empty(Store().Audit().Problems);
        Assert.Empty(Store().Audit(backwards: true).Problems);
    }

    [Fact]
    public void Every_entrance_was_refused_for_the_condition_that_it_met()
    {
        Assert.Equal(
            [
                Rejection.NotOffered, Rejection.BuyerNotInSandbox, Rejection.NotOffered, Rejection.SandboxBuyersReached, Rejection.SandboxAmountReached,
                Rejection.SandboxOver,
            ],
            All<OrderRejected>().Select(rejected => rejected.Reason));
        Assert.Equal(Rejection.ImportantDataWithoutSecurityAssessment, Assert.Single(All<SandboxAdmitted>()).Lacks);
    }

    [Fact]
    public void The_certificate_ends_the_trial_and_deals_under_way_go_on()
    {
        Assert.Equal(SandboxEnd.Graduated, Assert.Single(All<SandboxEnded>()).End);
        Assert.Single(All<TrialClosed>());
        Assert.Contains(All<DealCompleted>(), completed => completed.Deal.Value == "S5");
        Assert.Equal([true, true, true, true, null], All<LicenceGranted>().Select(granted => granted.InSandbox));
    }

    [Fact]
    public void A_product_on_trial_is_not_listed_but_its_deals_are_registered()
    {
        var totals = Store().Audit().Totals;
        Assert.Equal((1, 5L, 500_000L), (totals.ProductsListed, totals.TransactionsRegistered, totals.RegisteredAmountFen));
        Assert.DoesNotContain(All<ProductListed>(), listed => listed.At < All<RightsCertified>().Single().At);
    }

    [Fact]
    public void A_trial_never_admitted() => Contains(Store().Remove<SandboxAdmitted>(_ => true), "S1", AuditRule.SoldOutsideSandbox);

    [Fact]
    public void An_admission_that_allowed_less_money_than_was_sold() => Contains(
        Store().Change<SandboxExtended>(_ => true, e => e with { Conditions = e.Conditions with { MostAmountFen = 399_999 } }), "S5", AuditRule.SandboxLimitExceeded);

    [Fact]
    public void An_admission_that_allowed_fewer_buyers_than_bought() => Contains(
        Store().Change<SandboxExtended>(_ => true, e => e with { Conditions = e.Conditions with { MostBuyers = 2 } }), "S4", AuditRule.SandboxLimitExceeded);

    [Fact]
    public void A_buyer_who_was_not_named() => Contains(
        Store().Change<SandboxExtended>(_ => true, e => e with { Conditions = e.Conditions with { Buyers = [new("B2"), new("B3")] } }), "S5", AuditRule.SoldOutsideSandbox);

    [Fact]
    public void A_sale_moved_behind_the_end_of_the_trial() => Contains(
        Store().Change<SandboxEnded>(_ => true, e => e with { At = Grant("S5").Data.At.AddSeconds(-1) }), "S5", AuditRule.SoldAfterSandboxEnd);

    [Fact]
    public void A_trial_whose_time_was_over_before_a_sale()
    {
        var admitted = Assert.Single(All<SandboxAdmitted>());
        Contains(
            Store().Change<SandboxAdmitted>(_ => true, e => e with { Conditions = e.Conditions with { Until = Grant("S1").Data.At } }), "S1", AuditRule.SoldAfterSandboxEnd);
        Assert.True(admitted.At < Grant("S1").Data.At);
    }

    [Fact]
    public void A_sale_on_trial_called_an_ordinary_one() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "S1", e => e with { InSandbox = null }), "S1", AuditRule.SoldWithoutListing);

    [Fact]
    public void An_ordinary_sale_called_one_on_trial() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "S7", e => e with { InSandbox = true }), "S7", AuditRule.SoldOutsideSandbox);

    [Fact]
    public void An_amount_that_the_trial_does_not_allow() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "S4", e => e with { AmountFen = 300_000, UnitPriceFen = 300_000 }), "S4", AuditRule.SandboxLimitExceeded);

    [Fact]
    public void A_price_that_is_not_the_trials() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "S1", e => e with { AmountFen = 40_000, UnitPriceFen = 40_000 }), "S1", AuditRule.SoldOffTerms);

    private Tampering Store() => new(_market.Events);

    private IEnumerable<T> All<T>() => _market.Events.Select(recorded => recorded.Data).OfType<T>();

    private RecordedEvent Grant(string deal) => _market.Events.Single(recorded => recorded.Data is LicenceGranted e && e.Deal.Value == deal);

    private void Contains(Tampering store, string deal, AuditRule rule)
    {
        var problems = store.Audit().Problems;
        Assert.True(
            problems.Any(problem => problem.Stream == "offer/P9" && problem.Version == Grant(deal).Version && problem.Rule == rule),
            $"expected {rule} in offer/P9 at {Grant(deal).Version}; found:\n{string.Join('\n', problems)}");
    }
}
