using DataExchange.Domain.Listing;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Logs;
using DataExchange.Exchange.Verification;
using DataExchange.Domain.Trust;

namespace DataExchange.Exchange.Tests;

/// <summary>Requirements through the exchange, and what the audit finds when somebody alters their facts.</summary>
public sealed class RequirementAuditTests : IAsyncLifetime
{
    private SmallMarket _market = null!;

    public async ValueTask InitializeAsync() => _market = await SmallMarket.RunRequirementsAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Requirements_have_no_problem_whatever_the_order_of_streams()
    {
        Assert.Empty(Store().Audit().Problems);
        Assert.Empty(Store().Audit(backwards: true).Problems);
    }

    [Fact]
    public void A_requirement_met_by_a_deal_that_never_was() =>
        Contains(Store().Change<RequirementMet>(_ => true, e => e with { Deal = new("Q9") }));

    [Fact]
    public void A_requirement_met_by_the_deal_of_another() =>
        Contains(Store().Change<RequirementPosted>(e => e.Requirement.Value == "R1", e => e with { Buyer = new("B3") }));

    [Fact]
    public void A_requirement_met_by_a_deal_about_another_product() =>
        Contains(Store().Change<LicenceGranted>(e => e.Deal.Value == "Q1", e => e with { Product = new("P2") }), AuditRule.ForeignEvent, "offer/P1");

    [Fact]
    public void A_product_that_was_not_proposed_cannot_have_met_it() =>
        Contains(Store().Change<RequirementMet>(_ => true, e => e with { Rank = 1 }), AuditRule.ImpossibleHistory);

    [Fact]
    public void Facts_of_a_requirement_are_leaves_of_the_log_of_the_venue_that_it_was_posted_at()
    {
        var routing = new LogRouting();
        routing.LogOf("log/hzdex", new LogOpened(SmallMarket.Hzdex, "hzdex", new(0, "1", "k")) { At = _market.Events[0].Data.At, By = new("venue-hzdex") });
        routing.LogOf("log/zjbdec", new LogOpened(SmallMarket.Zjbdec, "zjbdec", new(0, "2", "k")) { At = _market.Events[0].Data.At, By = new("venue-zjbdec") });
        var facts = _market.Events.Where(fact => fact.Stream.StartsWith("requirement/", StringComparison.Ordinal)).ToArray();
        Assert.Equal(8, facts.Length);
        Assert.All(facts, fact => Assert.Equal(1, routing.LogOf(fact.Stream, fact.Data)));
    }

    private Tampering Store() => new(_market.Events);

    private static void Contains(Tampering store, AuditRule rule = AuditRule.RequirementDealDiffers, string stream = "requirement/R1") =>
        Assert.Contains(store.Audit().Problems, problem => problem.Stream == stream && problem.Rule == rule);
}
