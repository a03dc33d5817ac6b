using DataExchange.Domain;

namespace DataExchange.Simulation.Agents.Auctions;

/// <summary>What a licence is worth to a bidder: known to it alone, and to whoever measures welfare afterwards.</summary>
/// <param name="Auction">The auction.</param>
/// <param name="Product">The product.</param>
/// <param name="Bidder">The bidder.</param>
/// <param name="ValueFen">The most that it would pay, fen, 0 or more.</param>
public sealed record BidderValue(AuctionId Auction, ProductId Product, PartyId Bidder, long ValueFen);

/// <summary>The private values of all bidders of a run, in the order in which they were drawn.</summary>
public sealed class AuctionTruth
{
    private readonly List<BidderValue> _values = [];

    /// <summary>The values.</summary>
    public IReadOnlyList<BidderValue> Values => _values;

    internal void Note(BidderValue value) => _values.Add(value);
}
