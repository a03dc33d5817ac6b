using System.Runtime.CompilerServices;
using DataExchange.EventStore.Backups;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Sorting;
using DataExchange.MerkleLog;
using DataExchange.Trust.Logs;

namespace DataExchange.Cli.Running;

/// <summary>What the verification of a backup found.</summary>
/// <param name="Backup">What the backup says of itself.</param>
/// <param name="Events">What its events came to.</param>
/// <param name="Problems">What is wrong; empty when all is well.</param>
internal sealed record VerifiedBackup(BackupManifest Backup, VerificationResult Events, IReadOnlyList<string> Problems);

/// <summary>Checks a backup as a store is checked, without a database: its files, its events by stream and in their order, its logs' signed heads.</summary>
internal static class BackupVerification
{
    /// <summary>Runs it.</summary>
    /// <param name="path">The backup's folder.</param>
    /// <param name="checkpoint">A signed head that was kept outside; null for none.</param>
    /// <param name="terminal">Told of the slow steps.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="BackupException">A file is missing or damaged, or the folder holds no backup.</exception>
    public static async Task<VerifiedBackup> RunAsync(string path, string? checkpoint, Terminal terminal, CancellationToken cancellation)
    {
        var folder = new BackupFolder(path);
        var backup = await terminal.StepAsync("Backup read and compared", _ => folder.VerifyAsync(cancellation)).ConfigureAwait(false);
        new StoreIdentity(backup.StoreFormat, backup.Scenario, backup.ScenarioHash, backup.Seed, backup.Scale, backup.CreatedWith, backup.IsCompleted).EnsureReadable();
        var sorter = BackupTarget.SorterBeside(path);
        await using (sorter.ConfigureAwait(false))
        {
            var order = await terminal.StepAsync("Ledger and venues' logs", _ => Task.Run(() => CommitOrderVerification.RunAsync(
                KeptAsync(new BackupEvents(folder, backup).ReadAsync(cancellation), sorter, cancellation), new BackupLogs(backup), checkpoint,
                backup is { IsCompleted: true, IsExtending: false }, cancellation), cancellation)).ConfigureAwait(false);
            var events = await terminal.StepAsync("Events, states and money", progress => StreamVerification.RunAsync(
                sorter.SortedAsync(cancellation), backup.RunEvents, read => progress(read / (double)sorter.Events, $"{read:N0}"), cancellation)).ConfigureAwait(false);
            string[] digest = events.Digest == backup.Digest ? [] : [$"digest: the manifest's is {backup.Digest}, that of the events {events.Digest}"];
            string[] gaps = backup.LastSequence == backup.Events ? [] : [$"events: Sequence: {backup.Events} events, but the last has sequence {backup.LastSequence}"];
            return new VerifiedBackup(backup, events, [.. digest, .. gaps, .. events.Problems, .. order]);
        }
    }

    // The files are read once: in their order for the ledger and the logs, and into the sorter for the rest.
    private static async IAsyncEnumerable<RawEvent> KeptAsync(
        IAsyncEnumerable<RawEvent> events, EventSorter sorter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var raw in events.WithCancellation(cancellation).ConfigureAwait(false))
        {
            await sorter.AddAsync(raw.StreamId, raw.Version, raw.TypeName, raw.Json.Span, raw.Sequence).ConfigureAwait(false);
            yield return raw;
        }
    }

    /// <summary>A backup keeps the signed heads of the logs and not their tiles, which follow from the events.</summary>
    private sealed class BackupLogs(BackupManifest backup) : ILogShelf
    {
        public bool KeepsTiles => false;

        public ValueTask<Hash256[]?> TileAsync(string venue, int level, long index, CancellationToken cancellation) => ValueTask.FromResult<Hash256[]?>(null);

        public IAsyncEnumerable<(int Level, long Index, Hash256[]? Hashes)> TilesAsync(string venue, CancellationToken cancellation) =>
            AsyncEnumerable.Empty<(int Level, long Index, Hash256[]? Hashes)>();

        public ValueTask<IReadOnlyList<SignedHead>> HeadsAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<SignedHead>>(
            [.. backup.Heads.Select(head => new SignedHead(head.Venue, head.Size, head.Note))]);
    }
}
