using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Agents.Books;

namespace DataExchange.Simulation.Agents.Strategies;

/// <summary>An order book as an agent sees it: what everybody sees, and its own orders and packs. Every member tells the present state.</summary>
public sealed class AgentBook
{
    private readonly PartyId _party;

    internal AgentBook(BookDesk desk, PartyId party, int number) => (Desk, _party, Number) = (desk, party, number);

    /// <summary>The book's number among all, from 1.</summary>
    public int Number { get; }

    /// <summary>The product.</summary>
    public ProductId Product => Desk.Series.Product;

    /// <summary>The venue.</summary>
    public VenueId Venue => Desk.Series.Venue;

    /// <summary>What the book is doing.</summary>
    public TradingPhase Phase => Desk.Picture.Phase;

    /// <summary>Whether it is closed for good.</summary>
    public bool IsClosed => Desk.IsClosed;

    /// <summary>Whether the provider still issues packs at the posted price.</summary>
    public bool IsIssuing => Desk.IsIssuing;

    /// <summary>Price at which packs are issued, fen.</summary>
    public long PostedPriceFen => Desk.PostedPriceFen;

    /// <summary>Price of the last trade, fen; 0 before the first.</summary>
    public long LastPriceFen => Desk.Picture.LastPriceFen;

    /// <summary>How it trades: tick, highest price, largest order, fee.</summary>
    public BookRules Rules => Desk.Series.Rules;

    /// <summary>Packs that the agent holds.</summary>
    public int Held => Desk.Picture.Holdings.GetValueOrDefault(_party.Value);

    /// <summary>Packs that the agent holds and does not offer.</summary>
    public int Available => Desk.Picture.AvailableTo(_party);

    /// <summary>The agent's orders that stand, by number.</summary>
    public IReadOnlyList<StandingOrder> Orders => Desk.Picture.Of(_party);

    /// <summary>Best price of others on a side, fen; 0 for none.</summary>
    /// <param name="side">The side.</param>
    public long Best(BookSide side) => Desk.Picture.Best(side, _party);

    /// <summary>The nearest price that an order may have.</summary>
    /// <param name="fen">Fen, finite.</param>
    /// <param name="down">Whether to take the one below; otherwise the one above.</param>
    public long OnTick(double fen, bool down)
    {
        var ticks = fen / Rules.TickFen;
        return (long)Math.Clamp(down ? Math.Floor(ticks) : Math.Ceiling(ticks), 1, Rules.HighestPriceFen / Rules.TickFen) * Rules.TickFen;
    }

    internal BookDesk Desk { get; }
}

/// <summary>What can be bought from the shelf.</summary>
/// <param name="Product">The product.</param>
/// <param name="Provider">Who sells it.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Category">Its category.</param>
/// <param name="SubTrack">Id of its sub-track.</param>
/// <param name="Form">Form of delivery.</param>
/// <param name="Licence">Licence.</param>
/// <param name="PriceFen">Price of one pack, month or copy now, fen.</param>
/// <param name="Quality">Score of its quality evaluation, 0 to 100.</param>
public sealed record ShelfOffer(
    ProductId Product, PartyId Provider, VenueId Venue, string Category, string SubTrack, ProductForm Form, LicenceKind Licence, long PriceFen, int Quality)
{
    internal ShelfProduct? Shown { get; init; }
}
