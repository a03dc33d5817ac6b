using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Testing;

namespace DataExchange.Services.Tests;

/// <summary>What comes due by itself long after it began: an auction's end, and a share of revenue that nobody reported.</summary>
public sealed class DueTests(PostgresFixture postgres)
{
    private static readonly PartyId Venue = new("venue-hzdex");
    private static readonly VenueId Hzdex = new("hzdex");
    private static readonly ProductId Product = new("P000001");
    private static readonly PartyId Seller = new("seller");
    private static readonly PartyId Buyer = new("buyer");
    private static readonly ServiceOptions Watching = RunningServices.Options() with { WithDeadlines = true };

    [Fact]
    public async Task An_auction_whose_time_is_over_is_closed_and_its_winner_gets_the_licence()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, true, Watching, cancellation);
        await OpenAsync(services, Now(), new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100, null, 1, false), cancellation);
        var closes = Now().AddSeconds(12);
        var auction = AuctionId.Of(Product, 1);
        await SendAsync(services, new AnnounceAuction(Product, 1, Hzdex, new(AuctionFormat.English, 1, 500, 0, closes, StepFen: 10, QuietSeconds: 0)) { At = Now(), By = Seller }, cancellation);
        await UntilAsync<AuctionOpened>(services, cancellation);
        await SendAsync(services, new PlaceBid(auction, Buyer, 1, null, 600) { At = Now(), By = Buyer }, cancellation);

        // The owner is gone when the time is over: the next one closes it.
        await services.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(12), cancellation);
        Assert.DoesNotContain(await services.FactsAsync(cancellation), fact => fact.Data is AuctionClosed);
        await services.StartAsync(Watching, cancellation);
        var closed = await UntilAsync<AuctionClosed>(services, cancellation);
        var granted = await UntilAsync<LicenceGranted>(services, cancellation);
        await UntilAsync<OrderMatched>(services, cancellation);

        Assert.True(closed.At >= closes, $"{closed.At} is before {closes}");
        Assert.Equal((auction, Buyer, 600L), (granted.Auction!.Value, granted.Buyer, granted.AmountFen));
        await NothingIsLeftAsync(services, "auction/", cancellation);
    }

    [Fact]
    public async Task Revenue_that_nobody_reported_in_time_is_charged_for()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, true, Watching, cancellation);
        // The report is due a period and a day after acceptance: all of it happened so long ago that this is a few seconds from now. Nothing else is due before.
        var (began, later) = (Now().AddDays(-RevenueShareTerms.PeriodDays - 1).AddSeconds(8), Now().AddDays(1));
        var deal = new DealId("D1");
        await OpenAsync(services, began, new(LicenceKind.OpenEnded, PriceUnit.PerLicence, 60_000, null, 1, false, Revenue: new(500, 3, 40_000, 1)), cancellation);
        await SendAsync(services, new PlaceOrder(Product, deal, Hzdex, Buyer, null, TradeChannel.Shelf, 1, null) { At = began, By = Buyer }, cancellation);
        await UntilAsync<OrderMatched>(services, cancellation);
        await SendAsync(services, new AgreeContract(deal, LicenceKind.OpenEnded, 1, new UsagePolicy("internal-analysis", "chip", "CN", 0, false), later, []) { At = began, By = Buyer }, cancellation);
        await SendAsync(services, new RegisterTransaction(deal, 250, 600) { At = began, By = Venue }, cancellation);
        await UntilAsync<TransactionRegistered>(services, cancellation);
        await SendAsync(services, new CompleteTransfer(deal, later) { At = began, By = Seller }, cancellation);
        await SendAsync(services, new AcceptDelivery(deal) { At = began, By = Buyer }, cancellation);
        var accepted = await UntilAsync<DeliveryAccepted>(services, cancellation);

        var charged = await UntilAsync<RevenueOverdue>(services, cancellation);
        var due = accepted.At.AddDays(RevenueShareTerms.PeriodDays + 1);

        Assert.Equal(began, accepted.At);
        Assert.True(charged.At >= due, $"{charged.At} is before {due}");
        // A third of the cap, rounded up; the next is due in a month.
        Assert.Equal((1, 13_334L, false), (charged.Period, charged.AmountFen, charged.IsLast));
        await services.RestAsync(cancellation);
        Assert.Single(await services.FactsAsync(cancellation), fact => fact.Data is RevenueOverdue);
        Assert.Equal(
            due.AddDays(RevenueShareTerms.PeriodDays).UnixSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            await services.TextAsync($"SELECT due::text FROM {EventStore.Schemas.Default}.service_deadline WHERE stream = 'deal/D1' AND command = 'ChargeOverdueRevenue'", cancellation));
        Assert.Equal(0, await services.CountAsync("service_quarantine", cancellation));
    }

    private static async Task OpenAsync(RunningServices services, SimulatedTime at, LicenceTerms terms, CancellationToken cancellation)
    {
        await SendAsync(services, new OpenOffer(Product, Hzdex, Seller, SecurityClass.General, Now().AddDays(3_650), 1, terms, []) { At = at, By = Venue }, cancellation);
        await SendAsync(services, new AdmitBuyer(Buyer, SecurityClass.Important) { At = at, By = Venue }, cancellation);
        await SendAsync(services, new DepositFunds(Buyer, 1_000_000) { At = at, By = Buyer }, cancellation);
    }

    private static async Task SendAsync(RunningServices services, Command command, CancellationToken cancellation)
    {
        var answer = await services.Sender.SendAsync(Guid.NewGuid(), command, cancellation);
        Assert.True(answer.Outcome.Accepted, $"{command}: {answer.Outcome.Rejection}");
    }

    private static async Task<T> UntilAsync<T>(RunningServices services, CancellationToken cancellation)
        where T : Event
    {
        for (var tries = 0; ; tries++)
        {
            if ((await services.FactsAsync(cancellation)).Select(fact => fact.Data).OfType<T>().ToArray() is { Length: > 0 } found)
            {
                return Assert.Single(found);
            }

            Assert.True(tries < 300, $"no {typeof(T).Name}");
            await Task.Delay(100, cancellation);
        }
    }

    private static async Task NothingIsLeftAsync(RunningServices services, string streams, CancellationToken cancellation)
    {
        for (var tries = 0; await services.CountAsync($"service_deadline WHERE stream LIKE '{streams}%'", cancellation) > 0; tries++)
        {
            Assert.True(tries < 150, "its deadline is still there");
            await Task.Delay(100, cancellation);
        }

        Assert.Equal(0, await services.CountAsync("service_quarantine", cancellation));
    }

    private static SimulatedTime Now() => new(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
}
