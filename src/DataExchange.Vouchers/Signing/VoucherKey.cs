using System.Globalization;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Parameters;
using SimpleBase;

namespace DataExchange.Vouchers.Signing;

/// <summary>
/// A public key on P-256 and its name as a decentralized identifier: <c>did:key:</c>, <c>z</c> for base58btc, the multicodec prefix of such a key
/// (0x1200 as a varint) and the compressed point. The name is the key, so nothing has to be looked up.
/// </summary>
public sealed class VoucherKey : IEquatable<VoucherKey>
{
    private const string Prefix = "did:key:z";
    private const int PointSize = 33;
    private static readonly X9ECParameters Curve = ECNamedCurveTable.GetByName("P-256");

    // Multicodec p256-pub, 0x1200, as an unsigned varint.
    private static readonly byte[] Codec = [0x80, 0x24];
    private readonly byte[] _subjectPublicKeyInfo;

    private VoucherKey(byte[] subjectPublicKeyInfo, string did) => (_subjectPublicKeyInfo, Did) = (subjectPublicKeyInfo, did);

    /// <summary>Its name: <c>did:key:zDn…</c>.</summary>
    public string Did { get; }

    /// <summary>What a proof names as its verification method: the name, a number sign, and what follows <c>did:key:</c> in the name.</summary>
    public string Method => $"{Did}#{Did["did:key:".Length..]}";

    /// <summary>Its DER form.</summary>
    public ReadOnlySpan<byte> SubjectPublicKeyInfo => _subjectPublicKeyInfo;

    /// <summary>Eight hexadecimal digits: the first four bytes of the SHA-256 of its DER form, as in the venues' logs.</summary>
    public string KeyId => Convert.ToHexStringLower(SHA256.HashData(_subjectPublicKeyInfo).AsSpan(0, 4));

    /// <summary>A key from its DER form.</summary>
    /// <param name="subjectPublicKeyInfo">The form.</param>
    /// <exception cref="CryptographicException">It is no public key on P-256.</exception>
    public static VoucherKey Of(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        var parameters = key.ExportParameters(false);
        if (parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
        {
            throw new CryptographicException("the key is not on the curve P-256");
        }

        byte[] named = [.. Codec, (byte)(2 + (parameters.Q.Y![^1] & 1)), .. parameters.Q.X!];
        return new VoucherKey(key.ExportSubjectPublicKeyInfo(), Prefix + Base58.Bitcoin.Encode(named));
    }

    /// <summary>A key from its name.</summary>
    /// <param name="did">The name.</param>
    /// <exception cref="VoucherException">It names no key on P-256.</exception>
    public static VoucherKey OfDid(string did)
    {
        ArgumentNullException.ThrowIfNull(did);
        try
        {
            if (did.StartsWith(Prefix, StringComparison.Ordinal)
                && Base58Text.Decode(did.AsSpan(Prefix.Length)) is { Length: PointSize + 2 } named
                && named.AsSpan().StartsWith(Codec))
            {
                var point = Curve.Curve.DecodePoint(named[Codec.Length..]).Normalize();
                using var key = ECDsa.Create(new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new() { X = point.AffineXCoord.GetEncoded(), Y = point.AffineYCoord.GetEncoded() },
                });
                var read = Of(key.ExportSubjectPublicKeyInfo());
                if (read.Did == did)
                {
                    return read;
                }
            }
        }
        catch (Exception unfit) when (unfit is ArgumentException or FormatException or CryptographicException or InvalidOperationException)
        {
            // Said below.
        }

        throw new VoucherException(string.Create(CultureInfo.InvariantCulture, $"'{did}' names no public key on P-256 (did:key:zDn…)"));
    }

    /// <summary>Whether a signature is this key's: 64 bytes, r and s.</summary>
    /// <param name="data">What is signed; SHA-256 is taken of it.</param>
    /// <param name="signature">The signature.</param>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_subjectPublicKeyInfo, out _);
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <inheritdoc />
    public bool Equals(VoucherKey? other) => other is not null && Did == other.Did;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as VoucherKey);

    /// <inheritdoc />
    public override int GetHashCode() => string.GetHashCode(Did, StringComparison.Ordinal);

    internal static ECDomainParameters Domain { get; } = new(Curve);
}
