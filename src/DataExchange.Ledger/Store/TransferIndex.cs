using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DataExchange.Ledger.Store;

/// <summary>
/// Finds a transfer's row by its id: open addressing, at most half full. Eight neighbouring ids begin in the same cache line, as ids that are
/// counted up come one after the other; the eights are spread by a hash. Rows are only taken out in the reverse order in which they were put in.
/// </summary>
internal sealed class TransferIndex
{
    // Upper half: part of the hash, so that rows are read only when it is likely theirs. Lower half: row + 1; 0 is empty.
    private ulong[] _entries = new ulong[64];
    private ulong _mask = 63;

    public long Bytes => _entries.LongLength * sizeof(ulong);

    /// <summary>The row with an id, or −1 and the place where it is to be put.</summary>
    public int Find(UInt128 id, TransferRow[] rows, out ulong place)
    {
        var (high, low) = Split(id);
        var hash = Hash(high, low);
        var tag = Tag(hash, low);
        for (place = Home(hash, low); ; place = (place + 1) & _mask)
        {
            var entry = _entries[place];
            if (entry == 0)
            {
                return -1;
            }

            if ((uint)(entry >> 32) == tag)
            {
                var row = (int)(entry & uint.MaxValue) - 1;
                if (rows[row].IdLow == low && rows[row].IdHigh == high)
                {
                    return row;
                }
            }
        }
    }

    /// <summary>Puts a row where <see cref="Find"/> said.</summary>
    public void Add(int row, ulong place, UInt128 id)
    {
        var (high, low) = Split(id);
        _entries[place] = ((ulong)Tag(Hash(high, low), low) << 32) | (uint)(row + 1);
    }

    /// <summary>Takes out the row that was put in last of those that are in it.</summary>
    public void RemoveLast(int row, TransferRow[] rows)
    {
        var found = Find(rows[row].Id, rows, out var place);
        if (found != row)
        {
            throw new InvalidOperationException($"Row {row} is not in the index.");
        }

        _entries[place] = 0;
    }

    /// <summary>Makes room for so many rows in all.</summary>
    public void Reserve(int capacity, TransferRow[] rows, int count)
    {
        var needed = BitOperations.RoundUpToPowerOf2((ulong)capacity * 2);
        if (needed <= (ulong)_entries.LongLength)
        {
            return;
        }

        _entries = new ulong[needed];
        _mask = needed - 1;
        for (var row = 0; row < count; row++)
        {
            var id = rows[row].Id;
            _ = Find(id, rows, out var place);
            Add(row, place, id);
        }
    }

    public void Prefault() => Memory.Touch(_entries);

    /// <summary>Asks the processor for the cache line where an id's search begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(UInt128 id)
    {
        if (Sse.IsSupported)
        {
            var (high, low) = Split(id);
            Sse.Prefetch0(Unsafe.AsPointer(ref _entries[Home(Hash(high, low), low)]));
        }
    }

    /// <summary>The upper and the lower half of an id.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ulong High, ulong Low) Split(UInt128 id) => (unchecked((ulong)(id >> 64)), unchecked((ulong)id));

    private static ulong Hash(ulong high, ulong low)
    {
        var mixed = unchecked(((low >> 3) * 0x9E37_79B9_7F4A_7C15UL) + (high * 0xD1B5_4A32_D192_ED03UL));
        return unchecked((mixed ^ (mixed >> 32)) * 0xBF58_476D_1CE4_E5B9UL);
    }

    private static uint Tag(ulong hash, ulong low) => (uint)(hash & 0xFFFF_FFFFUL) ^ (uint)(low & 7);

    private ulong Home(ulong hash, ulong low) => (((hash >> 32) << 3) | (low & 7)) & _mask;
}
