using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Files.Tables;

/// <summary>Where an order was given.</summary>
internal enum OrderPlace
{
    /// <summary>To a product's offer, from the shelf or as a contract.</summary>
    Offer,

    /// <summary>To an offer, as the award of an auction.</summary>
    Auction,

    /// <summary>To an offer, as a part of a bundle.</summary>
    Bundle,

    /// <summary>To a product's order book.</summary>
    OrderBook,

    /// <summary>Nowhere: the funds for it were wanting in the buyer's account, which alone records it.</summary>
    Account,
}

/// <summary>What became of an order.</summary>
internal enum OrderOutcome
{
    /// <summary>The licence was granted.</summary>
    Granted,

    /// <summary>The offer rejected it.</summary>
    Rejected,

    /// <summary>Funds were wanting.</summary>
    NoFunds,

    /// <summary>The order book refused it.</summary>
    Refused,

    /// <summary>All of it that was not taken off traded.</summary>
    Filled,

    /// <summary>It, or what was left of it, was cancelled.</summary>
    Cancelled,

    /// <summary>Its time was over.</summary>
    Expired,

    /// <summary>It still stands in the book.</summary>
    Open,
}

/// <summary>An order as a row: from the event that tells of it to what became of it.</summary>
internal sealed record OrderRow(string Id, OrderPlace Place, string Party, OrderOutcome Outcome, SimulatedTime At)
{
    public string? Product { get; init; }

    public string? Venue { get; init; }

    public TradeChannel? Channel { get; init; }

    public BookOrderTerms? Terms { get; init; }

    public long? Quantity { get; init; }

    public long Filled { get; init; }

    public long? AmountFen { get; init; }

    public long? NeededFen { get; init; }

    public string? Deal { get; init; }

    public string? Reason { get; init; }

    public SimulatedTime? EndedAt { get; init; }
}
