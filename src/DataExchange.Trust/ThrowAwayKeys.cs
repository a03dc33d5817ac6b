using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace DataExchange.Trust;

/// <summary>
/// Keys of a simulated market: computed from scenario, seed and scale, so that the public keys, which are facts, are the same in every run of
/// them. Anyone can compute them, the origin's name under <c>.invalid</c> (RFC 2606) says so, and what they sign proves nothing to anyone
/// who does not run the simulation himself.
/// </summary>
internal sealed class ThrowAwayKeys(string scenario, ulong seed, double scale) : VenueKeys
{
    private const string Salt = "DataExchange throw-away venue key v1";

    // 16 bytes more than the order has: the remainder is then as good as uniform (FIPS 186-5, A.2.1).
    private const int MaterialSize = 48;
    private const int ScalarSize = 32;

    private static readonly BigInteger Order = BigInteger.Parse(
        "0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public override string Origin(string venue) =>
        string.Create(CultureInfo.InvariantCulture, $"throw-away.dataexchange.invalid/{Uri.EscapeDataString(scenario)}/{seed}/{scale:R}/{venue}");

    protected override VenueKey Make(string venue, int generation)
    {
        var origin = Origin(venue);
        Span<byte> seedBytes = stackalloc byte[sizeof(ulong)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(seedBytes, seed);
        Span<byte> material = stackalloc byte[MaterialSize];
        var label = string.Create(CultureInfo.InvariantCulture, $"{origin}#{generation}");
        HKDF.DeriveKey(HashAlgorithmName.SHA256, seedBytes, material, Encoding.ASCII.GetBytes(Salt), Encoding.UTF8.GetBytes(label));
        var scalar = (new BigInteger(material, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var d = new byte[ScalarSize];
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(d, ScalarSize - bytes.Length);
        return new VenueKey(venue, generation, origin, ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d }), isThrowAway: true);
    }
}
