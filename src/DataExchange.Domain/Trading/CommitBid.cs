namespace DataExchange.Domain.Trading;

/// <summary>A bidder committed to a sealed bid (密封出价). The log has its hash alone: nobody can see the amount before it is opened.</summary>
/// <param name="Auction">The auction.</param>
/// <param name="Bidder">Whose bid it is.</param>
/// <param name="AdmittedFor">Highest class the bidder is admitted for.</param>
/// <param name="Commitment">SHA-256 over auction, bidder, amount and nonce, 64 small hexadecimal digits.</param>
/// <param name="DepositFen">The deposit held for it, fen.</param>
[EventName("bid_committed")]
public sealed record BidCommitted(AuctionId Auction, PartyId Bidder, SecurityClass? AdmittedFor, string Commitment, long DepositFen) : Event;

/// <summary>Commits to a sealed bid. Its deposit is held first.</summary>
/// <param name="Auction">The auction.</param>
/// <param name="Bidder">Whose bid it is.</param>
/// <param name="AdmittedFor">Highest class the bidder is admitted for (read from Trading's own buyer stream); null when not admitted.</param>
/// <param name="Commitment">The commitment, 64 small hexadecimal digits.</param>
/// <param name="DepositFen">The deposit, fen, what the rules ask for at least. It counts towards the price.</param>
public sealed record CommitBid(AuctionId Auction, PartyId Bidder, SecurityClass? AdmittedFor, string Commitment, long DepositFen) : AuctionCommand(Auction)
{
    /// <summary>Number of the deposit among the holds for a bidder's sealed bid.</summary>
    public const int DepositNumber = 1;

    internal Decision Decide(Auction state) =>
        state.Bars(Bidder, AdmittedFor, isSealed: true, At) is { } reason ? Decision.Reject(reason)
        : state.Bids.ContainsKey(Bidder.Value) ? Decision.Reject(Rejection.AlreadyCommitted)
        : !AuctionRules.IsSecret(Commitment) || DepositFen > AuctionRules.MostBidFen ? Decision.Reject(Rejection.BidInvalid)
        : DepositFen < state.Rules!.DepositFen ? Decision.Reject(Rejection.DepositMissing)
        : state.Bids.Count >= Trading.Auction.MostBidders ? Decision.Reject(Rejection.AuctionFull)
        : Decision.Accept(new BidCommitted(Auction, Bidder, AdmittedFor, Commitment, DepositFen) { At = At, By = By });
}

/// <summary>A sealed bid was opened (揭示报价).</summary>
/// <param name="Auction">The auction.</param>
/// <param name="Bidder">Whose bid it is.</param>
/// <param name="AmountFen">What it comes to, fen.</param>
/// <param name="Nonce">The nonce, 64 small hexadecimal digits: with it anybody can check the commitment.</param>
/// <param name="HeldFen">Money held besides the deposit, fen.</param>
[EventName("bid_revealed")]
public sealed record BidRevealed(AuctionId Auction, PartyId Bidder, long AmountFen, string Nonce, long HeldFen) : Event;

/// <summary>Opens a sealed bid. What its deposit does not cover is held first.</summary>
/// <param name="Auction">The auction.</param>
/// <param name="Bidder">Whose bid it is.</param>
/// <param name="AmountFen">What it comes to, fen, 1 to <see cref="AuctionRules.MostBidFen"/>.</param>
/// <param name="Nonce">The nonce, 64 small hexadecimal digits.</param>
/// <param name="Opens">The commitment that auction, bidder, amount and nonce come to. Whoever gives the command leaves it out: the exchange computes it.</param>
public sealed record RevealBid(AuctionId Auction, PartyId Bidder, long AmountFen, string Nonce, string? Opens = null) : AuctionCommand(Auction)
{
    /// <summary>Number of the rest among the holds for a bidder's sealed bid.</summary>
    public const int RestNumber = 2;

    /// <summary>What is to be held besides the deposit, fen.</summary>
    /// <param name="bid">The bid that is opened.</param>
    public long RestOf(SealedBid bid)
    {
        ArgumentNullException.ThrowIfNull(bid);
        return Math.Max(0, AmountFen - bid.DepositFen);
    }

    internal static Rejection? Problem(Auction state, PartyId bidder, long amountFen, string nonce, SimulatedTime at) =>
        state.Unavailable is { } reason ? reason
        : !state.Rules!.IsSealed ? Rejection.WrongAuctionFormat
        : at <= state.BidUntil ? Rejection.RevealTooEarly
        : at > state.Rules.RevealUntil ? Rejection.RevealTooLate
        : !state.Bids.TryGetValue(bidder.Value, out var bid) ? Rejection.NotCommitted
        : bid.AmountFen is not null ? Rejection.AlreadyRevealed
        : !AuctionRules.IsBid(amountFen) || !AuctionRules.IsSecret(nonce) ? Rejection.BidInvalid
        : null;

    internal Decision Decide(Auction state) =>
        Problem(state, Bidder, AmountFen, Nonce, At) is { } reason ? Decision.Reject(reason)
        // A slip costs nothing: it may be put right until the last moment, and as the commitment binds, trying again gains nothing.
        : Opens != state.Bids[Bidder.Value].Commitment ? Decision.Reject(Rejection.BidValueDiffers)
        : Decision.Accept(new BidRevealed(Auction, Bidder, AmountFen, Nonce, RestOf(state.Bids[Bidder.Value])) { At = At, By = By });
}
