using System.Text.Json;

namespace DataExchange.MerkleLog.Tests;

/// <summary>
/// Values that others publish: leaves, heads and proofs of transparency-dev/merkle (proof/verify_test.go and testdata), an entry of the public log
/// rekor.sigstore.dev with its proof and signed head, and signed notes of two public logs (transparency-dev/formats, note/note_verifier_test.go).
/// </summary>
public sealed class PublishedVectorTests
{
    private const string RekorKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2G2Y+2tabdTV5BcGiBIx0a9fAFwrkBbmLSGtks4L3qX6yYY0zufBnhC8Ur/iy55GhWP/9A/bY2LhC30M9+RYtw==";
    private const string PixelKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE37jHQmTXJPC8sUj0Dg0N0ZlxfRqJZV1YzlclXLQzhVYPcC/JblDoez0DSZwOSlShiCf4oo83MULQfec3erolDw==";
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Heads_of_every_size_are_the_published_ones()
    {
        var tree = TreeOf();
        var tiled = new TileTree();
        for (var size = 0; size <= Leaves.Length; size++)
        {
            Assert.Equal(Roots[size], tree.RootAt(size).ToString());
            Assert.Equal(Roots[size], tiled.Root.ToString());
            if (size < Leaves.Length)
            {
                tiled.Append(tree.Leaf(size));
            }
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(
        0, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(
        5, 8, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(
        1, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void Inclusion_proofs_are_the_published_ones(int index, int size, params string[] path)
    {
        var (tree, proof) = (TreeOf(), path.Select(Hash).ToArray());
        Assert.Equal(proof, tree.ProveInclusion(index, size));
        Assert.True(MerkleProof.VerifyInclusion(MerkleHash.OfLeaf(Convert.FromHexString(Leaves[index])), index, size, proof, Hash(Roots[size])));
        Assert.False(MerkleProof.VerifyInclusion(tree.Leaf(index), index, size, proof, Hash(Roots[size - 1])));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(
        1, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(
        6, 8, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 5, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    [InlineData(
        6, 7, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    public void Consistency_proofs_are_the_published_ones(int first, int second, params string[] path)
    {
        var (tree, proof) = (TreeOf(), path.Select(Hash).ToArray());
        Assert.Equal(proof, tree.ProveConsistency(first, second));
        Assert.True(MerkleProof.VerifyConsistency(first, Hash(Roots[first]), second, Hash(Roots[second]), proof));
        Assert.False(MerkleProof.VerifyConsistency(first, Hash(Roots[first - 1]), second, Hash(Roots[second]), proof));
    }

    /// <summary>A log of 55,510,966 leaves that is not ours: its entry, its proof, its head, its key.</summary>
    [Fact]
    public void An_entry_of_a_public_log_is_proved_by_its_proof_and_its_signed_head()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "rekor-entry.json")));
        var entry = file.RootElement;
        Assert.Equal(RekorKey, entry.GetProperty("publicKey").GetString());
        Assert.True(SignedNote.TryParse(entry.GetProperty("note").GetString()!, out var note));
        Assert.True(note.IsSignedBy(NoteKey.Of("rekor.sigstore.dev", Convert.FromBase64String(RekorKey))));
        var lines = note.Text.Split('\n');
        var (index, size) = (entry.GetProperty("leaf").GetInt64(), entry.GetProperty("size").GetInt64());
        Assert.Equal(size.ToString(System.Globalization.CultureInfo.InvariantCulture), lines[1]);
        var root = Hash256.Of(Convert.FromBase64String(lines[2]));
        var leaf = MerkleHash.OfLeaf(Convert.FromBase64String(entry.GetProperty("entry").GetString()!));
        Hash256[] path = [.. entry.GetProperty("path").EnumerateArray().Select(hash => Hash(hash.GetString()!))];
        Assert.True(MerkleProof.VerifyInclusion(leaf, index, size, path, root));
        Assert.False(MerkleProof.VerifyInclusion(leaf, index - 1, size, path, root));
    }

    [Theory]
    [InlineData(
        "rekor.sigstore.dev", 0xc0d23d6au, RekorKey, 798_034,
        "Rekor\n798034\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n\n— rekor.sigstore.dev wNI9ajBEAiARInWIWyCdyG27CO6LPnPekyw20qO0YJfoaPaowGp/XgIgc+qEHS3+GKVClgqq20uDLet7MCoTURUCRdxwWBHHufk=\n")]
    [InlineData(
        "pixel6_transparency_log", 0x91c16e30u, PixelKey, 10,
        "DEFAULT\n10\nbsWRucJU5xJPHb5eBdOm6+DM+VelCZBuvtI3sHERJ9Y=\n\n— pixel6_transparency_log kcFuMDBFAiEAhqMAP8P6qf6QxtUJhzMhbN+MbZ9dwfUHzGQJmffJHtoCIGD0cNe47dHWBoPwYdgBCepB06/+g5O1FmYjXl06owL4\n")]
    public void Signed_heads_of_public_logs_are_read_and_verified(string name, uint id, string publicKey, long size, string text)
    {
        var key = NoteKey.Of(name, Convert.FromBase64String(publicKey));
        Assert.Equal(id, key.Id);
        Assert.True(SignedNote.TryParse(text, out var note));
        Assert.Equal(text, note.ToString());
        Assert.True(note.IsSignedBy(key));
        Assert.True(Checkpoint.TryParse(note.Text, out var head));
        Assert.Equal(size, head.Size);
        Assert.Equal(note.Text, head.ToText());
        Assert.True(SignedNote.TryParse(text.Replace($"\n{size}\n", $"\n{size + 1}\n", StringComparison.Ordinal), out var altered));
        Assert.False(altered.IsSignedBy(key));
        Assert.False(note.IsSignedBy(NoteKey.Of("bananas.sigstore.dev", Convert.FromBase64String(publicKey))));
    }

    private static MerkleTree TreeOf()
    {
        var tree = new MerkleTree();
        foreach (var leaf in Leaves)
        {
            tree.Append(MerkleHash.OfLeaf(Convert.FromHexString(leaf)));
        }

        return tree;
    }

    private static Hash256 Hash(string hex)
    {
        Assert.True(Hash256.TryParse(hex, out var hash));
        return hash;
    }
}
