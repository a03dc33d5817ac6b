using System.Runtime.InteropServices;

namespace DataExchange.EventStore.Appending;

/// <summary>What one batch does to the table of streams: which streams it starts and which it lengthens, from and to what version.</summary>
internal sealed class StreamChanges
{
    private readonly Dictionary<string, Range> _ranges = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly List<int> _streamOf = [];
    private int[] _next = [];
    private int[] _rows = [];

    /// <summary>Streams whose first event is in the batch, with their version after it.</summary>
    public List<(string StreamId, long Version)> Started { get; } = [];

    /// <summary>The ids of streams that exist and grow.</summary>
    public List<string> LengthenedIds { get; } = [];

    /// <summary>Their versions before the batch, in the same order.</summary>
    public List<long> VersionsBefore { get; } = [];

    /// <summary>Their versions after the batch, in the same order.</summary>
    public List<long> VersionsAfter { get; } = [];

    /// <summary>
    /// The places of the batch's events in the order in which they are best stored: by stream, then by version. A stream's events then lie
    /// together, as far as they come together, and the index of streams grows at neighbouring places. In a store that is larger than the server's
    /// memory this is what reading by stream costs, and much of what writing costs. The global order is in the column seq_id.
    /// </summary>
    public ReadOnlyMemory<int> Rows => _rows.AsMemory(0, _streamOf.Count);

    /// <summary>Reads the batch.</summary>
    /// <exception cref="EventConcurrencyException">Two neighbouring events of a stream are not neighbours in version.</exception>
    public void Read(EventBatch batch)
    {
        Clear();
        for (var index = 0; index < batch.Count; index++)
        {
            var (streamId, version) = batch.PlaceOf(index);
            ref var range = ref CollectionsMarshal.GetValueRefOrAddDefault(_ranges, streamId, out var known);
            if (!known)
            {
                range = new Range(_order.Count, version, version);
                _streamOf.Add(range.Number);
                _order.Add(streamId);
                continue;
            }

            if (version != range.Last + 1)
            {
                throw new EventConcurrencyException(
                    $"Stream {streamId}: version {version} follows version {range.Last}; expected {range.Last + 1}. Nothing of the batch was written.");
            }

            range = range with { Last = version };
            _streamOf.Add(range.Number);
        }

        // By id and not as they come: neighbours in the index are then looked up, and put in, one after the other. In a long run, whose
        // index is larger than any cache, that is what the table of streams costs.
        _order.Sort(StringComparer.Ordinal);
        MakeRoom(ref _next, _order.Count);
        var row = 0;
        foreach (var streamId in _order)
        {
            var range = _ranges[streamId];
            _next[range.Number] = row;
            row += (int)(range.Last - range.First + 1);
            if (range.First == 1)
            {
                Started.Add((streamId, range.Last));
            }
            else
            {
                LengthenedIds.Add(streamId);
                VersionsBefore.Add(range.First - 1);
                VersionsAfter.Add(range.Last);
            }
        }

        MakeRoom(ref _rows, batch.Count);
        for (var index = 0; index < batch.Count; index++)
        {
            _rows[_next[_streamOf[index]]++] = index;
        }
    }

    private static void MakeRoom(ref int[] places, int wanted)
    {
        if (places.Length < wanted)
        {
            places = new int[Math.Max(wanted, places.Length * 2)];
        }
    }

    private void Clear()
    {
        _ranges.Clear();
        _order.Clear();
        _streamOf.Clear();
        Started.Clear();
        LengthenedIds.Clear();
        VersionsBefore.Clear();
        VersionsAfter.Clear();
    }

    private readonly record struct Range(int Number, long First, long Last);
}
