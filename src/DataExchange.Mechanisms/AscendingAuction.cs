namespace DataExchange.Mechanisms;

/// <summary>The rules of an open ascending auction.</summary>
public sealed record AscendingTerms
{
    /// <summary>Sets rules.</summary>
    /// <param name="sale">Reserve, deposit and the first close.</param>
    /// <param name="incrementFen">A bid is above the standing one by so much at least, fen, 1 to <see cref="Bid.MostFen"/>.</param>
    /// <param name="quietTime">After a bid nobody is cut off for so long: a bid within it before the close moves the close; 0 for a fixed close.</param>
    /// <exception cref="ArgumentOutOfRangeException">Increment or quiet time are out of range.</exception>
    public AscendingTerms(AuctionTerms sale, long incrementFen, long quietTime = 0)
    {
        ArgumentNullException.ThrowIfNull(sale);
        ArgumentOutOfRangeException.ThrowIfLessThan(incrementFen, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(incrementFen, Bid.MostFen);
        ArgumentOutOfRangeException.ThrowIfNegative(quietTime);
        (Sale, IncrementFen, QuietTime) = (sale, incrementFen, quietTime);
    }

    /// <summary>Reserve, deposit and the first close.</summary>
    public AuctionTerms Sale { get; }

    /// <summary>A bid is above the standing one by so much at least, fen.</summary>
    public long IncrementFen { get; }

    /// <summary>So long after a bid the auction is still open.</summary>
    public long QuietTime { get; }
}

/// <summary>Why an open bid, or the close, was refused.</summary>
public enum AscendingRefusal
{
    /// <summary>No bidder is named.</summary>
    BidderMissing,
    /// <summary>The auction has closed.</summary>
    LateBid,
    /// <summary>The bid is dated before the standing one.</summary>
    OutOfOrder,
    /// <summary>The amount is not within 1 to <see cref="Bid.MostFen"/>.</summary>
    AmountNotAllowed,
    /// <summary>The bid is below the reserve.</summary>
    BelowReserve,
    /// <summary>The bid is not above the standing one by the increment.</summary>
    IncrementTooSmall,
    /// <summary>The deposit is less than is asked for.</summary>
    DepositMissing,
    /// <summary>The bidder cannot pay what he bids.</summary>
    Insolvent,
    /// <summary>The auction is still open.</summary>
    NotOver,
}

/// <summary>What a bid led to.</summary>
/// <param name="Auction">The auction after it; as before when it was refused.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
public readonly record struct AscendingStep(AscendingAuction Auction, AscendingRefusal? Refusal);

/// <summary>
/// English auction as a sequence of open bids: each is above the standing one, and the last one wins and pays itself. It cannot be changed: each bid gives
/// another one. Its holder keeps the standing bid alone, as nobody else is bound by what he bid.
/// </summary>
/// <param name="Terms">The rules.</param>
/// <param name="Standing">The highest bid so far; null for none.</param>
/// <param name="ClosesAt">The last moment of a bid, as it is now.</param>
public sealed record AscendingAuction(AscendingTerms Terms, Bid? Standing, long ClosesAt)
{
    /// <summary>Opens an auction.</summary>
    /// <param name="terms">Its rules.</param>
    public static AscendingAuction Open(AscendingTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms, null, terms.Sale.ClosesAt);
    }

    /// <summary>The least amount of the next bid, fen.</summary>
    public long LeastFen => Standing is null ? Math.Max(1, Terms.Sale.ReserveFen) : Standing.AmountFen + Terms.IncrementFen;

    /// <summary>Takes a bid.</summary>
    /// <param name="bid">The bid.</param>
    public AscendingStep Take(Bid bid)
    {
        ArgumentNullException.ThrowIfNull(bid);
        var refusal =
            string.IsNullOrEmpty(bid.Bidder) ? AscendingRefusal.BidderMissing
            : bid.At > ClosesAt ? AscendingRefusal.LateBid
            : bid.At < Standing?.At ? AscendingRefusal.OutOfOrder
            : bid.AmountFen is < 1 or > Bid.MostFen ? AscendingRefusal.AmountNotAllowed
            : bid.AmountFen < Terms.Sale.ReserveFen ? AscendingRefusal.BelowReserve
            : bid.AmountFen < LeastFen ? AscendingRefusal.IncrementTooSmall
            : bid.DepositFen < Terms.Sale.DepositFen ? AscendingRefusal.DepositMissing
            : bid.FundsFen < bid.AmountFen ? AscendingRefusal.Insolvent
            : (AscendingRefusal?)null;
        return refusal is not null
            ? new(this, refusal)
            : new(this with { Standing = bid, ClosesAt = bid.At > ClosesAt - Terms.QuietTime ? bid.At + Terms.QuietTime : ClosesAt }, null);
    }

    /// <summary>What it came to. The deposits of those who were outbid went back when they were; the winner's counts towards the price.</summary>
    /// <param name="at">When it is asked for.</param>
    /// <param name="refusal"><see cref="AscendingRefusal.NotOver"/> when bids are still taken.</param>
    /// <returns>The result; null when bids are still taken.</returns>
    public MechanismResult? Close(long at, out AscendingRefusal? refusal)
    {
        refusal = at <= ClosesAt ? AscendingRefusal.NotOver : null;
        if (refusal is not null)
        {
            return null;
        }

        if (Standing is not { } bid)
        {
            return new([], NoSaleReason.NoBids, [], []);
        }

        var toPrice = Math.Min(bid.DepositFen, bid.AmountFen);
        return new(
            [new(bid.Bidder, bid.AmountFen)], null, [],
            bid.DepositFen == 0 ? [] : [new(bid.Bidder, toPrice, bid.DepositFen - toPrice, 0)]);
    }
}
