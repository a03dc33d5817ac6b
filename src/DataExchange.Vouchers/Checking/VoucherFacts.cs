using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.MerkleLog;
using DataExchange.Vouchers.Signing;

namespace DataExchange.Vouchers.Checking;

/// <summary>A fact that a document is proved with.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its place in the stream.</param>
/// <param name="TypeName">The name it is stored under.</param>
/// <param name="Data">Its fields.</param>
internal sealed record VoucherFact(string Stream, long Version, string TypeName, JsonElement Data);

/// <summary>Proves facts from the log: the issuer's key has signed its head, and each fact is a leaf below that head (RFC 9162, section 2.1.3).</summary>
internal static class VoucherFacts
{
    private const int EntryLines = 5;

    /// <summary>The facts, in the order of the document.</summary>
    /// <exception cref="VoucherException">One is not proved; the message says which and why.</exception>
    internal static IReadOnlyList<VoucherFact> Prove(VoucherFields document, VoucherKey key)
    {
        var evidence = document.Items("evidence");
        if (evidence.Count != 1)
        {
            throw new VoucherException($"evidence: it has {evidence.Count} items, not 1");
        }

        var origin = evidence[0].Text("origin");
        if (!SignedNote.TryParse(evidence[0].Text("checkpoint"), out var note) || !Checkpoint.TryParse(note.Text, out var head) || head.Origin != origin)
        {
            throw new VoucherException($"evidence.checkpoint: it is no signed head of log '{origin}'");
        }

        if (!note.IsSignedBy(NoteKey.Of(origin, key.SubjectPublicKeyInfo)))
        {
            throw new VoucherException($"evidence.checkpoint: key {key.KeyId} has not signed it, or the signature does not fit");
        }

        return [.. evidence[0].Items("facts").Select((fact, i) => Prove(fact, $"evidence.facts[{i}]", head))];
    }

    private static VoucherFact Prove(VoucherFields fact, string where, Checkpoint head)
    {
        var entry = fact.Text("entry");
        var texts = fact.Texts("path");
        var path = new Hash256[texts.Count];
        for (var i = 0; i < path.Length; i++)
        {
            if (!Hash256.TryParse(texts[i], out path[i]))
            {
                throw new VoucherException($"{where}.path[{i}]: '{texts[i]}' is not a hash of 64 hexadecimal digits");
            }
        }

        var leaf = fact.Number("leaf");
        if (!MerkleProof.VerifyInclusion(MerkleHash.OfLeaf(SHA256.HashData(Encoding.UTF8.GetBytes(entry))), leaf, head.Size, path, head.Root))
        {
            throw new VoucherException($"{where}: its path does not lead from leaf {leaf} to the head of {head.Size} leaves");
        }

        // The entry is what the leaf says: from here on it is the log's word.
        return entry.Split('\n') is { Length: EntryLines } lines && lines[^1].Length == 0
            && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new VoucherFact(lines[0], version, lines[2], CanonicalText.Parse(Encoding.UTF8.GetBytes(lines[3])))
            : throw new VoucherException($"{where}.entry: it is no entry of stream, version, type and JSON, a line each");
    }
}
