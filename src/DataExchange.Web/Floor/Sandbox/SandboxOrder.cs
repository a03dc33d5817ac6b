using DataExchange.Matching;

namespace DataExchange.Web.Floor.Sandbox;

/// <summary>The three places of the sandbox floor; their numbers are those of the core's instruments.</summary>
public enum SandboxPlace
{
    /// <summary>An order book in continuous trading, with a price band and halts.</summary>
    Book,
    /// <summary>A posted offer of licences: data that are not used up.</summary>
    Offer,
    /// <summary>Call auctions, one a minute.</summary>
    Auction,
}

/// <summary>An order of a party.</summary>
/// <param name="Place">Where.</param>
/// <param name="Number">The party's number of it.</param>
/// <param name="IsBid">Whether it buys.</param>
/// <param name="PriceFen">Fen a piece.</param>
/// <param name="Leaves">Pieces left; null for an offer that never runs out.</param>
public sealed record SandboxOrder(SandboxPlace Place, long Number, bool IsBid, long PriceFen, int? Leaves);

/// <summary>What became of an order at once.</summary>
/// <param name="Number">Its number; 0 where it was refused.</param>
/// <param name="Traded">Pieces traded at once.</param>
/// <param name="Reason">Why it was refused, or its rest cancelled; <see cref="Matching.Reason.None"/> otherwise.</param>
internal readonly record struct SandboxAnswer(long Number, int Traded, Reason Reason);
