using System.Globalization;
using System.Runtime.InteropServices;

namespace DataExchange.Matching.Flow;

/// <summary>
/// Reads flow files: records of 24 bytes, one operation each (<see cref="FlowRecord"/>). Everything is checked before anything is
/// carried out.
/// </summary>
public static class FlowFile
{
    /// <summary>Books at most: a record has 16 bits for them.</summary>
    public const int MostBooks = 1 << 16;

    /// <summary>Operations at most; the commands made of them then take 2 GiB.</summary>
    public const int MostOperations = 1 << 25;

    /// <summary>The highest price of an instrument.</summary>
    public const int HighestPrice = 1 << 30;

    /// <summary>The largest quantity of a record.</summary>
    public const int LargestQuantity = 100;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="books">How many books there are; 1 to <see cref="MostBooks"/>.</param>
    /// <exception cref="FlowException">The file is not there or cannot be read, is truncated or holds an illegal record.</exception>
    public static FlowRecord[] Read(string path, int books)
    {
        byte[] bytes;
        try
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            if (length > (long)MostOperations * FlowRecord.Bytes)
            {
                throw new FlowException(Invariant($"{path}: {length} bytes are too many; at most {MostOperations} records of {FlowRecord.Bytes} bytes are allowed."));
            }

            bytes = new byte[length];
            for (var read = 0; read < bytes.Length;)
            {
                var count = RandomAccess.Read(file, bytes.AsSpan(read), read);
                if (count == 0)
                {
                    throw new FlowException($"{path}: the file became shorter while it was read.");
                }

                read += count;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FlowException($"{path}: the flow cannot be read: {failure.Message}");
        }

        return Parse(bytes, books, path);
    }

    /// <summary>Checks the bytes of a flow and gives its records.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="books">How many books there are.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="FlowException">It is truncated or holds an illegal record.</exception>
    public static FlowRecord[] Parse(ReadOnlySpan<byte> bytes, int books, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(books, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(books, MostBooks);
        var records = MemoryMarshal.Cast<byte, FlowRecord>(bytes).ToArray();

        // Book and side of each order by its number, to see whether a cancel names its order rightly.
        var bookOf = new ushort[records.Length + 1];
        var orders = 0U;
        for (var index = 0; index < records.Length; index++)
        {
            ref readonly var record = ref records[index];
            if (Wrong(in record, books, orders, bookOf) is { } wrong)
            {
                throw new FlowException(Invariant($"{name}: record {index + 1} (at byte {(long)index * FlowRecord.Bytes}): {wrong}."));
            }

            if (record.Operation != FlowOperation.Cancel)
            {
                bookOf[++orders] = record.Book;
            }
        }

        return bytes.Length % FlowRecord.Bytes == 0 ? records : throw new FlowException(Invariant(
            $"{name}: record {records.Length + 1} (at byte {(long)records.Length * FlowRecord.Bytes}) is truncated: it has {bytes.Length % FlowRecord.Bytes} of {FlowRecord.Bytes} bytes."));
    }

    private static string? Wrong(in FlowRecord record, int books, uint orders, ushort[] bookOf)
    {
        if (record.Operation > FlowOperation.ImmediateOrCancel)
        {
            return Invariant($"op is {(byte)record.Operation}; 0 (add), 1 (cancel) and 2 (immediate or cancel) are allowed");
        }

        if (record.Side > Side.Sell)
        {
            return Invariant($"side is {(byte)record.Side}; 0 (buy) and 1 (sell) are allowed");
        }

        if (record.Book >= books)
        {
            return Invariant($"book is {record.Book}; 0 to {books - 1} are allowed (--books {books})");
        }

        if (record.Padding != 0)
        {
            return Invariant($"pad is {record.Padding}; it must be 0");
        }

        if (record.Operation == FlowOperation.Cancel)
        {
            return record.Order == 0 || record.Order > orders
                ? Invariant($"id is {record.Order}; a cancel names an order that came before, and these were 1 to {orders}")
                : bookOf[record.Order] != record.Book ? Invariant($"book is {record.Book}; order {record.Order} is in book {bookOf[record.Order]}") : null;
        }

        if (record.Price is < 1 or > HighestPrice)
        {
            return Invariant($"price is {record.Price}; 1 to {HighestPrice} are allowed");
        }

        if (record.Quantity is < 1 or > LargestQuantity)
        {
            return Invariant($"qty is {record.Quantity}; 1 to {LargestQuantity} are allowed");
        }

        return record.Order != orders + 1 ? Invariant($"id is {record.Order}; orders are numbered as they arrive, so it must be {orders + 1}") : null;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
