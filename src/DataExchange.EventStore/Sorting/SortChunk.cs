using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using DataExchange.EventStore.Reading;

namespace DataExchange.EventStore.Sorting;

/// <summary>Events in memory that become one sorted run. Its buffers stay when it is emptied.</summary>
internal sealed class SortChunk
{
    private readonly List<Entry> _entries = [];
    private readonly ArrayBufferWriter<byte> _json = new(1 << 20);
    private int[] _order = [];

    internal int Count => _entries.Count;

    internal int JsonBytes => _json.WrittenCount;

    internal void Add(string stream, long version, int type, long sequence, ReadOnlySpan<byte> json)
    {
        _entries.Add(new Entry(stream, version, type, sequence, _json.WrittenCount, json.Length));
        _json.Write(json);
    }

    /// <summary>Sorts the events, writes them into a file, and is empty then.</summary>
    /// <returns>Bytes of the file.</returns>
    internal long WriteRun(string path)
    {
        if (_order.Length < _entries.Count)
        {
            _order = new int[_entries.Count];
        }

        var order = _order.AsSpan(0, _entries.Count);
        for (var index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        order.Sort(Compare);
        using var run = new SortRunWriter(path);
        string? last = null;
        var stream = Array.Empty<byte>();
        var json = _json.WrittenSpan;
        foreach (var index in order)
        {
            ref readonly var entry = ref CollectionsMarshal.AsSpan(_entries)[index];
            if (entry.Stream != last)
            {
                last = entry.Stream;
                stream = Encoding.UTF8.GetBytes(last);
            }

            run.Write(stream, entry.Version, entry.Type, entry.Sequence, json.Slice(entry.Start, entry.Length));
        }

        run.Complete();
        _entries.Clear();
        _json.ResetWrittenCount();
        return run.Bytes;
    }

    private int Compare(int x, int y)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        ref readonly var one = ref entries[x];
        ref readonly var other = ref entries[y];
        var streams = ReferenceEquals(one.Stream, other.Stream) ? 0 : StreamIdOrder.Instance.Compare(one.Stream, other.Stream);
        return streams != 0 ? streams : one.Version != other.Version ? one.Version.CompareTo(other.Version) : one.Sequence.CompareTo(other.Sequence);
    }

    private readonly record struct Entry(string Stream, long Version, int Type, long Sequence, int Start, int Length);
}
