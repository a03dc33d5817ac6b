using System.Security.Cryptography;

namespace DataExchange.MerkleLog.Tests;

public sealed class CheckpointTests
{
    private const string Origin = "hzdex.dataexchange.example/log";
    private static readonly Checkpoint Head = new(Origin, 8, MerkleHash.Empty);

    [Fact]
    public void A_checkpoint_is_three_lines()
    {
        Assert.Equal($"{Origin}\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", Head.ToText());
        Assert.True(Checkpoint.TryParse(Head.ToText(), out var read));
        Assert.Equal(Head, read);
        // The example in the format's specification.
        Assert.True(Checkpoint.TryParse("example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", out read));
        Assert.Equal(("example.com/behind-the-sofa", 20_852_163), (read!.Origin, read.Size));
        Assert.True(Checkpoint.TryParse(Head.ToText() + "an extension\n", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("o\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("o\n8\n")]
    [InlineData("o\n08\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n-8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n+8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==\n")]
    [InlineData("o\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    [InlineData("o\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= \n")]
    [InlineData("o o\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n")]
    public void What_is_written_otherwise_is_no_checkpoint(string text) => Assert.False(Checkpoint.TryParse(text, out _));

    [Fact]
    public void A_note_is_signed_by_its_log_and_its_witnesses_and_by_nobody_else()
    {
        using var log = Signer(Origin);
        using var witness = Signer("zjbdec.dataexchange.example/log");
        using var other = Signer(Origin);
        var note = SignedNote.Sign(Head.ToText(), log).CoSign(witness);
        Assert.True(SignedNote.TryParse(note.ToString(), out var read));
        Assert.Equal(note.ToString(), read!.ToString());
        Assert.True(read.IsSignedBy(log.Key));
        Assert.True(read.IsSignedBy(witness.Key));
        Assert.False(read.IsSignedBy(other.Key));
        Assert.True(Checkpoint.TryParse(read.Text, out var head));
        Assert.Equal(Head, head);
        Assert.StartsWith("— " + Origin + " ", read.ToString().Split('\n')[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_letter_anywhere_in_the_text_breaks_the_signature()
    {
        using var log = Signer(Origin);
        var note = SignedNote.Sign(Head.ToText(), log);
        for (var i = 0; i < note.Text.Length - 1; i++)
        {
            var changed = note.Text[..i] + (note.Text[i] == 'x' ? 'y' : 'x') + note.Text[(i + 1)..];
            Assert.False((note with { Text = changed }).IsSignedBy(log.Key));
        }
    }

    [Fact]
    public void A_changed_byte_anywhere_in_a_signature_breaks_it()
    {
        using var log = Signer(Origin);
        var note = SignedNote.Sign(Head.ToText(), log);
        for (var i = 0; i < note.Signatures[0].Value.Length; i++)
        {
            var bytes = note.Signatures[0].Value.ToArray();
            bytes[i] ^= 1;
            Assert.False((note with { Signatures = [note.Signatures[0] with { Value = bytes }] }).IsSignedBy(log.Key), $"byte {i}");
        }
    }

    [Theory]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n— name AAAAAA==\n")]
    [InlineData("text\n\n- name AAAAAAA=\n")]
    [InlineData("text\n\n— na+me AAAAAAA=\n")]
    [InlineData("text\n\n— name AAAAAAA=")]
    [InlineData("te\u0001xt\n\n— name AAAAAAA=\n")]
    [InlineData("text\n\n— name AAAAAAA= more\n")]
    [InlineData("text\n\n\n")]
    public void What_is_written_otherwise_is_no_note(string text) => Assert.False(SignedNote.TryParse(text, out _));

    [Fact]
    public void A_note_of_unknown_keys_is_read_and_signed_by_none()
    {
        using var log = Signer(Origin);
        Assert.True(SignedNote.TryParse("text\n\n— name AAAAAAA=\n", out var note));
        Assert.Equal(("name", 0u, 1), (note!.Signatures[0].Name, note.Signatures[0].KeyId, note.Signatures[0].Value.Length));
        Assert.False(note.IsSignedBy(log.Key));
    }

    [Fact]
    public void Only_keys_on_P256_with_a_name_are_taken()
    {
        using var wide = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<CryptographicException>(() => NoteKey.Of("name", wide.ExportSubjectPublicKeyInfo()));
        Assert.ThrowsAny<CryptographicException>(() => NoteKey.Of("name", [1, 2, 3]));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Throws<ArgumentException>(() => NoteKey.Of("a name", key.ExportSubjectPublicKeyInfo()));
        Assert.Throws<ArgumentException>(() => SignedNote.Sign("no line feed"));
        Assert.Throws<InvalidOperationException>(() => (Head with { Origin = "two words" }).ToText());
    }

    private static NoteSigner Signer(string name) => new(name, ECDsa.Create(ECCurve.NamedCurves.nistP256));
}
