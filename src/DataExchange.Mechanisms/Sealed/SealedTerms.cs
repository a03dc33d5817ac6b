namespace DataExchange.Mechanisms.Sealed;

/// <summary>The rules of a sealed-bid auction, known before the first bid.</summary>
public sealed record SealedTerms
{
    /// <summary>Sets rules.</summary>
    /// <param name="auction">Id of the auction; not empty.</param>
    /// <param name="commitUntil">The last moment at which a commitment is taken.</param>
    /// <param name="revealUntil">The last moment at which a bid is opened, after <paramref name="commitUntil"/>.</param>
    /// <param name="reserveFen">The provider sells at no lower price, fen, 0 to <see cref="Bid.MostFen"/>.</param>
    /// <param name="depositFen">Deposit that comes with a commitment, fen, 0 to <see cref="Bid.MostFen"/>.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An amount is out of range, or opening ends before it begins.</exception>
    public SealedTerms(string auction, long commitUntil, long revealUntil, long reserveFen = 0, long depositFen = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(auction);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(revealUntil, commitUntil);
        Sale = new AuctionTerms(reserveFen, depositFen, commitUntil);
        (Auction, RevealUntil) = (auction, revealUntil);
    }

    /// <summary>Id of the auction.</summary>
    public string Auction { get; }

    /// <summary>Reserve, deposit, and the last moment of a commitment.</summary>
    public AuctionTerms Sale { get; }

    /// <summary>The last moment at which a commitment is taken.</summary>
    public long CommitUntil => Sale.ClosesAt;

    /// <summary>The last moment at which a bid is opened.</summary>
    public long RevealUntil { get; }
}

/// <summary>Why a step of a sealed-bid auction was refused. The auction is as it was before.</summary>
public enum SealedRefusal
{
    /// <summary>No bidder is named.</summary>
    BidderMissing,
    /// <summary>The bid came after the last moment of a commitment.</summary>
    LateBid,
    /// <summary>The deposit is less than is asked for.</summary>
    DepositMissing,
    /// <summary>The bidder has committed to another bid; a commitment is not changed.</summary>
    AlreadyCommitted,
    /// <summary>Bids are opened only when no more are taken.</summary>
    RevealTooEarly,
    /// <summary>The bid was opened after the last moment for it.</summary>
    RevealTooLate,
    /// <summary>The bidder has committed to nothing.</summary>
    NotCommitted,
    /// <summary>The bidder's bid is open.</summary>
    AlreadyRevealed,
    /// <summary>What was opened is not what was committed to: another amount, bidder, auction or nonce.</summary>
    ValueDiffers,
    /// <summary>The amount is not within 1 to <see cref="Bid.MostFen"/>, or the nonce is not of 32 bytes.</summary>
    ValueNotAllowed,
    /// <summary>The bidder cannot pay what he bid.</summary>
    Insolvent,
    /// <summary>Bids can still be opened.</summary>
    NotOver,
    /// <summary>The auction is closed.</summary>
    Closed,
}
