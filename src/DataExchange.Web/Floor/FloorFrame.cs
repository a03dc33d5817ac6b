namespace DataExchange.Web.Floor;

/// <summary>Orders of one side at one price.</summary>
/// <param name="PriceFen">The price, fen a pack; 0 for orders at any price, which wait for an auction.</param>
/// <param name="Packs">Packs shown; null for an offer that never runs out.</param>
/// <param name="Orders">Orders.</param>
/// <param name="ToIssue">Of the packs, those that come into being as they are sold.</param>
public sealed record FloorLevel(long PriceFen, long? Packs, int Orders, long ToIssue);

/// <summary>A trade as everybody sees it: whose it was is not told.</summary>
/// <param name="Time">Date and time in China, <c>2025-03-31 09:30:00</c>.</param>
/// <param name="PriceFen">Fen a pack.</param>
/// <param name="Packs">Packs.</param>
/// <param name="Taker"><c>Buy</c> or <c>Sell</c>, the side that came; null in an auction.</param>
/// <param name="IsIssue">Whether the packs came into being with it.</param>
public sealed record FloorTrade(string Time, long PriceFen, long Packs, string? Taker, bool IsIssue);

/// <summary>An order book at a moment, as it is drawn and sent.</summary>
public sealed record FloorFrame
{
    /// <summary>Most prices of a side in a frame.</summary>
    public const int MostLevels = 8;

    /// <summary>Most trades in a frame.</summary>
    public const int MostTrades = 8;

    /// <summary>Date and time in China, <c>2025-03-31 09:30:00</c>.</summary>
    public required string Time { get; init; }

    /// <summary>A <c>TradingPhase</c>, or <c>Suspended</c> or <c>Ended</c> where nothing is traded for another reason.</summary>
    public required string Phase { get; init; }

    /// <summary>When the phase ends by itself, as a halt does; null when it does not.</summary>
    public string? Until { get; init; }

    /// <summary>What just happened: a part of a key of words.</summary>
    public required string What { get; init; }

    /// <summary>Bids, the highest price first.</summary>
    public required IReadOnlyList<FloorLevel> Bids { get; init; }

    /// <summary>Asks, the lowest price first.</summary>
    public required IReadOnlyList<FloorLevel> Asks { get; init; }

    /// <summary>Trades, the latest first.</summary>
    public required IReadOnlyList<FloorTrade> Trades { get; init; }

    /// <summary>The most packs at one price, for the length of bars; 1 at least.</summary>
    internal long Widest => Math.Max(1, Bids.Concat(Asks).Max(level => level.Packs) ?? 1);
}
