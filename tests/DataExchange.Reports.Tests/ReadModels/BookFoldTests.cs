using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Exchange;
using DataExchange.Reports.Figures;

namespace DataExchange.Reports.Tests.ReadModels;

/// <summary>A history written by hand and what must come of it, number by number.</summary>
public sealed class BookFoldTests
{
    private static readonly BulkFold Fold = new(BookHistory.Events.Select((e, i) => new RecordedEvent(EventHome.StreamOf(e), i + 1, e)));

    [Fact]
    public void A_day_has_its_prices_volumes_auctions_and_halts()
    {
        var day = Fold.Models.BookDays[0];

        Assert.Equal(("P000042/2025-03-03", "hzdex", new DateOnly(2025, 3, 3)), (day.Id, day.Venue, day.Day));
        Assert.Equal((1_000L, 1_500L, 1_000L, 1_500L), (day.OpenFen, day.HighFen, day.LowFen, day.CloseFen));
        Assert.Equal((3, 8L, 9_550L), (day.Trades, day.Packs, day.AmountFen));
        Assert.Equal((2, 7L, 8_500L), (day.PrimaryTrades, day.PrimaryPacks, day.PrimaryAmountFen));
        Assert.Equal((2, 1_000L, 7L, 8_500L), (day.Auctions, day.AuctionPriceFen, day.AuctionPacks, day.AuctionAmountFen));
        Assert.Equal((1, 1, 2L), (day.Halts, day.Reduced, day.Redeemed));
        Assert.Equal([(BookOrderKind.Limit, 5), (BookOrderKind.Stop, 1), (BookOrderKind.Posted, 1)], day.OrdersEntered.Select(count => (count.Key, count.Value)));
        Assert.Equal([(Rejection.InsufficientPacks, 1), (Rejection.InsufficientFunds, 1)], day.OrdersRefused.Select(count => (count.Key, count.Value)));
        Assert.Equal([(BookCancelCause.Requested, 1)], day.Cancelled.Select(count => (count.Key, count.Value)));
    }

    [Fact]
    public void A_day_without_trades_has_no_prices()
    {
        var day = Fold.Models.BookDays[1];

        Assert.Equal(2, Fold.Models.BookDays.Count);
        Assert.Equal((null, null, null, null), (day.OpenFen, day.HighFen, day.LowFen, day.CloseFen));
        Assert.Equal((new DateOnly(2025, 3, 4), 0, 1), (day.Day, day.Trades, day.OrdersEntered[BookOrderKind.Limit]));
    }

    [Fact]
    public void The_book_stands_where_its_last_event_left_it()
    {
        var book = Assert.Single(Fold.Models.Books);

        Assert.Equal((TradingPhase.Continuous, false, 1_000L, 1_500L), (book.Phase, book.IsSuspended, book.PostedPriceFen, book.LastPriceFen));
        Assert.Equal((50, 100, "firm-0001"), (book.Packs, book.UnitsPerPack, book.Provider));
        Assert.Null(book.ClosedAt);
    }

    [Fact]
    public void A_trade_is_a_deal_in_the_register_and_who_sells_on_is_its_seller()
    {
        var resold = Fold.Deals.Single(deal => deal.Id == "P000042-T000002");

        Assert.Equal(3, Fold.Deals.Count);
        Assert.Equal(("firm-0003", "firm-0002", TradeChannel.OrderBook, (LicenceKind?)LicenceKind.CallPack), (resold.Buyer, resold.Provider, resold.Channel, resold.Licence));
        Assert.Equal((1, 100, 1_050L, 10L, 1_040L), (resold.Quantity, resold.Units, resold.AmountFen, resold.FeeFen, resold.ProviderShareFen));
        Assert.Equal(resold.OpenedAt, resold.AgreedAt);
    }

    [Fact]
    public void Money_for_orders_is_held_released_and_spent_and_a_buyer_that_sells_on_earns()
    {
        var first = Fold.Models.Parties.Single(party => party.Id == "firm-0002");
        var second = Fold.Models.Parties.Single(party => party.Id == "firm-0003");

        // 4,000 fen spent of 4,400 held; 1,800 fen are held for the order of the second day.
        Assert.Equal((100_000 - 4_000 - 1_800, 1_800L, 4_000L, 1_040L), (first.AvailableFen, first.HeldFen, first.SpentFen, first.PayableFen));
        Assert.Equal((1, 4_000L, 1, 1_050L), (first.DealsAsBuyer, first.BoughtFen, first.DealsAsSeller, first.SoldFen));
        Assert.Equal((100_000L - 5_550, 0L, 5_550L), (second.AvailableFen, second.HeldFen, second.SpentFen));
    }

    [Fact]
    public void The_venues_day_counts_trades_and_refused_orders_apart_from_the_shelf()
    {
        var day = Fold.Models.VenueDays[0];

        Assert.Equal((3, 9_550L, 3, 9_550L, 0), (day.OrderBookDeals, day.OrderBookAmountFen, day.Deals, day.AmountFen, day.ShelfDeals));
        Assert.Equal((8, 0), (day.BookOrders, day.Orders));
        Assert.Equal([(Rejection.InsufficientPacks, 1), (Rejection.InsufficientFunds, 1)], day.BookOrdersRefused.Select(count => (count.Key, count.Value)));
        Assert.Equal(["hzdex/2025-03-03", "hzdex/2025-03-04"], Fold.Models.VenueDays.Select(each => each.Id));
    }

    [Fact]
    public void The_products_life_has_the_book_its_sales_and_what_of_them_was_resold()
    {
        var life = Assert.Single(Fold.Models.Timelines);

        Assert.Equal(["packs_allotted.v1", "book_opened.v1"], life.Entries.Select(entry => entry.Event));
        Assert.Equal("hzdex: 50 packs of 100 calls, 10.00 yuan each", life.Entries[0].DetailEn);
        Assert.Equal((3, 9_550L, 1, 1_050L), (life.Deals, life.SalesFen, life.Resales, life.ResalesFen));
    }

    [Fact]
    public void The_reports_figures_of_a_book_are_these()
    {
        var builder = new MarketFiguresBuilder();
        foreach (var deal in Fold.Deals)
        {
            builder.Add(deal);
        }

        var figures = builder.Complete(Fold.Models);
        var book = Assert.Single(figures.OrderBooks!.Books);

        Assert.Equal((3, 8L, 9_550L, 1), (book.Trades, book.Packs, book.AmountFen, book.Halts));
        Assert.Equal(9_550 / 8.0, book.VwapFen);
        Assert.Equal(8_500 / 9_550.0, book.PrimaryShare);
        Assert.Equal(8_500 / 9_550.0, book.AuctionShare);
        Assert.Equal(0.5, book.Premium!.Value, 12);
        Assert.Equal([new DateOnly(2025, 3, 3)], figures.OrderBooks.MostTraded.Select(day => day.Day));
        Assert.Equal([(BookOrderKind.Limit, 6), (BookOrderKind.Stop, 1), (BookOrderKind.Posted, 1)], figures.OrderBooks.Orders);
        Assert.Equal([TradeChannel.Shelf, TradeChannel.RegisteredContract, TradeChannel.FiledContract, TradeChannel.OrderBook], figures.Channels.Select(c => c.Channel));
    }
}
