using System.Security.Cryptography;
using DataExchange.MerkleLog;

namespace DataExchange.Trust;

/// <summary>A venue's key pair for a time: it signs the heads of the venue's log, and the documents that the venue issues. ECDSA on P-256.</summary>
public sealed class VenueKey : IDisposable
{
    /// <summary>A key pair.</summary>
    /// <param name="venue">The venue's id, such as <c>zjbdec</c>.</param>
    /// <param name="generation">0 for the first key, one more with each rotation.</param>
    /// <param name="name">The name that it signs with: the origin of the venue's log.</param>
    /// <param name="key">A private key on P-256; it is disposed with this one.</param>
    /// <param name="isThrowAway">Whether anyone can compute it.</param>
    /// <exception cref="ArgumentException">The name cannot stand in a note.</exception>
    /// <exception cref="CryptographicException">It is no private key on P-256.</exception>
    public VenueKey(string venue, int generation, string name, ECDsa key, bool isThrowAway)
    {
        ArgumentException.ThrowIfNullOrEmpty(venue);
        ArgumentOutOfRangeException.ThrowIfNegative(generation);
        ArgumentNullException.ThrowIfNull(key);
        (Venue, Generation, Name, Key, IsThrowAway) = (venue, generation, name, key, isThrowAway);
        Public = NoteKey.Of(name, key.ExportSubjectPublicKeyInfo());
        Signer = new NoteSigner(name, key);
    }

    /// <summary>The venue's id.</summary>
    public string Venue { get; }

    /// <summary>0 for the first key, one more with each rotation.</summary>
    public int Generation { get; }

    /// <summary>The name that it signs with: the origin of the venue's log.</summary>
    public string Name { get; }

    /// <summary>Whether anyone can compute it: a key of a simulation, whose signatures show how it is done and prove nothing.</summary>
    public bool IsThrowAway { get; }

    /// <summary>The private key.</summary>
    public ECDsa Key { get; }

    /// <summary>The public key with its name, as notes are verified with it.</summary>
    public NoteKey Public { get; }

    /// <summary>Signs notes. It is disposed with this key.</summary>
    public NoteSigner Signer { get; }

    /// <summary>Eight hexadecimal digits: first four bytes of the SHA-256 of the public key's DER form, as in the signatures of notes.</summary>
    public string KeyId => Public.Id.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The public key's DER form (SubjectPublicKeyInfo) in base64, as events and proofs carry it.</summary>
    public string PublicKey => Convert.ToBase64String(Public.SubjectPublicKeyInfo);

    /// <summary>The public key as a PEM file.</summary>
    public string PublicKeyPem => Key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <inheritdoc />
    public void Dispose() => Signer.Dispose();
}
