using System.Numerics;

namespace DataExchange.MerkleLog;

/// <summary>Verifies proofs with nothing but the proof, the heads and the leaf (RFC 9162 sections 2.1.3.2 and 2.1.4.2).</summary>
public static class MerkleProof
{
    /// <summary>Whether a leaf is in the tree that a head stands for.</summary>
    /// <param name="leaf">Hash of the leaf.</param>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="size">Number of leaves under the head.</param>
    /// <param name="proof">The hashes beside its path, lowest first.</param>
    /// <param name="root">The head.</param>
    public static bool VerifyInclusion(in Hash256 leaf, long index, long size, ReadOnlySpan<Hash256> proof, in Hash256 root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (node, last) = (index, size - 1);
        var hash = leaf;
        foreach (ref readonly var beside in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.OfNode(beside, hash);
                // A node without a right neighbour stands for its parent, up to where it is a right child.
                var up = (node & 1) == 1 ? 0 : BitOperations.TrailingZeroCount(node);
                node >>= up;
                last >>= up;
            }
            else
            {
                hash = MerkleHash.OfNode(hash, beside);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <summary>Whether the tree under one head begins with the tree under another.</summary>
    /// <param name="first">Leaves under the earlier head, 0 or more. Every tree begins with the empty one.</param>
    /// <param name="firstRoot">The earlier head.</param>
    /// <param name="second">Leaves under the later head.</param>
    /// <param name="secondRoot">The later head.</param>
    /// <param name="proof">The proof; empty from an empty tree and for the same size.</param>
    public static bool VerifyConsistency(long first, in Hash256 firstRoot, long second, in Hash256 secondRoot, ReadOnlySpan<Hash256> proof)
    {
        if (first < 0 || first > second)
        {
            return false;
        }

        if (first == second || first == 0)
        {
            return proof.IsEmpty && (first == 0 ? firstRoot == MerkleHash.Empty && (second > 0 || secondRoot == firstRoot) : firstRoot == secondRoot);
        }

        if (proof.IsEmpty)
        {
            return false;
        }

        // A complete smaller tree is itself the first node of the proof.
        var isComplete = BitOperations.IsPow2(first);
        var start = isComplete ? firstRoot : proof[0];
        var rest = isComplete ? proof : proof[1..];
        var shift = BitOperations.TrailingZeroCount(first);
        var (node, last) = ((first - 1) >> shift, (second - 1) >> shift);
        var (one, two) = (start, start);
        foreach (ref readonly var beside in rest)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                one = MerkleHash.OfNode(beside, one);
                two = MerkleHash.OfNode(beside, two);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                two = MerkleHash.OfNode(two, beside);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && one == firstRoot && two == secondRoot;
    }
}
