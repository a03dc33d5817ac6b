using System.Numerics;

namespace DataExchange.MerkleLog;

/// <summary>
/// An append-only Merkle tree after RFC 9162: heads, inclusion and consistency proofs of any size it ever had. It keeps the hashes of leaves and
/// of every complete subtree of 2^k leaves, but for the lowest levels, which it computes again for a proof: 36 bytes a leaf.
/// </summary>
/// <remarks>Appending costs one node hash on average and O(log n) at most; a proof O(log n) hashes kept and at most 15 computed.</remarks>
public sealed class MerkleTree
{
    // Level 0 holds the leaves; levels 1 to 3 are computed again when needed.
    private const int FirstKeptLevel = 4;
    private const int BlockLevel = 8;
    private const int Block = 1 << BlockLevel;

    private readonly HashList _leaves = new();
    private readonly List<HashList> _levels = [];

    // Hashes of the complete subtrees along the right edge, largest first: the tree in log n hashes.
    private readonly List<(int Level, Hash256 Hash)> _edge = [];

    /// <summary>Number of leaves.</summary>
    public long Size => _leaves.Count;

    /// <summary>Bytes of the blocks that the hashes are kept in; they grow by 128 KiB a level.</summary>
    public long ReservedBytes => _leaves.ReservedBytes + _levels.Sum(level => level.ReservedBytes);

    /// <summary>The tree's head.</summary>
    public Hash256 Root
    {
        get
        {
            if (_edge.Count == 0)
            {
                return MerkleHash.Empty;
            }

            var root = _edge[^1].Hash;
            for (var i = _edge.Count - 2; i >= 0; i--)
            {
                root = MerkleHash.OfNode(_edge[i].Hash, root);
            }

            return root;
        }
    }

    /// <summary>Hash of a leaf.</summary>
    /// <param name="index">0 to <see cref="Size"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public Hash256 Leaf(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return _leaves[index];
    }

    /// <summary>Appends a leaf.</summary>
    /// <param name="leaf">Its hash: <see cref="MerkleHash.OfLeaf"/>.</param>
    public void Append(in Hash256 leaf)
    {
        _leaves.Add(leaf);
        Carry(0, leaf);
    }

    /// <summary>Appends many leaves: the same tree as one by one, several times as fast.</summary>
    /// <param name="leaves">Their hashes, in order.</param>
    public void Append(ReadOnlySpan<Hash256> leaves)
    {
        while (!leaves.IsEmpty)
        {
            if (Size % Block == 0 && leaves.Length >= Block)
            {
                AppendBlock(leaves[..Block]);
                leaves = leaves[Block..];
            }
            else
            {
                Append(leaves[0]);
                leaves = leaves[1..];
            }
        }
    }

    // A complete subtree, level by level.
    private void AppendBlock(ReadOnlySpan<Hash256> leaves)
    {
        Span<Hash256> row = stackalloc Hash256[Block];
        leaves.CopyTo(row);
        foreach (ref readonly var leaf in leaves)
        {
            _leaves.Add(leaf);
        }

        for (var (level, count) = (1, Block / 2); count > 0; level++, count /= 2)
        {
            MerkleHash.OfNodes(row[..(2 * count)], row);
            foreach (ref readonly var node in row[..count])
            {
                Keep(level, node);
            }
        }

        Carry(BlockLevel, row[0]);
    }

    private void Carry(int level, Hash256 hash)
    {
        while (_edge.Count > 0 && _edge[^1].Level == level)
        {
            hash = MerkleHash.OfNode(_edge[^1].Hash, hash);
            _edge.RemoveAt(_edge.Count - 1);
            Keep(++level, hash);
        }

        _edge.Add((level, hash));
    }

    /// <summary>The head that the tree had when it had so many leaves.</summary>
    /// <param name="size">0 to <see cref="Size"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It never had that size.</exception>
    public Hash256 RootAt(long size)
    {
        CheckSize(size);
        return size == Size ? Root : size == 0 ? MerkleHash.Empty : HashOf(0, size);
    }

    /// <summary>Proves that a leaf is in the tree of a size (RFC 9162 section 2.1.3.1).</summary>
    /// <param name="index">The leaf, 0 to <paramref name="size"/> − 1.</param>
    /// <param name="size">The size, up to <see cref="Size"/>.</param>
    /// <returns>The hashes beside its path, lowest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf or size.</exception>
    public Hash256[] ProveInclusion(long index, long size)
    {
        CheckSize(size);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<Hash256>();
        AddPath(index, 0, size, proof);
        return [.. proof];
    }

    /// <summary>Proves that the tree of one size begins with the tree of a smaller one (RFC 9162 section 2.1.4.1).</summary>
    /// <param name="first">The smaller size, 0 or more; the proof from an empty tree, or to the same size, is empty.</param>
    /// <param name="second">The larger size, up to <see cref="Size"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such sizes.</exception>
    public Hash256[] ProveConsistency(long first, long second)
    {
        CheckSize(second);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        if (first == 0 || first == second)
        {
            return [];
        }

        var proof = new List<Hash256>();
        AddSubproof(first, 0, second, isWhole: true, proof);
        return [.. proof];
    }

    private void CheckSize(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
    }

    private void Keep(int level, in Hash256 hash)
    {
        if (level < FirstKeptLevel)
        {
            return;
        }

        if (level - FirstKeptLevel == _levels.Count)
        {
            _levels.Add(new HashList());
        }

        _levels[level - FirstKeptLevel].Add(hash);
    }

    // PATH of the RFC over the leaves [from, to).
    private void AddPath(long index, long from, long to, List<Hash256> proof)
    {
        if (to - from == 1)
        {
            return;
        }

        var middle = from + Split(to - from);
        if (index < middle)
        {
            AddPath(index, from, middle, proof);
            proof.Add(HashOf(middle, to));
        }
        else
        {
            AddPath(index, middle, to, proof);
            proof.Add(HashOf(from, middle));
        }
    }

    // SUBPROOF of the RFC over the leaves [from, to): of them, those before first are in the smaller tree.
    private void AddSubproof(long first, long from, long to, bool isWhole, List<Hash256> proof)
    {
        if (first == to)
        {
            if (!isWhole)
            {
                proof.Add(HashOf(from, to));
            }

            return;
        }

        var middle = from + Split(to - from);
        if (first <= middle)
        {
            AddSubproof(first, from, middle, isWhole, proof);
            proof.Add(HashOf(middle, to));
        }
        else
        {
            AddSubproof(first, middle, to, false, proof);
            proof.Add(HashOf(from, middle));
        }
    }

    // Hash of the subtree over the leaves [from, to), which the tree's shape makes a subtree.
    private Hash256 HashOf(long from, long to)
    {
        var count = to - from;
        if (count == 1)
        {
            return _leaves[from];
        }

        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.Log2((ulong)count);
            if (level >= FirstKeptLevel)
            {
                return _levels[level - FirstKeptLevel][from >> level];
            }
        }

        var middle = from + Split(count);
        return MerkleHash.OfNode(HashOf(from, middle), HashOf(middle, to));
    }

    // The largest power of two below a count of two or more.
    private static long Split(long count) => (long)(BitOperations.RoundUpToPowerOf2((ulong)count) >> 1);
}
