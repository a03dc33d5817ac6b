using System.Diagnostics;
using DataExchange.MerkleLog;

namespace DataExchange.LogBenchmarks;

/// <summary>What one more leaf costs on logs of growing size: the hash of the leaf is given, the nodes count, and where it says so the new head.</summary>
internal static class LogAppends
{
    private const int Batch = 64;
    private const int Batches = 256;
    private const int Tenth = 10;

    /// <summary>Measures at 1,000, 10,000 … leaves and at last on a log itself, which grows by some leaves.</summary>
    internal static List<AppendMeasure> Measure(MerkleTree largest, CancellationToken cancellation)
    {
        var measures = new List<AppendMeasure>();
        for (var size = 1_000L; size <= largest.Size / 2; size *= Tenth)
        {
            measures.Add(Measure(size, Grown(0), cancellation));
        }

        measures.Add(Measure(largest.Size, largest, cancellation));
        return measures;
    }

    // A log may grow by a tenth while it is measured, then a fresh one follows.
    private static AppendMeasure Measure(long size, MerkleTree tree, CancellationToken cancellation)
    {
        var (appends, heads) = (new List<double>(), new List<double>());
        var allocated = 0L;
        for (var batch = -2; batch < Batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (tree.Size < size || tree.Size > size + (size / Tenth))
            {
                tree = Grown(size);
            }

            var append = Time(tree, withHead: false, out _);
            var (reserved, bytes) = (tree.ReservedBytes, GC.GetAllocatedBytesForCurrentThread());
            var withHead = Time(tree, withHead: true, out var xor);
            bytes = GC.GetAllocatedBytesForCurrentThread() - bytes - (tree.ReservedBytes - reserved);
            if (batch >= 0)
            {
                appends.Add(append + (xor == int.MinValue ? 1 : 0));
                heads.Add(withHead);
                allocated += bytes;
            }
        }

        return new AppendMeasure(size, Figures.Median(appends), Figures.Median(heads), (double)allocated / (Batch * Batches));
    }

    private static double Time(MerkleTree tree, bool withHead, out int xor)
    {
        xor = 0;
        var leaf = MerkleHash.Empty;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Batch; i++)
        {
            tree.Append(leaf);
            if (withHead)
            {
                xor ^= tree.Root.GetHashCode();
            }
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Batch;
    }

    private static MerkleTree Grown(long size)
    {
        var tree = new MerkleTree();
        var leaves = new Hash256[Math.Min(size, 1 << 16)];
        Array.Fill(leaves, MerkleHash.Empty);
        while (tree.Size < size)
        {
            tree.Append(leaves.AsSpan(0, (int)Math.Min(leaves.Length, size - tree.Size)));
        }

        return tree;
    }
}
