using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Accounts;

namespace DataExchange.Exchange.Tests;

/// <summary>Auctions through the whole exchange: who gets what, what becomes of the money, and what the audit finds when somebody alters the facts.</summary>
public sealed class AuctionTests : IAsyncLifetime
{
    private SmallMarket _market = null!;

    public async ValueTask InitializeAsync() => _market = await SmallMarket.WithAuctionsAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("PA-1", "B2 150000")]
    [InlineData("PA-3", "ReserveAboveAllBids")]
    [InlineData("PA-4", "NoBids")]
    [InlineData("PB-1", "B3 60000, B2 60000")]
    [InlineData("PA-5", "B1 65000")]
    [InlineData("PA-6", "B3 150000")]
    [InlineData("PC-1", "B2 120000")]
    public void Who_gets_it_at_what_price(string auction, string outcome)
    {
        var closed = _market.Closed(auction);
        Assert.Equal(outcome, closed.NoSale?.ToString() ?? string.Join(", ", closed.Awards.Select(award => $"{award.Bidder} {award.PriceFen}")));
    }

    [Fact]
    public void A_random_sampling_sells_to_each_half_at_a_price_of_the_other()
    {
        var closed = _market.Closed("PA-2");
        Assert.Equal(SmallMarket.Coin, closed.Coin);
        Assert.NotEmpty(closed.Awards);
        Assert.All(closed.Awards, award => Assert.Contains(award.PriceFen, new long[] { 120_000, 130_000, 150_000, 160_000 }));
    }

    [Fact]
    public void Every_award_is_a_deal_like_any_other_and_is_settled()
    {
        var awards = _market.Of<AuctionClosed>().Where(e => e.Auction.Value != "PC-1").SelectMany(e => e.Awards).ToArray();
        Assert.NotEmpty(awards);
        Assert.All(awards, award =>
        {
            Assert.Equal((TradeChannel.Auction, award.PriceFen), _market.Of<TransactionRegistered>().Where(e => e.Deal == award.Deal).Select(e => (e.Channel, e.AmountFen)).Single());
            Assert.Equal(award.PriceFen, _market.Of<DealSettled>().Single(e => e.Deal == award.Deal).Postings.Sum(posting => posting.AmountFen));
        });
        Assert.Equal(awards.Length, _market.Of<DealCompleted>().Count());
    }

    [Fact]
    public void An_award_that_the_offer_refuses_frees_the_money_and_is_a_fact()
    {
        var refused = _market.Of<OrderRejected>().Single(e => e.Auction is not null);
        Assert.Equal((new DealId("PC-1-1"), Rejection.ExclusiveLicenceSold), (refused.Deal, refused.Reason));
        Assert.Equal(120_000, _market.Of<HoldReleased>().Single(e => e.Deal == refused.Deal).AmountFen);
        Assert.DoesNotContain(_market.Of<LicenceGranted>(), e => e.Deal == refused.Deal);
    }

    [Fact]
    public void The_deposit_of_a_bid_that_was_not_opened_is_the_providers()
    {
        var forfeited = Assert.Single(_market.Of<DepositForfeited>());
        Assert.Equal((new PartyId("B4"), SmallMarket.Seller, 10_000L), (forfeited.Party, forfeited.Provider, forfeited.AmountFen));
    }

    [Fact]
    public void Money_is_where_it_belongs_at_the_end()
    {
        var spent = _market.Of<HoldCaptured>().Sum(e => e.AmountFen) + _market.Of<FundsHeld>().Single(e => e.Deal.Value == "D1").AmountFen + 10_000;
        Assert.Equal(_market.Of<FundsDeposited>().Sum(e => e.AmountFen) - spent, SmallMarket.Bidders.Append("B5").Sum(_market.Available));
    }

    [Fact]
    public void Before_bids_are_opened_the_facts_have_their_hashes_alone()
    {
        foreach (var auction in new[] { "PA-1", "PA-2", "PB-1" })
        {
            var first = _market.Events.FindIndex(recorded => recorded.Data is BidRevealed e && e.Auction.Value == auction);
            var rules = _market.Of<AuctionOpened>().Single(e => e.Auction.Value == auction).Rules;
            Assert.True(_market.Events[first].Data.At > rules.BidUntil);
            // Of the bids themselves: the shelf's prices stand elsewhere in the same facts.
            Assert.All(_market.Events.Take(first).Select(recorded => recorded.Data).Where(e => e is BidCommitted c && c.Auction.Value == auction), e =>
                Assert.Equal((10_000L, 64), (((BidCommitted)e).DepositFen, ((BidCommitted)e).Commitment.Length)));
            Assert.All(_market.Of<BidFundsHeld>().Where(e => e.Auction.Value == auction && e.At <= rules.BidUntil), e =>
                Assert.Equal(10_000, e.AmountFen));
        }
    }

    [Fact]
    public void The_books_balance_after_every_event()
    {
        var ledger = new MarketLedger();
        for (var i = 0; i < _market.Events.Count; i++)
        {
            var (stream, version, data) = _market.Events[i];
            Assert.Null(ledger.Take(i + 1, stream, version, data));
            Assert.All(ledger.Book.TrialBalances(), sum => Assert.True(sum.IsBalanced, $"after event {i + 1}: {sum}"));
        }
    }

    [Fact]
    public void The_audit_has_nothing_against_it_wherever_the_store_ends()
    {
        Assert.Empty(new Tampering(_market.Events).Audit().Problems);
        Assert.Empty(new Tampering(_market.Events).Audit(backwards: true).Problems);
        Assert.All(_market.CommandEnds.Where((_, i) => i % 3 == 0), end => Assert.Empty(new Tampering(_market.Events.Take(end)).Audit().Problems));
    }

    [Fact]
    public void The_exchange_goes_on_from_its_facts()
    {
        var exchange = new InProcessExchange(new Nowhere());
        _market.Events.ForEach(exchange.Restore);
        exchange.CompleteRestore();
    }

    private sealed class Nowhere : IEventSink
    {
        public ValueTask AppendAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
