namespace DataExchange.Lobster;

/// <summary>Kinds of message, by the number in the file.</summary>
public enum LobsterKind
{
    /// <summary>A limit order enters the book.</summary>
    Submission = 1,

    /// <summary>A part of a limit order is cancelled.</summary>
    PartialCancellation = 2,

    /// <summary>All that is left of a limit order is cancelled.</summary>
    Deletion = 3,

    /// <summary>A visible limit order is executed, in whole or in part.</summary>
    VisibleExecution = 4,

    /// <summary>A hidden limit order is executed: the visible book stays.</summary>
    HiddenExecution = 5,

    /// <summary>Orders trade at one price in an auction: the visible book stays.</summary>
    CrossTrade = 6,

    /// <summary>Trading is halted or resumed: the visible book stays.</summary>
    Halt = 7,
}

/// <summary>The side of a limit order.</summary>
public enum LobsterSide
{
    /// <summary>Sell orders, the lowest price first.</summary>
    Ask,

    /// <summary>Buy orders, the highest price first.</summary>
    Bid,
}

/// <summary>A row of a message file.</summary>
/// <param name="Nanoseconds">Time after midnight, nanoseconds.</param>
/// <param name="Kind">The kind.</param>
/// <param name="OrderId">The order; 0 of a hidden one, −1 or 0 where there is none.</param>
/// <param name="Size">Shares.</param>
/// <param name="Price">Price, 1/10,000 dollar; of a halt −1 (halted), 0 (quoting again) or 1 (trading again).</param>
/// <param name="Side">Side of the limit order, not of who met it.</param>
public readonly record struct LobsterMessage(long Nanoseconds, LobsterKind Kind, long OrderId, long Size, long Price, LobsterSide Side);

/// <summary>A price with what rests there.</summary>
/// <param name="Price">Price, 1/10,000 dollar; 0 of a level that is empty.</param>
/// <param name="Size">Shares; 0 of a level that is empty.</param>
public readonly record struct LobsterLevel(long Price, long Size)
{
    /// <summary>A level at which nothing rests.</summary>
    public static LobsterLevel Empty { get; }

    /// <summary>Whether nothing rests there.</summary>
    public bool IsEmpty => Size == 0;

    /// <summary>As in messages: <c>100 @ 585.3300</c>.</summary>
    public override string ToString() => IsEmpty ? "empty" : string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{Size} @ {Price / 10_000}.{Price % 10_000:0000}");
}

/// <summary>A row of an orderbook file: the first levels of both sides.</summary>
/// <param name="levels">How many levels.</param>
public sealed class LobsterBookRow(int levels)
{
    private readonly LobsterLevel[] _asks = new LobsterLevel[levels];
    private readonly LobsterLevel[] _bids = new LobsterLevel[levels];

    /// <summary>How many levels.</summary>
    public int Levels => levels;

    /// <summary>A level of a side, from 0; to be set when the row is read.</summary>
    /// <param name="side">The side.</param>
    public Span<LobsterLevel> this[LobsterSide side] => side == LobsterSide.Ask ? _asks : _bids;
}
