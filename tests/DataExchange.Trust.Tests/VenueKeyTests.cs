using System.Security.Cryptography;
using System.Text;
using DataExchange.MerkleLog;

namespace DataExchange.Trust.Tests;

public sealed class VenueKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dx-keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Pinned: the public keys are facts of a run, and a change of the derivation would be a change of every run.</summary>
    [Fact]
    public void A_throw_away_key_depends_on_scenario_seed_scale_venue_and_generation_alone()
    {
        using var keys = VenueKeys.Derive("hangzhou", 1, 1);
        using var again = VenueKeys.Derive("hangzhou", 1, 1);
        Assert.Equal("throw-away.dataexchange.invalid/hangzhou/1/1/zjbdec", keys.Of("zjbdec").Name);
        Assert.Equal(Pinned, keys.Of("zjbdec").PublicKey);
        Assert.Equal(keys.Of("zjbdec").PublicKey, again.Of("zjbdec").PublicKey);

        using var otherScenario = VenueKeys.Derive("hangzhou-2026", 1, 1);
        using var otherSeed = VenueKeys.Derive("hangzhou", 2, 1);
        using var otherScale = VenueKeys.Derive("hangzhou", 1, 0.01);
        string[] all =
        [
            keys.Of("zjbdec").PublicKey, keys.Of("zjbdec", 1).PublicKey, keys.Of("hzdex").PublicKey, otherScenario.Of("zjbdec").PublicKey,
            otherSeed.Of("zjbdec").PublicKey, otherScale.Of("zjbdec").PublicKey,
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void A_derived_key_signs_what_its_public_key_verifies()
    {
        using var keys = VenueKeys.Derive("hangzhou", 7, 1);
        var key = keys.Of("zjbdec");
        Assert.True(key.IsThrowAway);
        var note = SignedNote.Sign("a text\n", key.Signer);
        Assert.True(note.IsSignedBy(NoteKey.Of(key.Name, Convert.FromBase64String(key.PublicKey))));
        Assert.False(note.IsSignedBy(keys.Of("zjbdec", 1).Public));
        using var fromPem = ECDsa.Create();
        fromPem.ImportFromPem(key.PublicKeyPem);
        Assert.True(fromPem.VerifyData(Encoding.UTF8.GetBytes("x"), key.Key.SignData(Encoding.UTF8.GetBytes("x"), HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
    }

    [Fact]
    public void A_folder_holds_a_key_for_each_venue_and_generation()
    {
        using var first = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("origin", "log.example.org\n");
        Write("zjbdec.pem", first.ExportPkcs8PrivateKeyPem());
        Write("zjbdec.1.pem", second.ExportECPrivateKeyPem());
        using var keys = VenueKeys.Load(_folder);
        Assert.Equal("log.example.org/zjbdec", keys.Of("zjbdec").Name);
        Assert.Equal(Convert.ToBase64String(first.ExportSubjectPublicKeyInfo()), keys.Of("zjbdec").PublicKey);
        Assert.Equal(Convert.ToBase64String(second.ExportSubjectPublicKeyInfo()), keys.Of("zjbdec", 1).PublicKey);
        Assert.False(keys.Of("zjbdec").IsThrowAway);
        Assert.Contains("hzdex.pem' is missing", Assert.Throws<VenueKeyException>(() => keys.Of("hzdex")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_folder_of_keys_is_named()
    {
        Assert.Contains("origin' is missing", Assert.Throws<VenueKeyException>(() => VenueKeys.Load(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains("origin' is missing", Assert.Throws<VenueKeyException>(() => VenueKeys.Load(Path.Combine(_folder, "none"))).Message, StringComparison.Ordinal);
        Write("origin", "two words\n");
        Assert.Contains("says 'two words'", Assert.Throws<VenueKeyException>(() => VenueKeys.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_private_key_on_P_256_is_refused_by_name()
    {
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var right = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("origin", "log.example.org");
        Write("larger.pem", larger.ExportPkcs8PrivateKeyPem());
        Write("public.pem", right.ExportSubjectPublicKeyInfoPem());
        Write("text.pem", "no key");
        using var keys = VenueKeys.Load(_folder);
        foreach (var venue in new[] { "larger", "public", "text" })
        {
            Assert.Contains($"{venue}.pem' is no private key", Assert.Throws<VenueKeyException>(() => keys.Of(venue)).Message, StringComparison.Ordinal);
        }
    }

    // Computed with another library from the same recipe (HKDF-SHA256 to 48 bytes, modulo the order less one, plus one).
    private const string Pinned =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEJilBOG2ye+IGuGJ4sSYvOYqUj2jbwCTT3nNnjgejVTc8kgVnJWpzefVw+qmEzB6hIngOkZLit7NI7WZl//HWng==";

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
