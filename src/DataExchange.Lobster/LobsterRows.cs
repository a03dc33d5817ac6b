using System.Globalization;

namespace DataExchange.Lobster;

/// <summary>Reads rows of LOBSTER files: comma separated numbers without a header.</summary>
public static class LobsterRows
{
    /// <summary>What stands for the price of an empty ask level; of an empty bid level it is negative.</summary>
    public const long EmptyPrice = 9_999_999_999;

    /// <summary>Most levels of an orderbook file.</summary>
    public const int MostLevels = 1_000;

    private const int MessageColumns = 6;
    private const int MessageColumnsWithParticipant = 7;
    private const int ColumnsOfLevel = 4;
    private const int MostDecimals = 9;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long SecondsPerDay = 86_400;

    private static readonly string[] MessageNames = ["time", "type", "order id", "size", "price", "direction"];

    /// <summary>Reads a message. A seventh column, the market participant of later files, is passed over.</summary>
    /// <param name="line">The row's text.</param>
    /// <param name="row">Its number, from 1, for messages.</param>
    /// <exception cref="LobsterFormatException">It is no message.</exception>
    public static LobsterMessage Message(ReadOnlySpan<char> line, long row)
    {
        var columns = line.Count(',') + 1;
        if (columns is not (MessageColumns or MessageColumnsWithParticipant))
        {
            throw new LobsterFormatException(row, 0, $"{columns} columns; a message has {MessageColumns} (time, type, order id, size, price, direction) or one more");
        }

        var rest = line;
        var time = Time(Next(ref rest), row);
        var kind = (LobsterKind)Number(Next(ref rest), row, 2, MessageNames[1], 1, 7);
        var isOfOrder = kind <= LobsterKind.HiddenExecution;
        var order = Number(Next(ref rest), row, 3, MessageNames[2], kind < LobsterKind.HiddenExecution ? 1 : -1, long.MaxValue);
        var size = Number(Next(ref rest), row, 4, MessageNames[3], kind == LobsterKind.Halt ? 0 : 1, int.MaxValue);
        var price = kind == LobsterKind.Halt
            ? Number(Next(ref rest), row, 5, MessageNames[4], -1, 1)
            : Number(Next(ref rest), row, 5, MessageNames[4], 1, EmptyPrice - 1);
        var direction = Number(Next(ref rest), row, 6, MessageNames[5], -1, 1);
        if (direction == 0 && isOfOrder)
        {
            throw new LobsterFormatException(row, 6, "direction '0' is not allowed: -1 (sell) or 1 (buy)");
        }

        return new LobsterMessage(time, kind, order, size, price, direction == 1 ? LobsterSide.Bid : LobsterSide.Ask);
    }

    /// <summary>How many levels the rows of an orderbook file have.</summary>
    /// <param name="first">Its first row.</param>
    /// <exception cref="LobsterFormatException">It has no whole number of levels.</exception>
    public static int LevelsOf(ReadOnlySpan<char> first)
    {
        var columns = first.Count(',') + 1;
        return columns % ColumnsOfLevel == 0 && columns / ColumnsOfLevel <= MostLevels
            ? columns / ColumnsOfLevel
            : throw new LobsterFormatException(1, 0, $"{columns} columns; an orderbook has four for each level (ask price, ask size, bid price, bid size), at most {MostLevels} levels");
    }

    /// <summary>Reads a row of the book.</summary>
    /// <param name="line">The row's text.</param>
    /// <param name="row">Its number, from 1, for messages.</param>
    /// <param name="fileLevels">Levels of the file.</param>
    /// <param name="into">Takes its first levels, as many as it has.</param>
    /// <exception cref="LobsterFormatException">It is no such row.</exception>
    public static void Book(ReadOnlySpan<char> line, long row, int fileLevels, LobsterBookRow into)
    {
        ArgumentNullException.ThrowIfNull(into);
        var columns = line.Count(',') + 1;
        if (columns != fileLevels * ColumnsOfLevel)
        {
            throw new LobsterFormatException(row, 0, $"{columns} columns; the first row has {fileLevels * ColumnsOfLevel}, and every row needs as many");
        }

        var rest = line;
        var (last, lastBid) = (LobsterLevel.Empty, LobsterLevel.Empty);
        for (var level = 0; level < fileLevels; level++)
        {
            var ask = Level(ref rest, row, level, LobsterSide.Ask, last);
            var bid = Level(ref rest, row, level, LobsterSide.Bid, lastBid);
            (last, lastBid) = (ask, bid);
            if (level < into.Levels)
            {
                (into[LobsterSide.Ask][level], into[LobsterSide.Bid][level]) = (ask, bid);
            }
        }
    }

    private static LobsterLevel Level(ref ReadOnlySpan<char> rest, long row, int level, LobsterSide side, LobsterLevel before)
    {
        var isAsk = side == LobsterSide.Ask;
        var column = (level * ColumnsOfLevel) + (isAsk ? 1 : 3);
        var name = isAsk ? "ask" : "bid";
        var price = Number(Next(ref rest), row, column, name + " price", -EmptyPrice, EmptyPrice);
        var size = Number(Next(ref rest), row, column + 1, name + " size", 0, long.MaxValue);
        var empty = isAsk ? EmptyPrice : -EmptyPrice;
        if (price == empty)
        {
            return size == 0 ? LobsterLevel.Empty : throw new LobsterFormatException(row, column + 1, $"{name} size '{size}' is not allowed: 0 at the price {empty} of an empty level");
        }

        if (price < 1 || price == EmptyPrice)
        {
            throw new LobsterFormatException(row, column, $"{name} price '{price}' is not allowed: 1 or more (1/10,000 dollar), or {empty} for an empty level");
        }

        if (size == 0)
        {
            throw new LobsterFormatException(row, column + 1, $"{name} size '0' is not allowed: 1 or more; an empty level has the price {empty}");
        }

        if (level > 0 && (before.IsEmpty || (isAsk ? price <= before.Price : price >= before.Price)))
        {
            throw new LobsterFormatException(
                row, column, $"{name} price '{price}' is not allowed: {(before.IsEmpty ? "nothing comes after an empty level" : $"levels go from the best price outwards, and the one before is {before.Price}")}");
        }

        return new LobsterLevel(price, size);
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        var comma = rest.IndexOf(',');
        var field = comma < 0 ? rest : rest[..comma];
        rest = comma < 0 ? [] : rest[(comma + 1)..];
        return field;
    }

    private static long Number(ReadOnlySpan<char> text, long row, int column, string name, long least, long most) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new LobsterFormatException(row, column, $"{name} '{text}' is not allowed: a whole number from {least} to {most}");

    // Seconds with up to nine decimals, whole numbers all the way: doubles would lose the last digits.
    private static long Time(ReadOnlySpan<char> text, long row)
    {
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var part = point < 0 ? [] : text[(point + 1)..];
        if (!long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds >= SecondsPerDay
            || (point >= 0 && part.IsEmpty) || (!part.IsEmpty && !long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            throw new LobsterFormatException(row, 1, $"time '{text}' is not allowed: seconds after midnight, 0 to {SecondsPerDay - 1}, with decimals after a point");
        }

        var nanoseconds = 0L;
        for (var place = 0; place < MostDecimals; place++)
        {
            nanoseconds = (nanoseconds * 10) + (place < part.Length ? part[place] - '0' : 0);
        }

        return (seconds * NanosecondsPerSecond) + nanoseconds;
    }
}
