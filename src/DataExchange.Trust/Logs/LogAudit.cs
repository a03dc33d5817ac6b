using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Trust;
using DataExchange.Exchange.Logs;
using DataExchange.MerkleLog;

namespace DataExchange.Trust.Logs;

/// <summary>What a store keeps of the venues' logs, for verification.</summary>
public interface ILogShelf
{
    /// <summary>Whether tiles are kept. Where they are not, heads alone are compared with what the facts make.</summary>
    bool KeepsTiles => true;

    /// <summary>Hashes of a tile; null when there is none or it is no tile.</summary>
    ValueTask<Hash256[]?> TileAsync(string venue, int level, long index, CancellationToken cancellation);

    /// <summary>How many tiles there are of a venue: level, index and hashes of each.</summary>
    IAsyncEnumerable<(int Level, long Index, Hash256[]? Hashes)> TilesAsync(string venue, CancellationToken cancellation);

    /// <summary>The signed heads.</summary>
    ValueTask<IReadOnlyList<SignedHead>> HeadsAsync(CancellationToken cancellation);
}

/// <summary>
/// Makes the venues' logs again from the facts and compares: each leaf with the log's tiles, each head that was published, anchored or signed with the
/// tree of that size. Where facts and tiles differ the signed heads tell which of the two was altered. It names the first leaf of each log that
/// differs; of what follows from it only the number.
/// </summary>
public sealed class LogAudit
{
    private readonly ILogShelf _shelf;
    private readonly LogRouting _routing = new();
    private readonly List<AuditedLog> _logs = [];
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, List<SignedHead>> _heads;
    private long _outside;

    private LogAudit(ILogShelf shelf, IReadOnlyList<SignedHead> heads) => (_shelf, _heads) = (
        shelf, heads.GroupBy(head => head.Venue).ToDictionary(group => group.Key, group => group.OrderBy(head => head.Size).ToList()));

    /// <summary>Facts that are in no log: those before the first log was opened.</summary>
    public long Outside => _outside;

    /// <summary>The venues and sizes of the logs made again.</summary>
    public IEnumerable<(string Venue, TreeHead Head)> Heads => _logs.Select(log => (log.Venue, new TreeHead(log.Facts.Size, log.Facts.Root.ToString())));

    /// <summary>Starts.</summary>
    /// <param name="shelf">What is kept.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<LogAudit> StartAsync(ILogShelf shelf, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(shelf);
        return new LogAudit(shelf, await shelf.HeadsAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>Takes a fact, in the order of commits.</summary>
    /// <param name="stream">Its stream.</param>
    /// <param name="version">Its place in the stream, from 1.</param>
    /// <param name="typeName">The name it is stored under.</param>
    /// <param name="canonicalJson">Its canonical JSON.</param>
    /// <param name="fact">The fact; null when it cannot be read.</param>
    /// <param name="cancellation">Stops it.</param>
    public async ValueTask AppendAsync(
        string stream, long version, string typeName, ReadOnlyMemory<byte> canonicalJson, Event? fact, CancellationToken cancellation)
    {
        if (_routing.LogOf(stream, fact) is not { } number)
        {
            _outside++;
            return;
        }

        while (_logs.Count < _routing.Venues.Count)
        {
            var venue = _routing.Venues[_logs.Count];
            _logs.Add(new AuditedLog(venue, _heads.GetValueOrDefault(venue) ?? [], _shelf.KeepsTiles));
        }

        var log = _logs[number];
        switch (fact)
        {
            case LogOpened opened:
                log.Origin = opened.Origin;
                AddKey(log, opened.Key);
                break;
            case LogKeyRotated rotated:
                AddKey(log, rotated.Key);
                break;
            case TreeHeadPublished published:
                Compare(log, published.Head, $"{stream} version {version}: published");
                break;
            case TreeHeadAnchored anchored when _logs.Find(other => other.Venue == anchored.Other.Value) is { } other:
                Compare(other, anchored.Head, $"log {log.Venue} leaf {log.Facts.Size} ({stream} version {version}): anchored");
                break;
        }

        var hash = LeafOf(stream, version, typeName, canonicalJson.Span);
        if (_shelf.KeepsTiles && log.Facts.Size % LogTile.Width == 0)
        {
            log.Tile = await _shelf.TileAsync(log.Venue, 0, log.Facts.Size / LogTile.Width, cancellation).ConfigureAwait(false) ?? [];
        }

        log.Append(hash, $"{stream} version {version}");
    }

    /// <summary>Ends it.</summary>
    /// <param name="checkpoint">A signed head that was kept outside the store, null for none.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public async Task<IReadOnlyList<string>> CompleteAsync(string? checkpoint, CancellationToken cancellation)
    {
        foreach (var log in _logs)
        {
            if (_shelf.KeepsTiles)
            {
                await CompareTilesAsync(log, cancellation).ConfigureAwait(false);
            }

            AddHeadProblems(log);
            CheckHeads(log);
        }

        foreach (var venue in _heads.Keys.Where(venue => _logs.TrueForAll(log => log.Venue != venue)).Order(StringComparer.Ordinal))
        {
            _problems.Add($"log {venue}: LogMissing: there are signed heads of it, and no fact that opens it");
        }

        if (checkpoint is not null)
        {
            CheckOutside(checkpoint);
        }

        return _problems;
    }

    private static Hash256 LeafOf(string stream, long version, string typeName, ReadOnlySpan<byte> json)
    {
        Span<byte> digest = stackalloc byte[LogEntry.DigestSize];
        LogEntry.Digest(stream, version, typeName, json, digest);
        return MerkleHash.OfLeaf(digest);
    }

    private static void AddKey(AuditedLog log, LogKey key)
    {
        try
        {
            log.Keys.Add((log.Facts.Size, NoteKey.Of(log.Origin, Convert.FromBase64String(key.PublicKey))));
        }
        catch (Exception unfit) when (unfit is FormatException or System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            log.UnfitKeys.Add($"leaf {log.Facts.Size}: its key {key.KeyId} is no public key on P-256");
        }
    }

    // Heads in facts: a size that the log has had by then, and the head that it had.
    private static void Compare(AuditedLog log, TreeHead head, string where)
    {
        if (log.Facts.Size == head.Size)
        {
            log.Known[head.Size] = log.Facts.Root.ToString();
        }

        if (!log.Known.TryGetValue(head.Size, out var root))
        {
            log.HeadProblems.Add(head.Size > log.Facts.Size
                ? $"{where} a head of log {log.Venue} with {Text(head.Size)} leaves: LogTruncated: by then its facts are {Text(log.Facts.Size)}, so leaf {Text(log.Facts.Size)} and those after it are missing"
                : $"{where} a head of log {log.Venue} with {Text(head.Size)} leaves: TreeHeadUnknown: the log published none of that size");
        }
        else if (root != head.Root)
        {
            log.HeadProblems.Add($"{where} a head of log {log.Venue} with {Text(head.Size)} leaves: LogForked: it says {head.Root}, the facts make {root}");
        }
    }

    private async Task CompareTilesAsync(AuditedLog log, CancellationToken cancellation)
    {
        log.KeepTiles();
        var expected = log.Upper;
        var (leaves, wrong, first) = (0L, 0L, "");
        await foreach (var (level, index, hashes) in _shelf.TilesAsync(log.Venue, cancellation).ConfigureAwait(false))
        {
            leaves += level == 0 ? hashes?.Length ?? 0 : 0;
            if (level == 0)
            {
                continue;
            }

            if (!expected.Remove((level, index), out var tile) || hashes is null || !hashes.SequenceEqual(tile.Hashes))
            {
                first = wrong++ == 0 ? $"tile {Text(index)} of level {level}" : first;
            }
        }

        foreach (var missing in expected.Keys)
        {
            first = wrong++ == 0 ? $"tile {Text(missing.Index)} of level {missing.Level}, which is missing" : first;
        }

        var verdict = log.Verdict();
        if (log.FirstDifference is { } difference)
        {
            _problems.Add($"log {log.Venue} leaf {Text(difference.Leaf)} ({difference.Fact}): {verdict}"
                + (log.Differences > 1 ? $" ({Text(log.Differences)} leaves differ in all)" : ""));
        }
        else if (wrong > 0)
        {
            _problems.Add($"log {log.Venue}: LogTileAltered: {first} is not what its leaves make" + (wrong > 1 ? $" ({Text(wrong)} tiles in all)" : ""));
        }

        if (leaves > log.Facts.Size)
        {
            _problems.Add(
                $"log {log.Venue} leaf {Text(log.Facts.Size)}: LogTruncated: the log has {Text(leaves)} leaves, the store {Text(log.Facts.Size)} facts for them; those from this leaf on are gone");
        }
    }

    private void AddHeadProblems(AuditedLog log)
    {
        _problems.AddRange(log.UnfitKeys.Select(text => $"log {log.Venue} {text}"));
        // What a difference that is named explains is not told again for every head.
        _problems.AddRange(log.FirstDifference is null && _shelf.KeepsTiles ? log.HeadProblems : log.HeadProblems.Take(1));
    }

    private void CheckHeads(AuditedLog log)
    {
        var isNamed = log.FirstDifference is not null;
        foreach (var head in log.Signed)
        {
            var where = $"log {log.Venue}, signed head of {Text(head.Size)} leaves";
            if (!SignedNote.TryParse(head.Note, out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint) || checkpoint.Size != head.Size)
            {
                _problems.Add($"{where}: CheckpointUnreadable: it is no signed note of a head of that size");
                continue;
            }

            if (checkpoint.Origin != log.Origin)
            {
                _problems.Add($"{where}: CheckpointUnreadable: it is of '{checkpoint.Origin}', the log is '{log.Origin}'");
            }

            CheckSignature(log, note, checkpoint.Size, where);
            if (checkpoint.Size > log.Facts.Size)
            {
                _problems.Add($"{where}: LogTruncated: the store has {Text(log.Facts.Size)} facts for it, so leaf {Text(log.Facts.Size)} and those after it are gone");
            }
            else if (!isNamed && log.Known.TryGetValue(head.Size, out var root) && root != checkpoint.Root.ToString())
            {
                _problems.Add($"{where}: LogForked: it says {checkpoint.Root}, the facts make {root}");
                // Without tiles no leaf can be named: all heads behind the first one are other.
                isNamed = !_shelf.KeepsTiles;
            }
        }
    }

    private void CheckSignature(AuditedLog log, SignedNote note, long size, string where)
    {
        var inForce = log.Keys.LastOrDefault(key => key.From < size).Key;
        if (inForce is not null && note.IsSignedBy(inForce))
        {
            return;
        }

        var known = note.Signatures.Select(signature => signature.KeyId).ToHashSet();
        _problems.Add(inForce is null
            ? $"{where}: KeyUnknown: no key was in force at that size"
            : known.Contains(inForce.Id)
                ? $"{where}: SignatureWrong: the signature of key {inForce.Id:x8} does not fit what the head says"
                : $"{where}: KeyUnknown: it is signed by {string.Join(", ", known.Select(id => $"{id:x8}"))}, the key in force is {inForce.Id:x8}");
    }

    private void CheckOutside(string text)
    {
        const string where = "--checkpoint";
        if (!SignedNote.TryParse(text, out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            _problems.Add($"{where}: CheckpointUnreadable: it is no signed note of a log's head");
            return;
        }

        if (_logs.Find(log => log.Origin == checkpoint.Origin) is not { } log)
        {
            _problems.Add($"{where}: LogMissing: it is of '{checkpoint.Origin}'; the store's logs are {string.Join(", ", _logs.Select(known => $"'{known.Origin}'"))}");
            return;
        }

        CheckSignature(log, note, checkpoint.Size, where);
        if (checkpoint.Size > log.Facts.Size)
        {
            _problems.Add(
                $"{where}: LogTruncated: it covers {Text(checkpoint.Size)} leaves of log {log.Venue}, the store has {Text(log.Facts.Size)} facts for it: leaf {Text(log.Facts.Size)} and those after it are gone");
        }
        else if (log.Known.TryGetValue(checkpoint.Size, out var root) && root != checkpoint.Root.ToString())
        {
            _problems.Add($"{where}: LogForked: of {Text(checkpoint.Size)} leaves of log {log.Venue} it says {checkpoint.Root}, the facts make {root}");
        }
        else if (root is null)
        {
            _problems.Add($"{where}: TreeHeadUnknown: log {log.Venue} published no head of {Text(checkpoint.Size)} leaves");
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
