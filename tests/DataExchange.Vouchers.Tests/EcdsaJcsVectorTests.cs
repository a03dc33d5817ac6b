using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Vouchers.Signing;
using SimpleBase;

namespace DataExchange.Vouchers.Tests;

/// <summary>
/// The published values of ecdsa-jcs-2019 on P-256: W3C Data Integrity ECDSA Cryptosuites 1.0, appendix "Representation: ecdsa-jcs-2019 with curve
/// P-256", files TestVectors/p256KeyPair.json, TestVectors/unsigned.json and TestVectors/ecdsa-jcs-2019-p256 of github.com/w3c/vc-di-ecdsa.
/// </summary>
public sealed class EcdsaJcsVectorTests
{
    private const string Public = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP";
    private const string Secret = "z42twTcNeSYcnqg1FLuSFs2bsGH3ZqbRHFmvS9XMsYhjxvHN";
    private const string Created = "2023-02-24T23:36:38Z";
    private const string ProofValue = "z5ptCet75SaEgzG4v4zJhbJtfNi74Wv7Fq15hhKouJQQjEPQvPZKaYxcMXAMLPQS2FXrkCWokNJkFVkwxNzZfD5oT";
    private const string Unsigned = """
        {"@context":["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/examples/v2"],"id":"urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type":["VerifiableCredential","AlumniCredential"],"name":"Alumni Credential","description":"A minimum viable example of an Alumni Credential.",
        "issuer":"https://vc.example/issuers/5678","validFrom":"2023-01-01T00:00:00Z","credentialSubject":{"id":"did:example:abcdefgh","alumniOf":"The School of Examples"}}
        """;

    private static readonly string Method = $"did:key:{Public}#{Public}";

    [Fact]
    public void The_document_the_proof_and_the_signature_are_the_published_ones()
    {
        var document = JsonNode.Parse(Unsigned)!.AsObject();
        Assert.Equal("59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19", Convert.ToHexStringLower(SHA256.HashData(CanonicalText.Of(document))));
        using var key = SecretKey();
        var signer = new VoucherSigner(key);
        Assert.Equal("did:key:" + Public, signer.Key.Did);
        DataIntegrity.Sign(document, signer, Created, Method);
        var proof = document["proof"]!.AsObject();
        Assert.Equal(ProofValue, proof["proofValue"]!.GetValue<string>());
        var options = proof.DeepClone().AsObject();
        options.Remove("proofValue");
        Assert.Equal("fe5799489119c7fe3c528715e72bd39d2ec6b4ab345978df32e9a9312648ec25", Convert.ToHexStringLower(SHA256.HashData(CanonicalText.Of(options))));
        Assert.Equal(
            "f15c3b599eb9b3cad05df9d8e8b39a70a86375833b53743c764ac0a88c4457d60707fd7d073e03d906130631d87803f80a9824dc9939632ba92d418181be9d16",
            Convert.ToHexStringLower(Base58.Bitcoin.Decode(ProofValue.AsSpan(1))));
    }

    [Fact]
    public void The_published_document_is_accepted_and_one_with_another_letter_is_not()
    {
        var document = JsonNode.Parse(Unsigned)!.AsObject();
        document["proof"] = new JsonObject
        {
            ["type"] = "DataIntegrityProof",
            ["cryptosuite"] = "ecdsa-jcs-2019",
            ["created"] = Created,
            ["verificationMethod"] = Method,
            ["proofPurpose"] = "assertionMethod",
            ["@context"] = document["@context"]!.DeepClone(),
            ["proofValue"] = ProofValue,
        };
        var key = VoucherKey.OfDid("did:key:" + Public);
        Assert.Null(Problem(document, key));
        foreach (var (name, value) in new[] { ("type", "Other"), ("cryptosuite", "ecdsa-rdfc-2019"), ("created", "2023-02-24T23:36:39Z"), ("proofPurpose", "authentication"), ("proofValue", "z1"), ("proofValue", ProofValue[1..]) })
        {
            var changed = document.DeepClone().AsObject();
            changed["proof"]![name] = value;
            Assert.StartsWith("proof", Problem(changed, key), StringComparison.Ordinal);
        }

        document["name"] = "Alumni credential";
        Assert.Contains("has not signed", Problem(document, key), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("did:key:")]
    [InlineData("did:key:z")]
    [InlineData("did:web:example.org")]
    [InlineData("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")]
    [InlineData("did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVQ")]
    [InlineData("did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBK\u00e4P")]
    [InlineData("did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBK~P")]
    [InlineData("did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKV0")]
    public void What_names_no_key_on_P_256_is_refused(string did) => Assert.Contains("names no public key on P-256", Assert.Throws<VoucherException>(() => VoucherKey.OfDid(did)).Message, StringComparison.Ordinal);

    private static string? Problem(JsonObject document, VoucherKey key) => DataIntegrity.FindProblem(CanonicalText.Parse(Encoding.UTF8.GetBytes(document.ToJsonString())), key);

    // Multicodec p256-priv, 0x1306, then the 32 bytes.
    private static ECDsa SecretKey()
    {
        var bytes = Base58.Bitcoin.Decode(Secret.AsSpan(1));
        Assert.Equal([0x86, 0x26], bytes[..2]);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = bytes[2..] });
    }
}
