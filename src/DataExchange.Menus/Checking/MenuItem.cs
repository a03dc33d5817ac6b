namespace DataExchange.Menus.Checking;

/// <summary>Something that a provider sells for a price.</summary>
/// <param name="Name">What it is called; each name once in a menu.</param>
/// <param name="PriceFen">Its price, fen, 0 to 10^15.</param>
/// <param name="Quality">Its level of quality: who has a higher one has the lower ones too.</param>
/// <param name="Units">What one gets: of each product so many calls or copies, 1 or more. What is bought twice adds up.</param>
public sealed record MenuItem(string Name, long PriceFen, int Quality, IReadOnlyDictionary<string, int> Units);

/// <summary>A part of an assembly.</summary>
/// <param name="Name">Which item.</param>
/// <param name="Count">How often it is bought, 1 or more.</param>
public sealed record Purchase(string Name, int Count);

/// <summary>Which rule an arbitrage breaks.</summary>
public enum ArbitrageKind
{
    /// <summary>One other item gives as much and more for less: prices are not monotone.</summary>
    NotMonotone,
    /// <summary>Several purchases together give as much for less: prices are not subadditive.</summary>
    NotSubadditive,
}

/// <summary>What is sold dearer than it can be put together.</summary>
/// <param name="Name">The item, or the quantity.</param>
/// <param name="Kind">Which rule is broken.</param>
/// <param name="PriceFen">What it is sold for, fen.</param>
/// <param name="CheapestFen">What the cheapest assembly costs, fen: no other costs less.</param>
/// <param name="Assembly">It, in the order of the menu.</param>
public sealed record Arbitrage(string Name, ArbitrageKind Kind, long PriceFen, long CheapestFen, IReadOnlyList<Purchase> Assembly);

/// <summary>Why a menu cannot be checked.</summary>
public enum MenuFault
{
    /// <summary>There is nothing in it, or too much.</summary>
    SizeNotAllowed,
    /// <summary>An item has no name, or one that another has.</summary>
    NameNotAllowed,
    /// <summary>A price is negative or above 10^15 fen.</summary>
    PriceNotAllowed,
    /// <summary>An item gives nothing, or less than one unit of something.</summary>
    UnitsNotAllowed,
    /// <summary>An item can be put together in too many ways to look at all of them.</summary>
    TooManyStates,
}

/// <summary>What is wrong with a menu.</summary>
/// <param name="Fault">Which rule it breaks.</param>
/// <param name="Message">Field, value and what is allowed.</param>
public sealed record MenuProblem(MenuFault Fault, string Message);

/// <summary>What the checker found.</summary>
/// <param name="Found">What is sold dearer than it can be put together, in the order of the menu; empty: the menu is free of arbitrage.</param>
/// <param name="Problem">Why it could not be checked; null when it was.</param>
public sealed record MenuAnswer(IReadOnlyList<Arbitrage> Found, MenuProblem? Problem);
