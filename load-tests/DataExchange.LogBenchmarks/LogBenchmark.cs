using System.Globalization;

namespace DataExchange.LogBenchmarks;

/// <summary>
/// Measures the Merkle log on one thread beside raw SHA-256 in the same run: only the ratios say something about the program. It stops when two ways
/// to build a log do not come to the same head, or a proof does not hold.
/// </summary>
public static class LogBenchmark
{
    /// <summary>The fewest leaves that can be measured.</summary>
    public const int FewestLeaves = 1_000;

    /// <summary>The most: some 9 GB.</summary>
    public const int MostLeaves = 100_000_000;

    /// <summary>Runs every measurement.</summary>
    /// <param name="leaves">Leaves of the large log, <see cref="FewestLeaves"/> to <see cref="MostLeaves"/>. Memory: about 90 bytes each.</param>
    /// <param name="rounds">How often each way to build and each yardstick is timed; the medians count. 1 to 99.</param>
    /// <param name="progress">Receives a line about each result as it comes.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="ArgumentOutOfRangeException">Leaves or rounds are out of range.</exception>
    /// <exception cref="InvalidOperationException">Heads differ, or a proof does not hold: a defect.</exception>
    public static LogResults Run(int leaves, int rounds, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leaves, FewestLeaves);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leaves, MostLeaves);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        progress ??= _ => { };
        void Say(FormattableString line) => progress(line.ToString(CultureInfo.InvariantCulture));

        var raw = RawHashes.Measure(leaves, rounds);
        Say($"raw SHA-256, a call for each hash {raw.LeavesPerSecond / 1e6,8:0.00} M leaves/s ({raw.LeafHashesPerSecond / 1e6:0.00} M hashes/s of 33 bytes, {raw.NodeHashesPerSecond / 1e6:0.00} M of 65)");
        Say($"raw SHA-256, one long input       {raw.StreamLeavesPerSecond / 1e6,8:0.00} M leaves/s ({raw.BytesPerSecond / 1e6:0} MB/s)");
        var builds = new LogBuilds(leaves, rounds, raw, cancellation);
        var measures = new List<BuildMeasure>();
        foreach (var build in builds.Measure())
        {
            measures.Add(build);
            Say($"{build.Name,-33} {build.LeavesPerSecond / 1e6,8:0.00} M leaves/s, {build.ToRaw:0.00} × raw calls, {build.ToStream:0.00} × one long input; {build.AllocatedBytesPerLeaf:0.0} B/leaf allocated, {build.KeptBytesPerLeaf:0.0} kept");
        }

        var (tree, tiles) = (builds.Tree, builds.Tiles);
        var proofs = new LogProofs(tree, tiles, cancellation).Measure();
        foreach (var proof in proofs)
        {
            Say($"{proof.Name,-33} p50 {proof.P50Ns / 1e3:0.0}, p99 {proof.P99Ns / 1e3:0.0}, max {proof.MaxNs / 1e3:0.0} µs, {proof.HashesPerProof:0.0} hashes; verified p50 {proof.VerifyP50Ns / 1e3:0.0}, p99 {proof.VerifyP99Ns / 1e3:0.0} µs");
        }

        var checkpoints = LogCheckpoints.Measure(tree.Root, leaves, rounds);
        Say($"checkpoints signed                {checkpoints.SignedPerSecond,8:N0} /s, verified {checkpoints.VerifiedPerSecond:N0} /s");
        var appends = LogAppends.Measure(tree, cancellation);
        foreach (var append in appends)
        {
            Say($"one more leaf on {append.Size,11:N0}      {append.AppendNs,8:0} ns, with the new head {append.AppendWithHeadNs:0} ns; {append.AllocatedBytesPerAppend:0.###} B allocated besides what is kept");
        }

        var growth = Figures.Slope(appends.Select(one => (Math.Log(one.Size), Math.Log(one.AppendNs))));
        var headGrowth = Figures.Slope(appends.Select(one => (Math.Log(one.Size), Math.Log(one.AppendWithHeadNs))));
        var doubling = Figures.Slope(appends.Select(one => (Math.Log2(one.Size), one.AppendWithHeadNs)));
        Say($"an append grows as size to the power of {growth:0.000}, with the new head {headGrowth:0.000}: {doubling:0.0} ns for each doubling");
        return new LogResults(leaves, raw, measures, appends, growth, headGrowth, doubling, proofs, checkpoints);
    }
}
