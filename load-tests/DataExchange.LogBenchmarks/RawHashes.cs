using System.Security.Cryptography;
using DataExchange.MerkleLog;

namespace DataExchange.LogBenchmarks;

/// <summary>The yardsticks: SHA-256 of as much as a log has to hash, by the platform's library, nothing kept.</summary>
internal static class RawHashes
{
    private const int LeafInput = 1 + Hash256.Size;
    private const int NodeInput = 1 + (2 * Hash256.Size);
    private const int Block = 64;
    private const int BlocksPerLeaf = 3;
    private const int StreamSize = 16 << 20;

    internal static RawHashMeasure Measure(long leaves, int rounds)
    {
        var leaf = Rate(leaves, rounds, LeafInput);
        var node = Rate(leaves, rounds, NodeInput);
        var stream = StreamRate(leaves, rounds);
        return new RawHashMeasure(leaf, node, 1 / ((1 / leaf) + (1 / node)), stream, stream / (BlocksPerLeaf * Block));
    }

    private static double Rate(long count, int rounds, int length)
    {
        var (input, output) = (new byte[length], new byte[Hash256.Size]);
        void Pass(long hashes)
        {
            for (var i = 0L; i < hashes; i++)
            {
                SHA256.HashData(input, output);
                // The next input is another: nothing can be left out.
                output.AsSpan().CopyTo(input.AsSpan(1));
            }
        }

        Pass(Math.Min(count, 100_000));
        return count / Figures.Median(Enumerable.Range(0, rounds).Select(_ => Figures.Seconds(() => Pass(count))));
    }

    private static double StreamRate(long leaves, int rounds)
    {
        var input = new byte[Math.Min(StreamSize, leaves * BlocksPerLeaf * Block)];
        var output = new byte[Hash256.Size];
        var passes = Math.Max(1, leaves * BlocksPerLeaf * Block / input.Length);
        SHA256.HashData(input, output);
        var seconds = Figures.Median(Enumerable.Range(0, rounds).Select(_ => Figures.Seconds(() =>
        {
            for (var i = 0L; i < passes; i++)
            {
                SHA256.HashData(input, output);
            }
        })));
        return passes * input.Length / seconds;
    }
}
