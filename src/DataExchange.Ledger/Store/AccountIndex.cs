using System.Numerics;

namespace DataExchange.Ledger.Store;

/// <summary>Finds an account's row by its number: open addressing, at most half full. Nothing is ever taken out.</summary>
internal sealed class AccountIndex
{
    // Number 0 is empty: accounts are numbered from 1.
    private (long Number, int Row)[] _entries = new (long, int)[16];
    private int _mask = 15;
    private int _count;

    /// <summary>The row of an account, or −1.</summary>
    public int Find(long number)
    {
        if (number <= 0)
        {
            return -1;
        }

        for (var place = Home(number); ; place = (place + 1) & _mask)
        {
            ref var entry = ref _entries[place];
            if (entry.Number == number)
            {
                return entry.Row;
            }

            if (entry.Number == 0)
            {
                return -1;
            }
        }
    }

    /// <summary>Adds an account that is not in it.</summary>
    public void Add(long number, int row)
    {
        Reserve(_count + 1);
        _count++;
        Put(number, row);
    }

    /// <summary>Makes room for so many accounts in all.</summary>
    public void Reserve(int capacity)
    {
        var needed = checked((int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2));
        if (needed <= _entries.Length)
        {
            return;
        }

        var old = _entries;
        _entries = new (long, int)[needed];
        _mask = needed - 1;
        foreach (var (number, row) in old)
        {
            if (number != 0)
            {
                Put(number, row);
            }
        }
    }

    private void Put(long number, int row)
    {
        var place = Home(number);
        while (_entries[place].Number != 0)
        {
            place = (place + 1) & _mask;
        }

        _entries[place] = (number, row);
    }

    // Four neighbouring numbers begin in the same cache line.
    private int Home(long number) =>
        unchecked((int)(((((ulong)number >> 2) * 0x9E37_79B9_7F4A_7C15UL) >> 32 << 2) | ((ulong)number & 3)) & _mask);
}
