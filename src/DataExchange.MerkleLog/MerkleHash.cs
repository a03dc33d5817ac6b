using System.Security.Cryptography;

namespace DataExchange.MerkleLog;

/// <summary>
/// How a Merkle tree hashes, after RFC 9162 section 2.1.1 (as RFC 6962 before it): a leaf under a zero byte, a node under a one byte, so that no
/// leaf can pass for a node.
/// </summary>
public static class MerkleHash
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int OnStack = 1_024;
    private const int FewestForPass = 2;

    /// <summary>Head of a tree without leaves: SHA-256 of nothing.</summary>
    public static Hash256 Empty { get; } = Hash256.Of(SHA256.HashData([]));

    /// <summary>Hash of a leaf.</summary>
    /// <param name="entry">The leaf's bytes.</param>
    public static Hash256 OfLeaf(ReadOnlySpan<byte> entry)
    {
        var input = entry.Length < OnStack ? stackalloc byte[entry.Length + 1] : new byte[entry.Length + 1];
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        return Sha256(input);
    }

    /// <summary>Hash of a node.</summary>
    /// <param name="left">Hash of what is left under it.</param>
    /// <param name="right">Hash of what is right under it.</param>
    public static Hash256 OfNode(in Hash256 left, in Hash256 right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Hash256.Size)];
        input[0] = NodePrefix;
        left.Bytes.CopyTo(input[1..]);
        right.Bytes.CopyTo(input[(1 + Hash256.Size)..]);
        return Sha256(input);
    }

    /// <summary>Hashes of leaves whose entries are hashes themselves, such as the digests of facts: many at a time are much faster than one by one.</summary>
    /// <param name="entries">The entries, 32 bytes each.</param>
    /// <param name="hashes">As many places or more; they may be those of the entries.</param>
    /// <exception cref="ArgumentException">There are fewer places than entries.</exception>
    public static void OfLeaves(ReadOnlySpan<Hash256> entries, Span<Hash256> hashes)
    {
        CheckRoom(entries.Length, hashes.Length);
        var done = 0;
        if (Sha256Lanes.IsFast)
        {
            for (; entries.Length - done >= Sha256Lanes.Count; done += Sha256Lanes.Count)
            {
                Sha256Lanes.Leaves(entries[done..], hashes[done..]);
            }
        }

        for (; done < entries.Length; done++)
        {
            hashes[done] = OfLeaf(entries[done].Bytes);
        }
    }

    /// <summary>Hashes of nodes over neighbouring pairs: many at a time are much faster than one by one.</summary>
    /// <param name="children">Pairs of left and right; an even number.</param>
    /// <param name="parents">Half as many places or more; they may be the first of the children's.</param>
    /// <exception cref="ArgumentException">A hash has no partner, or there are fewer places than pairs.</exception>
    public static void OfNodes(ReadOnlySpan<Hash256> children, Span<Hash256> parents)
    {
        if (children.Length % 2 != 0)
        {
            throw new ArgumentException($"Nodes are over pairs; {children.Length} hashes are not.", nameof(children));
        }

        var pairs = children.Length / 2;
        CheckRoom(pairs, parents.Length);
        var done = 0;
        if (Sha256Lanes.IsFast)
        {
            for (; pairs - done >= Sha256Lanes.Count; done += Sha256Lanes.Count)
            {
                Sha256Lanes.Nodes(children[(2 * done)..], parents[done..]);
            }

            // From two on a pass with some lanes idle is still faster than a call for each.
            if (pairs - done >= FewestForPass)
            {
                Span<Hash256> some = stackalloc Hash256[2 * Sha256Lanes.Count];
                children[(2 * done)..].CopyTo(some);
                Sha256Lanes.Nodes(some, some);
                some[..(pairs - done)].CopyTo(parents[done..]);
                return;
            }
        }

        for (; done < pairs; done++)
        {
            parents[done] = OfNode(children[2 * done], children[(2 * done) + 1]);
        }
    }

    private static void CheckRoom(int needed, int places)
    {
        if (places < needed)
        {
            throw new ArgumentException($"There are {places} places for {needed} hashes.");
        }
    }

    private static Hash256 Sha256(ReadOnlySpan<byte> input)
    {
        Span<byte> output = stackalloc byte[Hash256.Size];
        SHA256.HashData(input, output);
        return Hash256.Of(output);
    }
}
