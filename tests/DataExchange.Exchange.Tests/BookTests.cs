using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using static DataExchange.Exchange.Tests.SmallMarket;

namespace DataExchange.Exchange.Tests;

/// <summary>An order book in the exchange: money and packs go the way of the trades, and nowhere else.</summary>
public sealed class BookTests
{
    [Fact]
    public async Task A_posted_offer_issues_packs_to_every_buyer_and_each_trade_becomes_a_completed_deal()
    {
        var market = await WithABookAsync();
        await market.Enter("S1", Posted(1_000, 70));
        await market.Enter("B1", Limit(BookSide.Buy, 10, 75));
        var bought = await market.Enter("B2", Limit(BookSide.Buy, 5, 70));
        var trade = Assert.Single(bought.Events.OfType<PacksTraded>());
        Assert.Equal((true, 5, 5_000, 7_000L, 35_000L, 0L), (trade.IsIssue, trade.Quantity, trade.Units, trade.PriceFen, trade.AmountFen, trade.ReleasedFen));
        Assert.Equal([10, 5], market.Of<PacksTraded>().Select(e => e.Quantity));
        Assert.Equal(5_000, market.Of<PacksTraded>().First().ReleasedFen);
        Assert.Equal(market.Of<PacksTraded>().Select(e => e.Deal), market.Of<DealCompleted>().Select(e => e.Deal));
        // 35,000 fen: tax 600/10,600 = 1,981, fee 2.5 % = 875, and of the rest 15 % to the contributor.
        var settled = market.Of<DealSettled>().Last();
        Assert.Equal([1_981, 875, 4_822, 27_322], settled.Postings.Select(posting => posting.AmountFen));
        Assert.Equal(10_000_000 - 70_000, market.Available("B1"));
        Assert.Equal(10_000_000 - 35_000, market.Available("B2"));
    }

    [Fact]
    public async Task Packs_change_hands_and_the_former_holder_is_paid_alone()
    {
        var market = await WithABookAsync();
        await market.Enter("S1", Posted(10, 70));
        await market.Enter("B1", Limit(BookSide.Buy, 10, 70));
        await market.Enter("B2", Limit(BookSide.Buy, 4, 66));
        var sold = await market.Enter("B1", Limit(BookSide.Sell, 6, 65));
        var trade = Assert.Single(sold.Events.OfType<PacksTraded>());
        Assert.Equal((false, "B1", "B2", 6_600L, BookSide.Sell), (trade.IsIssue, trade.Seller.Value, trade.Buyer.Value, trade.PriceFen, trade.Taker!.Value));
        Assert.Empty(trade.Contributors);
        var settled = market.Of<DealSettled>().Last();
        Assert.Equal(LedgerAccount.Payable(new("B1")), settled.Postings[^1].Credit);
        Assert.DoesNotContain(settled.Postings, posting => posting.Credit == LedgerAccount.Payable(Upstream));
        Assert.Equal(Rejection.InsufficientPacks, (await market.Submit(
            new RedeemPacks(Traded, new("B1"), 5) { At = market.Wait(60), By = new("B1") })).Rejection);
        Assert.True((await market.Submit(new RedeemPacks(Traded, new("B1"), 4) { At = market.Wait(60), By = new("B1") })).Accepted);
    }

    [Fact]
    public async Task No_more_packs_are_issued_than_were_set_aside()
    {
        var market = await WithABookAsync(packs: 12);
        await market.Enter("S1", Posted(10, 70));
        await market.Enter("S1", Posted(10, 70));
        var bought = await market.Enter("B1", Limit(BookSide.Buy, 15, 70));
        Assert.Equal([10, 2], bought.Events.OfType<PacksTraded>().Select(e => e.Quantity));
        Assert.Contains(bought.Events, e => e is BookOrderCancelled { Cause: BookCancelCause.CapReached, Quantity: 8 });
    }

    [Fact]
    public async Task Money_is_held_for_a_resting_bid_and_comes_back_with_its_end()
    {
        var market = await WithABookAsync();
        await market.Enter("B1", Limit(BookSide.Buy, 100, 50));
        Assert.Equal(10_000_000 - 500_000, market.Available("B1"));
        await market.Submit(new ReduceBookOrder(Traded, new("B1"), 1, 40) { At = market.Wait(60), By = new("B1") });
        Assert.Equal(10_000_000 - 200_000, market.Available("B1"));
        await market.Call(TradingPhase.Closed);
        Assert.Equal(10_000_000, market.Available("B1"));
        Assert.Single(market.Of<BookOrderExpired>());
        Assert.Equal(Rejection.OrderNotFound, (await market.Submit(
            new CancelBookOrder(Traded, new("B1"), 1) { At = market.Wait(60), By = new("B1") })).Rejection);
    }

    [Fact]
    public async Task An_order_that_cannot_be_paid_never_enters_the_book()
    {
        var market = await WithABookAsync();
        var refused = await market.Enter("B1", Limit(BookSide.Buy, 1_000, 101));
        Assert.Equal(Rejection.InsufficientFunds, refused.Rejection);
        Assert.Single(market.Of<OrderFundsRefused>());
        Assert.Empty(market.Of<BookOrderEntered>());
    }

    [Fact]
    public async Task A_budget_is_spent_as_far_as_it_goes_and_the_rest_comes_back()
    {
        var market = await WithABookAsync();
        await market.Enter("S1", Posted(100, 70));
        var bought = await market.Enter("B1", Budget(500));
        Assert.Equal(7, bought.Events.OfType<PacksTraded>().Single().Quantity);
        Assert.Equal(1_000, bought.Events.OfType<BookOrderCancelled>().Single().ReleasedFen);
        Assert.Equal(10_000_000 - 49_000, market.Available("B1"));
    }

    [Fact]
    public async Task A_party_that_is_not_admitted_may_not_buy()
    {
        var market = await WithABookAsync();
        var refused = await market.Enter("B4", Limit(BookSide.Buy, 1, 70));
        Assert.Equal(Rejection.BuyerNotAdmitted, refused.Events.OfType<BookOrderRefused>().Single().Reason);
        Assert.Equal(1_000_000, market.Available("B4"));
    }

    [Theory]
    [InlineData(Rejection.OnlyProviderIssues)]
    [InlineData(Rejection.InsufficientPacks)]
    [InlineData(Rejection.PhaseForbids)]
    [InlineData(Rejection.WouldTrade)]
    [InlineData(Rejection.OrderInvalid)]
    public async Task What_the_core_refuses_is_recorded_with_its_reason(Rejection reason)
    {
        var market = await WithABookAsync();
        await market.Enter("S1", Posted(100, 70));
        if (reason == Rejection.PhaseForbids)
        {
            await market.Call(TradingPhase.Closed);
        }

        var refused = reason switch
        {
            Rejection.OnlyProviderIssues => await market.Enter("B1", Posted(5, 60)),
            Rejection.InsufficientPacks => await market.Enter("B1", Limit(BookSide.Sell, 1, 80)),
            Rejection.WouldTrade => await market.Enter("B1", Limit(BookSide.Buy, 1, 70) with { PostOnly = true }),
            Rejection.PhaseForbids => await market.Enter("B1", Limit(BookSide.Buy, 1, 70)),
            _ => await market.Enter("B1", Limit(BookSide.Buy, 1, 70) with { Life = BookOrderLife.GoodTillDate, Until = market.Now }),
        };
        Assert.Equal(reason, refused.Events.OfType<BookOrderRefused>().Single().Reason);
        Assert.Equal(10_000_000, market.Available("B1"));
    }

    [Fact]
    public async Task A_trade_outside_the_band_halts_the_book_until_an_auction_ends_the_halt()
    {
        var market = await WithABookAsync();
        await market.Enter("S1", Posted(100, 70));
        await market.Enter("B1", Limit(BookSide.Buy, 50, 70));
        await market.Enter("B2", Limit(BookSide.Buy, 5, 60));
        var halted = await market.Enter("B1", Limit(BookSide.Sell, 5, 55));
        var halt = Assert.Single(halted.Events.OfType<BookHalted>());
        Assert.Equal((6_000L, market.Now.AddSeconds(120)), (halt.PriceFen, halt.Until));
        Assert.Equal(Rejection.NothingDue, (await market.Submit(new AdvanceOrderBook(Traded) { At = market.Wait(60), By = Seller })).Rejection);
        var ended = await market.Submit(new AdvanceOrderBook(Traded) { At = market.Wait(60), By = Seller });
        Assert.Equal([typeof(BookUncrossed), typeof(PacksTraded), typeof(BookPhaseChanged)], ended.Events.Select(e => e.GetType()));
        Assert.Null(ended.Events.OfType<PacksTraded>().Single().Taker);
    }

    [Fact]
    public async Task The_opening_auction_gives_one_price_to_all()
    {
        var market = await WithABookAsync();
        await market.Enter("S1", Posted(100, 70));
        await market.Enter("B1", Limit(BookSide.Buy, 50, 70));
        await market.Call(TradingPhase.PreOpen);
        await market.Enter("B1", Limit(BookSide.Sell, 10, 60));
        await market.Enter("B2", Limit(BookSide.Buy, 6, 69));
        await market.Enter("B3", Limit(BookSide.Buy, 6, 65));
        var before = market.Of<PacksTraded>().Count();
        await market.Call(TradingPhase.Continuous);
        var uncrossed = Assert.Single(market.Of<BookUncrossed>());
        Assert.Equal(10, uncrossed.Quantity);
        Assert.All(market.Of<PacksTraded>().Skip(before), trade => Assert.Equal(uncrossed.PriceFen, trade.PriceFen));
    }

    [Fact]
    public async Task Suspension_cancels_every_order_and_nothing_trades_until_the_next_session()
    {
        var market = await WithABookAsync();
        await market.Call(TradingPhase.Auction);
        await market.Enter("S1", Posted(100, 70));
        await market.Enter("B1", Limit(BookSide.Buy, 50, 70));
        await market.Submit(new Domain.Listing.SuspendListing(Traded, Hzdex, "核查") { At = market.Wait(60), By = new("hzdex") });
        Assert.Equal(2, market.Of<BookOrderCancelled>().Count(e => e.Cause == BookCancelCause.Suspended));
        Assert.Empty(market.Of<PacksTraded>());
        Assert.Equal(10_000_000, market.Available("B1"));
        Assert.Equal(Rejection.ProductSuspended, (await market.Enter("B1", Limit(BookSide.Buy, 1, 70))).Rejection);
        Assert.Equal(Rejection.ProductSuspended, (await market.Submit(
            new CallPhase(Traded, TradingPhase.Continuous) { At = market.Wait(60), By = new("venue-hzdex") })).Rejection);
    }

    [Fact]
    public async Task At_the_certificates_end_the_book_closes_before_anything_due_in_it_can_trade()
    {
        var market = await WithABookAsync();
        await market.Enter("S1", Posted(100, 70));
        await market.Enter("B1", Limit(BookSide.Buy, 50, 70));
        await market.Enter("B2", Limit(BookSide.Buy, 5, 60));
        await market.Enter("B1", Limit(BookSide.Sell, 5, 55));
        var until = market.Of<BookOpened>().Single().ValidUntil;
        market.Wait((int)(until.UnixSeconds - market.Now.UnixSeconds));
        Assert.Equal(Rejection.OrderBookClosed, (await market.Submit(new AdvanceOrderBook(Traded) { At = market.Now, By = Seller })).Rejection);
        Assert.Single(market.Of<BookClosed>());
        Assert.Empty(market.Of<BookUncrossed>());
        Assert.Equal(10_000_000 - 350_000, market.Available("B1"));
        Assert.Equal(10_000_000, market.Available("B2"));
    }

    [Fact]
    public async Task An_order_sent_twice_counts_once()
    {
        var market = await WithABookAsync();
        var order = new EnterBookOrder(Traded, new("B1"), 1, null, Limit(BookSide.Buy, 10, 50)) { At = market.Wait(60), By = new("B1") };
        Assert.True((await market.Submit(order)).Accepted);
        Assert.Equal(Rejection.OrderNumberUsed, (await market.Submit(order)).Rejection);
        Assert.Equal(10_000_000 - 50_000, market.Available("B1"));
    }
}
