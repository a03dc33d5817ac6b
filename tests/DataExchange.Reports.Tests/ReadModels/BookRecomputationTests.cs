using CsCheck;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Tests.Market;

namespace DataExchange.Reports.Tests.ReadModels;

/// <summary>The order books' read models, computed a second time from the raw events in the plainest way.</summary>
public sealed class BookRecomputationTests
{
    [Fact]
    public void Books_and_their_days_are_those_of_the_events() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 40], Gen.Int[0, 12])
            .Sample((seed, products, buyers) => Check([.. SmallMarket.Run(seed, products, buyers, 20).Select(r => r.Data)], seed), iter: 25, threads: 1);

    private static void Check(Event[] events, int seed)
    {
        var models = new BulkFold(SmallMarketAgain(events)).Models;
        Books(events, models);
        var entries = events.Select(e => (Product: ProductOf(e), Event: e)).Where(entry => entry.Product is not null)
            .ToLookup(entry => $"{entry.Product}/{entry.Event.At.Date:yyyy-MM-dd}", entry => entry.Event);
        Assert.Equal(entries.Select(day => day.Key).Order(StringComparer.Ordinal), models.BookDays.Select(day => day.Id));
        foreach (var day in models.BookDays)
        {
            Event[] here = [.. entries[day.Id]];
            var trades = here.OfType<PacksTraded>().ToList();
            var issues = trades.FindAll(e => e.IsIssue);
            var auctions = here.OfType<BookUncrossed>().ToList();
            var inAuctions = trades.FindAll(e => e.Taker is null);
            Assert.True(trades.Count == day.Trades, $"seed {seed}: {day.Id}");
            Assert.Equal(
                (trades.FirstOrDefault()?.PriceFen, trades.Max(e => (long?)e.PriceFen), trades.Min(e => (long?)e.PriceFen), trades.LastOrDefault()?.PriceFen),
                (day.OpenFen, day.HighFen, day.LowFen, day.CloseFen));
            Assert.Equal((trades.Sum(e => (long)e.Quantity), trades.Sum(e => e.AmountFen)), (day.Packs, day.AmountFen));
            Assert.Equal((issues.Count, issues.Sum(e => (long)e.Quantity), issues.Sum(e => e.AmountFen)), (day.PrimaryTrades, day.PrimaryPacks, day.PrimaryAmountFen));
            Assert.Equal((auctions.Count, auctions.FirstOrDefault()?.PriceFen), (day.Auctions, day.AuctionPriceFen));
            // The auction's own word agrees with its trades.
            Assert.Equal((inAuctions.Sum(e => (long)e.Quantity), inAuctions.Sum(e => e.AmountFen)), (day.AuctionPacks, day.AuctionAmountFen));
            Assert.Equal(here.OfType<BookHalted>().Count(), day.Halts);
            Assert.Equal(here.OfType<BookOrderEntered>().CountBy(e => e.Terms.Kind).OrderBy(count => count.Key), day.OrdersEntered);
            Assert.Equal(
                here.OfType<BookOrderRefused>().Select(e => e.Reason).Concat(here.OfType<OrderFundsRefused>().Select(e => e.Reason))
                    .CountBy(reason => reason).OrderBy(count => count.Key),
                day.OrdersRefused);
            Assert.Equal(here.OfType<BookOrderCancelled>().CountBy(e => e.Cause).OrderBy(count => count.Key), day.Cancelled);
            Assert.Equal(
                (here.OfType<BookOrderExpired>().Count(), here.OfType<BookOrderReduced>().Count(), here.OfType<BookOrderTriggered>().Count()),
                (day.Expired, day.Reduced, day.Triggered));
            Assert.Equal(here.OfType<PacksRedeemed>().Sum(e => e.Quantity), day.Redeemed);
        }
    }

    private static void Books(Event[] events, ReadModelSet models)
    {
        Assert.Equal(events.OfType<BookOpened>().Select(e => e.Product.Value).Order(StringComparer.Ordinal), models.Books.Select(book => book.Id));
        foreach (var book in models.Books)
        {
            // The decider's own state is the other witness.
            var state = events.Where(e => e is not PacksAllotted && EventHomeIsBook(e, book.Id)).Aggregate(BookDecider.Initial, BookDecider.Evolve);
            var opened = events.OfType<BookOpened>().Single(e => e.Product.Value == book.Id);
            var trades = events.OfType<PacksTraded>().Where(e => e.Product.Value == book.Id).ToList();
            Assert.Equal((state.Venue.Value, state.Provider.Value, state.Packs, state.UnitsPerPack), (book.Venue, book.Provider, book.Packs, book.UnitsPerPack));
            Assert.Equal((state.Phase, state.IsSuspended, state.IsClosed), (book.Phase, book.IsSuspended, book.ClosedAt is not null));
            Assert.Equal((opened.At.UnixSeconds, state.ValidUntil.UnixSeconds), (book.OpenedAt.ToUnixTimeSeconds(), book.ValidUntil.ToUnixTimeSeconds()));
            Assert.Equal((trades.LastOrDefault()?.PriceFen, trades.LastOrDefault()?.At.UnixSeconds), (book.LastPriceFen, book.LastTradeAt?.ToUnixTimeSeconds()));
            var opening = Array.IndexOf(events, opened);
            var price = events.Skip(opening).OfType<OfferTermsChanged>().LastOrDefault(e => e.Product.Value == book.Id && e.Terms.Licence == LicenceKind.CallPack);
            Assert.Equal(price is null ? opened.ReferencePriceFen : price.Terms.UnitPriceFen * opened.UnitsPerPack, book.PostedPriceFen);
        }
    }

    private static bool EventHomeIsBook(Event e, string product) => Exchange.EventHome.StreamOf(e) == StreamId.Book(new(product));

    private static IEnumerable<Exchange.RecordedEvent> SmallMarketAgain(Event[] events) => events.Select(e => new Exchange.RecordedEvent(Exchange.EventHome.StreamOf(e), 1, e));

    private static string? ProductOf(Event e) => e switch
    {
        PacksTraded x => x.Product.Value,
        BookUncrossed x => x.Product.Value,
        BookHalted x => x.Product.Value,
        BookOrderEntered x => x.Product.Value,
        BookOrderRefused x => x.Product.Value,
        BookOrderCancelled x => x.Product.Value,
        BookOrderExpired x => x.Product.Value,
        BookOrderReduced x => x.Product.Value,
        BookOrderTriggered x => x.Product.Value,
        PacksRedeemed x => x.Product.Value,
        OrderFundsRefused x => x.Product.Value,
        _ => null,
    };
}
