using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DataExchange.Matching;
using DataExchange.Matching.Book;
using DataExchange.Matching.Flow;

namespace DataExchange.MatchingBenchmarks;

/// <summary>
/// The yardstick: the least that matches a flow at all. A dense ladder of prices per book, a bit for each price with orders, intrusive lists
/// of orders, all in preallocated arrays; orders are found by their number as an index. It knows neither accounts nor reports nor a journal,
/// and only prices that it was sized for.
/// </summary>
/// <typeparam name="TInput">
/// How long an input is: <see cref="LadderInput"/>, the least it needs, or <see cref="WideLadderInput"/>, as long as a command to the core, which a
/// stream of inputs costs memory bandwidth for.
/// </typeparam>
internal sealed class LadderLoop<TInput>
    where TInput : struct
{
    private readonly TInput[] _operations;
    private readonly Order[] _orders;
    private readonly Level[] _levels;
    private readonly ulong[][] _bits;
    private readonly Book[] _books;

    /// <summary>Reserves everything for a flow.</summary>
    /// <param name="records">The flow.</param>
    /// <param name="books">Its books.</param>
    /// <param name="largePages">Whether to ask for large pages behind the tables, as the core does.</param>
    public LadderLoop(ReadOnlySpan<FlowRecord> records, int books, bool largePages = false)
    {
        _books = new Book[books];
        var levels = Layout(records, _books);
        _levels = new Level[levels];
        _bits = [new ulong[levels / 64], new ulong[levels / 64]];
        _orders = new Order[records.Length + 1];
        _operations = new TInput[records.Length];
        for (var index = 0; index < records.Length; index++)
        {
            ref readonly var record = ref records[index];
            Unsafe.As<TInput, LadderInput>(ref _operations[index]) = new LadderInput(
                record.Operation, record.Side, record.Book, record.Operation == FlowOperation.Cancel ? 0 : LevelOf(_books[record.Book], record.Price),
                record.Quantity, (int)record.Order);
        }

        if (largePages)
        {
            AskForLargePages<Order>(_orders);
            AskForLargePages<Level>(_levels);
            AskForLargePages<ulong>(_bits[0]);
            AskForLargePages<ulong>(_bits[1]);
        }

        Clear();
    }

    // Arrays of this length do not move, and nothing has touched them yet.
    private static unsafe void AskForLargePages<T>(Span<T> memory)
        where T : unmanaged
    {
        fixed (T* first = memory)
        {
            LargePages.Prefer(first, (long)memory.Length * sizeof(T));
        }
    }

    /// <summary>How many operations there are.</summary>
    public int Operations => _operations.Length;

    /// <summary>Units traded.</summary>
    public long Traded { get; private set; }

    /// <summary>Empties the books; it also touches all memory.</summary>
    public void Clear()
    {
        Array.Clear(_orders);
        Array.Clear(_levels);
        Array.Clear(_bits[0]);
        Array.Clear(_bits[1]);
        Traded = 0;
        foreach (ref var book in _books.AsSpan())
        {
            (book.BestBid, book.BestAsk) = (book.First - 1, book.End);
        }
    }

    /// <summary>Carries out a part of the operations.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run(int from, int count)
    {
        foreach (ref var input in _operations.AsSpan(from, count))
        {
            ref readonly var operation = ref Unsafe.As<TInput, LadderInput>(ref input);
            ref var book = ref _books[operation.Book];
            if (operation.Kind == FlowOperation.Cancel)
            {
                Cancel(ref book, operation.Order);
                continue;
            }

            var left = operation.Side == Side.Buy ? Buy(ref book, operation.Level, operation.Quantity) : Sell(ref book, operation.Level, operation.Quantity);
            Traded += operation.Quantity - left;
            if (left > 0 && operation.Kind == FlowOperation.Add)
            {
                Rest(ref book, in operation, left);
            }
        }
    }

    private int Buy(ref Book book, int limit, int left)
    {
        while (left > 0 && book.BestAsk <= limit)
        {
            left = Take(book.BestAsk, left);
            if (_levels[book.BestAsk].Head == 0)
            {
                _bits[1][book.BestAsk >> 6] &= ~(1UL << book.BestAsk);
                book.BestAsk = NextUp(_bits[1], book.BestAsk, book.End);
            }
        }

        return left;
    }

    private int Sell(ref Book book, int limit, int left)
    {
        while (left > 0 && book.BestBid >= limit)
        {
            left = Take(book.BestBid, left);
            if (_levels[book.BestBid].Head == 0)
            {
                _bits[0][book.BestBid >> 6] &= ~(1UL << book.BestBid);
                book.BestBid = NextDown(_bits[0], book.BestBid, book.First);
            }
        }

        return left;
    }

    private int Take(int number, int left)
    {
        ref var level = ref _levels[number];
        while (left > 0 && level.Head != 0)
        {
            ref var maker = ref _orders[level.Head];
            var traded = Math.Min(left, maker.Quantity);
            left -= traded;
            maker.Quantity -= traded;
            if (maker.Quantity == 0)
            {
                level.Head = maker.Next;
                if (level.Head == 0)
                {
                    level.Tail = 0;
                }
                else
                {
                    _orders[level.Head].Previous = 0;
                }
            }
        }

        return left;
    }

    private void Rest(ref Book book, in LadderInput operation, int left)
    {
        ref var level = ref _levels[operation.Level];
        _orders[operation.Order] = new Order { Quantity = left, Level = operation.Level, Previous = level.Tail };
        if (level.Tail == 0)
        {
            level.Head = operation.Order;
            _bits[(int)operation.Side][operation.Level >> 6] |= 1UL << operation.Level;
            if (operation.Side == Side.Buy)
            {
                book.BestBid = Math.Max(book.BestBid, operation.Level);
            }
            else
            {
                book.BestAsk = Math.Min(book.BestAsk, operation.Level);
            }
        }
        else
        {
            _orders[level.Tail].Next = operation.Order;
        }

        level.Tail = operation.Order;
    }

    private void Cancel(ref Book book, int number)
    {
        ref var order = ref _orders[number];
        if (order.Quantity == 0)
        {
            return;
        }

        order.Quantity = 0;
        ref var level = ref _levels[order.Level];
        _ = order.Previous == 0 ? level.Head = order.Next : _orders[order.Previous].Next = order.Next;
        _ = order.Next == 0 ? level.Tail = order.Previous : _orders[order.Next].Previous = order.Previous;
        if (level.Head != 0)
        {
            return;
        }

        var isBid = order.Level <= book.BestBid;
        _bits[isBid ? 0 : 1][order.Level >> 6] &= ~(1UL << order.Level);
        if (isBid && order.Level == book.BestBid)
        {
            book.BestBid = NextDown(_bits[0], order.Level, book.First);
        }
        else if (!isBid && order.Level == book.BestAsk)
        {
            book.BestAsk = NextUp(_bits[1], order.Level, book.End);
        }
    }

    private static int NextUp(ulong[] bits, int level, int end)
    {
        var word = level >> 6;
        var found = bits[word] & (ulong.MaxValue << level);
        while (found == 0)
        {
            if (++word >= end >> 6)
            {
                return end;
            }

            found = bits[word];
        }

        return (word << 6) + BitOperations.TrailingZeroCount(found);
    }

    private static int NextDown(ulong[] bits, int level, int first)
    {
        var word = level >> 6;
        var found = bits[word] & (ulong.MaxValue >> (63 - (level & 63)));
        while (found == 0)
        {
            if (--word < first >> 6)
            {
                return first - 1;
            }

            found = bits[word];
        }

        return (word << 6) + 63 - BitOperations.LeadingZeroCount(found);
    }

    // Each book has its prices beside each other, in whole words of bits.
    private static int Layout(ReadOnlySpan<FlowRecord> records, Book[] books)
    {
        foreach (ref var book in books.AsSpan())
        {
            (book.Lowest, book.Highest) = (int.MaxValue, int.MinValue);
        }

        foreach (ref readonly var record in records)
        {
            if (record.Operation != FlowOperation.Cancel)
            {
                ref var book = ref books[record.Book];
                (book.Lowest, book.Highest) = (Math.Min(book.Lowest, record.Price), Math.Max(book.Highest, record.Price));
            }
        }

        var levels = 64;
        foreach (ref var book in books.AsSpan())
        {
            book.First = levels;
            levels += book.Highest < book.Lowest ? 64 : (book.Highest - book.Lowest + 64) & ~63;
            book.End = levels;
        }

        return levels + 64;
    }

    private static int LevelOf(in Book book, int price) => book.First + price - book.Lowest;

    [StructLayout(LayoutKind.Sequential)]
    private struct Order
    {
        public int Next;
        public int Previous;
        public int Quantity;
        public int Level;
    }

    private struct Level
    {
        public int Head;
        public int Tail;
    }

    private struct Book
    {
        public int BestBid;
        public int BestAsk;
        public int First;
        public int End;
        public int Lowest;
        public int Highest;
    }
}

/// <summary>What the ladder needs of an operation.</summary>
internal readonly record struct LadderInput(FlowOperation Kind, Side Side, ushort Book, int Level, int Quantity, int Order);

/// <summary>The same in the 64 bytes of a command to the core.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal readonly record struct WideLadderInput(LadderInput Input);
