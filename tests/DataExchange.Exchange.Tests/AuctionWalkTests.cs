using CsCheck;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Exchange.Accounts;
using static DataExchange.Exchange.Tests.SmallMarket;

namespace DataExchange.Exchange.Tests;

/// <summary>Random auctions: who gets what is compared with a naive search, and whatever is asked, the money is all there.</summary>
public sealed class AuctionWalkTests
{
    // Whose, how much, how it ends: 0 to 6 opened, 7 not opened, 8 opened with another value, 9 committed to twice.
    private readonly record struct Wish(int Bidder, long Fen, int End);

    private static readonly AuctionFormat[] Sealed = [AuctionFormat.FirstPrice, AuctionFormat.SecondPrice, AuctionFormat.UniformPrice];

    private static readonly string[] All = [.. Bidders, "B5"];

    private static readonly Gen<Wish[]> Wishes =
        Gen.Select(Gen.Int[0, 4], Gen.Long[3, 9], Gen.Int[0, 9]).Select(drawn => new Wish(drawn.Item1, drawn.Item2 * 10_000, drawn.Item3)).Array[0, 9];

    [Fact]
    public void A_sealed_auction_is_what_a_naive_one_is() => Gen.Select(Gen.Int[0, 2], Wishes).Sample((which, wishes) => RunSealed(Sealed[which], wishes).GetAwaiter().GetResult(), iter: 150);

    [Fact]
    public void An_open_auction_is_what_a_naive_one_is() => Wishes.Sample(wishes => RunEnglish(wishes).GetAwaiter().GetResult(), iter: 100);

    private static async Task RunSealed(AuctionFormat format, Wish[] wishes)
    {
        var market = await WithProductsToAuctionAsync();
        await Ok(market, market.Announcement("PA", 1, market.RulesOf(format)));
        var bids = new List<(string Bidder, long Fen)>();
        var silent = new List<string>();
        foreach (var wish in wishes)
        {
            var bidder = All[wish.Bidder];
            var isFirst = !bids.Any(bid => bid.Bidder == bidder) && !silent.Contains(bidder);
            var outcome = await market.Submit(market.Commitment("PA-1", bidder, wish.Fen));
            Assert.Equal(isFirst ? null : Rejection.AlreadyCommitted, outcome.Rejection);
            if (!isFirst)
            {
                continue;
            }

            // The poor one has money for its deposit, and for no bid.
            if (wish.End is 7 or 8 || bidder == "B5")
            {
                silent.Add(bidder);
            }
            else
            {
                bids.Add((bidder, wish.Fen));
            }
        }

        foreach (var bidder in silent.Concat(bids.Select(bid => bid.Bidder)).ToArray())
        {
            Assert.Equal(Rejection.RevealTooEarly, (await market.Submit(market.Opening("PA-1", bidder, 1_000))).Rejection);
        }

        market.Wait(2 * 86_400);
        Assert.Equal(Rejection.LateBid, (await market.Submit(market.Commitment("PA-1", "B1", 60_000))).Rejection);
        foreach (var (bidder, fen) in bids)
        {
            await Ok(market, market.Opening("PA-1", bidder, fen));
        }

        foreach (var wish in wishes.Where(wish => wish.End == 8 && silent.Contains(All[wish.Bidder])))
        {
            Assert.Equal(Rejection.BidValueDiffers, (await market.Submit(market.Opening("PA-1", All[wish.Bidder], wish.Fen + 1))).Rejection);
        }

        if (silent.Contains("B5"))
        {
            var wish = wishes.First(wish => All[wish.Bidder] == "B5");
            Assert.Equal(Rejection.InsufficientFunds, (await market.Submit(market.Opening("PA-1", "B5", wish.Fen))).Rejection);
        }

        market.Wait(2 * 86_400);
        await Ok(market, market.Closing("PA-1"));
        Compare(market, Naive(format, bids), bids, silent);
    }

    // Highest first, among equals who came first; pay what the rule says.
    private static List<(string, long)> Naive(AuctionFormat format, List<(string Bidder, long Fen)> bids)
    {
        var copies = format == AuctionFormat.UniformPrice ? 2 : 1;
        var left = bids.Where(bid => bid.Fen >= 50_000).ToList();
        var won = new List<(string Bidder, long Fen)>();
        while (won.Count < copies && left.Count > 0)
        {
            var best = left[0];
            foreach (var bid in left)
            {
                best = bid.Fen > best.Fen ? bid : best;
            }

            won.Add(best);
            left.Remove(best);
        }

        var next = left.Count == 0 ? 50_000 : left.Max(bid => bid.Fen);
        return [.. won.Select(bid => (bid.Bidder, format == AuctionFormat.FirstPrice ? bid.Fen : next))];
    }

    private static void Compare(SmallMarket market, List<(string Bidder, long Fen)> due, List<(string Bidder, long Fen)> bids, List<string> silent)
    {
        var closed = market.Closed("PA-1");
        Assert.Equal(due, closed.Awards.Select(award => (award.Bidder.Value, award.PriceFen)));
        Assert.Equal(due.Count > 0 ? null : bids.Count > 0 ? AuctionNoSale.ReserveAboveAllBids : silent.Count > 0 ? AuctionNoSale.NoBidRevealed : AuctionNoSale.NoBids, closed.NoSale);
        Assert.Equal(silent.Order(StringComparer.Ordinal), closed.Unrevealed.Select(bid => bid.Bidder.Value));
        foreach (var bidder in All)
        {
            var held = due.Where(award => award.Bidder == bidder).Sum(award => award.Fen);
            var lost = silent.Contains(bidder) ? 10_000 : 0;
            Assert.Equal(market.Of<FundsDeposited>().Single(e => e.Party.Value == bidder).AmountFen - held - lost, market.Available(bidder));
        }

        Balanced(market);
    }

    private static async Task RunEnglish(Wish[] wishes)
    {
        var market = await WithProductsToAuctionAsync();
        await Ok(market, market.Announcement("PA", 1, market.RulesOf(AuctionFormat.English)));
        (string Bidder, long Fen)? standing = null;
        for (var i = 0; i < wishes.Length; i++)
        {
            var (bidder, fen) = (All[wishes[i].Bidder], wishes[i].Fen);
            Rejection? due = fen < 50_000 ? Rejection.BidBelowReserve
                : fen < standing?.Fen + 1_000 ? Rejection.BidBelowIncrement
                : bidder == "B5" ? Rejection.InsufficientFunds
                : null;
            Assert.Equal(due, (await market.Submit(market.Placement("PA-1", bidder, i + 1, fen))).Rejection);
            standing = due is null ? (bidder, fen) : standing;
        }

        Assert.Equal(Rejection.AuctionNotOver, (await market.Submit(market.Closing("PA-1"))).Rejection);
        // Nobody but the leader has money in it.
        Assert.All(All, bidder => Assert.Equal(standing?.Bidder == bidder ? standing.Value.Fen : 0, market.Balance(bidder) - market.Available(bidder)));
        market.Wait(3 * 86_400);
        await Ok(market, market.Closing("PA-1"));
        Assert.Equal(standing is { } last ? [(last.Bidder, last.Fen)] : [], market.Closed("PA-1").Awards.Select(award => (award.Bidder.Value, award.PriceFen)));
        Balanced(market);
    }

    private static void Balanced(SmallMarket market)
    {
        Assert.Empty(new Tampering(market.Events).Audit().Problems);
        var ledger = new MarketLedger();
        for (var i = 0; i < market.Events.Count; i++)
        {
            Assert.Null(ledger.Take(i + 1, market.Events[i].Stream, market.Events[i].Version, market.Events[i].Data));
        }

        Assert.All(ledger.Book.TrialBalances(), sum => Assert.True(sum.IsBalanced, sum.ToString()));
    }

    private static async Task Ok(SmallMarket market, Command command) => Assert.Null((await market.Submit(command)).Rejection);
}
