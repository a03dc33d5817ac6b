using DataExchange.MerkleLog;

namespace DataExchange.LogBenchmarks;

/// <summary>A log built from entries, each way that there is: leaf hashes, nodes and head count, making the entries does not.</summary>
internal sealed class LogBuilds(int leaves, int rounds, RawHashMeasure raw, CancellationToken cancellation)
{
    private const int Batch = 1 << 16;
    private readonly Hash256[] _entries = new Hash256[Math.Min(Batch, leaves)];
    private readonly Hash256[] _hashes = new Hash256[Math.Min(Batch, leaves)];

    /// <summary>The large log, kept whole.</summary>
    internal MerkleTree Tree { get; private set; } = new();

    /// <summary>The same log in tiles, as bytes, as a store keeps them.</summary>
    internal Dictionary<(int Level, long Index), byte[]> Tiles { get; private set; } = [];

    internal IEnumerable<BuildMeasure> Measure()
    {
        yield return Measure("tree, leaf by leaf", () => Tree = new MerkleTree(), count =>
        {
            for (var i = 0; i < count; i++)
            {
                Tree.Append(MerkleHash.OfLeaf(_entries[i].Bytes));
            }
        }, () => Tree.Root, 0);
        yield return Measure("tree, many leaves at a time", () => Tree = new MerkleTree(), count =>
        {
            MerkleHash.OfLeaves(_entries.AsSpan(0, count), _hashes);
            Tree.Append(_hashes.AsSpan(0, count));
        }, () => Tree.Root, 0);
        var tiled = new TileTree();
        yield return Measure("tiles, leaf by leaf", () => (tiled, Tiles) = (new TileTree(), []), count =>
        {
            for (var i = 0; i < count; i++)
            {
                tiled.Append(MerkleHash.OfLeaf(_entries[i].Bytes));
            }

            Take(tiled);
        }, () => tiled.Root, 1);
        yield return Measure("tiles, leaves hashed together", () => (tiled, Tiles) = (new TileTree(), []), count =>
        {
            MerkleHash.OfLeaves(_entries.AsSpan(0, count), _hashes);
            foreach (ref readonly var hash in _hashes.AsSpan(0, count))
            {
                tiled.Append(hash);
            }

            Take(tiled);
        }, () => tiled.Root, 1);
    }

    // The tiles at the right edge are handed out again when they have grown.
    private void Take(TileTree tiled)
    {
        foreach (var tile in tiled.TakeChanged())
        {
            Tiles[(tile.Level, tile.Index)] = tile.ToBytes();
        }
    }

    private BuildMeasure Measure(string name, Action begin, Action<int> append, Func<Hash256> head, int ways)
    {
        var seconds = new List<double>();
        var (allocated, kept, root) = (0L, 0L, default(Hash256));
        for (var round = -1; round < rounds; round++)
        {
            begin();
            // A first round over a part warms up.
            var size = round < 0 ? Math.Min(leaves, 4 * Batch) : leaves;
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var spent = 0.0;
            for (var from = 0; from < size; from += Batch)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = Math.Min(Batch, size - from);
                Fill(from, count);
                spent += Figures.Seconds(() => append(count));
            }

            spent += Figures.Seconds(() => root = head());
            allocated = GC.GetAllocatedBytesForCurrentThread() - bytes;
            kept = GC.GetTotalMemory(forceFullCollection: true) - before;
            if (round >= 0)
            {
                seconds.Add(spent);
            }
        }

        if (ways > 0 && root != Tree.Root)
        {
            throw new InvalidOperationException($"{name}: the head is {root}, that of the tree {Tree.Root}.");
        }

        var rate = leaves / Figures.Median(seconds);
        return new BuildMeasure(
            name, rate, rate / raw.LeavesPerSecond, rate / raw.StreamLeavesPerSecond, (double)allocated / leaves, (double)kept / leaves, root.ToString());
    }

    private void Fill(long from, int count)
    {
        Span<byte> entry = stackalloc byte[BenchmarkLeaves.Size];
        for (var i = 0; i < count; i++)
        {
            BenchmarkLeaves.Write(from + i, entry);
            _entries[i] = Hash256.Of(entry);
        }
    }
}
