using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace DataExchange.Matching.Book;

/// <summary>The orders at one price of one side, first to last.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct PriceLevel
{
    /// <summary>The first order; 0 for none.</summary>
    public int Head;

    /// <summary>The last order.</summary>
    public int Tail;

    /// <summary>Units shown by all of them.</summary>
    public long Shown;
}

/// <summary>One side of a book: a root in <see cref="PriceLevels"/> and the best price.</summary>
internal struct BookSide
{
    /// <summary>Level of the best price; 0 when the side is empty.</summary>
    public int BestLevel;

    /// <summary>The best price.</summary>
    public int BestPrice;

    /// <summary>Root node: a block when <see cref="Height"/> is 0, otherwise an inner node.</summary>
    public int Root;

    /// <summary>Levels of inner nodes above the blocks.</summary>
    public int Height;

    /// <summary>The upper bits that all its prices share.</summary>
    public int Prefix;
}

/// <summary>
/// Price levels of all books. A side is a tree of 64-way nodes with a bitmap each; the leaves are blocks of 64 neighbouring prices, so
/// that neighbours are neighbours in memory, far prices cost a few steps more, and an empty book costs nothing. The tree is no higher
/// than the range of prices in use needs.
/// </summary>
internal struct PriceLevels
{
    private const int Fan = 64;

    /// <summary>Nodes that one more price may need: 5 above the blocks, as prices have 31 bits, and as many to raise the root.</summary>
    private const int MostInnerNodes = 10;

    private readonly Slab<PriceLevel> _levels;
    private readonly Slab<ulong> _blockBits;
    private readonly int[] _freeBlocks;

    // 0 where there is none: so a way down reads one cache line of a node and not its bits too.
    private readonly Slab<int> _children;
    private readonly Slab<ulong> _innerBits;
    private readonly int[] _freeInner;
    private int _blocksFree;
    private int _innerFree;

    public PriceLevels(int blocks)
    {
        // Block 0 and node 0 are not used: 0 is none.
        _levels = new Slab<PriceLevel>((blocks + 1) * Fan);
        _blockBits = new Slab<ulong>(blocks + 1);
        _freeBlocks = new int[blocks];
        var inner = Math.Max(MostInnerNodes * 2, blocks / 2);
        _children = new Slab<int>((inner + 1) * Fan);
        _innerBits = new Slab<ulong>(inner + 1);
        _freeInner = new int[inner];
        for (var i = 0; i < blocks; i++)
        {
            _freeBlocks[_blocksFree++] = blocks - i;
        }

        for (var i = 0; i < inner; i++)
        {
            _freeInner[_innerFree++] = inner - i;
        }
    }

    /// <summary>All levels, by number.</summary>
    public Slab<PriceLevel> All => _levels;

    /// <summary>Whether one more price is sure to find room.</summary>
    public bool HasRoom => ((_blocksFree - 1) | (_innerFree - MostInnerNodes)) >= 0;

    /// <summary>Whether this price finds room. Exact: a price that stands in a book already needs none.</summary>
    public bool HasRoomFor(in BookSide side, int price)
    {
        if (HasRoom || side.Root == 0)
        {
            return _blocksFree > 0;
        }

        var raised = side;
        while (!IsWithin(raised, price))
        {
            (raised.Height, raised.Prefix) = (raised.Height + 1, raised.Prefix >> 6);
        }

        if (raised.Height > side.Height)
        {
            return _blocksFree > 0 && _innerFree >= raised.Height - side.Height + raised.Height - 1;
        }

        var node = side.Root;
        for (var height = side.Height; height > 0; height--)
        {
            var index = (price >> (6 * height)) & 63;
            if ((_innerBits[node] & (1UL << index)) == 0)
            {
                return _blocksFree > 0 && _innerFree >= height - 1;
            }

            node = _children[(node * Fan) + index];
        }

        return true;
    }

    /// <summary>Touches every page.</summary>
    public void Prefault()
    {
        _levels.Prefault();
        _blockBits.Prefault();
        _children.Prefault();
        _innerBits.Prefault();
    }

    /// <summary>Asks the processor for the cache line of the root that the way to a price goes through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void PrefetchRoot(in BookSide side, int price)
    {
        if (Sse.IsSupported)
        {
            // At height 0 it is some other line: asking for it does no harm, but it must be one of these.
            var node = Math.Min((uint)side.Root, (uint)_innerBits.Length - 1);
            Sse.Prefetch0(Unsafe.AsPointer(ref _children[(int)(node * Fan) + ((price >> (6 * side.Height)) & 63)]));
        }
    }

    /// <summary>Asks the processor for the cache line that tells which levels of a level's block have orders.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void PrefetchBlock(int level)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref _blockBits[level / Fan]));
        }
    }

    /// <summary>Where a price's level is or would be, as far as that can be told without waiting; 0 when it cannot. Only for asking for its cache line.</summary>
    public int Guess(in BookSide side, int price)
    {
        if (!IsWithin(side, price))
        {
            return 0;
        }

        var node = side.Root;
        for (var height = side.Height; height > 0; height--)
        {
            node = _children[(node * Fan) + ((price >> (6 * height)) & 63)];
            if (node == 0)
            {
                return 0;
            }
        }

        return (node * Fan) + (price & 63);
    }

    /// <summary>
    /// The level next to the best one, as far as that can be told without waiting; 0 when it cannot. Only for asking for its orders' cache lines.
    /// </summary>
    public int GuessNext(in BookSide side, bool upwards)
    {
        // The best level stands in its block at its price.
        var bits = _blockBits[side.BestLevel / Fan];
        var at = side.BestLevel & (Fan - 1);
        bits = upwards ? bits & (ulong.MaxValue - 1 << at) : bits & ((1UL << at) - 1);
        return bits == 0 ? 0 : (side.BestLevel & ~(Fan - 1)) | (upwards ? BitOperations.TrailingZeroCount(bits) : BitOperations.Log2(bits));
    }

    /// <summary>The level of a price, made when there is none.</summary>
    /// <param name="side">Of the book.</param>
    /// <param name="price">The price.</param>
    /// <param name="way">0 when the highest price is the best, 1 when the lowest is.</param>
    public int GetOrAdd(ref BookSide side, int price, int way)
    {
        if (side.Root == 0)
        {
            (side.Root, side.Height, side.Prefix) = (TakeBlock(), 0, price >> 6);
        }

        while (!IsWithin(side, price))
        {
            Raise(ref side);
        }

        var node = side.Root;
        for (var height = side.Height; height > 0; height--)
        {
            var index = (price >> (6 * height)) & 63;
            ref var child = ref _children[(node * Fan) + index];
            if (child == 0)
            {
                _innerBits[node] |= 1UL << index;
                child = height == 1 ? TakeBlock() : TakeInner();
            }

            node = child;
        }

        _blockBits[node] |= 1UL << (price & 63);
        var level = (node * Fan) + (price & 63);
        if (side.BestLevel == 0 | ((price - side.BestPrice) ^ -way) + way > 0)
        {
            (side.BestLevel, side.BestPrice) = (level, price);
        }

        return level;
    }

    /// <summary>Takes an empty level out; <paramref name="side"/>'s best price is found anew when it was the best.</summary>
    public void Remove(ref BookSide side, int price, bool highestIsBest)
    {
        if (side.Height == 0)
        {
            var bits = _blockBits[side.Root] &= ~(1UL << (price & 63));
            if (bits == 0)
            {
                GiveBlock(side.Root);
                side = default;
                return;
            }

            if (side.BestPrice == price)
            {
                side.BestPrice = (price & ~63) | (highestIsBest ? BitOperations.Log2(bits) : BitOperations.TrailingZeroCount(bits));
                side.BestLevel = (side.Root * Fan) + (side.BestPrice & 63);
            }

            return;
        }

        RemoveDeep(ref side, price);
        if (side.Root == 0)
        {
            side = default;
        }
        else if (side.BestPrice == price)
        {
            (side.BestLevel, side.BestPrice) = Extreme(side, highestIsBest);
        }
    }

    /// <summary>The next level beyond a price in the direction away from the best; level 0 when there is none.</summary>
    public (int Level, int Price) Next(in BookSide side, int price, bool downwards)
    {
        Span<int> path = stackalloc int[6];
        var node = side.Root;
        if (node == 0 || !IsWithin(side, price))
        {
            return default;
        }

        for (var height = side.Height; height > 0; height--)
        {
            path[height] = node;
            var index = (price >> (6 * height)) & 63;
            if ((_innerBits[node] & (1UL << index)) == 0)
            {
                return From(path, side, height, price, downwards);
            }

            node = _children[(node * Fan) + index];
        }

        path[0] = node;
        return From(path, side, 0, price, downwards);
    }

    // In 64 bits: a root of height 5 stands above 36 bits, and a shift of 32 bits by 36 is one by 4.
    private static bool IsWithin(in BookSide side, int price) => (long)price >> (6 * (side.Height + 1)) == side.Prefix;

    private (int Level, int Price) From(ReadOnlySpan<int> path, in BookSide side, int height, int price, bool downwards)
    {
        for (; height <= side.Height; height++)
        {
            var index = (price >> (6 * height)) & 63;
            var bits = (height == 0 ? _blockBits : _innerBits)[path[height]];
            bits &= downwards ? (1UL << index) - 1 : index == 63 ? 0 : ulong.MaxValue << (index + 1);
            if (bits == 0)
            {
                continue;
            }

            var next = downwards ? BitOperations.Log2(bits) : BitOperations.TrailingZeroCount(bits);
            var prefix = (int)((((long)price >> (6 * (height + 1))) << 6) | (uint)next);
            return height == 0
                ? ((path[0] * Fan) + next, prefix)
                : Descend(_children[(path[height] * Fan) + next], height - 1, prefix, downwards);
        }

        return default;
    }

    private (int Level, int Price) Extreme(in BookSide side, bool highest) => Descend(side.Root, side.Height, side.Prefix, highest);

    private (int Level, int Price) Descend(int node, int height, int prefix, bool highest)
    {
        for (; height > 0; height--)
        {
            var bits = _innerBits[node];
            var index = highest ? BitOperations.Log2(bits) : BitOperations.TrailingZeroCount(bits);
            node = _children[(node * Fan) + index];
            prefix = (prefix << 6) | index;
        }

        var last = _blockBits[node];
        var price = highest ? BitOperations.Log2(last) : BitOperations.TrailingZeroCount(last);
        return ((node * Fan) + price, (prefix << 6) | price);
    }

    private void RemoveDeep(ref BookSide side, int price)
    {
        Span<int> path = stackalloc int[6];
        var node = side.Root;
        for (var height = side.Height; height > 0; height--)
        {
            path[height] = node;
            node = _children[(node * Fan) + ((price >> (6 * height)) & 63)];
        }

        if ((_blockBits[node] &= ~(1UL << (price & 63))) != 0)
        {
            return;
        }

        GiveBlock(node);
        for (var height = 1; height <= side.Height; height++)
        {
            node = path[height];
            var index = (price >> (6 * height)) & 63;
            _children[(node * Fan) + index] = 0;
            if ((_innerBits[node] &= ~(1UL << index)) != 0)
            {
                Lower(ref side);
                return;
            }

            _freeInner[_innerFree++] = node;
        }

        side.Root = 0;
    }

    private void Raise(ref BookSide side)
    {
        var node = TakeInner();
        var index = side.Prefix & 63;
        _innerBits[node] = 1UL << index;
        _children[(node * Fan) + index] = side.Root;
        (side.Root, side.Prefix, side.Height) = (node, side.Prefix >> 6, side.Height + 1);
    }

    // A root with one child is no use: a book that has moved on gets its low tree back.
    private void Lower(ref BookSide side)
    {
        while (side.Height > 0 && BitOperations.IsPow2(_innerBits[side.Root]))
        {
            var root = side.Root;
            var index = BitOperations.TrailingZeroCount(_innerBits[root]);
            (side.Root, side.Prefix, side.Height) = (_children[(root * Fan) + index], (side.Prefix << 6) | index, side.Height - 1);
            _innerBits[root] = 0;
            _children[(root * Fan) + index] = 0;
            _freeInner[_innerFree++] = root;
        }
    }

    private int TakeBlock() => _freeBlocks[--_blocksFree];

    private void GiveBlock(int block) => _freeBlocks[_blocksFree++] = block;

    private int TakeInner() => _freeInner[--_innerFree];
}
