using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace DataExchange.Matching.Book;

/// <summary>An account's units of an instrument: half a cache line, so that it is never in two.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct Position
{
    /// <summary>Account and instrument, plus one; 0 is an empty entry.</summary>
    public ulong Key;

    /// <summary>First of <see cref="Funds"/>.</summary>
    public long Available;
    public long Held;
}

/// <summary>
/// Units by account and instrument: open addressing, never removed. Each pair has a home of its own: with
/// blocks of neighbouring accounts, two that meet would send each look for the one through all of the other.
/// </summary>
internal struct PositionTable
{
    private readonly Slab<Position> _entries;
    private readonly uint _mask;
    private readonly int _shift;
    private readonly int _most;

    public PositionTable(int capacity)
    {
        _most = capacity;
        _entries = new Slab<Position>((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity * 2, 128)));
        _mask = (uint)_entries.Length - 1;
        _shift = 64 - BitOperations.Log2((uint)_entries.Length);
    }

    public Span<Position> All => _entries.Span;

    public int Count { get; private set; }

    public void Prefault() => _entries.Prefault();

    /// <summary>The account's position; a null reference when it has none.</summary>
    public ref Position Find(int account, int instrument) => ref Find(account, instrument, Home(account, instrument));

    /// <summary>The account's position, its home being known; a null reference when it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Position Find(int account, int instrument, uint home)
    {
        var key = KeyOf(account, instrument);
        for (var at = home; ; at = (at + 1) & _mask)
        {
            ref var entry = ref _entries[(int)at];
            if (entry.Key == key)
            {
                return ref entry;
            }

            if (entry.Key == 0)
            {
                return ref Unsafe.NullRef<Position>();
            }
        }
    }

    /// <summary>Asks the processor for the cache line of a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(uint home)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref _entries[(int)home]));
        }
    }

    /// <summary>Makes sure that the account has one; false when there is no room.</summary>
    public bool Ensure(int account, int instrument)
    {
        var key = KeyOf(account, instrument);
        for (var at = Home(account, instrument); ; at = (at + 1) & _mask)
        {
            ref var entry = ref _entries[(int)at];
            if (entry.Key == key)
            {
                return true;
            }

            if (entry.Key == 0)
            {
                if (Count == _most)
                {
                    return false;
                }

                Count++;
                entry.Key = key;
                return true;
            }
        }
    }

    public static (int Account, int Instrument) PlaceOf(in Position position) => ((int)((position.Key - 1) >> 32), (int)(uint)(position.Key - 1));

    private static ulong KeyOf(int account, int instrument) => (((ulong)(uint)account << 32) | (uint)instrument) + 1;

    /// <summary>The place where a position is, or from which it is not far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Home(int account, int instrument)
    {
        // As in the index: by the golden ratio evenly over an account's instruments, and each account begins somewhere else. Nearly all are at home.
        var spread = ((uint)instrument + ((uint)account * 0xD1B5_4A32_D192_ED03UL)) * 0x9E37_79B9_7F4A_7C15UL;
        return (uint)(spread >> _shift);
    }
}
