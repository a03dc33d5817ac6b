using DataExchange.MerkleLog;

namespace DataExchange.Trust.Logs;

/// <summary>A log while it is made again from facts, beside the leaves that its tiles hold.</summary>
internal sealed class AuditedLog(string venue, IReadOnlyList<SignedHead> signed, bool comparesTiles)
{
    private TileTree? _recorded;
    private int _next;
    private bool _factsFit;
    private bool _tilesFit;

    internal string Venue => venue;

    internal IReadOnlyList<SignedHead> Signed => signed;

    internal string Origin { get; set; } = "";

    /// <summary>The tree that the facts make.</summary>
    internal TileTree Facts { get; } = new();

    /// <summary>Tiles of the levels above the leaves, as the facts make them.</summary>
    internal Dictionary<(int Level, long Index), LogTile> Upper { get; } = [];

    /// <summary>The stored tile of the leaves that come next; empty when it is missing.</summary>
    internal Hash256[] Tile { get; set; } = [];

    /// <summary>Heads of the sizes that were published or signed, as the facts make them.</summary>
    internal Dictionary<long, string> Known { get; } = [];

    /// <summary>Public keys, each with the leaf that it came with.</summary>
    internal List<(long From, NoteKey Key)> Keys { get; } = [];

    internal List<string> UnfitKeys { get; } = [];

    internal List<string> HeadProblems { get; } = [];

    internal (long Leaf, string Fact)? FirstDifference { get; private set; }

    internal long Differences { get; private set; }

    internal void Append(in Hash256 leaf, string fact)
    {
        var place = (int)(Facts.Size % LogTile.Width);
        Hash256? kept = place < Tile.Length ? Tile[place] : null;
        if (comparesTiles && kept != leaf)
        {
            FirstDifference ??= (Facts.Size, fact);
            Differences++;
            _recorded ??= Facts.Fork();
        }

        if (_recorded is not null && kept is { } known)
        {
            _recorded.Append(known);
            _recorded.TakeChanged();
        }

        Facts.Append(leaf);
        if (Facts.Size % LogTile.Width == 0)
        {
            KeepTiles();
        }

        while (_next < signed.Count && signed[_next].Size <= Facts.Size)
        {
            Note(signed[_next++]);
        }
    }

    internal void KeepTiles()
    {
        foreach (var tile in Facts.TakeChanged())
        {
            if (tile.Level > 0 && comparesTiles)
            {
                Upper[(tile.Level, tile.Index)] = tile;
            }
        }
    }

    /// <summary>What a difference between facts and tiles means, by the signed heads beyond it.</summary>
    internal string Verdict() => (_factsFit, _tilesFit) switch
    {
        (false, true) => "FactAltered: the log has another fact at this leaf, and the signed heads are those of the log",
        (true, false) => "LogTileAltered: the log's tile has another hash at this leaf, and the signed heads are those of the facts",
        _ => "LogLeafDiffers: the log has another hash at this leaf than the fact makes",
    };

    private void Note(SignedHead head)
    {
        if (head.Size != Facts.Size)
        {
            return;
        }

        var root = Facts.Root;
        Known[head.Size] = root.ToString();
        if (_recorded is not null && SignedNote.TryParse(head.Note, out var note) && Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            _factsFit |= checkpoint.Root == root;
            _tilesFit |= checkpoint.Size == _recorded.Size && checkpoint.Root == _recorded.Root;
        }
    }
}
