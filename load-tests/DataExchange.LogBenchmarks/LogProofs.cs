using System.Diagnostics;
using DataExchange.MerkleLog;

namespace DataExchange.LogBenchmarks;

/// <summary>Proofs of a large log, warm, each timed by itself: of the tree kept whole, and from tiles in memory as a store hands them out, read anew for each proof.</summary>
internal sealed class LogProofs(MerkleTree tree, Dictionary<(int Level, long Index), byte[]> tiles, CancellationToken cancellation)
{
    private const int Count = 20_000;
    private const int Warmup = 2_000;

    internal List<ProofMeasure> Measure()
    {
        var size = tree.Size;
        return
        [
            Inclusion("inclusion, tree", size, (index, _) => tree.ProveInclusion(index, size)),
            Inclusion("inclusion, tiles", size, (index, proofs) => Now(proofs.ProveInclusionAsync(index, size, cancellation))),
            Consistency("consistency, tree", (first, second, _) => tree.ProveConsistency(first, second)),
            Consistency("consistency, tiles", (first, second, proofs) => Now(proofs.ProveConsistencyAsync(first, second, cancellation))),
        ];
    }

    private ProofMeasure Inclusion(string name, long size, Func<long, TiledProofs, Hash256[]> prove)
    {
        var root = tree.Root;
        return Measure(
            name,
            draw => prove(BenchmarkLeaves.Below(size, draw), Tiled()),
            (draw, proof) => BenchmarkLeaves.Below(size, draw) is var index && MerkleProof.VerifyInclusion(tree.Leaf(index), index, size, proof, root));
    }

    // Between two sizes that the log had.
    private ProofMeasure Consistency(string name, Func<long, long, TiledProofs, Hash256[]> prove)
    {
        (long First, long Second) Sizes(long draw) =>
            (1 + BenchmarkLeaves.Below(tree.Size, draw), 1 + BenchmarkLeaves.Below(tree.Size, draw + Count + Warmup)) is var (a, b) ? (Math.Min(a, b), Math.Max(a, b)) : default;
        var heads = new Dictionary<long, Hash256>();
        Hash256 HeadOf(long at) => heads.TryGetValue(at, out var head) ? head : heads[at] = tree.RootAt(at);
        for (var draw = 0; draw < Count + Warmup; draw++)
        {
            HeadOf(Sizes(draw).First);
            HeadOf(Sizes(draw).Second);
        }

        return Measure(
            name,
            draw => Sizes(draw) is var (first, second) ? prove(first, second, Tiled()) : [],
            (draw, proof) => Sizes(draw) is var (first, second) && MerkleProof.VerifyConsistency(first, HeadOf(first), second, HeadOf(second), proof));
    }

    private ProofMeasure Measure(string name, Func<long, Hash256[]> prove, Func<long, Hash256[], bool> verify)
    {
        var (proving, verifying, hashes) = (new double[Count], new double[Count], 0L);
        for (var draw = -Warmup; draw < Count; draw++)
        {
            if (draw % Warmup == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var started = Stopwatch.GetTimestamp();
            var proof = prove(draw + Warmup);
            var proved = Stopwatch.GetTimestamp();
            var holds = verify(draw + Warmup, proof);
            var verified = Stopwatch.GetTimestamp();
            if (!holds)
            {
                throw new InvalidOperationException($"{name}: proof {draw} does not hold.");
            }

            if (draw >= 0)
            {
                (proving[draw], verifying[draw]) = (Stopwatch.GetElapsedTime(started, proved).TotalNanoseconds, Stopwatch.GetElapsedTime(proved, verified).TotalNanoseconds);
                hashes += proof.Length;
            }
        }

        Array.Sort(proving);
        Array.Sort(verifying);
        return new ProofMeasure(
            name, Count, Figures.Percentile(proving, 0.5), Figures.Percentile(proving, 0.99), proving[^1], (double)hashes / Count,
            Figures.Percentile(verifying, 0.5), Figures.Percentile(verifying, 0.99));
    }

    private TiledProofs Tiled() => new(
        tree.Size, (level, index, _) => ValueTask.FromResult(tiles.TryGetValue((level, index), out var bytes) ? LogTile.Read(bytes) : null));

    // Tiles in memory are there at once.
    private static Hash256[] Now(ValueTask<Hash256[]> proof) => proof.IsCompletedSuccessfully ? proof.Result : proof.AsTask().GetAwaiter().GetResult();
}
