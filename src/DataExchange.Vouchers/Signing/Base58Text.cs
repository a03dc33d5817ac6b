using System.Buffers;
using SimpleBase;

namespace DataExchange.Vouchers.Signing;

/// <summary>Reads base58btc that others wrote: whatever they wrote, it ends in bytes or in nothing.</summary>
internal static class Base58Text
{
    // Keys and signatures have fewer than 90 letters; decoding takes the square of the length.
    private const int MostLetters = 128;

    private static readonly SearchValues<char> Letters = SearchValues.Create("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

    /// <summary>The bytes; null when it is no base58btc.</summary>
    internal static byte[]? Decode(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MostLetters && !text.ContainsAnyExcept(Letters) && Base58.Bitcoin.Decode(text) is var bytes && Base58.Bitcoin.Encode(bytes).AsSpan().SequenceEqual(text)
            ? bytes
            : null;
}
