using CsCheck;
using DataExchange.Mechanisms.Sealed;

namespace DataExchange.Mechanisms.Tests;

public sealed class SealedTests
{
    private static readonly SealedTerms Terms = new("auction/7", commitUntil: 100, revealUntil: 200, reserveFen: 50, depositFen: 10);

    // Made with Python: hashlib.sha256 over struct.pack of the documented fields.
    [Theory]
    [InlineData("auction/7", "buyer-0001", 123_456, true, "5ac2c8be4d437a61f60327c842e4177fe2e6381d6b6fdc4c896e3cda739a580a")]
    [InlineData("拍卖", "需求方", 1, false, "65025fc2d55126ad895d31a15f09fc84a0afe58782a7d2eaf46c999ad47a9ff0")]
    public void The_commitment_is_the_documented_hash(string auction, string bidder, long amount, bool isCounting, string hex)
    {
        byte[] nonce = [.. Enumerable.Range(0, 32).Select(i => isCounting ? (byte)i : (byte)0)];
        Assert.Equal(hex, BidCommitment.Of(auction, bidder, amount, nonce).ToString());
        Assert.True(BidCommitment.TryParse(hex.ToUpperInvariant(), out var parsed));
        Assert.Equal(BidCommitment.Of(auction, bidder, amount, nonce), parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5ac2")]
    [InlineData("zac2c8be4d437a61f60327c842e4177fe2e6381d6b6fdc4c896e3cda739a580a")]
    public void What_is_no_commitment_is_refused(string? hex) => Assert.False(BidCommitment.TryParse(hex, out _));

    [Fact]
    public void Another_auction_bidder_amount_or_nonce_gives_another_commitment()
    {
        Assert.NotEqual(Of("a", "bc", 1), Of("ab", "c", 1));
        Assert.NotEqual(Of("a", "b", 1), Of("a", "b", 2));
        Assert.NotEqual(Of("a", "b", 1), BidCommitment.Of("a", "b", 1, Nonce(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of("a", "b", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BidCommitment.Of("a", "b", 1, new byte[31]));

        static BidCommitment Of(string auction, string bidder, long amount) => BidCommitment.Of(auction, bidder, amount, Nonce(1));
    }

    [Fact]
    public void Bids_are_sealed_then_opened_then_the_second_price_is_paid()
    {
        var auction = Committed(("a", 80), ("b", 120), ("c", 100));
        auction = Revealed(auction, ("a", 80), ("b", 120), ("c", 100));
        // All are open: it need not wait.
        var (closed, refusal) = auction.Close(new Vickrey(), 150);
        Assert.Null(refusal);
        Assert.Equal([new Award("b", 100)], closed.Result!.Awards);
        Assert.Equal([new DepositUse("a", 0, 10, 0), new DepositUse("b", 10, 0, 0), new DepositUse("c", 0, 10, 0)], closed.Result.Deposits);
        Assert.Empty(closed.Unrevealed);
        Assert.Equal(SealedRefusal.Closed, closed.Close(new Vickrey(), 300).Refusal);
        Assert.Equal(SealedRefusal.Closed, closed.Commit("d", Commitment("d", 60), 10, 90).Refusal);
        Assert.Equal(SealedRefusal.Closed, closed.Reveal("a", 80, Nonce(0), 80, 160).Refusal);
    }

    [Fact]
    public void Whoever_does_not_open_his_bid_forfeits_the_deposit_and_does_not_count()
    {
        var auction = Revealed(Committed(("a", 80), ("b", 120), ("c", 100)), ("a", 80), ("c", 100));
        Assert.Equal(SealedRefusal.NotOver, auction.Close(new Vickrey(), 200).Refusal);
        var closed = auction.Close(new Vickrey(), 201).Auction;
        Assert.Equal(["b"], closed.Unrevealed);
        Assert.Equal([new Award("c", 80)], closed.Result!.Awards);
        Assert.Equal(new DepositUse("b", 0, 0, 10), closed.Result.Deposits[1]);
    }

    [Fact]
    public void A_bid_opened_with_another_value_is_refused_and_may_be_opened_rightly_until_the_end()
    {
        var auction = Committed(("a", 80));
        Assert.Equal(new(auction, SealedRefusal.ValueDiffers), auction.Reveal("a", 81, Nonce(0), 1_000, 150));
        Assert.Equal(new(auction, SealedRefusal.ValueDiffers), auction.Reveal("a", 80, Nonce(1), 1_000, 150));
        Assert.Null(auction.Reveal("a", 80, Nonce(0), 1_000, 200).Refusal);
        // What he does not put right costs the deposit.
        Assert.Equal([new DepositUse("a", 0, 0, 10)], auction.Close(new FirstPrice(), 201).Auction.Result!.Deposits);
    }

    [Fact]
    public void Anothers_commitment_cannot_be_copied()
    {
        var auction = Committed(("a", 80)).Commit("thief", Commitment("a", 80), 10, 60).Auction;
        Assert.Equal(SealedRefusal.ValueDiffers, auction.Reveal("thief", 80, Nonce(0), 80, 150).Refusal);
    }

    [Fact]
    public void Each_step_that_is_refused_has_its_reason()
    {
        var open = SealedAuction.Open(Terms);
        Assert.Equal(SealedRefusal.BidderMissing, open.Commit("", default, 10, 1).Refusal);
        Assert.Equal(SealedRefusal.LateBid, open.Commit("a", Commitment("a", 80), 10, 101).Refusal);
        Assert.Equal(SealedRefusal.DepositMissing, open.Commit("a", Commitment("a", 80), 9, 1).Refusal);
        var auction = Committed(("a", 80));
        Assert.Equal(new(auction, null), auction.Commit("a", Commitment("a", 80), 10, 99));
        Assert.Equal(SealedRefusal.AlreadyCommitted, auction.Commit("a", Commitment("a", 81), 10, 99).Refusal);
        Assert.Equal(SealedRefusal.BidderMissing, auction.Reveal("", 80, Nonce(0), 80, 150).Refusal);
        Assert.Equal(SealedRefusal.RevealTooEarly, auction.Reveal("a", 80, Nonce(0), 80, 100).Refusal);
        Assert.Equal(SealedRefusal.RevealTooLate, auction.Reveal("a", 80, Nonce(0), 80, 201).Refusal);
        Assert.Equal(SealedRefusal.NotCommitted, auction.Reveal("b", 80, Nonce(0), 80, 150).Refusal);
        Assert.Equal(SealedRefusal.ValueNotAllowed, auction.Reveal("a", 0, Nonce(0), 80, 150).Refusal);
        Assert.Equal(SealedRefusal.ValueNotAllowed, auction.Reveal("a", 80, new byte[3], 80, 150).Refusal);
        Assert.Equal(SealedRefusal.Insolvent, auction.Reveal("a", 80, Nonce(0), 79, 150).Refusal);
        Assert.Equal(SealedRefusal.AlreadyRevealed, Revealed(auction, ("a", 80)).Reveal("a", 80, Nonce(0), 80, 150).Refusal);
        Assert.Equal(SealedRefusal.NotOver, auction.Close(new FirstPrice(), 100).Refusal);
        Assert.Equal(SealedRefusal.NotOver, auction.Close(new FirstPrice(), 150).Refusal);
        Assert.Throws<ArgumentException>(() => new SealedTerms("", 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SealedTerms("a", 2, 2));
    }

    [Fact]
    public void Empty_auctions_and_reserves_above_all_bids_sell_nothing()
    {
        Assert.Equal(NoSaleReason.NoBids, SealedAuction.Open(Terms).Close(new Vickrey(), 101).Auction.Result!.NoSale);
        var low = Revealed(Committed(("a", 49)), ("a", 49)).Close(new Vickrey(), 150).Auction;
        Assert.Equal(NoSaleReason.ReserveAboveAllBids, low.Result!.NoSale);
        Assert.Equal([new DepositUse("a", 0, 10, 0)], low.Result.Deposits);
    }

    [Fact]
    public void Among_equal_bids_the_earlier_commitment_wins_whoever_opened_first()
    {
        var auction = Revealed(Committed(("z", 80), ("a", 80)), ("a", 80), ("z", 80));
        Assert.Equal([new Award("z", 80)], auction.Close(new FirstPrice(), 150).Auction.Result!.Awards);
    }

    [Fact]
    public void Sealed_and_opened_it_is_the_mechanism_over_the_opened_bids_and_no_deposit_is_lost() => Gen.Select(Gen.Long[40, 60].Array[0, 6], Gen.Int[0, 63]).Sample((amounts, opened) =>
    {
        var bids = amounts.Select((amount, i) => ($"b{i}", amount)).ToArray();
        var open = bids.Where((_, i) => ((opened >> i) & 1) == 1).ToArray();
        var closed = Revealed(Committed(bids), open).Close(new UniformPrice(2), 201).Auction;
        var plain = new UniformPrice(2).Run(new(50), [.. open.Select(bid => new Bid(bid.Item1, bid.amount, bid.Item1[1]))]);
        Assert.Equal(plain.Awards, closed.Result!.Awards);
        Assert.Equal(plain.NoSale, closed.Result.NoSale);
        Assert.Equal(10 * bids.Length, closed.Result.Deposits.Sum(use => use.ToPriceFen + use.ReturnedFen + use.ForfeitedFen));
        Assert.Equal(10 * (bids.Length - open.Length), closed.Result.Deposits.Sum(use => use.ForfeitedFen));
    });

    private static SealedAuction Committed(params (string Bidder, long Amount)[] bids)
    {
        var (auction, at) = (SealedAuction.Open(Terms), 1L);
        foreach (var (bidder, amount) in bids)
        {
            var step = auction.Commit(bidder, Commitment(bidder, amount), 10, at++);
            Assert.Null(step.Refusal);
            auction = step.Auction;
        }

        return auction;
    }

    private static SealedAuction Revealed(SealedAuction auction, params (string Bidder, long Amount)[] bids)
    {
        foreach (var (bidder, amount) in bids)
        {
            var step = auction.Reveal(bidder, amount, Nonce(0), amount, 150);
            Assert.Null(step.Refusal);
            auction = step.Auction;
        }

        return auction;
    }

    private static BidCommitment Commitment(string bidder, long amount) => BidCommitment.Of(Terms.Auction, bidder, amount, Nonce(0));

    private static byte[] Nonce(byte first) => [first, .. new byte[31]];
}
