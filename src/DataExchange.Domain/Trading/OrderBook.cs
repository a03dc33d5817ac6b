using System.Collections.Immutable;

namespace DataExchange.Domain.Trading;

/// <summary>An order that rests or waits in a book.</summary>
/// <param name="Sequence">Its place among all orders that entered the book, from 1.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Kind">What it is now: a stop order that was triggered is a market or limit order.</param>
/// <param name="Supply">Where the packs of an ask come from.</param>
/// <param name="PriceFen">Limit price; 0 for none.</param>
/// <param name="Leaves">Packs not traded yet; 0 for a budget order.</param>
/// <param name="HeldFen">Money held for it.</param>
public sealed record BookOrder(int Sequence, BookSide Side, BookOrderKind Kind, PackSupply Supply, long PriceFen, int Leaves, long HeldFen);

/// <summary>Which order of a book: the party's own number, rising from order to order.</summary>
/// <param name="Party">Whose order it is.</param>
/// <param name="Number">1 or more.</param>
public readonly record struct BookOrderKey(PartyId Party, int Number);

/// <summary>The order book of one product's call packs, as its stream tells it.</summary>
public sealed record OrderBook
{
    /// <summary>Whether it was ever opened.</summary>
    public bool Exists { get; init; }

    /// <summary>Whether the product is suspended at the venue.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Whether it is closed for good.</summary>
    public bool IsClosed { get; init; }

    /// <summary>What it is doing.</summary>
    public TradingPhase Phase { get; init; }

    /// <summary>The venue.</summary>
    public VenueId Venue { get; init; }

    /// <summary>Who may issue packs.</summary>
    public PartyId Provider { get; init; }

    /// <summary>How sensitive the data are.</summary>
    public SecurityClass SecurityClass { get; init; }

    /// <summary>First moment at which the certificate is no longer valid.</summary>
    public SimulatedTime ValidUntil { get; init; }

    /// <summary>Packs set aside for the book: no more are ever issued.</summary>
    public int Packs { get; init; }

    /// <summary>Calls in one pack.</summary>
    public int UnitsPerPack { get; init; }

    /// <summary>Version of the product's content that the packs are for.</summary>
    public int ProductVersion { get; init; } = ProductVersions.First;

    /// <summary>How it trades; null before it opens.</summary>
    public BookRules? Rules { get; init; }

    /// <summary>Upstream contributors, who share in what is issued.</summary>
    public IReadOnlyList<ContributorShare> Contributors { get; init; } = [];

    /// <summary>Orders that rest or wait.</summary>
    public ImmutableDictionary<BookOrderKey, BookOrder> Orders { get; init; } = ImmutableDictionary<BookOrderKey, BookOrder>.Empty;

    /// <summary>The largest order number each party has used.</summary>
    public ImmutableDictionary<PartyId, int> Numbers { get; init; } = ImmutableDictionary<PartyId, int>.Empty;

    /// <summary>Packs that parties hold, those offered for sale included.</summary>
    public ImmutableDictionary<PartyId, int> Holdings { get; init; } = ImmutableDictionary<PartyId, int>.Empty;

    /// <summary>Orders that entered so far.</summary>
    public int Entered { get; init; }

    /// <summary>Packs issued so far.</summary>
    public int Issued { get; init; }

    /// <summary>Packs redeemed for calls so far.</summary>
    public int Redeemed { get; init; }

    /// <summary>Trades so far.</summary>
    public int Trades { get; init; }

    /// <summary>Packs of a party that it does not offer for sale.</summary>
    public int AvailableTo(PartyId party) =>
        Holdings.GetValueOrDefault(party)
        - Orders.Where(order => order.Key.Party == party && order.Value is { Side: BookSide.Sell, Supply: PackSupply.Held }).Sum(order => order.Value.Leaves);

    /// <summary>Identity of the deal of a book's trade: <c>P000042-T000007</c>.</summary>
    /// <param name="product">The product.</param>
    /// <param name="trade">1 for the book's first trade.</param>
    public static DealId DealOf(ProductId product, int trade) => new($"{product.Value}-T{trade:000000}");
}

/// <summary>A command to Trading about one product's order book.</summary>
/// <param name="Product">The product.</param>
public abstract record BookCommand(ProductId Product) : Command
{
    /// <summary>
    /// What the book's matching core made of it: facts that follow the command's own. The exchange asks the core and fills this in; whoever
    /// gives a command leaves it empty.
    /// </summary>
    public IReadOnlyList<Event> Results { get; init; } = [];

    /// <inheritdoc />
    public sealed override string Stream => StreamId.Book(Product);
}
