using CsCheck;

namespace DataExchange.MerkleLog.Tests;

/// <summary>Hashing and appending many at a time gives what one by one gives; <see cref="MerkleHash.OfNode"/> is the platform's SHA-256.</summary>
public sealed class ManyHashesTests
{
    private static readonly Gen<Hash256[]> Hashes = Gen.Byte.Array[Hash256.Size].Select(bytes => Hash256.Of(bytes)).Array[0, 70];

    [Fact]
    public void Leaves_hashed_together_are_those_hashed_one_by_one() => Hashes.Sample(entries =>
    {
        var (hashes, expected) = (new Hash256[entries.Length + 1], entries.Select(entry => MerkleHash.OfLeaf(entry.Bytes)));
        MerkleHash.OfLeaves(entries, hashes);
        Assert.Equal([.. expected, default], hashes);
        MerkleHash.OfLeaves(entries, entries);
        Assert.Equal(hashes[..^1], entries);
    }, iter: 300);

    [Fact]
    public void Nodes_hashed_together_are_those_hashed_one_by_one() => Hashes.Sample(children =>
    {
        var pairs = children.Length / 2;
        var expected = Enumerable.Range(0, pairs).Select(pair => MerkleHash.OfNode(children[2 * pair], children[(2 * pair) + 1])).ToArray();
        var parents = new Hash256[pairs + 1];
        MerkleHash.OfNodes(children.AsSpan(0, 2 * pairs), parents);
        Assert.Equal([.. expected, default], parents);
        MerkleHash.OfNodes(children.AsSpan(0, 2 * pairs), children);
        Assert.Equal(expected, children[..pairs]);
    }, iter: 300);

    [Fact]
    public void A_tree_that_leaves_are_appended_to_together_is_the_one_they_are_appended_to_one_by_one() =>
        Gen.Int[0, 700].Array[1, 6].Sample(counts =>
        {
            var (together, single, number) = (new MerkleTree(), new MerkleTree(), 0);
            foreach (var count in counts)
            {
                var leaves = Enumerable.Range(number, count).Select(i => MerkleHash.OfLeaf(BitConverter.GetBytes(i))).ToArray();
                number += count;
                together.Append(leaves);
                foreach (var leaf in leaves)
                {
                    single.Append(leaf);
                }

                Assert.Equal((single.Size, single.Root), (together.Size, together.Root));
            }

            for (var size = 1; size <= single.Size; size += 37)
            {
                Assert.Equal(single.RootAt(size), together.RootAt(size));
                Assert.Equal(single.ProveInclusion(size / 2, size), together.ProveInclusion(size / 2, size));
                Assert.Equal(single.ProveConsistency(size / 3, size), together.ProveConsistency(size / 3, size));
            }
        }, iter: 60);

    [Fact]
    public void A_hash_without_partner_or_place_is_refused()
    {
        Assert.Contains("1 hashes are not", Assert.Throws<ArgumentException>(() => MerkleHash.OfNodes(new Hash256[1], new Hash256[1])).Message, StringComparison.Ordinal);
        Assert.Contains("1 places for 2", Assert.Throws<ArgumentException>(() => MerkleHash.OfNodes(new Hash256[4], new Hash256[1])).Message, StringComparison.Ordinal);
        Assert.Contains("2 places for 3", Assert.Throws<ArgumentException>(() => MerkleHash.OfLeaves(new Hash256[3], new Hash256[2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_hash_nor_for_an_append_besides_what_is_kept()
    {
        var (tree, tiled, hashes) = (new MerkleTree(), new TileTree(), new Hash256[100]);
        void Pass()
        {
            MerkleHash.OfLeaves(hashes, hashes);
            MerkleHash.OfNodes(hashes, hashes);
            for (var i = 0; i < 100; i++)
            {
                tree.Append(hashes[i]);
                _ = tree.Root;
                _ = tiled.Root;
            }
        }

        // The tree keeps hashes in blocks of 4,096 for each level: those of this size are there.
        Pass();
        Pass();
        Pass();
        tiled.Append(hashes[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Pass();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
