namespace DataExchange.LogBenchmarks;

/// <summary>What <see cref="LogBenchmark"/> measured, on one thread; rates and latencies are medians over the rounds unless they say otherwise.</summary>
/// <param name="Leaves">Leaves of the large log.</param>
/// <param name="Raw">The yardsticks.</param>
/// <param name="Builds">The log built, each way.</param>
/// <param name="Appends">What one more leaf costs at growing sizes.</param>
/// <param name="AppendGrowth">Through the median costs of an append at all sizes: slope of the least-squares line through (log size, log ns). 1 is linear, a logarithm is near 0.</param>
/// <param name="AppendWithHeadGrowth">The same of an append and the new head.</param>
/// <param name="HeadNsPerDoubling">Of an append and the new head: nanoseconds more for each doubling of the log, by least squares.</param>
/// <param name="Proofs">Proofs of the large log, made and verified.</param>
/// <param name="Checkpoints">Heads signed and verified.</param>
public sealed record LogResults(
    long Leaves, RawHashMeasure Raw, IReadOnlyList<BuildMeasure> Builds, IReadOnlyList<AppendMeasure> Appends, double AppendGrowth, double AppendWithHeadGrowth,
    double HeadNsPerDoubling, IReadOnlyList<ProofMeasure> Proofs, CheckpointMeasure Checkpoints);

/// <summary>
/// SHA-256 and nothing else, by the platform's library: what a log of n leaves of 32 bytes cannot do without is n hashes of 33 bytes (one block) and n − 1
/// of 65 (two blocks).
/// </summary>
/// <param name="LeafHashesPerSecond">Hashes of 33 bytes, one call each.</param>
/// <param name="NodeHashesPerSecond">Hashes of 65 bytes, one call each.</param>
/// <param name="LeavesPerSecond">Leaves at that speed: one hash of each sort.</param>
/// <param name="BytesPerSecond">One long input in a single call: blocks without calls.</param>
/// <param name="StreamLeavesPerSecond">Leaves at that speed: three blocks of 64 bytes each.</param>
public sealed record RawHashMeasure(
    double LeafHashesPerSecond, double NodeHashesPerSecond, double LeavesPerSecond, double BytesPerSecond, double StreamLeavesPerSecond);

/// <summary>A log built from entries of 32 bytes, with its head at the end.</summary>
/// <param name="Name">How it is kept.</param>
/// <param name="LeavesPerSecond">The rate.</param>
/// <param name="ToRaw">As a part of <see cref="RawHashMeasure.LeavesPerSecond"/>.</param>
/// <param name="ToStream">As a part of <see cref="RawHashMeasure.StreamLeavesPerSecond"/>.</param>
/// <param name="AllocatedBytesPerLeaf">Managed memory allocated while building.</param>
/// <param name="KeptBytesPerLeaf">Of it still there afterwards, in the tree and in the tiles that it handed out.</param>
/// <param name="Root">The head.</param>
public sealed record BuildMeasure(
    string Name, double LeavesPerSecond, double ToRaw, double ToStream, double AllocatedBytesPerLeaf, double KeptBytesPerLeaf, string Root);

/// <summary>One more leaf on a log of a size.</summary>
/// <param name="Size">Leaves before.</param>
/// <param name="AppendNs">Nanoseconds of an append, median of batches of 64.</param>
/// <param name="AppendWithHeadNs">Nanoseconds of an append and the new head after each.</param>
/// <param name="AllocatedBytesPerAppend">Managed memory that an append with its head allocates besides the blocks that the tree keeps, 36 bytes a leaf.</param>
public sealed record AppendMeasure(long Size, double AppendNs, double AppendWithHeadNs, double AllocatedBytesPerAppend);

/// <summary>One kind of proof, warm: of drawn leaves, or between drawn sizes, of the large log.</summary>
/// <param name="Name">Which.</param>
/// <param name="Count">How many.</param>
/// <param name="P50Ns">Nanoseconds, median.</param>
/// <param name="P99Ns">99 of 100 are not slower.</param>
/// <param name="MaxNs">The slowest.</param>
/// <param name="HashesPerProof">Hashes in a proof on average.</param>
/// <param name="VerifyP50Ns">Nanoseconds to verify it, median.</param>
/// <param name="VerifyP99Ns">Verifying, 99 of 100.</param>
public sealed record ProofMeasure(
    string Name, int Count, double P50Ns, double P99Ns, double MaxNs, double HashesPerProof, double VerifyP50Ns, double VerifyP99Ns);

/// <summary>Heads as signed checkpoints, ECDSA on P-256.</summary>
/// <param name="SignedPerSecond">Written and signed.</param>
/// <param name="VerifiedPerSecond">Read and verified.</param>
public sealed record CheckpointMeasure(double SignedPerSecond, double VerifiedPerSecond);
