using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.MerkleLog;

namespace DataExchange.Trust.Logs;

/// <summary>A proof that stands for itself: with the public key of the log it shows that a fact is a leaf of the log.</summary>
/// <param name="Format">Always <see cref="CurrentFormat"/>.</param>
/// <param name="Origin">Name of the log.</param>
/// <param name="Venue">The venue whose log it is.</param>
/// <param name="Leaf">Number of the leaf, from 0.</param>
/// <param name="Entry">The entry: stream, version, type and canonical JSON, a line each.</param>
/// <param name="Digest">SHA-256 of the entry's UTF-8, hexadecimal: the leaf.</param>
/// <param name="Path">Hashes beside the leaf's path in the tree of the checkpoint's size, lowest first, hexadecimal.</param>
/// <param name="Checkpoint">The signed head.</param>
/// <param name="PublicKey">Public key in force, DER (SubjectPublicKeyInfo), base64. Whoever checks compares it with the one he trusts.</param>
public sealed record LogProof(
    string Format, string Origin, string Venue, long Leaf, string Entry, string Digest, IReadOnlyList<string> Path, string Checkpoint, string PublicKey)
{
    /// <summary>The format that this program writes and reads.</summary>
    public const string CurrentFormat = "dataexchange-log-proof/1";

    private static readonly LogProofJson Compact = new(LogProofJson.Relaxed(isIndented: false));
    private static readonly LogProofJson Indented = new(LogProofJson.Relaxed(isIndented: true));

    /// <summary>As a text file, or in one line.</summary>
    /// <param name="isIndented">Whether it has lines.</param>
    public string ToJson(bool isIndented = true) => JsonSerializer.Serialize(this, (isIndented ? Indented : Compact).LogProof) + "\n";

    /// <summary>Reads a proof.</summary>
    /// <param name="json">The file.</param>
    /// <exception cref="LogProofException">It is none, or of another format.</exception>
    public static LogProof Parse(string json)
    {
        try
        {
            var proof = JsonSerializer.Deserialize(json, LogProofJson.Default.LogProof)
                ?? throw new LogProofException("the file holds null, not a proof");
            return proof.Format == CurrentFormat
                ? proof
                : throw new LogProofException($"format '{proof.Format}' is not known; this program reads '{CurrentFormat}'");
        }
        catch (JsonException wrong)
        {
            throw new LogProofException($"the file is no proof: {wrong.Message}");
        }
    }

    /// <summary>Checks the proof, with nothing but itself and a key.</summary>
    /// <param name="subjectPublicKeyInfo">The public key that is trusted, DER; null to take the proof's own, which then shows only that it is whole.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? FindProblem(byte[]? subjectPublicKeyInfo)
    {
        if (!SignedNote.TryParse(Checkpoint, out var note) || !MerkleLog.Checkpoint.TryParse(note.Text, out var head))
        {
            return "checkpoint: it is no signed note of a log's head";
        }

        if (head.Origin != Origin)
        {
            return $"origin: the proof says '{Origin}', the checkpoint '{head.Origin}'";
        }

        NoteKey key;
        try
        {
            key = NoteKey.Of(Origin, subjectPublicKeyInfo ?? Convert.FromBase64String(PublicKey));
        }
        catch (Exception unfit) when (unfit is FormatException or System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            return $"publicKey: it is no public key on P-256: {unfit.Message}";
        }

        if (!note.IsSignedBy(key))
        {
            return $"checkpoint: key {key.Id:x8} has not signed it, or the signature does not fit";
        }

        var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Entry));
        if (Convert.ToHexStringLower(digest) != Digest)
        {
            return "digest: it is not the SHA-256 of the entry";
        }

        var path = new Hash256[Path.Count];
        for (var i = 0; i < path.Length; i++)
        {
            if (!Hash256.TryParse(Path[i], out path[i]))
            {
                return $"path[{i}]: '{Path[i]}' is not a hash of 64 hexadecimal digits";
            }
        }

        return MerkleProof.VerifyInclusion(MerkleHash.OfLeaf(digest), Leaf, head.Size, path, head.Root)
            ? null
            : $"path: it does not lead from leaf {Leaf} to the head of {head.Size} leaves";
    }
}

/// <summary>A file is no proof.</summary>
/// <param name="message">Why.</param>
public sealed class LogProofException(string message) : Exception(message);

[JsonSerializable(typeof(LogProof))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
internal sealed partial class LogProofJson : JsonSerializerContext
{
    // Entries are JSON themselves, and are read by people.
    internal static JsonSerializerOptions Relaxed(bool isIndented) => new(Default.GeneratedSerializerOptions!)
    {
        WriteIndented = isIndented,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
