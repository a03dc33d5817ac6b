using System.Collections.Immutable;
using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.ReadModels;

/// <summary>What happened in one order book on one calendar day of China. Prices are for one pack.</summary>
public sealed record BookDay : IReadModel
{
    /// <summary>Product, slash, day: <c>P000042/2024-12-31</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The product.</summary>
    public required string Product { get; init; }

    /// <summary>The venue.</summary>
    public required string Venue { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Price of the first trade, fen; null on a day without trades.</summary>
    public long? OpenFen { get; init; }

    /// <summary>Highest price, fen; null on a day without trades.</summary>
    public long? HighFen { get; init; }

    /// <summary>Lowest price, fen; null on a day without trades.</summary>
    public long? LowFen { get; init; }

    /// <summary>Price of the last trade, fen; null on a day without trades.</summary>
    public long? CloseFen { get; init; }

    /// <summary>Trades.</summary>
    public int Trades { get; init; }

    /// <summary>Packs traded.</summary>
    public long Packs { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long AmountFen { get; init; }

    /// <summary>Trades with which packs were issued (primary market); the others are resales.</summary>
    public int PrimaryTrades { get; init; }

    /// <summary>Packs issued.</summary>
    public long PrimaryPacks { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long PrimaryAmountFen { get; init; }

    /// <summary>Auctions that found a price: at the opening, at the close, after halts.</summary>
    public int Auctions { get; init; }

    /// <summary>Price of the day's first auction, fen; null without one.</summary>
    public long? AuctionPriceFen { get; init; }

    /// <summary>Packs traded in all auctions.</summary>
    public long AuctionPacks { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long AuctionAmountFen { get; init; }

    /// <summary>Halts for a price outside the band.</summary>
    public int Halts { get; init; }

    /// <summary>Orders that entered the book, by kind, those that it refused then included.</summary>
    public ImmutableSortedDictionary<BookOrderKind, int> OrdersEntered { get; init; } = ImmutableSortedDictionary<BookOrderKind, int>.Empty;

    /// <summary>Orders refused, by reason: by the book, or for want of funds before they entered it.</summary>
    public ImmutableSortedDictionary<Rejection, int> OrdersRefused { get; init; } = ImmutableSortedDictionary<Rejection, int>.Empty;

    /// <summary>Orders, or rests of orders, cancelled, by cause.</summary>
    public ImmutableSortedDictionary<BookCancelCause, int> Cancelled { get; init; } = ImmutableSortedDictionary<BookCancelCause, int>.Empty;

    /// <summary>Orders whose time was over.</summary>
    public int Expired { get; init; }

    /// <summary>Times that an order was made smaller.</summary>
    public int Reduced { get; init; }

    /// <summary>Stop orders that came to life.</summary>
    public int Triggered { get; init; }

    /// <summary>Packs redeemed for their calls.</summary>
    public long Redeemed { get; init; }
}

/// <summary>One order book: what it is and where it stands. What was traded in it the days tell.</summary>
public sealed record BookSummary : IReadModel
{
    /// <summary>The product.</summary>
    public required string Id { get; init; }

    /// <summary>The venue.</summary>
    public string Venue { get; init; } = "";

    /// <summary>Who may issue packs.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Packs set aside for the book.</summary>
    public int Packs { get; init; }

    /// <summary>Calls in a pack.</summary>
    public int UnitsPerPack { get; init; }

    /// <summary>When it opened.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>First moment at which the certificate is no longer valid.</summary>
    public DateTimeOffset ValidUntil { get; init; }

    /// <summary>When it was closed for good; null while it was not.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What it is doing.</summary>
    public TradingPhase Phase { get; init; }

    /// <summary>Whether the product is suspended.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Price on the shelf of as many calls as a pack has, fen.</summary>
    public long PostedPriceFen { get; init; }

    /// <summary>Price of the last trade, fen; null before the first.</summary>
    public long? LastPriceFen { get; init; }

    /// <summary>When the last trade was; null before the first.</summary>
    public DateTimeOffset? LastTradeAt { get; init; }
}
