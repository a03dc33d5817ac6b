namespace DataExchange.Matching.Book;

/// <summary>Items by the time they are due, then by a tie-breaking number; an item can be taken out again.</summary>
internal sealed class DueHeap(int items)
{
    private readonly (long Time, long Tie, int Item)[] _heap = new (long, long, int)[items + 1];

    // Place of an item in the heap, from 1; 0 when it is not in it.
    private readonly int[] _places = new int[items];

    public int Count { get; private set; }

    /// <summary>When the first is due; the end of time when there is none.</summary>
    public long FirstTime => Count == 0 ? long.MaxValue : _heap[1].Time;

    public int First => _heap[1].Item;

    public long TimeOf(int item) => _places[item] == 0 ? 0 : _heap[_places[item]].Time;

    /// <summary>Puts an item in, or moves it to another time.</summary>
    public void Set(int item, long time, long tie)
    {
        Remove(item);
        Count++;
        Place(Count, (time, tie, item));
        Up(Count);
    }

    /// <summary>Takes an item out, if it is in.</summary>
    public void Remove(int item)
    {
        var place = _places[item];
        if (place == 0)
        {
            return;
        }

        _places[item] = 0;
        var last = _heap[Count];
        Count--;
        if (place <= Count)
        {
            Place(place, last);
            Up(place);
            Down(_places[last.Item]);
        }
    }

    private static bool Before((long Time, long Tie, int Item) left, (long Time, long Tie, int Item) right) =>
        left.Time != right.Time ? left.Time < right.Time : left.Tie < right.Tie;

    private void Place(int place, (long Time, long Tie, int Item) entry)
    {
        _heap[place] = entry;
        _places[entry.Item] = place;
    }

    private void Up(int place)
    {
        for (var entry = _heap[place]; place > 1 && Before(entry, _heap[place / 2]); place /= 2)
        {
            Place(place, _heap[place / 2]);
            Place(place / 2, entry);
        }
    }

    private void Down(int place)
    {
        while (place * 2 <= Count)
        {
            var child = place * 2;
            if (child < Count && Before(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!Before(_heap[child], _heap[place]))
            {
                return;
            }

            var entry = _heap[place];
            Place(place, _heap[child]);
            Place(child, entry);
            place = child;
        }
    }
}
