using System.Runtime.InteropServices;

namespace DataExchange.MerkleLog;

/// <summary>
/// A part of a log's tree as it is kept and published, after C2SP's tlog-tiles: up to 256 neighbouring hashes. A tile of level 0 holds the hashes of
/// leaves, one of level n the heads of complete tiles of level n − 1.
/// </summary>
/// <param name="Level">0 for leaves.</param>
/// <param name="Index">Its place in the level, from 0.</param>
/// <param name="Hashes">1 to 256 hashes; fewer than 256 only at the right edge of the tree.</param>
public sealed record LogTile(int Level, long Index, IReadOnlyList<Hash256> Hashes)
{
    /// <summary>Hashes in a full tile.</summary>
    public const int Width = 256;

    /// <summary>Levels of the tree in one tile.</summary>
    public const int Height = 8;

    /// <summary>The hashes one after the other, 32 bytes each.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Hashes.Count * Hash256.Size];
        for (var i = 0; i < Hashes.Count; i++)
        {
            Hashes[i].Bytes.CopyTo(bytes.AsSpan(i * Hash256.Size));
        }

        return bytes;
    }

    /// <summary>Reads the hashes of a tile.</summary>
    /// <param name="bytes">1 to 256 hashes, 32 bytes each.</param>
    /// <returns>The hashes; null when the bytes are no tile.</returns>
    public static Hash256[]? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > Width * Hash256.Size || bytes.Length % Hash256.Size != 0)
        {
            return null;
        }

        return MemoryMarshal.Cast<byte, Hash256>(bytes).ToArray();
    }
}

/// <summary>
/// A growing tree that keeps only its right edge and hands out tiles as they change: memory O(log n), an append costs one node hash on average. It
/// gives the same heads as <see cref="MerkleTree"/>.
/// </summary>
public sealed class TileTree
{
    private readonly List<Level> _levels = [];
    private readonly List<LogTile> _full = [];

    /// <summary>A tree without leaves.</summary>
    public TileTree()
    {
    }

    private TileTree(TileTree other)
    {
        Size = other.Size;
        _levels.AddRange(other._levels.Select(level => level.Copy()));
    }

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The tree's head.</summary>
    public Hash256 Root
    {
        get
        {
            Hash256? right = null;
            Span<Hash256> row = stackalloc Hash256[LogTile.Width + 1];
            foreach (var level in _levels)
            {
                var count = level.Count;
                level.Hashes.AsSpan(0, count).CopyTo(row);
                if (right is { } below)
                {
                    row[count++] = below;
                }

                right = count == 0 ? null : HeadOf(row[..count]);
            }

            return right ?? MerkleHash.Empty;
        }
    }

    /// <summary>Appends a leaf.</summary>
    /// <param name="leaf">Its hash: <see cref="MerkleHash.OfLeaf"/>.</param>
    public void Append(in Hash256 leaf)
    {
        Size++;
        var hash = leaf;
        for (var number = 0; ; number++)
        {
            if (number == _levels.Count)
            {
                _levels.Add(new Level());
            }

            var level = _levels[number];
            level.Hashes[level.Count++] = hash;
            level.HasChanged = true;
            if (level.Count < LogTile.Width)
            {
                return;
            }

            _full.Add(new LogTile(number, level.Index, level.Hashes.ToArray()));
            hash = HeadOf(level.Hashes);
            (level.Count, level.HasChanged) = (0, false);
            level.Index++;
        }
    }

    /// <summary>The tiles that are new or longer since the last call: full ones once, those at the right edge as they are now.</summary>
    public IReadOnlyList<LogTile> TakeChanged()
    {
        var changed = new List<LogTile>(_full);
        _full.Clear();
        for (var number = 0; number < _levels.Count; number++)
        {
            var level = _levels[number];
            if (level.HasChanged)
            {
                changed.Add(new LogTile(number, level.Index, level.Hashes[..level.Count]));
                level.HasChanged = false;
            }
        }

        return changed;
    }

    /// <summary>A second tree that begins as this one; it has no tiles to hand out.</summary>
    public TileTree Fork() => new(this);

    /// <summary>Head of neighbouring subtrees, all of the same size but the last, which may be smaller.</summary>
    /// <param name="row">1 to 257.</param>
    internal static Hash256 HeadOf(ReadOnlySpan<Hash256> row)
    {
        if (row.Length <= 2)
        {
            return row.Length == 1 ? row[0] : MerkleHash.OfNode(row[0], row[1]);
        }

        Span<Hash256> level = stackalloc Hash256[LogTile.Width + 1];
        row.CopyTo(level);
        for (var count = row.Length; count > 1;)
        {
            // What has no partner goes up as it is: so the tree is the one that splits at the largest power of two.
            var pairs = count / 2;
            MerkleHash.OfNodes(level[..(2 * pairs)], level);
            if (count % 2 == 1)
            {
                level[pairs] = level[count - 1];
            }

            count = pairs + (count % 2);
        }

        return level[0];
    }

    private sealed class Level
    {
        internal Hash256[] Hashes { get; private init; } = new Hash256[LogTile.Width];

        internal int Count { get; set; }

        internal long Index { get; set; }

        internal bool HasChanged { get; set; }

        internal Level Copy() => new() { Hashes = (Hash256[])Hashes.Clone(), Count = Count, Index = Index };
    }
}
