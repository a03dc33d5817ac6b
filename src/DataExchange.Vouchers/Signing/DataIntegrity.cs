using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using SimpleBase;

namespace DataExchange.Vouchers.Signing;

/// <summary>
/// W3C Verifiable Credential Data Integrity 1.0 with the suite <c>ecdsa-jcs-2019</c> (W3C Recommendation of 15 May 2025, Data Integrity ECDSA
/// Cryptosuites 1.0, section 3.3) on P-256: the SHA-256 of the canonical proof without its value, then that of the canonical document without proof,
/// are signed together.
/// </summary>
public static class DataIntegrity
{
    private const string Suite = "ecdsa-jcs-2019";
    private const string Value = "proofValue";
    private const int SignatureSize = 64;

    /// <summary>Adds a proof to a document.</summary>
    /// <param name="document">The document, without one.</param>
    /// <param name="signer">Who signs.</param>
    /// <param name="created">When, ISO 8601 with offset.</param>
    public static void Sign(JsonObject document, VoucherSigner signer, string created)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(signer);
        Sign(document, signer, created, signer.Key.Method);
    }

    internal static void Sign(JsonObject document, VoucherSigner signer, string created, string method)
    {
        var proof = new JsonObject
        {
            ["type"] = "DataIntegrityProof",
            ["cryptosuite"] = Suite,
            ["created"] = created,
            ["verificationMethod"] = method,
            ["proofPurpose"] = "assertionMethod",
        };
        if (document["@context"] is { } context)
        {
            proof["@context"] = context.DeepClone();
        }

        var signature = signer.Sign(HashOf(CanonicalText.Of(proof), CanonicalText.Of(document)));
        proof[Value] = "z" + Base58.Bitcoin.Encode(signature);
        document["proof"] = proof;
    }

    /// <summary>Checks the proof of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="key">The key that is to have signed it.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? FindProblem(JsonElement document, VoucherKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!document.TryGetProperty("proof", out var proof) || proof.ValueKind != JsonValueKind.Object)
        {
            return "proof: it is missing";
        }

        foreach (var (name, expected) in new[] { ("type", "DataIntegrityProof"), ("cryptosuite", Suite), ("proofPurpose", "assertionMethod") })
        {
            if (Text(proof, name) != expected)
            {
                return $"proof.{name}: it is '{Text(proof, name)}', not '{expected}'";
            }
        }

        var hasContext = document.TryGetProperty("@context", out var context);
        if (hasContext != proof.TryGetProperty("@context", out var signed) || (hasContext && !JsonElement.DeepEquals(context, signed)))
        {
            return "proof.@context: it is not that of the document";
        }

        if (Signature(Text(proof, Value)) is not { } signature)
        {
            return $"proof.{Value}: it is no signature of {SignatureSize} bytes in base58btc";
        }

        return key.Verifies(HashOf(CanonicalText.Of(Without(proof, Value)), CanonicalText.Of(Without(document, "proof"))), signature)
            ? null
            : $"proof: key {key.KeyId} has not signed this document, or it was changed since";
    }

    internal static byte[] HashOf(ReadOnlySpan<byte> proof, ReadOnlySpan<byte> document) => [.. SHA256.HashData(proof), .. SHA256.HashData(document)];

    private static byte[]? Signature(string? text) => text is ['z', .. var rest] && Base58Text.Decode(rest) is { Length: SignatureSize } bytes ? bytes : null;

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement Without(JsonElement of, string name)
    {
        var copy = JsonObject.Create(of)!;
        copy.Remove(name);
        return JsonSerializer.SerializeToElement(copy);
    }
}
