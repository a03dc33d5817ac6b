using DataExchange.EventStore.Backups;
using DataExchange.EventStore.Schema;
using DataExchange.Reports.Projections;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>What a restored store came to.</summary>
/// <param name="Events">Events in it.</param>
/// <param name="Digest">Their digest.</param>
/// <param name="IsCompleted">Whether it holds a run to its end.</param>
/// <param name="Problems">What does not verify; empty when all is well.</param>
internal sealed record RestoredStore(long Events, string Digest, bool IsCompleted, IReadOnlyList<string> Problems);

/// <summary>Makes a store from a backup: the events as they were, everything that follows from them anew, and the same checks as 'dx verify'.</summary>
internal static class StoreRestoration
{
    /// <summary>Restores into a database that holds no store.</summary>
    /// <param name="folder">The backup, verified.</param>
    /// <param name="backup">What it says of itself.</param>
    /// <param name="point">Up to where.</param>
    /// <param name="database">The database.</param>
    /// <param name="terminal">Told of the slow steps.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<RestoredStore> RunAsync(
        BackupFolder folder, BackupManifest backup, RestorePoint point, NpgsqlDataSource database, Terminal terminal, CancellationToken cancellation)
    {
        using var store = MarketStore.Over(database);
        await StoreSchema.ApplyAsync(store, cancellation).ConfigureAwait(false);
        var last = await terminal.StepAsync("Events", _ => new StoreRestore(database).EventsAsync(folder, backup, point, cancellation)).ConfigureAwait(false);
        var identity = IdentityAt(backup, last);
        await terminal.StepAsync("Venues' logs", async _ =>
        {
            await RestoredLogs.StoreAsync(database, backup, last == backup.LastSequence || last == backup.RunEvents, cancellation).ConfigureAwait(false);
            return 0;
        }).ConfigureAwait(false);
        await terminal.StepAsync("Read models", async _ =>
        {
            await ReadModelStore.CatchUpAsync(store, database, cancellation).ConfigureAwait(false);
            return 0;
        }).ConfigureAwait(false);

        if (last == backup.LastSequence)
        {
            await new StoreRestore(database).NotesAsync(folder, backup, cancellation).ConfigureAwait(false);
        }

        // Last, because without it there is no store: what is cut off before is not taken for one.
        await new StoreIdentityTable(database).WriteWholeAsync(identity, cancellation).ConfigureAwait(false);
        return await terminal.StepAsync("Verified", async _ =>
        {
            var events = await StoreVerification.EventsAsync(database, identity.RunEvents, null, cancellation).ConfigureAwait(false);
            var models = await StoreVerification.StoreAsync(store, database, cancellation).ConfigureAwait(false);
            var logs = await CommitOrderVerification.RunAsync(database, null, identity is { IsCompleted: true, IsExtending: false }, cancellation).ConfigureAwait(false);
            string[] digest = last == backup.LastSequence && events.Digest != backup.Digest
                ? [$"digest: the backup's is {backup.Digest}, that of the restored store {events.Digest}"]
                : [];
            return new RestoredStore(events.Events, events.Digest, identity.IsCompleted, [.. digest, .. events.Problems, .. models, .. logs]);
        }).ConfigureAwait(false);
    }

    // A run that is cut is one that was interrupted: the same 'dx simulate' brings it to its end. An import that is cut was cut off.
    private static StoreIdentity IdentityAt(BackupManifest backup, long last)
    {
        var whole = last == backup.LastSequence;
        var isOfRun = backup.RunEvents is not { } run || last < run;
        return new StoreIdentity(
            backup.StoreFormat, backup.Scenario, backup.ScenarioHash, backup.Seed, backup.Scale, backup.CreatedWith,
            backup.IsCompleted && (whole || !isOfRun))
        {
            RunEvents = whole ? backup.RunEvents : isOfRun || (last == backup.RunEvents && last > 0) ? null : backup.RunEvents,
            IsExtending = whole ? backup.IsExtending : !isOfRun && last > backup.RunEvents,
        };
    }
}
