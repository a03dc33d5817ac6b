using CsCheck;
using DataExchange.Exchange.Auctions;

namespace DataExchange.Mechanisms.Tests;

/// <summary>Call auction and order book stay with the matching core; behind the same interface they are near relatives of what is here.</summary>
public sealed class MatchingMechanismTests
{
    [Fact]
    public void An_order_book_with_one_offer_is_a_posted_price() => Gen.Select(Profiles.Any, Gen.Long[0, 6], Gen.Int[1, 10], Gen.Int[1, 5]).Sample((bids, reserve, price, copies) =>
    {
        var (book, posted) = (MatchingMechanism.OrderBook(copies, price).Run(new(reserve), bids), new PostedPrice(price, copies).Run(new(reserve), bids));
        Assert.Equal(posted.Awards, book.Awards);
        Assert.Equal(posted.NoSale, book.NoSale);
    }, iter: 200);

    [Fact]
    public void A_call_auction_sells_to_the_winners_of_the_kplus1_price_between_its_price_and_the_last_winners_bid() =>
        Gen.Select(Profiles.Any, Gen.Long[1, 8], Gen.Int[1, 5]).Sample((bids, reserve, copies) =>
        {
            var call = MatchingMechanism.CallAuction(copies, 1).Run(new(reserve), bids);
            var uniform = new UniformPrice(copies).Run(new(reserve), bids);
            Assert.Equal(uniform.Awards.Select(award => award.Bidder).Order(), call.Awards.Select(award => award.Bidder).Order());
            Assert.Equal(uniform.NoSale, call.NoSale);
            if (call.Awards.Count == 0)
            {
                return;
            }

            // One price for all, which clears: no loser would have paid more, no winner had to pay more than he bid.
            var price = Assert.Single(call.Awards.Select(award => award.PriceFen).Distinct());
            var lowest = bids.Where(bid => call.Awards.Any(award => award.Bidder == bid.Bidder)).Min(bid => bid.AmountFen);
            Assert.InRange(price, uniform.Awards[0].PriceFen, lowest);
        }, iter: 200);

    [Fact]
    public void A_call_auction_is_not_incentive_compatible_as_the_last_winners_bid_may_set_the_price()
    {
        // 3 copies' worth of buyers for 2 copies: 9, 8 and 5. Between 5 and 8 the matching core takes the highest where buyers are left over.
        var mechanism = MatchingMechanism.CallAuction(2, 1);
        var truthful = mechanism.Run(new(1), Profiles.Of(9, 8, 5));
        var shaded = mechanism.Run(new(1), Profiles.Of(9, 6, 5));
        Assert.True(Profiles.Utility(shaded, "b1", 8) > Profiles.Utility(truthful, "b1", 8));
    }

    [Fact]
    public void A_bid_above_the_books_prices_is_told_with_what_is_allowed() =>
        Assert.Contains("1000000001 fen is not allowed: a price of the book is 1 to 1000000000 fen",
            Assert.Throws<ArgumentException>(() => MatchingMechanism.CallAuction(1, 1).Run(new(1), Profiles.Of(MatchingMechanism.MostPriceFen + 1L))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1_000_001, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 1_000_000_001)]
    public void Copies_and_price_are_in_range(int copies, int price) => Assert.Throws<ArgumentOutOfRangeException>(() => MatchingMechanism.OrderBook(copies, price));

    [Fact]
    public void A_hundred_bidders_and_a_price_of_millions_fit_into_the_book() =>
        Assert.Equal(40, MatchingMechanism.CallAuction(40, 1).Run(new(1), Profiles.Of([.. Enumerable.Range(1, 100).Select(i => i * 10_000_000L)])).Awards.Count);
}
