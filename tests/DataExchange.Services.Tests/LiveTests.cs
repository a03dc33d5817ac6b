using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange;
using DataExchange.Testing;

namespace DataExchange.Services.Tests;

/// <summary>Services that work side by side, as on a live exchange, on a market that is there already.</summary>
public sealed class LiveTests(PostgresFixture postgres)
{
    private const int Buyers = 12;
    private static readonly PartyId Venue = new("venue-hzdex");

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Orders_of_many_at_once_are_each_decided_once_and_the_books_balance(int tradingPartitions)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, false, RunningServices.Options(tradingPartitions), cancellation);
        var offers = Offers(await SmallMarket.FactsAsync());
        var now = (await SmallMarket.FactsAsync())[^1].Data.At.AddSeconds(60);
        await BuyersAsync(services.Sender, now, cancellation);
        // The admissions have to get round to all of Trading.
        await services.RestAsync(cancellation);
        var before = await services.CountAsync("mt_events", cancellation);

        var orders = Enumerable.Range(0, 150).Select(number =>
        {
            var (product, venue) = offers[number % offers.Count];
            return (Id: Id(1, number), Command: new PlaceOrder(
                product, new DealId($"L{number % 140:0000}"), venue, Buyer(number), null, TradeChannel.Shelf, 1, null) { At = now.AddSeconds(number), By = Buyer(number) });
        }).ToArray();
        // Each is sent twice, the second time as by a sender that waited too long.
        var answers = await Task.WhenAll(orders.Concat(orders.Reverse()).Select(order => services.Sender.SendAsync(order.Id, order.Command, cancellation)));
        await services.RestAsync(cancellation);

        foreach (var twice in answers.GroupBy(answer => answer.Id))
        {
            Assert.Single(twice.Select(answer => (answer.Outcome.Rejection, answer.Stream, answer.FirstVersion, answer.LastVersion)).Distinct());
        }

        var facts = await services.AuditAsync(cancellation);
        var added = facts.Skip((int)before).ToArray();
        var accepted = answers.Where(answer => answer.Outcome.Accepted).Select(answer => answer.Id).Distinct().Count();
        Assert.Equal(accepted, added.Count(fact => fact.Data is LicenceGranted));
        Assert.True(accepted > 20, $"{accepted} of 150 orders were accepted: {string.Join(", ", answers.Select(a => a.Outcome.Rejection).Distinct())}");
        // Ten deals come twice with other orders: the second order is refused, and what was held for it is free again.
        Assert.Contains(answers, answer => !answer.Outcome.Accepted);
        var held = added.Select(fact => fact.Data).OfType<FundsHeld>().Select(fact => $"{fact.Party} {fact.Deal}");
        var freed = added.Select(fact => fact.Data).OfType<HoldReleased>().Select(fact => $"{fact.Party} {fact.Deal}");
        Assert.Equal(
            added.Select(fact => fact.Data).OfType<LicenceGranted>().Select(fact => $"{fact.Buyer} {fact.Deal}").Order(StringComparer.Ordinal), held.Except(freed).Order(StringComparer.Ordinal));
        Assert.Equal(0, await services.CountAsync("service_quarantine", cancellation));
    }

    [Fact]
    public async Task An_order_whose_money_cannot_be_held_is_answered_each_time_it_comes()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, false, RunningServices.Options(), cancellation);
        var facts = await SmallMarket.FactsAsync();
        var (product, venue) = Offers(facts)[0];
        var (buyer, now) = (new PartyId("broken"), facts[^1].Data.At);
        await services.Sender.SendAsync(Id(6, 1), new AdmitBuyer(buyer, SecurityClass.Important) { At = now, By = Venue }, cancellation);
        await services.SpoilAsync(new HoldReleased(buyer, new DealId("none"), 5) { At = now, By = buyer }, "account/broken", cancellation);
        var order = new PlaceOrder(product, new DealId("L9999"), venue, buyer, null, TradeChannel.Shelf, 1, null) { At = now, By = buyer };
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<CommandPutAsideException>(() => services.Sender.SendAsync(Id(6, 2), order, late.Token));
        await Assert.ThrowsAsync<CommandPutAsideException>(() => services.Sender.SendAsync(Id(6, 2), order, late.Token));
    }

    [Fact]
    public async Task What_was_answered_is_answered_again_after_all_services_were_stopped()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, false, RunningServices.Options(), cancellation);
        var now = (await SmallMarket.FactsAsync())[^1].Data.At;
        var deposit = new DepositFunds(new PartyId("again"), 500) { At = now, By = new PartyId("again") };
        var first = await services.Sender.SendAsync(Id(2, 1), deposit, cancellation);
        await services.StopAsync();
        await services.StartAsync(RunningServices.Options(), cancellation);

        var second = await services.Sender.SendAsync(Id(2, 1), deposit, cancellation);

        Assert.False(first.WasRepeated);
        Assert.True(second.WasRepeated);
        Assert.Equal(first.Outcome.Events, second.Outcome.Events);
        Assert.Equal((first.Stream, first.FirstVersion, first.LastVersion), (second.Stream, second.FirstVersion, second.LastVersion));
    }

    [Fact]
    public async Task Answers_are_forgotten_when_they_are_old_and_not_before()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, true, RunningServices.Options(), cancellation);
        var party = new PartyId("old");
        var now = SimulatedTime.On(new(2026, 3, 2));
        await services.Sender.SendAsync(Id(7, 1), new DepositFunds(party, 500) { At = now, By = party }, cancellation);
        await services.Sender.SendAsync(Id(7, 2), new DepositFunds(party, 500) { At = now, By = party }, cancellation);
        await using (var age = services.Database.CreateCommand($"UPDATE {EventStore.Schemas.Default}.service_inbox SET handled_at = now() - interval '31 days' WHERE id = $1"))
        {
            age.Parameters.Add(new() { Value = Id(7, 1) });
            await age.ExecuteNonQueryAsync(cancellation);
        }

        await services.StopAsync();
        await services.StartAsync(RunningServices.Options(), cancellation);
        await services.RestAsync(cancellation);

        Assert.Equal(1, await services.CountAsync("service_inbox", cancellation));
    }

    [Fact]
    public async Task A_process_that_has_no_partition_and_only_sends_goes_on_until_it_is_stopped()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, true, RunningServices.Options() with { Services = [] }, cancellation);
        var completion = services.Completion;

        Assert.False(completion.IsCompleted);
        await services.StopAsync();
        await completion.WaitAsync(TimeSpan.FromSeconds(10), cancellation);
    }

    [Fact]
    public async Task A_sender_whose_clock_is_slow_does_not_turn_time_back()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, false, RunningServices.Options(), cancellation);
        var now = (await SmallMarket.FactsAsync())[^1].Data.At;
        var party = new PartyId("late");
        await services.Sender.SendAsync(Id(3, 1), new DepositFunds(party, 500) { At = now, By = party }, cancellation);

        var answer = await services.Sender.SendAsync(Id(3, 2), new DepositFunds(party, 500) { At = now.AddDays(-3), By = party }, cancellation);

        Assert.Equal(now, answer.Outcome.Events[0].At);
        await services.AuditAsync(cancellation);
    }

    [Fact]
    public async Task A_sender_whose_clock_is_fast_does_not_take_the_others_along()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, true, RunningServices.Options(services: ["settlement"]), cancellation);
        var party = new PartyId("fast");
        var began = new SimulatedTime(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

        var fast = await services.Sender.SendAsync(Id(7, 1), new DepositFunds(party, 500) { At = began.AddSeconds(600), By = party }, cancellation);
        var honest = await services.Sender.SendAsync(Id(7, 2), new DepositFunds(party, 500) { At = began, By = party }, cancellation);

        Assert.InRange(fast.Outcome.Events[0].At.UnixSeconds, began.UnixSeconds, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        Assert.InRange(honest.Outcome.Events[0].At.UnixSeconds, fast.Outcome.Events[0].At.UnixSeconds, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
    }

    internal static async Task BuyersAsync(ICommandSender sender, SimulatedTime now, CancellationToken cancellation)
    {
        for (var number = 0; number < Buyers; number++)
        {
            await sender.SendAsync(Id(4, number), new AdmitBuyer(Buyer(number), SecurityClass.Important) { At = now, By = Venue }, cancellation);
            await sender.SendAsync(Id(5, number), new DepositFunds(Buyer(number), 1_000_000_000) { At = now, By = Buyer(number) }, cancellation);
        }
    }

    internal static PartyId Buyer(int number) => new($"live-{number % Buyers:00}");

    internal static Guid Id(int kind, int number) => new(kind, (short)(number >> 16), (short)number, 0x80, 0, 0, 0, 0, 0, 0, 1);

    internal static List<(ProductId Product, VenueId Venue)> Offers(IReadOnlyList<RecordedEvent> facts) =>
    [
        .. facts.Where(fact => fact.Stream.StartsWith("offer/", StringComparison.Ordinal)).GroupBy(fact => fact.Stream)
            .SelectMany(stream =>
            {
                var kind = StreamKind.Of(stream.Key);
                var offer = (IssuanceRight)stream.Aggregate(kind.Initial, (state, fact) => kind.Evolve(state, fact.Data));
                return offer.Venues.Where(venue => venue.Value == OfferStatus.Open).Select(venue => (new ProductId(stream.Key["offer/".Length..]), new VenueId(venue.Key)));
            }),
    ];
}
