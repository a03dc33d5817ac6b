using DataExchange.LogBenchmarks;

namespace DataExchange.MerkleLog.Tests;

public sealed class LogBenchmarkTests
{
    [Fact]
    public void Every_way_to_build_comes_to_one_head_and_everything_is_measured()
    {
        var lines = new List<string>();
        var results = LogBenchmark.Run(leaves: 2_000, rounds: 1, lines.Add, TestContext.Current.CancellationToken);
        Assert.Equal(["tree, leaf by leaf", "tree, many leaves at a time", "tiles, leaf by leaf", "tiles, leaves hashed together"], results.Builds.Select(build => build.Name));
        Assert.Single(results.Builds.Select(build => build.Root).Distinct());
        Assert.All(results.Builds, build => Assert.InRange(build.LeavesPerSecond, 1, 1e10));
        Assert.All(results.Builds, build => Assert.Equal(build.LeavesPerSecond / results.Raw.LeavesPerSecond, build.ToRaw));
        Assert.Equal(["inclusion, tree", "inclusion, tiles", "consistency, tree", "consistency, tiles"], results.Proofs.Select(proof => proof.Name));
        Assert.All(results.Proofs, proof => Assert.True(0 < proof.P50Ns && proof.P50Ns <= proof.P99Ns && proof.P99Ns <= proof.MaxNs && proof.HashesPerProof is > 1 and < 12));
        // The same leaves: the same proofs from the tree and from its tiles.
        Assert.Equal(results.Proofs[0].HashesPerProof, results.Proofs[1].HashesPerProof);
        Assert.Equal(results.Proofs[2].HashesPerProof, results.Proofs[3].HashesPerProof);
        Assert.Equal([1_000, 2_000], results.Appends.Select(append => append.Size));
        Assert.All(results.Appends, append => Assert.True(0 < append.AppendNs && append.AppendNs < append.AppendWithHeadNs));
        Assert.True(results.Checkpoints is { SignedPerSecond: > 1, VerifiedPerSecond: > 1 });
        Assert.Equal(4 + 2 + 4 + 1 + 2 + 1, lines.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => LogBenchmark.Run(999, 1, null, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogBenchmark.Run(1_000, 0, null, TestContext.Current.CancellationToken));
    }
}
