using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
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
        var due = Now().AddSeconds(8);
        await SendAsync(new AgreeContract(deal, LicenceKind.OpenEnded, 1, new UsagePolicy("internal-analysis", "chip", "CN", 0, false), due, []) { At = Now(), By = Buyer });
        await SendAsync(new RegisterTransaction(deal, 250, 600) { At = Now(), By = Venue });
        await services.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(8), cancellation);
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
    public async Task Services_that_were_brought_to_rest_say_nothing_more()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, true, Watching, cancellation);
        var before = await services.CountAsync("mt_events", cancellation);
        await services.DrainAsync(cancellation);
        await NoteAsync(services, cancellation);
        await Task.Delay(TimeSpan.FromSeconds(2), cancellation);

        Assert.Equal(before, await services.CountAsync("mt_events", cancellation));
        Assert.Equal(0, await services.CountAsync("service_inbox", cancellation));
        Assert.Equal(1, await services.CountAsync("service_deadline", cancellation));
    }

    [Fact]
    public async Task What_the_state_refuses_is_said_once_and_not_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, true, Watching, cancellation);
        await NoteAsync(services, cancellation);

        for (var tries = 0; await services.CountAsync("service_deadline", cancellation) > 0; tries++)
        {
            Assert.True(tries < 150, "it is still there");
            await Task.Delay(100, cancellation);
        }

        Assert.Equal(1, await services.CountAsync("service_inbox WHERE rejection IS NOT NULL", cancellation));
        Assert.Equal(0, await services.CountAsync("mt_events", cancellation));
    }

    [Fact]
    public async Task What_a_simulation_left_behind_does_not_lapse_because_its_store_is_opened()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, false, RunningServices.Options(2) with { WithDeadlines = true }, cancellation);
        await services.RestAsync(cancellation);

        Assert.Equal((await SmallMarket.FactsAsync()).Count, await services.CountAsync("mt_events", cancellation));
    }

    // A deadline of a deal that there is not, long due.
    private static async Task NoteAsync(RunningServices services, CancellationToken cancellation)
    {
        await using var note = services.Database.CreateCommand(
            $"INSERT INTO {EventStore.Schemas.Default}.service_deadline (stream, partition, due, command) VALUES ('deal/D1', 'trading-0', 1, 'ReportLateDelivery')");
        await note.ExecuteNonQueryAsync(cancellation);
    }

    private static SimulatedTime Now() => new(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
}
