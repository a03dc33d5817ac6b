using CsCheck;

namespace DataExchange.Mechanisms.Tests;

public sealed class AscendingTests
{
    private static readonly AscendingTerms Terms = new(new AuctionTerms(reserveFen: 10, depositFen: 3, closesAt: 100), incrementFen: 5, quietTime: 20);

    [Fact]
    public void Each_bid_that_is_not_taken_has_its_reason()
    {
        var (open, none) = AscendingAuction.Open(Terms).Take(new("a", 12, 50, 3));
        Assert.Null(none);
        void Refused(AscendingRefusal reason, Bid bid) => Assert.Equal(new(open, reason), open.Take(bid));
        Refused(AscendingRefusal.BidderMissing, new("", 20, 60, 3));
        Refused(AscendingRefusal.LateBid, new("b", 20, 101, 3));
        Refused(AscendingRefusal.OutOfOrder, new("b", 20, 49, 3));
        Refused(AscendingRefusal.AmountNotAllowed, new("b", 0, 60, 3));
        Refused(AscendingRefusal.AmountNotAllowed, new("b", Bid.MostFen + 1, 60, 3));
        Refused(AscendingRefusal.BelowReserve, new("b", 9, 60, 3));
        Refused(AscendingRefusal.IncrementTooSmall, new("b", 16, 60, 3));
        Refused(AscendingRefusal.DepositMissing, new("b", 17, 60, 2));
        Refused(AscendingRefusal.Insolvent, new("b", 17, 60, 3, 16));
        Assert.Null(open.Take(new("b", 17, 60, 3, 17)).Refusal);
        Assert.Null(open.Close(100, out var refusal));
        Assert.Equal(AscendingRefusal.NotOver, refusal);
        Assert.Equal([new DepositUse("a", 3, 0, 0)], open.Close(101, out _)!.Deposits);
    }

    [Fact]
    public void A_bid_shortly_before_the_close_moves_it()
    {
        var open = AscendingAuction.Open(Terms).Take(new("a", 12, 80, 3)).Auction;
        Assert.Equal(100, open.ClosesAt);
        open = open.Take(new("b", 17, 95, 3)).Auction;
        Assert.Equal(115, open.ClosesAt);
        open = open.Take(new("a", 22, 115, 3)).Auction;
        Assert.Equal(135, open.ClosesAt);
        Assert.Equal([new Award("a", 22)], open.Close(136, out _)!.Awards);
    }

    [Fact]
    public void Without_a_bid_nothing_is_sold() => Assert.Equal(NoSaleReason.NoBids, AscendingAuction.Open(Terms).Close(101, out _)!.NoSale);

    /// <summary>Bidders who raise by the least amount while it is within their limits: the highest limit wins, at the clock's price but for the increment.</summary>
    [Fact]
    public void Played_out_it_comes_to_what_the_clock_gives() => Gen.Select(Gen.Long[1, 60].Array[1, 6], Gen.Long[0, 20], Gen.Long[1, 4]).Sample((limits, reserve, increment) =>
    {
        var auction = AscendingAuction.Open(new(new AuctionTerms(reserve), increment));
        for (var (at, idle) = (0, 0); idle < limits.Length; at++)
        {
            var i = at % limits.Length;
            var isMine = auction.Standing?.Bidder == $"b{i}";
            idle = isMine || auction.LeastFen > limits[i] ? idle + 1 : 0;
            auction = idle > 0 ? auction : auction.Take(new($"b{i}", auction.LeastFen, at)).Auction;
        }

        var price = auction.Standing?.AmountFen ?? 0;
        var clock = new EnglishClock(1).Run(new(reserve), Profiles.Of(limits)).RevenueFen;
        Assert.InRange(price, Math.Max(0, clock - (2 * increment)), clock + increment);
        Assert.True(auction.Standing is null ? limits.Max() < Math.Max(1, reserve) : limits[auction.Standing.Bidder[1] - '0'] > limits.Max() - increment);
    });
}
