namespace DataExchange.Mechanisms;

/// <summary>First-price sealed bid: the highest bid wins and pays itself. Bidding one's value never gains anything: bidders shade their bids.</summary>
public sealed class FirstPrice : ProviderMechanism
{
    /// <inheritdoc />
    public override string Name => "first-price sealed bid";

    /// <inheritdoc />
    protected override IReadOnlyList<Award> Award(AuctionTerms terms, IReadOnlyList<Bid> admitted)
    {
        ArgumentNullException.ThrowIfNull(admitted);
        return [new(admitted[0].Bidder, admitted[0].AmountFen)];
    }
}

/// <summary>
/// The (k+1)-price auction of k like copies, one to a bidder: the k highest bids win and all pay the highest bid that does not, or the reserve where that
/// is higher or there is none. Bidding one's value is a dominant strategy (Vickrey 1961). For k = 1 it is <see cref="Vickrey"/>.
/// </summary>
public class UniformPrice : ProviderMechanism
{
    private readonly int _copies;

    /// <summary>An auction of some copies.</summary>
    /// <param name="copies">How many, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one copy.</exception>
    public UniformPrice(int copies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        _copies = copies;
    }

    /// <inheritdoc />
    public override string Name => "(k+1)-price sealed bid";

    /// <inheritdoc />
    protected override IReadOnlyList<Award> Award(AuctionTerms terms, IReadOnlyList<Bid> admitted)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(admitted);
        // What is not admitted lies below the reserve, so the reserve stands for it.
        var price = admitted.Count > _copies ? admitted[_copies].AmountFen : terms.ReserveFen;
        return [.. admitted.Take(_copies).Select(bid => new Award(bid.Bidder, price))];
    }
}

/// <summary>Vickrey's second-price sealed bid: the highest bid wins and pays the second, or the reserve.</summary>
public sealed class Vickrey() : UniformPrice(1)
{
    /// <inheritdoc />
    public override string Name => "Vickrey (second-price sealed bid)";
}
