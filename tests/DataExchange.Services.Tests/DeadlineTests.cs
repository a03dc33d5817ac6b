using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange;
using DataExchange.Testing;

namespace DataExchange.Services.Tests;

/// <summary>What comes due by itself on a live exchange, and is said once, whoever owns the stream by then.</summary>
public sealed class DeadlineTests(PostgresFixture postgres)
{
    private static readonly PartyId Venue = new("venue-hzdex");
    private static readonly VenueId Hzdex = new("hzdex");
    private static readonly ProductId Product = new("P000001");
    private static readonly PartyId Seller = new("seller");
    private static readonly PartyId Buyer = new("buyer");
    private static readonly ServiceOptions Watching = RunningServices.Options() with { WithDeadlines = true };

    [Fact]
    public async Task A_late_delivery_is_recorded_and_an_acceptance_that_nobody_gives_is_taken_as_given()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, true, Watching, cancellation);
        var (deal, start) = (new DealId("D1"), Now());
        var terms = new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100, null, 1, false);
        await SendAsync(new OpenOffer(Product, Hzdex, Seller, SecurityClass.General, start.AddDays(3_650), 1, terms, []) { At = start, By = Venue });
        await SendAsync(new AdmitBuyer(Buyer, SecurityClass.Important) { At = start, By = Venue });
        await SendAsync(new DepositFunds(Buyer, 1_000) { At = start, By = Buyer });
        await SendAsync(new PlaceOrder(Product, deal, Hzdex, Buyer, null, TradeChannel.Shelf, 1, null) { At = start, By = Buyer });
        await UntilAsync<OrderMatched>();

        // The owner is gone when the delivery is late: the next one says so.
        var due = Now().AddSeconds(2);
        await SendAsync(new AgreeContract(deal, LicenceKind.OpenEnded, 1, new UsagePolicy("internal-analysis", "chip", "CN", 0, false), due, []) { At = Now(), By = Buyer });
        await SendAsync(new RegisterTransaction(deal, 250, 600) { At = Now(), By = Venue });
        await services.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(3), cancellation);
        await services.StartAsync(Watching, cancellation);
        var late = await UntilAsync<DeliveryLate>();

        var acceptBy = Now().AddSeconds(3);
        await SendAsync(new CompleteTransfer(deal, acceptBy) { At = Now(), By = Seller });
        var accepted = await UntilAsync<AcceptanceTimedOut>();
        await UntilAsync<DealCompleted>();

        Assert.True(late.At > due, $"{late.At} is not after {due}");
        Assert.True(accepted.At >= acceptBy, $"{accepted.At} is before {acceptBy}");
        Assert.Equal(0, await services.CountAsync("service_deadline", cancellation));
        Assert.Equal(0, await services.CountAsync("service_quarantine", cancellation));

        async Task SendAsync(Command command)
        {
            var answer = await services.Sender.SendAsync(Guid.NewGuid(), command, cancellation);
            Assert.True(answer.Outcome.Accepted, $"{command}: {answer.Outcome.Rejection}");
        }

        async Task<T> UntilAsync<T>()
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
    }

    [Fact]
    public async Task On_a_store_that_a_simulation_made_what_is_long_due_is_said_once_and_the_rest_is_watched()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var before = await SmallMarket.FactsAsync();
        var options = RunningServices.Options(2) with { WithDeadlines = true };
        await using var services = await RunningServices.StartAsync(postgres, false, options, cancellation);
        await services.RestAsync(cancellation);
        var once = await services.CountAsync("mt_events", cancellation);
        await services.StopAsync();
        await services.StartAsync(options, cancellation);
        await services.RestAsync(cancellation);

        var facts = await services.AuditAsync(cancellation);
        Assert.Equal(once, facts.Count);
        Assert.Contains(Deadlines(before), deadline => deadline.Due < Now());
        var left = Deadlines(facts).ToList();
        Assert.NotEmpty(left);
        Assert.DoesNotContain(left, deadline => deadline.Due < Now());
        Assert.Equal(left.Count, await services.CountAsync("service_deadline", cancellation));
        Assert.Equal(0, await services.CountAsync("service_quarantine", cancellation));
    }

    private static IEnumerable<Deadline> Deadlines(IReadOnlyList<RecordedEvent> facts) => facts.GroupBy(fact => fact.Stream).Select(stream =>
    {
        var kind = StreamKind.Of(stream.Key);
        return Exchange.Deadlines.Of(stream.Key, stream.Aggregate(kind.Initial, (state, fact) => kind.Evolve(state, fact.Data)));
    }).OfType<Deadline>();

    private static SimulatedTime Now() => new(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
}
