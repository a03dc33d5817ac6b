using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Verification;

namespace DataExchange.Exchange.Tests;

public sealed class MarketAuditTests : IAsyncLifetime
{
    private SmallMarket _market = null!;

    public async ValueTask InitializeAsync() => _market = await SmallMarket.RunAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void An_honest_market_has_no_problems()
    {
        var findings = Store().Audit();
        Assert.Empty(findings.Problems);
        Assert.Equal(0, findings.ProblemCount);
    }

    [Fact]
    public async Task A_market_with_an_order_book_has_no_problems_wherever_it_ends()
    {
        var traded = await SmallMarket.WithATradedBookAsync();
        Assert.All(traded.CommandEnds, end => Assert.Empty(new Tampering(traded.Events.Take(end)).Audit().Problems));
    }

    [Fact]
    public void The_order_of_the_streams_does_not_matter()
    {
        var findings = Store().Audit(backwards: true);
        Assert.Empty(findings.Problems);
        Assert.Equal(Store().Audit().Totals.Venues, findings.Totals.Venues);
    }

    [Fact]
    public void A_store_that_ends_after_any_command_has_no_problems()
    {
        foreach (var end in _market.CommandEnds)
        {
            Assert.Empty(new Tampering(_market.Events.Take(end)).Audit().Problems);
        }
    }

    [Fact]
    public void A_store_that_ends_within_a_command_that_moved_money_shows_it()
    {
        var registered = _market.Events.FindIndex(recorded => recorded.Data is TransactionRegistered);
        Assert.Contains(new Tampering(_market.Events.Take(registered + 1)).Audit().Problems, problem => problem.Rule == AuditRule.EscrowDiffers);
    }

    [Fact]
    public void Every_event_is_in_the_stream_that_it_speaks_of() =>
        Assert.All(_market.Events, recorded => Assert.Equal(recorded.Stream, EventHome.StreamOf(recorded.Data)));

    [Fact]
    public void Every_event_type_has_a_home() => Assert.All(
        typeof(Event).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Event)) && !type.IsAbstract),
        type => Assert.EndsWith("." + EventHome.KindOf(type).Capability, type.Namespace, StringComparison.Ordinal));

    [Fact]
    public void Totals_are_counted_from_the_events()
    {
        var totals = Store().Audit().Totals;
        Assert.Equal(_market.Events.Count, totals.Events);
        Assert.Equal(_market.Events.Select(recorded => recorded.Stream).Distinct().Count(), totals.Streams);
        Assert.Equal(5, totals.ProductsListed);
        var registered = _market.Events.Select(recorded => recorded.Data).OfType<TransactionRegistered>().ToArray();
        Assert.Equal(9, registered.Length);
        Assert.Equal(registered.Length, totals.TransactionsRegistered);
        Assert.Equal(registered.Sum(e => e.AmountFen), totals.RegisteredAmountFen);
        Assert.Equal(
            [
                new("hzdex", 3, 3, registered.Where(e => e.Venue == SmallMarket.Hzdex).Sum(e => e.AmountFen)),
                new("zjbdec", 4, 6, registered.Where(e => e.Venue == SmallMarket.Zjbdec).Sum(e => e.AmountFen)),
            ],
            totals.Venues);
    }

    [Fact]
    public async Task The_small_markets_make_almost_every_event()
    {
        var (traded, claimed, tried, asked, auctioned, priced) = (
            await SmallMarket.WithATradedBookAsync(), await SmallMarket.WithClaimsAsync(), await SmallMarket.RunSandboxAsync(), await SmallMarket.RunRequirementsAsync(),
            await SmallMarket.WithAuctionsAsync(), await SmallMarket.WithPricePoliciesAsync());
        var missing = typeof(Event).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Event)) && !type.IsAbstract)
            .Except(_market.Events.Concat(traded.Events).Concat(claimed.Events).Concat(tried.Events).Concat(asked.Events).Concat(auctioned.Events).Concat(priced.Events)
                .Select(recorded => recorded.Data.GetType())).Select(type => type.Name).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "ApplicationWithdrawn", "ComplianceRejected", "LogKeyRotated", "LogOpened", "ObjectionDismissed", "ObjectionRaised",
                "ObjectionUpheld", "PriceRefused", "ProductImported", "RegistrationCancelled", "RegistrationCorrected", "RightsLicensed", "RightsTransferred",
                "TreeHeadAnchored", "TreeHeadPublished",
            ],
            missing);
    }

    [Fact]
    public void Only_the_first_hundred_problems_are_kept_and_all_are_counted()
    {
        var audit = new MarketAudit();
        for (var i = 999; i >= 0; i--)
        {
            audit.BeginStream($"nothing/{i:000}");
            audit.EndStream();
        }

        var findings = audit.Complete();
        Assert.Equal(1_000, findings.ProblemCount);
        Assert.Equal(MarketAudit.MostProblems, findings.Problems.Count);
        Assert.Equal("nothing/000", findings.Problems[0].Stream);
        Assert.Equal("nothing/099", findings.Problems[^1].Stream);
    }

    [Fact]
    public void Streams_are_begun_and_ended_one_by_one()
    {
        var audit = new MarketAudit();
        Assert.Throws<InvalidOperationException>(() => audit.Apply(1, _market.Events[0].Data));
        audit.BeginStream("deal/D1");
        Assert.Throws<InvalidOperationException>(() => audit.BeginStream("deal/D2"));
        Assert.Throws<InvalidOperationException>(() => audit.Complete());
    }

    private Tampering Store() => new(_market.Events);
}
