using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DataExchange.Matching.Book;

/// <summary>
/// Finds an order by account and client order id: open addressing with Robin Hood order. Neighbouring ids of an account are neighbours in
/// the table (blocks of 64), so that orders that come one after the other share cache lines; blocks are spread by a hash.
/// </summary>
internal struct OrderIndex
{
    private const int Late = 16;
    private const int BlockBits = 3;

    // The upper half of an entry is its home, the lower its slot; 0 is empty, as slot 0 is none.
    private readonly Slab<ulong> _entries;
    private readonly uint _mask;
    private readonly int _shift;

    // Entries to be removed a little later, when their cache lines have come.
    private readonly ulong[] _late = new ulong[Late];
    private int _nextLate;

    private readonly Slab<OrderSlot> _orders;

    public OrderIndex(Slab<OrderSlot> orders, int capacity)
    {
        _orders = orders;
        _entries = new Slab<ulong>((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity * 2, 128)));
        _mask = (uint)_entries.Length - 1;
        _shift = 64 + BlockBits - BitOperations.Log2((uint)_entries.Length);
    }

    public void Prefault() => _entries.Prefault();

    /// <summary>The slot of an order; 0 when there is none.</summary>
    public int Find(int account, long id) => Find(account, id, Home(account, id), out _);

    /// <summary>The slot of an order whose home is known, and where its entry is; 0 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int account, long id, uint home, out uint entryAt)
    {
        var at = home;
        for (uint distance = 0; ; distance++, at = (at + 1) & _mask)
        {
            var entry = _entries[(int)at];
            if (entry == 0 || ((at - (uint)(entry >> 32)) & _mask) < distance)
            {
                entryAt = 0;
                return 0;
            }

            if ((uint)(entry >> 32) == home)
            {
                var slot = (int)entry;
                ref var order = ref _orders[slot];
                if (order.ClientOrderId == id && order.Account == account)
                {
                    entryAt = at;
                    return slot;
                }
            }
        }
    }

    /// <summary>Adds an order that is not in it.</summary>
    public void Add(int slot)
    {
        ref var order = ref _orders[slot];
        Add(slot, Home(order.Account, order.ClientOrderId));
    }

    /// <summary>Adds an order that is not in it and whose home is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int slot, uint home)
    {
        var entry = ((ulong)home << 32) | (uint)slot;
        if (_entries[(int)home] == 0)
        {
            _entries[(int)home] = entry;
            return;
        }

        Push(entry, home);
    }

    private void Push(ulong entry, uint at)
    {
        for (uint distance = 0; ; distance++, at = (at + 1) & _mask)
        {
            ref var here = ref _entries[(int)at];
            if (here == 0)
            {
                here = entry;
                return;
            }

            var other = (at - (uint)(here >> 32)) & _mask;
            if (other < distance)
            {
                (here, entry) = (entry, here);
                distance = other;
            }
        }
    }

    /// <summary>Asks the processor for the cache line where an order's entry is or will be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(uint home)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref _entries[(int)home]));
        }
    }

    /// <summary>A guess at an order's slot from the entry at its home alone; 0 for none. Only for asking for its cache line.</summary>
    public int Guess(uint home) => (int)_entries[(int)home];

    /// <summary>
    /// Removes an order that is in it, a little later: what was just filled is rarely looked for, and its entry mostly lies in far memory. Its
    /// slot may be used again at once, but until then must not look like the order's, see <see cref="OrderSlot.NoAccount"/>.
    /// </summary>
    public unsafe void RemoveLate(int account, long id, int slot)
    {
        var home = Home(account, id);
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref _entries[(int)home]));
        }

        ref var late = ref _late[_nextLate];
        _nextLate = (_nextLate + 1) & (Late - 1);
        var entry = late;
        late = ((ulong)home << 32) | (uint)slot;
        if (entry == 0)
        {
            return;
        }

        // Were there two equal ones, either could go.
        var at = (uint)(entry >> 32);
        while (_entries[(int)at] != entry)
        {
            at = (at + 1) & _mask;
        }

        RemoveAt(at);
    }

    /// <summary>Removes an order that is in it.</summary>
    public void Remove(int slot)
    {
        ref var order = ref _orders[slot];
        var at = Home(order.Account, order.ClientOrderId);

        // By all of its entry: one that is to go later may have the same slot.
        var entry = ((ulong)at << 32) | (uint)slot;
        while (_entries[(int)at] != entry)
        {
            at = (at + 1) & _mask;
        }

        RemoveAt(at);
    }

    /// <summary>Removes the order whose entry is there.</summary>
    public void RemoveAt(uint at)
    {
        // Whoever stands away from home moves up; the first that does not ends it.
        for (var next = (at + 1) & _mask; ; at = next, next = (next + 1) & _mask)
        {
            var entry = _entries[(int)next];
            if (entry == 0 || (uint)(entry >> 32) == next)
            {
                _entries[(int)at] = 0;
                return;
            }

            _entries[(int)at] = entry;
        }
    }

    /// <summary>The place where an order's entry is, or from which it is not far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Home(int account, long id)
    {
        // By the golden ratio, in the upper bits alone, an account's blocks, which follow each other, are spread more evenly than at random; each
        // account begins somewhere else.
        var block = (((ulong)id >> BlockBits) + ((uint)account * 0xD1B5_4A32_D192_ED03UL)) * 0x9E37_79B9_7F4A_7C15UL;
        return ((uint)(block >> _shift) << BlockBits) | ((uint)id & ((1 << BlockBits) - 1));
    }
}
