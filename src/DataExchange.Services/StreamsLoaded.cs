namespace DataExchange.Services;

/// <summary>Streams that a partition read into memory at once, and how long it took.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Streams">Streams that were wanted and not in memory.</param>
/// <param name="SnapshotsRead">Those of them that went on from a snapshot.</param>
/// <param name="FactsRead">Facts that were read, of all of them.</param>
/// <param name="Snapshots">Reading the snapshots and making states of them.</param>
/// <param name="Facts">Reading the facts and making events of them.</param>
/// <param name="Following">Following them to the states.</param>
/// <param name="Proceeds">Reading what settlements ever credited to parties, where it was read.</param>
public sealed record StreamsLoaded(
    string Partition, int Streams, int SnapshotsRead, int FactsRead, TimeSpan Snapshots, TimeSpan Facts, TimeSpan Following, TimeSpan Proceeds);
