using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DataExchange.MerkleLog;

/// <summary>A public key that notes are verified with: ECDSA on P-256 with SHA-256.</summary>
public sealed class NoteKey
{
    private readonly byte[] _publicKey;

    private NoteKey(string name, byte[] publicKey)
    {
        (Name, _publicKey) = (name, publicKey);
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(publicKey));
    }

    /// <summary>Who signs with it.</summary>
    public string Name { get; }

    /// <summary>First four bytes of the SHA-256 of the key in its DER form (SubjectPublicKeyInfo).</summary>
    public uint Id { get; }

    /// <summary>The key in its DER form.</summary>
    public ReadOnlySpan<byte> SubjectPublicKeyInfo => _publicKey;

    /// <summary>Whether a name can stand in a note: it is not empty and has no white space and no plus sign.</summary>
    public static bool IsName(string name) => !string.IsNullOrEmpty(name) && !name.Any(c => char.IsWhiteSpace(c) || c == '+');

    /// <summary>A key from its DER form.</summary>
    /// <param name="name">Who signs with it.</param>
    /// <param name="subjectPublicKeyInfo">The key.</param>
    /// <exception cref="ArgumentException">The name cannot stand in a note.</exception>
    /// <exception cref="CryptographicException">It is no public key on P-256.</exception>
    public static NoteKey Of(string name, ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        if (!IsName(name))
        {
            throw new ArgumentException($"'{name}' cannot name a key: it needs a letter, no white space and no plus sign.", nameof(name));
        }

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out var read);
        return read == subjectPublicKeyInfo.Length && key.KeySize == 256 && key.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
            ? new NoteKey(name, subjectPublicKeyInfo.ToArray())
            : throw new CryptographicException($"The key of '{name}' is not on the curve P-256.");
    }

    internal bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_publicKey, out _);
        return key.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}

/// <summary>A private key that notes are signed with.</summary>
public sealed class NoteSigner : IDisposable
{
    private readonly ECDsa _key;

    /// <summary>A signer.</summary>
    /// <param name="name">Who signs.</param>
    /// <param name="key">A private key on P-256; it is disposed with the signer.</param>
    public NoteSigner(string name, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        (_key, Key) = (key, NoteKey.Of(name, key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>The public key.</summary>
    public NoteKey Key { get; }

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();

    internal byte[] Sign(ReadOnlySpan<byte> text) => _key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}

/// <summary>
/// A text with signatures, in the signed-note format: the text, an empty line, and a line <c>— name base64</c> for each signature, of the key's
/// id in four bytes and the signature.
/// </summary>
/// <param name="Text">The text; it ends with a line feed.</param>
/// <param name="Signatures">The lines.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const int MostSignatures = 100;
    private const string Dash = "— ";

    /// <summary>Signs a text.</summary>
    /// <param name="text">It ends with a line feed and has no other control character.</param>
    /// <param name="signers">Who signs.</param>
    /// <exception cref="ArgumentException">It is no such text.</exception>
    public static SignedNote Sign(string text, params IReadOnlyList<NoteSigner> signers)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(signers);
        if (!IsText(text))
        {
            throw new ArgumentException("The text of a note ends with a line feed and has no other control character.", nameof(text));
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return new SignedNote(text, [.. signers.Select(signer => new NoteSignature(signer.Key.Name, signer.Key.Id, signer.Sign(bytes)))]);
    }

    /// <summary>Adds the signatures of others, such as witnesses.</summary>
    /// <param name="signers">Who signs.</param>
    public SignedNote CoSign(params IReadOnlyList<NoteSigner> signers) => this with { Signatures = [.. Signatures, .. Sign(Text, signers).Signatures] };

    /// <summary>Whether a key has signed it.</summary>
    /// <param name="key">The key.</param>
    public bool IsSignedBy(NoteKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var bytes = Encoding.UTF8.GetBytes(Text);
        return Signatures.Any(signature => signature.Name == key.Name && signature.KeyId == key.Id && key.Verifies(bytes, signature.Value.Span));
    }

    /// <summary>Reads a note. Signatures of unknown keys are kept as they are.</summary>
    /// <param name="note">The whole note.</param>
    /// <param name="signed">What it says.</param>
    /// <returns>Whether it is a note.</returns>
    public static bool TryParse(string note, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SignedNote? signed)
    {
        ArgumentNullException.ThrowIfNull(note);
        signed = null;
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || end + 2 >= note.Length || !note.EndsWith('\n') || !IsText(note) || !IsText(note[..(end + 1)]))
        {
            return false;
        }

        var signatures = new List<NoteSignature>();
        foreach (var line in note[(end + 2)..^1].Split('\n'))
        {
            if (signatures.Count == MostSignatures || !NoteSignature.TryParse(line, Dash, out var signature))
            {
                return false;
            }

            signatures.Add(signature);
        }

        signed = new SignedNote(note[..(end + 1)], signatures);
        return true;
    }

    /// <summary>The whole note.</summary>
    public override string ToString() => Text + "\n" + string.Concat(Signatures.Select(signature => $"{Dash}{signature.Name} {signature.ToBase64()}\n"));

    private static bool IsText(string text) => text.EndsWith('\n') && !text.Any(c => c != '\n' && char.IsControl(c)) && text.IsWholeUnicode();
}

/// <summary>One signature of a note.</summary>
/// <param name="Name">Who signed.</param>
/// <param name="KeyId">With which key.</param>
/// <param name="Value">The signature.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Value)
{
    private const int IdSize = 4;

    internal string ToBase64()
    {
        var bytes = new byte[IdSize + Value.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Value.Span.CopyTo(bytes.AsSpan(IdSize));
        return Convert.ToBase64String(bytes);
    }

    internal static bool TryParse(string line, string dash, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        var parts = line.Split(' ');
        var bytes = new byte[line.Length];
        if (parts.Length != 3
            || parts[0] + " " != dash
            || !NoteKey.IsName(parts[1])
            || !Convert.TryFromBase64String(parts[2], bytes, out var count)
            || count <= IdSize
            || Convert.ToBase64String(bytes, 0, count) != parts[2])
        {
            return false;
        }

        signature = new NoteSignature(parts[1], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(IdSize, count - IdSize));
        return true;
    }
}

internal static class NoteText
{
    /// <summary>Whether the text can be written as UTF-8: it has no half of a surrogate pair.</summary>
    internal static bool IsWholeUnicode(this string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
