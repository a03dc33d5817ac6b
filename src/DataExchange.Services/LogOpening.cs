using System.Globalization;
using DataExchange.EventStore.Logs;
using DataExchange.MerkleLog;
using Npgsql;

namespace DataExchange.Services;

/// <summary>
/// Compares the logs made again from all facts with those that are stored. Stored tiles may be shorter, as they are written after their facts; whatever
/// is in them has to be the same, and each signed head that of the log when it had that size.
/// </summary>
internal static class LogOpening
{
    /// <summary>Compares.</summary>
    /// <param name="database">The database.</param>
    /// <param name="made">All tiles made of the facts.</param>
    /// <param name="sizes">Leaves of each venue's log.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The tiles that are not stored yet, or not as long.</returns>
    /// <exception cref="LogAlteredException">What is stored is not how the logs begin.</exception>
    public static async Task<IReadOnlyList<LogTileRow>> CompareAsync(
        NpgsqlDataSource database, IReadOnlyList<LogTileRow> made, IReadOnlyDictionary<string, long> sizes, CancellationToken cancellation)
    {
        var tables = new LogTables(database);
        var byPlace = made.ToDictionary(tile => (tile.Venue, tile.Level, tile.Index));
        var left = new Dictionary<(string Venue, int Level, long Index), LogTileRow>(byPlace);
        foreach (var venue in await VenuesAsync(tables, sizes.Keys, cancellation).ConfigureAwait(false))
        {
            await foreach (var stored in tables.TilesAsync(venue, null, cancellation).ConfigureAwait(false))
            {
                var place = (stored.Venue, stored.Level, stored.Index);
                Compare(stored, byPlace.GetValueOrDefault(place));
                if (stored.Hashes.Length == byPlace[place].Hashes.Length)
                {
                    left.Remove(place);
                }
            }
        }

        foreach (var head in await tables.CheckpointsAsync(cancellation).ConfigureAwait(false))
        {
            await CompareAsync(head, sizes.GetValueOrDefault(head.Venue), byPlace).ConfigureAwait(false);
        }

        return [.. left.Values];
    }

    private static async Task<IEnumerable<string>> VenuesAsync(LogTables tables, IEnumerable<string> open, CancellationToken cancellation) =>
        open.Union((await tables.CheckpointsAsync(cancellation).ConfigureAwait(false)).Select(head => head.Venue)).Order(StringComparer.Ordinal);

    private static void Compare(LogTileRow stored, LogTileRow? made)
    {
        var same = made is null ? 0 : stored.Hashes.AsSpan().CommonPrefixLength(made.Hashes);
        if (made is not null && same == stored.Hashes.Length && same % Hash256.Size == 0)
        {
            return;
        }

        throw new LogAlteredException(
            stored.Venue,
            stored.Level == 0 && made is not null && same < made.Hashes.Length
                ? $"leaf {Text((stored.Index * LogTile.Width) + (same / Hash256.Size))} is of another fact than the store has for it"
                : $"tile {Text(stored.Index)} of level {Text(stored.Level)} is not what the facts make");
    }

    private static async Task CompareAsync(LogCheckpointRow head, long size, Dictionary<(string Venue, int Level, long Index), LogTileRow> made)
    {
        var where = $"signed head of {Text(head.Size)} leaves";
        if (!SignedNote.TryParse(head.Note, out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint) || checkpoint.Size != head.Size)
        {
            throw new LogAlteredException(head.Venue, $"{where} is no signed head of that size");
        }

        if (head.Size > size)
        {
            throw new LogAlteredException(head.Venue, $"{where} is of facts that are missing: there are {Text(size)}");
        }

        var tree = new TiledProofs(size, (level, index, _) => ValueTask.FromResult(
            made.TryGetValue((head.Venue, level, index), out var tile) ? LogTile.Read(tile.Hashes) : null));
        if (await tree.RootAtAsync(head.Size).ConfigureAwait(false) != checkpoint.Root)
        {
            throw new LogAlteredException(head.Venue, $"{where} says another root than the facts make");
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
