using DataExchange.Domain;
using DataExchange.Domain.Rights;
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
    private static readonly SimulatedTime Start = SimulatedTime.On(new(2026, 3, 2), 9 * 3_600);

    [Fact]
    public async Task A_late_delivery_is_recorded_and_an_acceptance_that_nobody_gives_is_taken_as_given()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var clock = new StoppedClock(At(Start));
        await using var services = await RunningServices.StartAsync(postgres, true, RunningServices.Options() with { Clock = clock }, cancellation);
        var deal = new DealId("D1");
        var terms = new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.PerLicence, 100, null, 1, false);
        await SendAsync(new OpenOffer(Product, Hzdex, Seller, SecurityClass.General, Start.AddDays(3_650), 1, terms, []) { At = Start, By = Venue });
        await SendAsync(new AdmitBuyer(Buyer, SecurityClass.Important) { At = Start, By = Venue });
        await SendAsync(new DepositFunds(Buyer, 1_000) { At = Start, By = Buyer });
        await SendAsync(new PlaceOrder(Product, deal, Hzdex, Buyer, null, TradeChannel.Shelf, 1, null) { At = Start, By = Buyer });
        await services.RestAsync(cancellation);
        await SendAsync(new AgreeContract(deal, LicenceKind.OpenEnded, 1, new UsagePolicy("internal-analysis", "chip", "CN", 0, false), Start.AddDays(1), []) { At = Start, By = Buyer });
        await SendAsync(new RegisterTransaction(deal, 250, 600) { At = Start, By = Venue });
        await services.RestAsync(cancellation);
        Assert.DoesNotContain(await services.FactsAsync(cancellation), fact => fact.Data is DeliveryLate);

        // The owner is gone when the delivery is late: the next one says so.
        await services.StopAsync();
        clock.Set(At(Start.AddDays(1).AddSeconds(1)));
        await services.StartAsync(RunningServices.Options() with { Clock = clock }, cancellation);
        await services.RestAsync(cancellation);
        var late = Assert.Single(await services.FactsAsync(cancellation), fact => fact.Data is DeliveryLate);

        var delivered = Start.AddDays(2);
        await SendAsync(new CompleteTransfer(deal, delivered.AddDays(7)) { At = delivered, By = Seller });
        clock.Set(At(delivered.AddDays(7).AddSeconds(-1)));
        await services.RestAsync(cancellation);
        Assert.DoesNotContain(await services.FactsAsync(cancellation), fact => fact.Data is AcceptanceTimedOut);
        clock.Set(At(delivered.AddDays(7)));
        await services.RestAsync(cancellation);

        var facts = await services.FactsAsync(cancellation);
        Assert.Equal(Start.AddDays(1).AddSeconds(1), late.Data.At);
        Assert.Single(facts, fact => fact.Data is AcceptanceTimedOut);
        Assert.Single(facts, fact => fact.Data is DealSettled);
        Assert.Single(facts, fact => fact.Data is DealCompleted);
        Assert.Equal(0, await services.CountAsync("service_deadline", cancellation));
        Assert.Equal(0, await services.CountAsync("service_quarantine", cancellation));

        async Task SendAsync(Command command)
        {
            var answer = await services.Sender.SendAsync(Guid.NewGuid(), command, cancellation);
            Assert.True(answer.Outcome.Accepted, $"{command}: {answer.Outcome.Rejection}");
        }
    }

    [Fact]
    public async Task On_a_store_that_a_simulation_made_what_is_long_due_is_said_once()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var before = await SmallMarket.FactsAsync();
        var clock = new StoppedClock(At(before[^1].Data.At.AddDays(20_000)));
        await using var services = await RunningServices.StartAsync(postgres, false, RunningServices.Options(2) with { Clock = clock }, cancellation);
        await services.RestAsync(cancellation);
        var once = await services.CountAsync("mt_events", cancellation);
        await services.StopAsync();
        await services.StartAsync(RunningServices.Options(2) with { Clock = clock }, cancellation);
        await services.RestAsync(cancellation);

        var facts = await services.AuditAsync(cancellation);
        Assert.Equal(once, facts.Count);
        var ends = States(facts).ToList();
        Assert.Contains(States(before), state => state.Value is ProductRights { Stage: RightsStage.Certified });
        Assert.DoesNotContain(ends, state => state.Value is ProductRights { Stage: RightsStage.Certified } or DealState { Stage: DealStage.Registered or DealStage.Delivered } or OrderBook { Exists: true, IsClosed: false });
        Assert.Equal(0, await services.CountAsync("service_deadline", cancellation));
        Assert.Equal(0, await services.CountAsync("service_quarantine", cancellation));
    }

    private static IEnumerable<KeyValuePair<string, object>> States(IReadOnlyList<RecordedEvent> facts) => facts.GroupBy(fact => fact.Stream).Select(stream =>
    {
        var kind = StreamKind.Of(stream.Key);
        return new KeyValuePair<string, object>(stream.Key, stream.Aggregate(kind.Initial, (state, fact) => kind.Evolve(state, fact.Data)));
    });

    private static DateTimeOffset At(SimulatedTime time) => DateTimeOffset.FromUnixTimeSeconds(time.UnixSeconds);
}
