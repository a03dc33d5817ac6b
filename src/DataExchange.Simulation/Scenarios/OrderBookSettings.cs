namespace DataExchange.Simulation.Scenarios;

/// <summary>Call packs that are traded in order books: which, when, and who trades how. Shares are from 0 to 1.</summary>
public sealed record OrderBookSettings
{
    /// <summary>Id of the venue that keeps the books.</summary>
    public required string Venue { get; init; }

    /// <summary>First trading day (A105 of docs/assumptions.md).</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Books that are opened, before scaling; 0 for none.</summary>
    public required Figure Books { get; init; }

    /// <summary>Packs that may be issued in a book.</summary>
    public required Figure Packs { get; init; }

    /// <summary>Step of prices, fen.</summary>
    public required Figure TickFen { get; init; }

    /// <summary>The venue's fee on each trade, 1/10,000.</summary>
    public required Figure FeeBasisPoints { get; init; }

    /// <summary>Half width of the price band, 1/10,000 of the reference price; 0 for no band.</summary>
    public required Figure BandBasisPoints { get; init; }

    /// <summary>Length of a volatility halt, seconds.</summary>
    public required Figure HaltSeconds { get; init; }

    /// <summary>When orders begin to gather for the opening auction, minutes after midnight.</summary>
    public required Figure PreOpenMinute { get; init; }

    /// <summary>The opening auction, minutes after midnight.</summary>
    public required Figure OpenMinute { get; init; }

    /// <summary>The close, minutes after midnight.</summary>
    public required Figure CloseMinute { get; init; }

    /// <summary>Market makers and how they quote.</summary>
    public required MakerSettings Makers { get; init; }

    /// <summary>What a pack is worth on the secondary market.</summary>
    public required FairValueSettings FairValue { get; init; }

    /// <summary>Firms that trade for their own use.</summary>
    public required TraderSettings Traders { get; init; }
}

/// <summary>Market makers and how they quote.</summary>
public sealed record MakerSettings
{
    /// <summary>Market makers in all.</summary>
    public required Figure Count { get; init; }

    /// <summary>Market makers of each book.</summary>
    public required Figure PerBook { get; init; }

    /// <summary>Packs that a maker buys when the book opens, and likes to hold.</summary>
    public required Figure Inventory { get; init; }

    /// <summary>Packs of a quote.</summary>
    public required Figure QuotePacks { get; init; }

    /// <summary>Distance of a quote from the fair value, 1/10,000.</summary>
    public required Figure HalfSpreadBasisPoints { get; init; }

    /// <summary>Change of the fair value after which quotes are renewed, 1/10,000.</summary>
    public required Figure RequoteBasisPoints { get; init; }
}

/// <summary>What a pack is worth on the secondary market.</summary>
public sealed record FairValueSettings
{
    /// <summary>Below the posted price so much, as a share of it, while packs are issued.</summary>
    public required Figure Discount { get; init; }

    /// <summary>Standard deviation of a day's change of its logarithm.</summary>
    public required Figure Volatility { get; init; }

    /// <summary>Jumps of a book's fair value a day.</summary>
    public required Figure JumpsPerDay { get; init; }

    /// <summary>Standard deviation of a jump of its logarithm.</summary>
    public required Figure JumpSigma { get; init; }
}

/// <summary>Firms that trade for their own use.</summary>
public sealed record TraderSettings
{
    /// <summary>Firms that take an interest in a book.</summary>
    public required Figure PerBook { get; init; }

    /// <summary>Orders of a book a trading day, on average.</summary>
    public required Figure OrdersPerDay { get; init; }

    /// <summary>Orders before the opening auction.</summary>
    public required Figure PreOpenShare { get; init; }

    /// <summary>Of orders of firms that hold packs: to sell.</summary>
    public required Figure SellShare { get; init; }

    /// <summary>Of orders with a limit: at a price that trades at once.</summary>
    public required Figure MarketableShare { get; init; }

    /// <summary>Kinds of orders, relative to each other, by name.</summary>
    public required IReadOnlyDictionary<string, Figure> OrderKinds { get; init; }

    /// <summary>Of limit orders that wait: refused rather than traded at once.</summary>
    public required Figure PostOnly { get; init; }

    /// <summary>Packs of an order beyond the first, on average.</summary>
    public required Figure FurtherPacks { get; init; }

    /// <summary>Of orders that rest: cancelled later in the day.</summary>
    public required Figure Cancelled { get; init; }

    /// <summary>Of orders that rest: made smaller later in the day.</summary>
    public required Figure Reduced { get; init; }

    /// <summary>Of packs held: used, a trading day.</summary>
    public required Figure RedeemedPerDay { get; init; }

    /// <summary>Of top-ups: too small for the order.</summary>
    public required Figure Underfunded { get; init; }

    /// <summary>Of firms that are not admitted yet: order all the same.</summary>
    public required Figure Unadmitted { get; init; }
}
