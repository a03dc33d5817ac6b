namespace DataExchange.Ledger.Store;

/// <summary>
/// Holds by the time they expire, then by acceptance. A hold that ended otherwise stays in until it is due or until such holds are the
/// majority and are swept: its place need not be known.
/// </summary>
internal sealed class ExpiryHeap
{
    private const int LeastSwept = 64;

    private (long Time, int Row)[] _heap = new (long, int)[16];
    private int _ended;

    public int Count { get; private set; }

    public long Bytes => _heap.LongLength * 16;

    /// <summary>When the first is due; the end of time when there is none.</summary>
    public long FirstTime => Count == 0 ? long.MaxValue : _heap[0].Time;

    public int FirstRow => _heap[0].Row;

    public void Add(long time, int row)
    {
        Memory.Grow(ref _heap, Count + 1);
        var at = Count++;
        var entry = (time, row);
        while (at > 0 && Before(entry, _heap[(at - 1) / 2]))
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = entry;
    }

    /// <summary>Takes the first out.</summary>
    public void RemoveFirst(bool hadEnded)
    {
        if (hadEnded)
        {
            _ended--;
        }

        Count--;
        if (Count > 0)
        {
            Sink(0, _heap[Count]);
        }
    }

    /// <summary>Tells it that one of its holds has ended; sweeps when those are the majority.</summary>
    public void NoteEnded(TransferRow[] rows)
    {
        _ended++;
        if (_ended < LeastSwept || _ended <= Count / 2)
        {
            return;
        }

        var kept = 0;
        for (var at = 0; at < Count; at++)
        {
            if (rows[_heap[at].Row].Hold == HoldState.Open)
            {
                _heap[kept++] = _heap[at];
            }
        }

        (Count, _ended) = (kept, 0);
        for (var at = (kept / 2) - 1; at >= 0; at--)
        {
            Sink(at, _heap[at]);
        }
    }

    /// <summary>How many of the holds in it are open.</summary>
    public int CountOpen(TransferRow[] rows)
    {
        var open = 0;
        for (var at = 0; at < Count; at++)
        {
            open += rows[_heap[at].Row].Hold == HoldState.Open ? 1 : 0;
        }

        return open;
    }

    public void Reserve(int capacity) => Memory.Grow(ref _heap, capacity);

    public void Prefault() => Memory.Touch(_heap);

    private static bool Before((long Time, int Row) left, (long Time, int Row) right) =>
        left.Time != right.Time ? left.Time < right.Time : left.Row < right.Row;

    private void Sink(int at, (long Time, int Row) entry)
    {
        for (var child = (2 * at) + 1; child < Count; at = child, child = (2 * at) + 1)
        {
            if (child + 1 < Count && Before(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!Before(_heap[child], entry))
            {
                break;
            }

            _heap[at] = _heap[child];
        }

        _heap[at] = entry;
    }
}
