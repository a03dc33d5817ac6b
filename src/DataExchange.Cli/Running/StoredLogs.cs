using System.Runtime.CompilerServices;
using DataExchange.EventStore;
using DataExchange.EventStore.Logs;
using DataExchange.MerkleLog;
using DataExchange.Trust.Logs;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>A signed head of a log.</summary>
/// <param name="Venue">The venue's id.</param>
/// <param name="Checkpoint">What it says.</param>
/// <param name="Note">The signed note.</param>
internal sealed record StoredLogHead(string Venue, Checkpoint Checkpoint, SignedNote Note)
{
    /// <exception cref="EventStore.EventStoreException">It is no signed head.</exception>
    internal static StoredLogHead Of(SignedHead head) =>
        SignedNote.TryParse(head.Note, out var note) && Checkpoint.TryParse(note.Text, out var checkpoint)
            ? new StoredLogHead(head.Venue, checkpoint, note)
            : throw new Commands.CommandFailedException($"The signed head of log {head.Venue} at {head.Size} leaves cannot be read; './dx verify' says more.");
}

/// <summary>The venues' logs as a store keeps them.</summary>
/// <param name="database">The store's database.</param>
internal sealed class StoredLogs(NpgsqlDataSource database) : ILogShelf
{
    private readonly LogTables _tables = new(database);

    public async ValueTask<Hash256[]?> TileAsync(string venue, int level, long index, CancellationToken cancellation) =>
        await _tables.TileAsync(venue, level, index, cancellation).ConfigureAwait(false) is { } bytes ? LogTile.Read(bytes) : null;

    public async IAsyncEnumerable<(int Level, long Index, Hash256[]? Hashes)> TilesAsync(string venue, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in _tables.TilesAsync(venue, null, cancellation).ConfigureAwait(false))
        {
            yield return (row.Level, row.Index, LogTile.Read(row.Hashes));
        }
    }

    public async ValueTask<IReadOnlyList<SignedHead>> HeadsAsync(CancellationToken cancellation) =>
        [.. (await _tables.CheckpointsAsync(cancellation).ConfigureAwait(false)).Select(row => new SignedHead(row.Venue, row.Size, row.Note))];

    /// <summary>The latest signed head of each log, in the order in which the logs were opened: the first keeps the common register.</summary>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<StoredLogHead>> LatestAsync(CancellationToken cancellation)
    {
        var opened = await OpenedAsync(cancellation).ConfigureAwait(false);
        var heads = await HeadsAsync(cancellation).ConfigureAwait(false);
        return
        [
            .. heads.GroupBy(head => head.Venue).OrderBy(group => opened.GetValueOrDefault(group.Key, int.MaxValue)).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => StoredLogHead.Of(group.MaxBy(head => head.Size)!)),
        ];
    }

    /// <summary>The venues whose logs are open, in the order of opening.</summary>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<Domain.VenueId>> VenuesAsync(CancellationToken cancellation) =>
        [.. (await OpenedAsync(cancellation).ConfigureAwait(false)).OrderBy(venue => venue.Value).Select(venue => new Domain.VenueId(venue.Key))];

    private async Task<Dictionary<string, int>> OpenedAsync(CancellationToken cancellation)
    {
        await using var read = database.CreateCommand(
            $"SELECT stream_id FROM {Schemas.Default}.mt_events WHERE stream_id >= 'log/' AND stream_id < 'log0' AND version = 1 ORDER BY seq_id");
        await using var rows = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        var opened = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            opened.TryAdd(rows.GetString(0)["log/".Length..], opened.Count);
        }

        return opened;
    }

    /// <summary>One hash for all logs: the head of a tree whose leaves are the heads' texts, in the order of the logs' opening.</summary>
    /// <param name="heads">The heads.</param>
    public static string RootOf(IReadOnlyList<StoredLogHead> heads)
    {
        var tree = new MerkleTree();
        foreach (var head in heads)
        {
            tree.Append(MerkleHash.OfLeaf(System.Text.Encoding.UTF8.GetBytes(head.Checkpoint.ToText())));
        }

        return tree.Root.ToString();
    }

    /// <summary>Proofs of a log from its tiles.</summary>
    /// <param name="venue">The venue's id.</param>
    /// <param name="size">Leaves of the log.</param>
    public TiledProofs ProofsOf(string venue, long size) => new(size, (level, index, stop) => TileAsync(venue, level, index, stop));
}
