namespace DataExchange.Reports.Surveillance;

/// <summary>A rule that looks for manipulation.</summary>
public enum SurveillanceRule
{
    /// <summary>Two parties pass the same packs to and fro, and trade with hardly anybody else (对倒).</summary>
    MatchedPair,
    /// <summary>Three or more parties pass packs round in a circle, and trade with hardly anybody else (合谋).</summary>
    ClosedCircle,
    /// <summary>A filed contract that should long have been delivered, and was not (无交付备案).</summary>
    NeverDelivered,
    /// <summary>A buyer that does nothing but file contracts, with very few sellers (仅作备案的买方).</summary>
    OnlyFiles,
    /// <summary>The same contract filed again: buyer, seller, product and amount (重复备案).</summary>
    FiledAgain,
}

/// <summary>Thresholds of the rules. All are assumed; docs/surveillance.md says what they catch.</summary>
public sealed record SurveillanceThresholds
{
    /// <summary>Fewest trades within a pair or circle in one product, for each of its members.</summary>
    public int FewestTradesPerMember { get; init; } = 3;

    /// <summary>Most members of a circle.</summary>
    public int MostMembers { get; init; } = 10;

    /// <summary>Least share of each member's packs, bought and sold among holders of the product, that changed hands within the group; 0 to 1.</summary>
    public double LeastInside { get; init; } = 0.6;

    /// <summary>Most packs that the members of a group end up with, or rid of, by trades within it, as a share of the packs traded within it; 0 to 1.</summary>
    public double MostNet { get; init; } = 0.35;

    /// <summary>Most of the trades within a circle of three or more that one member may be in: above it that member makes a market, and the others are its customers; 0 to 1.</summary>
    public double MostOfOne { get; init; } = 0.9;

    /// <summary>Days after registration in which a filed contract is delivered, or said to be late.</summary>
    public int DaysToDeliver { get; init; } = 90;

    /// <summary>Fewest filed contracts of a buyer that does nothing else.</summary>
    public int FewestFiled { get; init; } = 4;

    /// <summary>Most sellers of such a buyer.</summary>
    public int MostSellers { get; init; } = 3;
}

/// <summary>Something that a rule found.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Parties">The suspects, by name.</param>
/// <param name="Venue">Where.</param>
/// <param name="Products">What was traded, by name.</param>
/// <param name="Deals">The evidence: the deals, in the order of registration.</param>
/// <param name="AmountFen">What they come to, fen.</param>
/// <param name="PriceChange">Of a pair or circle: last price within it over the first, less 1; null elsewhere.</param>
public sealed record SurveillanceFinding(
    SurveillanceRule Rule, IReadOnlyList<string> Parties, string Venue, IReadOnlyList<string> Products, IReadOnlyList<string> Deals, long AmountFen, double? PriceChange);

/// <summary>A deal that was no business, as only the simulation knows.</summary>
/// <param name="Scheme">Name of the strategy.</param>
/// <param name="Deal">The deal.</param>
/// <param name="Parties">The manipulators in it.</param>
public sealed record KnownManipulation(string Scheme, string Deal, IReadOnlyList<string> Parties);
