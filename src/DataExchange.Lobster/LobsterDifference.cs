namespace DataExchange.Lobster;

/// <summary>What does not fit.</summary>
public enum LobsterMismatch
{
    /// <summary>A level of the given book is another than the messages lead to.</summary>
    Level,

    /// <summary>Nothing rests at the price at which an order is said to shrink.</summary>
    NothingThere,

    /// <summary>More is taken than rests there, of the order or of what no known order accounts for.</summary>
    TooMuch,

    /// <summary>The order is known with another price or on the other side.</summary>
    OtherOrder,

    /// <summary>A deletion takes another size than is left of the order.</summary>
    OtherRest,

    /// <summary>A submission has the number of an order that may still rest.</summary>
    NumberTwice,
}

/// <summary>The first place at which messages and book do not fit.</summary>
/// <param name="Message">Number of the message and of the row of the book, from 1.</param>
/// <param name="Mismatch">What does not fit.</param>
/// <param name="Side">The side.</param>
/// <param name="Level">The level, from 1; 0 where it is about no level.</param>
/// <param name="Expected">What the given book has; of an order, what is known of it.</param>
/// <param name="Got">What the messages lead to; of an order, what the message says.</param>
public sealed record LobsterDifference(long Message, LobsterMismatch Mismatch, LobsterSide Side, int Level, LobsterLevel Expected, LobsterLevel Got);
