using DataExchange.Cli.Commands;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.EventStore.Schema;
using DataExchange.Exchange;
using DataExchange.Reports.Projections;
using DataExchange.Testing;
using Npgsql;
using BookCommand = DataExchange.Cli.Commands.BookCommand;

namespace DataExchange.Cli.Tests;

/// <summary>A book that a real exchange traded, rebuilt from its stream at several moments.</summary>
public sealed class BookSnapshotTests(PostgresFixture postgres)
{
    private static readonly ProductId Product = new("P000042");
    private static readonly PartyId Provider = new("firm-0001");
    private static readonly SimulatedTime Open = SimulatedTime.Parse("2025-03-03T09:00:00+08:00");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Depth_best_prices_phase_and_trades_are_those_of_the_moment()
    {
        var stream = Stream();
        var before = (await BookSnapshot.OfAsync(Stored(stream), Open.AddSeconds(130)))!;
        Assert.Equal([new BookLevel(1_000, 10, 1, 10), new BookLevel(1_100, 5, 1, 5)], before.Asks);
        Assert.Equal([new BookLevel(900, 3, 2, 0), new BookLevel(800, 4, 1, 0)], before.Bids);
        Assert.Equal((900L, 1_000L, TradingPhase.Continuous, 0), (before.BestBidFen, before.BestAskFen, before.State.Phase, before.Trades.Count));

        var after = (await BookSnapshot.OfAsync(Stored(stream), null))!;
        Assert.Equal([new BookLevel(1_100, 5, 1, 5)], after.Asks);
        Assert.Equal([new BookLevel(1_000, 2, 1, 0), new BookLevel(900, 3, 2, 0), new BookLevel(800, 4, 1, 0)], after.Bids);
        Assert.Equal((10, 1_000L), (after.Trades[^1].Quantity, after.Trades[^1].PriceFen));
        Assert.Equal((10, 1_000L, 1_000L), (after.State.Issued, after.BestBidFen, BookCommand.Output(after, null, null).LastPriceFen));
    }

    [Fact]
    public async Task Before_it_opened_there_is_no_book() => Assert.Null(await BookSnapshot.OfAsync(Stored(Stream()), Open.AddSeconds(-1)));

    [Fact]
    public async Task An_altered_stream_is_an_error_that_names_the_event()
    {
        var stream = Stream();
        stream[^1] = stream[^1] is PacksTraded trade ? trade with { Quantity = trade.Quantity + 1 } : throw new InvalidOperationException("The last event is a trade.");
        var error = await Assert.ThrowsAsync<CommandFailedException>(() => BookSnapshot.OfAsync(Stored(stream), null));
        Assert.Contains($"event {stream.Count} of book/P000042", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_that_is_none_or_has_no_book_or_had_none_yet_is_wrong_input()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(Ct));
        using var store = MarketStore.Over(database);
        await StoreSchema.ApplyAsync(store, Ct);
        var events = new StoredEvents(database);
        Assert.Equal("PRODUCT 'P1' is no product of this store; no product of this store has one.", await WrongAsync("P1", null));
        await using (var session = store.LightweightSession())
        {
            session.Events.Append("product/P000041", new Domain.Rights.ApplicationWithdrawn(new("P000041")) { At = Open, By = Provider });
            session.Events.Append("book/P000042", [.. Stream()]);
            await session.SaveChangesAsync(Ct);
        }

        Assert.Equal("PRODUCT 'P000041' has no order book; products with an order book: 1, nearest are P000042.", await WrongAsync("P000041", null));
        Assert.Equal("PRODUCT 'P42' is no product of this store; products with an order book: 1, nearest are P000042.", await WrongAsync("P42", null));
        Assert.Equal(
            "--at '2025-03-03 08:59:59' is not allowed: the order book of P000042 opened on 2025-03-03 09:00:00", await WrongAsync("P000042", Open.AddSeconds(-1)));
        foreach (var name in new[] { "P000042", "book/P000042", "product/P000042" })
        {
            Assert.Equal(1, (await BookCommand.FindAsync(name, null, events, Ct)).State.Trades);
        }

        async Task<string> WrongAsync(string product, SimulatedTime? at) =>
            (await Assert.ThrowsAsync<WrongInputException>(() => BookCommand.FindAsync(product, at, events, Ct))).Message;
    }

    // The book's stream as the exchange's own deciders write it: two asks, three bids, then a bid that takes the best ask.
    private static List<Event> Stream()
    {
        var rules = new BookRules(10, 100_000, 100, 0, 600, 100, 600);
        var opened = new BookOpened(Product, new("hzdex"), Provider, SecurityClass.General, SimulatedTime.Parse("2026-01-01T00:00:00+08:00"), 50, 100, 1_000, rules, []) { At = Open, By = Provider };
        var core = new Exchange.Books.BookCore(opened);
        List<Event> stream = [opened];
        Take(new BookPhaseChanged(Product, TradingPhase.Continuous, true) { At = Open.AddSeconds(60), By = Provider });
        Enter(100, Provider, 1, BookOrderTerms.Limit(BookSide.Sell, 10, 1_000) with { Supply = PackSupply.Issue });
        Enter(101, Provider, 2, BookOrderTerms.Limit(BookSide.Sell, 5, 1_100) with { Supply = PackSupply.Issue });
        Enter(110, new("firm-0002"), 1, BookOrderTerms.Limit(BookSide.Buy, 2, 900));
        Enter(111, new("firm-0003"), 1, BookOrderTerms.Limit(BookSide.Buy, 1, 900));
        Enter(120, new("firm-0002"), 2, BookOrderTerms.Limit(BookSide.Buy, 4, 800));
        Enter(140, new("firm-0003"), 2, BookOrderTerms.Limit(BookSide.Buy, 12, 1_000));
        return stream;

        void Enter(int second, PartyId party, int number, BookOrderTerms terms) => Take(
            new BookOrderEntered(Product, party, number, SecurityClass.General, terms, terms.NeedFen) { At = Open.AddSeconds(second), By = party });

        void Take(Event input)
        {
            stream.Add(input);
            stream.AddRange(core.Take(input));
        }
    }

    private static async IAsyncEnumerable<StoredEvent> Stored(List<Event> events)
    {
        await Task.Yield();
        for (var i = 0; i < events.Count; i++)
        {
            yield return new StoredEvent(EventHome.StreamOf(events[i]), i + 1, "", events[i], "{}", i + 1, DateTimeOffset.UnixEpoch);
        }
    }
}
