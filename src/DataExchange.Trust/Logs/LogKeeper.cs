using DataExchange.Domain;
using DataExchange.Domain.Trust;
using DataExchange.Exchange.Logs;
using DataExchange.MerkleLog;

namespace DataExchange.Trust.Logs;

/// <summary>A head that a venue's key has signed.</summary>
/// <param name="Venue">The venue's id.</param>
/// <param name="Size">Leaves that it covers.</param>
/// <param name="Note">The signed note.</param>
public sealed record SignedHead(string Venue, long Size, string Note);

/// <summary>
/// Keeps the venues' logs while facts are recorded: each fact becomes a leaf of one log, changed tiles are handed out to be stored, and a head that a
/// venue publishes is signed. After a change of keys the next head is signed with both.
/// </summary>
/// <param name="keys">The venues' keys.</param>
public sealed class LogKeeper(VenueKeys keys)
{
    private readonly LogRouting _routing = new();
    private readonly List<Log> _logs = [];
    private readonly List<SignedHead> _signed = [];

    /// <summary>The venues whose logs are open, in the order of opening.</summary>
    public IReadOnlyList<string> Venues => _routing.Venues;

    /// <summary>The keys.</summary>
    public VenueKeys Keys => keys;

    /// <summary>Takes a fact, in the order of commits.</summary>
    /// <param name="stream">Its stream.</param>
    /// <param name="version">Its place in the stream, from 1.</param>
    /// <param name="typeName">The name it is stored under.</param>
    /// <param name="canonicalJson">Its canonical JSON.</param>
    /// <param name="fact">The fact.</param>
    public void Append(string stream, long version, string typeName, ReadOnlySpan<byte> canonicalJson, Event fact)
    {
        if (_routing.LogOf(stream, fact) is not { } number)
        {
            return;
        }

        while (_logs.Count < _routing.Venues.Count)
        {
            _logs.Add(new Log(_routing.Venues[_logs.Count]));
        }

        Span<byte> digest = stackalloc byte[LogEntry.DigestSize];
        LogEntry.Digest(stream, version, typeName, canonicalJson, digest);
        var log = _logs[number];
        log.Tree.Append(MerkleHash.OfLeaf(digest));
        switch (fact)
        {
            case LogKeyRotated rotated:
                (log.Retiring, log.Generation) = (log.Generation, rotated.Key.Generation);
                break;
            case TreeHeadPublished published:
                Sign(_logs[IndexOf(published.Venue.Value)], new Checkpoint(published.Origin, published.Head.Size, Parse(published.Head.Root)));
                break;
        }
    }

    /// <summary>A log's head as it is now.</summary>
    /// <param name="venue">The venue's id.</param>
    public TreeHead HeadOf(string venue)
    {
        var tree = _logs.Find(log => log.Venue == venue)?.Tree;
        return tree is null ? new TreeHead(0, MerkleHash.Empty.ToString()) : new TreeHead(tree.Size, tree.Root.ToString());
    }

    /// <summary>Signs every log's head as it is now.</summary>
    public void SignAll()
    {
        foreach (var log in _logs)
        {
            Sign(log, new Checkpoint(keys.Origin(log.Venue), log.Tree.Size, log.Tree.Root));
        }
    }

    /// <summary>The tiles that are new or longer since the last call.</summary>
    public IEnumerable<(string Venue, LogTile Tile)> TakeTiles() =>
        _logs.SelectMany(log => log.Tree.TakeChanged().Select(tile => (log.Venue, tile))).ToArray();

    /// <summary>The heads signed since the last call.</summary>
    public IReadOnlyList<SignedHead> TakeSigned()
    {
        SignedHead[] signed = [.. _signed];
        _signed.Clear();
        return signed;
    }

    private void Sign(Log log, Checkpoint head)
    {
        // The key changes with a leaf; a head that does not cover the leaf is still the old key's.
        var signers = new List<NoteSigner> { keys.Of(log.Venue, log.Generation).Signer };
        if (log.Retiring is { } retiring)
        {
            signers.Insert(0, keys.Of(log.Venue, retiring).Signer);
            log.Retiring = null;
        }

        _signed.Add(new SignedHead(log.Venue, head.Size, SignedNote.Sign(head.ToText(), signers).ToString()));
    }

    private int IndexOf(string venue) => _logs.FindIndex(log => log.Venue == venue);

    private static Hash256 Parse(string hex) => Hash256.TryParse(hex, out var hash) ? hash : throw new InvalidOperationException($"'{hex}' is no hash.");

    private sealed class Log(string venue)
    {
        internal string Venue => venue;

        internal TileTree Tree { get; } = new();

        internal int Generation { get; set; }

        internal int? Retiring { get; set; }
    }
}
