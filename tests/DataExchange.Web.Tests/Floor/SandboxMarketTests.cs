using DataExchange.Matching;
using DataExchange.Web.Floor.Sandbox;

namespace DataExchange.Web.Tests.Floor;

/// <summary>The market of the sandbox floor, on the real matching core, without server and clock.</summary>
public sealed class SandboxMarketTests
{
    [Fact]
    public void The_same_seed_with_the_same_orders_gives_the_same_market_and_another_one_does_not()
    {
        Assert.Equal(Run(7, withOrder: true), Run(7, withOrder: true));
        Assert.NotEqual(Run(7, withOrder: true), Run(7, withOrder: false));
        Assert.NotEqual(Run(7, withOrder: false), Run(8, withOrder: false));
    }

    [Fact]
    public void It_moves_by_itself_it_trades_it_halts_and_it_uncrosses()
    {
        var market = new SandboxMarket(1);
        var (whats, bookTrades) = (new HashSet<string>(), new HashSet<string>());
        for (var i = 0; i < 3_600; i++)
        {
            market.Step();
            var book = market.Frame(SandboxPlace.Book);
            whats.UnionWith([book.What, market.Frame(SandboxPlace.Offer).What, market.Frame(SandboxPlace.Auction).What]);
            bookTrades.UnionWith(book.Trades.Select(trade => trade.Time));
        }

        Assert.Superset(new HashSet<string> { "traded", "halted", "uncrossed", "entered" }, whats);
        Assert.True(bookTrades.Count > 100, $"Trades at {bookTrades.Count} moments.");
        Assert.NotEmpty(market.Frame(SandboxPlace.Book).Bids);
        Assert.NotEmpty(market.Frame(SandboxPlace.Book).Asks);
    }

    [Fact]
    public void A_posted_offer_never_runs_out_and_an_ask_in_the_book_does()
    {
        var market = new SandboxMarket(1);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, market.Take(SandboxRole.Buyer, 200).Traded);
            Assert.Null(Assert.Single(market.Frame(SandboxPlace.Offer).Asks).Packs);
        }

        Assert.Equal((1_000, 0), market.PiecesOf(SandboxRole.Buyer, SandboxPlace.Offer));
        Assert.Equal(2, market.Order(SandboxRole.Provider, SandboxPlace.Book, false, 9_500, 2).Number);
        Assert.Equal(2, market.Order(SandboxRole.Buyer, SandboxPlace.Book, true, 9_500, 5).Traded);
        Assert.Empty(market.Frame(SandboxPlace.Book).Asks);
        Assert.Equal(3, Assert.Single(market.OrdersOf(SandboxRole.Buyer)).Leaves);
    }

    [Fact]
    public void An_auction_gathers_orders_and_all_trade_at_one_price()
    {
        var market = new SandboxMarket(1);
        market.Order(SandboxRole.Provider, SandboxPlace.Auction, false, 8_000, 4);
        Assert.Equal(0, market.Order(SandboxRole.Buyer, SandboxPlace.Auction, true, 9_500, 3).Traded);
        Assert.Equal("2025-06-02 09:31:00", market.Frame(SandboxPlace.Auction).Until);
        Assert.True(market.Uncross());
        var trade = Assert.Single(market.Frame(SandboxPlace.Auction).Trades);
        Assert.Equal((3, null, true), (trade.Packs, trade.Taker, trade.IsIssue));
        Assert.Equal((SandboxMarket.BuyerPacks + 3, 0), market.PiecesOf(SandboxRole.Buyer, SandboxPlace.Auction));
        Assert.Equal("Auction", market.Frame(SandboxPlace.Auction).Phase);
    }

    [Fact]
    public void Money_is_held_for_a_bid_to_the_fen_and_free_again_when_it_is_cancelled()
    {
        var market = new SandboxMarket(1);
        var bid = market.Order(SandboxRole.Buyer, SandboxPlace.Book, true, 5_000, 7);
        Assert.Equal((SandboxMarket.BuyerFen - 35_000, 35_000), market.FundsOf(SandboxRole.Buyer));
        Assert.Equal(Reason.UnknownOrder, market.Cancel(SandboxRole.Provider, SandboxPlace.Book, bid.Number).Reason);
        Assert.Equal(Reason.None, market.Cancel(SandboxRole.Buyer, SandboxPlace.Book, bid.Number).Reason);
        Assert.Equal((SandboxMarket.BuyerFen, 0), market.FundsOf(SandboxRole.Buyer));
        Assert.Equal(Reason.InsufficientFunds, market.Order(SandboxRole.Buyer, SandboxPlace.Book, true, 100_000, 1_000).Reason);
        Assert.Equal(Reason.InsufficientUnits, market.Order(SandboxRole.Buyer, SandboxPlace.Book, false, 10_000, SandboxMarket.BuyerPacks + 1).Reason);
    }

    [Theory]
    [InlineData(SandboxPlace.Book)]
    [InlineData(SandboxPlace.Offer)]
    [InlineData(SandboxPlace.Auction)]
    public void A_halt_lasts_until_it_is_ended(SandboxPlace place)
    {
        var market = new SandboxMarket(1);
        Assert.False(market.Resume(place));
        Assert.True(market.Halt(place));
        Assert.False(market.Halt(place));
        for (var i = 0; i < 200; i++)
        {
            market.Step();
        }

        Assert.Equal(("Halted", null), (market.Frame(place).Phase, market.Frame(place).Until));
        Assert.Empty(market.Frame(place).Trades);
        Assert.True(market.Resume(place));
        Assert.Equal(place == SandboxPlace.Auction ? "Auction" : "Continuous", market.Frame(place).Phase);
    }

    [Fact]
    public void A_halt_of_the_price_band_ends_by_itself_and_not_once_somebody_has_halted_it()
    {
        var market = new SandboxMarket(1);
        Steps(market, () => market.Frame(SandboxPlace.Book).Until is null);
        Assert.Equal(("Halted", "halted"), (market.Frame(SandboxPlace.Book).Phase, market.Frame(SandboxPlace.Book).What));
        Assert.True(market.Halt(SandboxPlace.Book));
        Assert.Null(market.Frame(SandboxPlace.Book).Until);
        for (var i = 0; i < 3 * SandboxMarket.HaltSeconds; i++)
        {
            market.Step();
        }

        Assert.Equal("Halted", market.Frame(SandboxPlace.Book).Phase);
        Assert.True(market.Resume(SandboxPlace.Book));
        Steps(market, () => market.Frame(SandboxPlace.Book).Until is null);
        Steps(market, () => market.Frame(SandboxPlace.Book).Until is not null);
        Assert.Equal("Continuous", market.Frame(SandboxPlace.Book).Phase);
    }

    private static ulong Run(ulong seed, bool withOrder)
    {
        var market = new SandboxMarket(seed);
        for (var i = 0; i < 500; i++)
        {
            market.Step();
            if (withOrder && i == 250)
            {
                market.Order(SandboxRole.Buyer, SandboxPlace.Book, true, 9_990, 3);
            }
        }

        return market.StateHash;
    }

    private static void Steps(SandboxMarket market, Func<bool> goOn)
    {
        for (var i = 0; goOn(); i++)
        {
            Assert.True(i < 20_000, "It does not come.");
            market.Step();
        }
    }
}
