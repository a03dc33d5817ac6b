namespace DataExchange.Mechanisms;

/// <summary>What holds for every mechanism.</summary>
public sealed record AuctionTerms
{
    /// <summary>Sets terms.</summary>
    /// <param name="reserveFen">The provider sells at no lower price, fen, 0 (no reserve) to <see cref="Bid.MostFen"/>.</param>
    /// <param name="depositFen">Deposit that a bid needs, fen, 0 (none) to <see cref="Bid.MostFen"/>.</param>
    /// <param name="closesAt">The last moment of a bid, in the unit of <see cref="Bid.At"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is out of range.</exception>
    public AuctionTerms(long reserveFen = 0, long depositFen = 0, long closesAt = long.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reserveFen);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reserveFen, Bid.MostFen);
        ArgumentOutOfRangeException.ThrowIfNegative(depositFen);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depositFen, Bid.MostFen);
        (ReserveFen, DepositFen, ClosesAt) = (reserveFen, depositFen, closesAt);
    }

    /// <summary>The provider sells at no lower price, fen; 0 for no reserve.</summary>
    public long ReserveFen { get; }

    /// <summary>Deposit that a bid needs, fen; 0 for none.</summary>
    public long DepositFen { get; }

    /// <summary>The last moment of a bid.</summary>
    public long ClosesAt { get; }
}
