using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Exchange.Verification;

namespace DataExchange.Exchange.Tests;

/// <summary>What the audit finds when somebody alters the facts of an auction.</summary>
public sealed class AuctionAuditTests : IAsyncLifetime
{
    private SmallMarket _market = null!;

    public async ValueTask InitializeAsync() => _market = await SmallMarket.WithAuctionsAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void A_bid_that_was_raised_after_it_was_committed_to() => Contains(
        Store().Change<BidRevealed>(e => Is(e, "PA-1", "B1"), e => e with { AmountFen = 999_999 }), "auction/PA-1", AuditRule.RevealDiffers);

    [Fact]
    public void A_commitment_that_was_exchanged() => Contains(
        Store().Change<BidCommitted>(e => e.Auction.Value == "PA-1" && e.Bidder.Value == "B1", e => e with { Commitment = new string('0', 64) }), "auction/PA-1", AuditRule.RevealDiffers);

    [Fact]
    public void A_nonce_of_another() => Contains(
        Store().Change<BidRevealed>(e => Is(e, "PA-1", "B1"), e => e with { Nonce = SmallMarket.NonceOf("B2") }), "auction/PA-1", AuditRule.RevealDiffers);

    [Fact]
    public void A_bid_that_somebody_opened_early() => Contains(
        Store().Change<BidRevealed>(e => Is(e, "PA-1", "B1"), e => e with { At = e.At.AddDays(-2) }), "auction/PA-1", AuditRule.ImpossibleHistory);

    [Fact]
    public void A_winner_who_is_not_the_highest() => Contains(
        Store().Change<AuctionClosed>(
            e => e.Auction.Value == "PA-1", e => e with { Awards = [e.Awards[0] with { Bidder = new("B1"), PriceFen = 120_000 }], Losers = [new("B2"), new("B3")] }),
        "auction/PA-1", AuditRule.AuctionDiffers);

    [Fact]
    public void A_price_that_the_mechanism_does_not_find() => Contains(
        Store().Change<AuctionClosed>(e => e.Auction.Value == "PB-1", e => e with { Awards = [.. e.Awards.Select(award => award with { PriceFen = 59_999 })] }),
        "auction/PB-1", AuditRule.AuctionDiffers);

    [Fact]
    public void A_reason_that_is_not_the_one() => Contains(
        Store().Change<AuctionClosed>(e => e.Auction.Value == "PA-3", e => e with { NoSale = AuctionNoSale.NoBids }), "auction/PA-3", AuditRule.AuctionDiffers);

    [Fact]
    public void A_coin_tossed_again() => Contains(
        Store().Change<AuctionClosed>(e => e.Auction.Value == "PA-2", e => e with { Coin = new string('1', 64) }), "auction/PA-2", AuditRule.AuctionDiffers);

    [Fact]
    public void A_bid_below_the_increment() => Contains(
        Store().Change<BidPlaced>(e => e.Auction.Value == "PA-5" && e.Bidder.Value == "B2", e => e with { AmountFen = 50_500, HeldFen = 50_500 }), "auction/PA-5", AuditRule.ImpossibleHistory);

    [Fact]
    public void A_bid_above_the_clock() => Contains(
        Store().Change<BidPlaced>(e => e.Auction.Value == "PA-6", e => e with { AmountFen = 140_000 }), "auction/PA-6", AuditRule.ImpossibleHistory);

    [Fact]
    public void A_licence_dearer_than_its_award() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "PA-1-1", e => e with { AmountFen = 150_001, UnitPriceFen = 150_001 }), "offer/PA", AuditRule.AwardDiffers);

    [Fact]
    public void A_licence_of_no_award() => Contains(
        Store().Change<LicenceGranted>(e => e.Deal.Value == "D1", e => e with { Channel = TradeChannel.Auction, Auction = new("PC-9") }), "offer/PC", AuditRule.AwardDiffers);

    [Fact]
    public void An_award_that_nobody_answered() => Contains(
        Store().Remove<OrderRejected>(e => e.Auction is not null), "auction/PC-1", AuditRule.AwardDiffers);

    [Fact]
    public void Money_of_a_loser_that_was_not_given_back() => Contains(
        Store().Remove<BidFundsReleased>(e => e.Party.Value == "B1" && e.Auction.Value == "PA-1" && e.Number == 1), "account/B1", AuditRule.BidHoldDiffers);

    [Fact]
    public void A_deposit_forfeited_to_another() => Contains(
        Store().Change<DepositForfeited>(_ => true, e => e with { Provider = new("U1") }), "account/B4", AuditRule.BidHoldDiffers);

    [Fact]
    public void A_deposit_that_was_not_forfeited() => Contains(
        Store().Change<AuctionClosed>(e => e.Auction.Value == "PB-1", e => e with { Unrevealed = [], Losers = [.. e.Losers, new("B4")] }), "auction/PB-1", AuditRule.ImpossibleHistory);

    [Fact]
    public void A_bid_without_its_money() => Contains(
        Store().Remove<BidFundsHeld>(e => e.Party.Value == "B2" && e.Auction.Value == "PA-1" && e.Number == 2), "account/B2", AuditRule.ImpossibleHistory);

    private static bool Is(BidRevealed e, string auction, string bidder) => e.Auction.Value == auction && e.Bidder.Value == bidder;

    private Tampering Store() => new(_market.Events);

    private static void Contains(Tampering store, string stream, AuditRule rule)
    {
        var problems = store.Audit().Problems;
        Assert.True(problems.Any(problem => problem.Stream == stream && problem.Rule == rule), string.Join('\n', problems));
    }
}
