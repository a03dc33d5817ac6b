namespace DataExchange.Ledger.Store;

/// <summary>Where one balance's history is in <see cref="BalanceHistory"/>; all 0 while there is none.</summary>
internal struct Series
{
    /// <summary>Its last point; 0 for none, as point 0 is never used.</summary>
    public int Last;

    /// <summary>The point after its last block.</summary>
    public int End;

    /// <summary>Its last block.</summary>
    public int Block;
}

/// <summary>
/// What every balance was at every time: points (time, value) in one array, a series of blocks for each balance. A new block is half as long as
/// all before it together, so a series of n points has O(log n) of them and wastes at most a third.
/// </summary>
internal sealed class BalanceHistory
{
    private const int SmallestBlock = 4;

    private Point[] _points = new Point[64];
    private Block[] _blocks = new Block[16];
    private int _pointsUsed = 1;
    private int _blocksUsed = 1;

    public long Bytes => (_points.LongLength * 16) + (_blocks.LongLength * 24);

    /// <summary>Notes a balance from a time on that is not before its last one.</summary>
    public void Record(ref Series series, long time, long value)
    {
        if (series.Last != 0)
        {
            ref var last = ref _points[series.Last];
            if (last.Time == time)
            {
                last.Value = value;
                return;
            }

            if (series.Last + 1 < series.End)
            {
                series.Last++;
                _points[series.Last] = new Point(time, value);
                return;
            }
        }

        AddBlock(ref series, time, value);
    }

    /// <summary>The balance after everything up to and including a time; 0 before its first point.</summary>
    public long ValueAt(in Series series, long time)
    {
        if (series.Last == 0)
        {
            return 0;
        }

        var (block, end) = (series.Block, series.Last);
        while (_blocks[block].FirstTime > time)
        {
            block = _blocks[block].Previous;
            if (block == 0)
            {
                return 0;
            }

            // All blocks but the last are full.
            end = _blocks[block].End - 1;
        }

        // The last point in [start, end] that is not after the time; the first one is not.
        var start = _blocks[block].Start;
        while (start < end)
        {
            var middle = start + ((end - start + 1) / 2);
            if (_points[middle].Time <= time)
            {
                start = middle;
            }
            else
            {
                end = middle - 1;
            }
        }

        return _points[start].Value;
    }

    /// <summary>The value of the last point; 0 without one.</summary>
    public long LastValue(in Series series) => series.Last == 0 ? 0 : _points[series.Last].Value;

    /// <summary>Whether the times of a series rise from point to point.</summary>
    public bool IsInOrder(in Series series)
    {
        var later = long.MaxValue;
        var (block, end) = (series.Block, series.Last);
        var isFirst = true;
        for (; block != 0; block = _blocks[block].Previous, end = _blocks[block].End - 1)
        {
            for (var at = end; at >= _blocks[block].Start; at--)
            {
                if (!isFirst && _points[at].Time >= later)
                {
                    return false;
                }

                (later, isFirst) = (_points[at].Time, false);
            }

            if (_blocks[block].FirstTime != later)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes room for so many points more, of which at least every fourth is the first of a block at worst.</summary>
    public void Reserve(long points, long blocks)
    {
        Memory.Grow(ref _points, checked((int)Math.Min(_pointsUsed + points, Array.MaxLength)));
        Memory.Grow(ref _blocks, checked((int)Math.Min(_blocksUsed + blocks, Array.MaxLength)));
    }

    public void Prefault()
    {
        Memory.Touch(_points);
        Memory.Touch(_blocks);
    }

    private void AddBlock(ref Series series, long time, long value)
    {
        var before = series.Last == 0 ? 0 : _blocks[series.Block].CapacityBefore + _blocks[series.Block].End - _blocks[series.Block].Start;
        var start = _pointsUsed;
        var end = start + Math.Max(SmallestBlock, before / 2);
        Memory.Grow(ref _points, end);
        Memory.Grow(ref _blocks, _blocksUsed + 1);
        _points[start] = new Point(time, value);
        _blocks[_blocksUsed] = new Block { Start = start, End = end, Previous = series.Block, CapacityBefore = before, FirstTime = time };
        series = new Series { Last = start, End = end, Block = _blocksUsed };
        _pointsUsed = end;
        _blocksUsed++;
    }

    private struct Point(long time, long value)
    {
        public readonly long Time = time;
        public long Value = value;
    }

    private struct Block
    {
        public long FirstTime;
        public int Start;
        public int End;
        public int Previous;
        public int CapacityBefore;
    }
}
