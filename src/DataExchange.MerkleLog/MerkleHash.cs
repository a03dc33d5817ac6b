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

    private static Hash256 Sha256(ReadOnlySpan<byte> input)
    {
        Span<byte> output = stackalloc byte[Hash256.Size];
        SHA256.HashData(input, output);
        return Hash256.Of(output);
    }
}
