namespace DataExchange.Mechanisms;

/// <summary>A copy goes to a bidder.</summary>
/// <param name="Bidder">Who gets it.</param>
/// <param name="PriceFen">What he pays, fen, 0 or more and never above his bid.</param>
public sealed record Award(string Bidder, long PriceFen);

/// <summary>Why nothing was sold.</summary>
public enum NoSaleReason
{
    /// <summary>Nobody bid.</summary>
    NoBids,
    /// <summary>Every bid was refused, and not all of them for the reserve.</summary>
    NoBidAdmitted,
    /// <summary>The reserve is above every bid that was otherwise admitted.</summary>
    ReserveAboveAllBids,
    /// <summary>Bids were admitted, but none meets the price that the mechanism found.</summary>
    PriceAboveAllBids,
}

/// <summary>What became of a deposit: its three parts sum to what was paid.</summary>
/// <param name="Bidder">Whose it is.</param>
/// <param name="ToPriceFen">Counted towards the price, fen.</param>
/// <param name="ReturnedFen">Given back, fen.</param>
/// <param name="ForfeitedFen">Kept for the provider, fen: only of sealed bids that were not opened.</param>
public sealed record DepositUse(string Bidder, long ToPriceFen, long ReturnedFen, long ForfeitedFen);

/// <summary>What a mechanism came to.</summary>
/// <param name="Awards">Who gets a copy, in the mechanism's order; empty exactly when <paramref name="NoSale"/> says why.</param>
/// <param name="NoSale">Why nothing was sold; null when something was.</param>
/// <param name="Refused">Bids that did not take part, earliest first.</param>
/// <param name="Deposits">What became of each deposit above 0, in the order of bidders' ids.</param>
public sealed record MechanismResult(
    IReadOnlyList<Award> Awards, NoSaleReason? NoSale, IReadOnlyList<RefusedBid> Refused, IReadOnlyList<DepositUse> Deposits)
{
    /// <summary>The sum of all prices, fen: what the provider receives besides forfeited deposits. Nobody else pays or receives anything.</summary>
    public long RevenueFen
    {
        get
        {
            var sum = 0L;
            for (var i = 0; i < Awards.Count; i++)
            {
                sum += Awards[i].PriceFen;
            }

            return sum;
        }
    }
}

/// <summary>A way to find who gets a copy at what price. It has no state: the same bids give the same result in any order of the list.</summary>
public interface IMechanism
{
    /// <summary>Its name in English: <c>first-price sealed bid</c>.</summary>
    string Name { get; }

    /// <summary>Runs it.</summary>
    /// <param name="terms">Reserve, deposit and close.</param>
    /// <param name="bids">At most <see cref="Bid.MostBids"/>, in any order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too many bids.</exception>
    MechanismResult Run(AuctionTerms terms, IReadOnlyList<Bid> bids);
}
