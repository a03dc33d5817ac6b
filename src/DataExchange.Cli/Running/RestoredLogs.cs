using System.Buffers;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Backups;
using DataExchange.EventStore.Logs;
using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange.Logs;
using DataExchange.MerkleLog;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>The venues' logs of a restored store: their tiles follow from the events, their signed heads are those of the backup that had been signed by then.</summary>
internal sealed class RestoredLogs
{
    private readonly LogRouting _routing = new();
    private readonly List<TileTree> _trees = [];
    private readonly HashSet<(string Venue, long Size)> _published = [];
    private readonly Dictionary<(string Venue, int Level, long Index), LogTileRow> _tiles = [];

    /// <summary>Makes the logs from the events of a store and stores them.</summary>
    /// <param name="database">The store.</param>
    /// <param name="backup">The backup that the events are from.</param>
    /// <param name="endsWhereAllWasSigned">Whether the store ends where the backup, or the run in it, came to its end: the last heads were signed there.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task StoreAsync(NpgsqlDataSource database, BackupManifest backup, bool endsWhereAllWasSigned, CancellationToken cancellation)
    {
        var logs = new RestoredLogs();
        var buffer = new ArrayBufferWriter<byte>(1_024);
        await foreach (var raw in new RawEventReader(database).ReadBySequenceAsync(cancellation: cancellation).ConfigureAwait(false))
        {
            logs.Take(raw, buffer);
        }

        logs.Keep();
        await new StoreRestore(database).LogsAsync(
            [.. logs._tiles.Values], [.. backup.Heads.Where(head => logs.HadBeenSigned(head, endsWhereAllWasSigned)).Select(head => new LogCheckpointRow(head.Venue, head.Size, head.Note))],
            cancellation).ConfigureAwait(false);
    }

    private void Take(in RawEvent raw, ArrayBufferWriter<byte> buffer)
    {
        var fact = EventJson.Read(raw.TypeName, raw.Json.Span);
        if (_routing.LogOf(raw.StreamId, fact) is not { } number)
        {
            return;
        }

        while (_trees.Count < _routing.Venues.Count)
        {
            _trees.Add(new TileTree());
        }

        buffer.ResetWrittenCount();
        EventJson.Write(buffer, fact);
        Span<byte> digest = stackalloc byte[LogEntry.DigestSize];
        LogEntry.Digest(raw.StreamId, raw.Version, raw.TypeName, buffer.WrittenSpan, digest);
        _trees[number].Append(MerkleHash.OfLeaf(digest));
        if (fact is TreeHeadPublished published)
        {
            _published.Add((published.Venue.Value, published.Head.Size));
        }

        // Tiles that grow would else be handed out only at the end, all at once.
        if (_trees[number].Size % LogTile.Width == 0)
        {
            Keep();
        }
    }

    private void Keep()
    {
        for (var number = 0; number < _trees.Count; number++)
        {
            foreach (var tile in _trees[number].TakeChanged())
            {
                var venue = _routing.Venues[number];
                _tiles[(venue, tile.Level, tile.Index)] = new LogTileRow(venue, tile.Level, tile.Index, tile.ToBytes());
            }
        }
    }

    // A head is signed when it has all leaves: with more leaves behind it was signed before them. One that covers the last leaf may have been signed
    // later, unless a fact says that it was published, or everything was signed where the store ends.
    private bool HadBeenSigned(BackupHead head, bool endsWhereAllWasSigned)
    {
        var number = Array.IndexOf([.. _routing.Venues], head.Venue);
        var size = number < 0 ? -1 : _trees[number].Size;
        return head.Size < size || (head.Size == size && (endsWhereAllWasSigned || _published.Contains((head.Venue, head.Size))));
    }
}
