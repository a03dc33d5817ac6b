using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;

namespace DataExchange.Vouchers.Signing;

/// <summary>
/// Signs with ECDSA on P-256 and SHA-256, with the nonce computed from key and data (RFC 6979): the same document of the same facts has the same bytes.
/// </summary>
public sealed class VoucherSigner
{
    private const int Half = 32;
    private readonly ECPrivateKeyParameters _key;

    /// <summary>A signer.</summary>
    /// <param name="key">A private key on P-256 that may be read.</param>
    /// <exception cref="CryptographicException">It is none.</exception>
    public VoucherSigner(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Key = VoucherKey.Of(key.ExportSubjectPublicKeyInfo());
        _key = new ECPrivateKeyParameters(new BigInteger(1, key.ExportParameters(true).D!), VoucherKey.Domain);
    }

    /// <summary>The public key.</summary>
    public VoucherKey Key { get; }

    /// <summary>Signs.</summary>
    /// <param name="data">What is signed; SHA-256 is taken of it.</param>
    /// <returns>64 bytes, r and s.</returns>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(true, _key);
        var parts = signer.GenerateSignature(SHA256.HashData(data));
        return [.. BigIntegers.AsUnsignedByteArray(Half, parts[0]), .. BigIntegers.AsUnsignedByteArray(Half, parts[1])];
    }
}
