using CsCheck;

namespace DataExchange.MerkleLog.Tests;

public sealed class MerkleTreeTests
{
    // The leaves and heads that public log implementations test with (transparency-dev/merkle).
    private static readonly string[] Published = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Heads_are_the_published_ones(int leaves, string root)
    {
        var tree = TreeOf([.. Published.Select(Convert.FromHexString)]);
        Assert.Equal(root, tree.RootAt(leaves).ToString());
    }

    [Fact]
    public void Heads_and_proofs_of_every_size_up_to_seventy_are_those_of_the_definition()
    {
        var leaves = Enumerable.Range(0, 70).Select(i => new[] { (byte)i, (byte)(i * 3) }).ToArray();
        var tree = TreeOf(leaves);
        for (var size = 0; size <= leaves.Length; size++)
        {
            var present = leaves.Take(size).ToArray();
            Assert.Equal(NaiveTree.Head(present), tree.RootAt(size).Bytes.ToArray());
            Assert.Equal(TreeOf(present).Root, tree.RootAt(size));
            for (var index = 0; index < size; index++)
            {
                var proof = tree.ProveInclusion(index, size);
                Assert.Equal(NaiveTree.Path(index, present), proof.Select(hash => hash.Bytes.ToArray()));
                Assert.True(MerkleProof.VerifyInclusion(tree.Leaf(index), index, size, proof, tree.RootAt(size)));
            }

            for (var first = 0; first <= size; first++)
            {
                var proof = tree.ProveConsistency(first, size);
                Assert.Equal(NaiveTree.Consistency(first, present), proof.Select(hash => hash.Bytes.ToArray()));
                Assert.True(MerkleProof.VerifyConsistency(first, tree.RootAt(first), size, tree.RootAt(size), proof));
            }
        }
    }

    [Fact]
    public void Large_trees_prove_any_leaf_and_any_past() =>
        Gen.Select(Gen.Int[1, 20_000], Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000]).Sample((size, a, b) =>
        {
            var tree = Large;
            var index = a % size;
            var first = b % (size + 1);
            Assert.True(MerkleProof.VerifyInclusion(tree.Leaf(index), index, size, tree.ProveInclusion(index, size), tree.RootAt(size)));
            Assert.True(MerkleProof.VerifyConsistency(first, tree.RootAt(first), size, tree.RootAt(size), tree.ProveConsistency(first, size)));
        }, iter: 300);

    [Fact]
    public void No_altered_inclusion_proof_is_accepted() =>
        Gen.Select(Gen.Int[2, 300], Gen.Int[0, 1_000_000], Gen.Int[0, 6], Gen.Int[0, 255]).Sample((size, draw, way, bit) =>
        {
            var index = draw % size;
            var (leaf, proof, root) = (Large.Leaf(index), Large.ProveInclusion(index, size), Large.RootAt(size));
            Assert.False(way switch
            {
                0 => MerkleProof.VerifyInclusion(Flip(leaf, bit), index, size, proof, root),
                1 => MerkleProof.VerifyInclusion(leaf, index, size, proof, Flip(root, bit)),
                2 => MerkleProof.VerifyInclusion(leaf, index ^ 1, size, proof, root) && (index ^ 1) < size,
                3 => MerkleProof.VerifyInclusion(leaf, index, size, proof.AsSpan()[1..], root),
                4 => MerkleProof.VerifyInclusion(leaf, index, size, [.. proof, root], root),
                5 => MerkleProof.VerifyInclusion(leaf, -1 - index, size, proof, root),
                _ => MerkleProof.VerifyInclusion(leaf, index, size, Altered(proof, draw, bit), root),
            });
        }, iter: 2_000);

    [Fact]
    public void No_altered_consistency_proof_is_accepted() =>
        Gen.Select(Gen.Int[2, 300], Gen.Int[0, 1_000_000], Gen.Int[0, 6], Gen.Int[0, 255]).Sample((second, draw, way, bit) =>
        {
            var first = 1 + (draw % (second - 1));
            var (one, two, proof) = (Large.RootAt(first), Large.RootAt(second), Large.ProveConsistency(first, second));
            Assert.False(way switch
            {
                0 => MerkleProof.VerifyConsistency(first, Flip(one, bit), second, two, proof),
                1 => MerkleProof.VerifyConsistency(first, one, second, Flip(two, bit), proof),
                2 => MerkleProof.VerifyConsistency(first, one, second, two, proof.AsSpan()[1..]),
                3 => MerkleProof.VerifyConsistency(first, one, second, two, [.. proof, two]),
                4 => MerkleProof.VerifyConsistency(second, two, first, one, proof),
                5 => MerkleProof.VerifyConsistency(first, one, second, two, []),
                _ => MerkleProof.VerifyConsistency(first, one, second, two, Altered(proof, draw, bit)),
            });
        }, iter: 2_000);

    [Fact]
    public void A_tree_begins_with_the_empty_tree_and_with_itself_without_a_proof()
    {
        var (empty, root) = (MerkleHash.Empty, Large.RootAt(5));
        Assert.True(MerkleProof.VerifyConsistency(0, empty, 5, root, []));
        Assert.True(MerkleProof.VerifyConsistency(0, empty, 0, empty, []));
        Assert.True(MerkleProof.VerifyConsistency(5, root, 5, root, []));
        Assert.False(MerkleProof.VerifyConsistency(0, root, 5, root, []));
        Assert.False(MerkleProof.VerifyConsistency(0, empty, 0, root, []));
        Assert.False(MerkleProof.VerifyConsistency(5, root, 5, empty, []));
        Assert.False(MerkleProof.VerifyConsistency(5, root, 5, root, [root]));
        Assert.False(MerkleProof.VerifyConsistency(-1, empty, 5, root, []));
    }

    [Fact]
    public void What_never_was_cannot_be_proved()
    {
        var tree = TreeOf([[1], [2], [3]]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.RootAt(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.RootAt(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Leaf(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.ProveInclusion(2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.ProveInclusion(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.ProveConsistency(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.ProveConsistency(0, 4));
    }

    [Fact]
    public void A_hash_is_sixty_four_digits_and_thirty_two_bytes()
    {
        Assert.True(Hash256.TryParse(MerkleHash.Empty.ToString(), out var read));
        Assert.Equal(MerkleHash.Empty, read);
        Assert.False(Hash256.TryParse("e3b0", out _));
        Assert.False(Hash256.TryParse(new string('g', 64), out _));
        Assert.Throws<ArgumentException>(() => Hash256.Of(new byte[31]));
    }

    private static readonly MerkleTree Large = TreeOf([.. Enumerable.Range(0, 20_000).Select(BitConverter.GetBytes)]);

    private static MerkleTree TreeOf(IReadOnlyList<byte[]> leaves)
    {
        var tree = new MerkleTree();
        foreach (var leaf in leaves)
        {
            tree.Append(MerkleHash.OfLeaf(leaf));
        }

        return tree;
    }

    private static Hash256 Flip(Hash256 hash, int bit)
    {
        var bytes = hash.Bytes.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return Hash256.Of(bytes);
    }

    private static Hash256[] Altered(Hash256[] proof, int draw, int bit)
    {
        var altered = proof.ToArray();
        altered[draw % altered.Length] = Flip(altered[draw % altered.Length], bit);
        return altered;
    }
}
