namespace DataExchange.Mechanisms;

/// <summary>A bid for one copy or licence, as it stands when a mechanism is run.</summary>
/// <param name="Bidder">Who bids; ids are compared by code unit. Not empty.</param>
/// <param name="AmountFen">What he would pay at most, fen, 1 to <see cref="MostFen"/>.</param>
/// <param name="At">When it was made, in any unit that rises with time. A sealed bid counts from its commitment.</param>
/// <param name="DepositFen">Deposit that he paid, fen; 0 for none. It is part of his funds.</param>
/// <param name="FundsFen">What he can pay, the deposit included, fen. Absent: enough.</param>
public sealed record Bid(string Bidder, long AmountFen, long At, long DepositFen = 0, long? FundsFen = null)
{
    /// <summary>The largest amount, 10^12 fen (10 billion yuan): <see cref="MostBids"/> of them still fit into 64 bits.</summary>
    public const long MostFen = 1_000_000_000_000;

    /// <summary>The most bids in one run.</summary>
    public const int MostBids = 1_000_000;

    /// <summary>The earlier bid first, among equals the smaller id.</summary>
    public static readonly IComparer<Bid> EarliestFirst = Comparer<Bid>.Create((left, right) =>
        left.At != right.At ? left.At.CompareTo(right.At) : string.CompareOrdinal(left.Bidder, right.Bidder));

    /// <summary>
    /// The tie-break of every mechanism: the higher amount first, among equals the earlier bid, among those the smaller id. Neither can be changed by
    /// the amount, so it gives no reason to bid other than one's value.
    /// </summary>
    public static readonly IComparer<Bid> HighestFirst = Comparer<Bid>.Create((left, right) =>
        left.AmountFen != right.AmountFen ? right.AmountFen.CompareTo(left.AmountFen) : EarliestFirst.Compare(left, right));
}

/// <summary>Why a bid does not take part.</summary>
public enum BidRefusal
{
    /// <summary>It names no bidder.</summary>
    BidderMissing,
    /// <summary>Its amount is not within 1 to <see cref="Bid.MostFen"/>.</summary>
    AmountNotAllowed,
    /// <summary>It was made after the close.</summary>
    Late,
    /// <summary>Its bidder made another before; that one counts.</summary>
    SecondBid,
    /// <summary>Its deposit is less than is asked for.</summary>
    DepositMissing,
    /// <summary>Its bidder cannot pay what it says.</summary>
    Insolvent,
    /// <summary>It is below the reserve price.</summary>
    BelowReserve,
}

/// <summary>A bid that does not take part.</summary>
/// <param name="Bid">The bid.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusedBid(Bid Bid, BidRefusal Reason);
