namespace DataExchange.Mechanisms;

/// <summary>
/// 挂牌: everybody whose bid meets the price buys at the price, the earliest first where copies are capped. A price below the reserve is raised to it.
/// Bidding one's value is a dominant strategy, as nobody's amount moves the price or the queue.
/// </summary>
public sealed class PostedPrice : ProviderMechanism
{
    private readonly long _priceFen;
    private readonly int _copies;

    /// <summary>Posts a price.</summary>
    /// <param name="priceFen">Fen a copy, 1 to <see cref="Bid.MostFen"/>.</param>
    /// <param name="copies">How many there are, 1 or more; absent: unlimited.</param>
    /// <exception cref="ArgumentOutOfRangeException">Price or copies are out of range.</exception>
    public PostedPrice(long priceFen, int? copies = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(priceFen, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priceFen, Bid.MostFen);
        ArgumentOutOfRangeException.ThrowIfLessThan(copies ?? 1, 1, nameof(copies));
        (_priceFen, _copies) = (priceFen, copies ?? int.MaxValue);
    }

    /// <inheritdoc />
    public override string Name => "posted price";

    /// <inheritdoc />
    protected override IReadOnlyList<Award> Award(AuctionTerms terms, IReadOnlyList<Bid> admitted)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var price = Math.Max(_priceFen, terms.ReserveFen);
        return [.. admitted.Where(bid => bid.AmountFen >= price).Order(Bid.EarliestFirst).Take(_copies).Select(bid => new Award(bid.Bidder, price))];
    }
}
