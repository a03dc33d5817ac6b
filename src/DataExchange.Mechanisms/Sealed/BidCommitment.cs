using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DataExchange.Mechanisms.Sealed;

/// <summary>
/// What is published of a sealed bid before the bids are opened: SHA-256 over a canonical text of it. It binds, as no other bid with the same hash can be
/// found, and it hides, as the nonce cannot be guessed: the log shows that nobody could have seen an amount early.
/// </summary>
public readonly record struct BidCommitment
{
    /// <summary>Length of a nonce and of a commitment, bytes.</summary>
    public const int Bytes = 32;

    private static readonly byte[] Domain = Encoding.ASCII.GetBytes("dx-sealed-bid-v1\n");

    private BidCommitment(string hex) => Hex = hex;

    /// <summary>64 small hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>
    /// Commits to a bid. What is hashed: <c>dx-sealed-bid-v1</c> and a line feed; the auction's id, then the bidder's, each as the length of its UTF-8 in
    /// 4 bytes and the UTF-8; the amount in 8 bytes; the nonce. Numbers are big-endian. No two bids have the same text.
    /// </summary>
    /// <param name="auction">Id of the auction.</param>
    /// <param name="bidder">Id of the bidder: a commitment that was copied from another's cannot be opened.</param>
    /// <param name="amountFen">Fen, 1 to <see cref="Bid.MostFen"/>.</param>
    /// <param name="nonce"><see cref="Bytes"/> bytes that nobody can guess; a new one for each bid.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is out of range, or the nonce has another length.</exception>
    public static BidCommitment Of(string auction, string bidder, long amountFen, ReadOnlySpan<byte> nonce)
    {
        ArgumentException.ThrowIfNullOrEmpty(auction);
        ArgumentException.ThrowIfNullOrEmpty(bidder);
        ArgumentOutOfRangeException.ThrowIfLessThan(amountFen, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amountFen, Bid.MostFen);
        ArgumentOutOfRangeException.ThrowIfNotEqual(nonce.Length, Bytes, nameof(nonce));
        var auctionBytes = Encoding.UTF8.GetBytes(auction);
        var bidderBytes = Encoding.UTF8.GetBytes(bidder);
        var text = new byte[Domain.Length + 4 + auctionBytes.Length + 4 + bidderBytes.Length + 8 + Bytes];
        var rest = text.AsSpan();
        Put(ref rest, Domain);
        PutWithLength(ref rest, auctionBytes);
        PutWithLength(ref rest, bidderBytes);
        BinaryPrimitives.WriteInt64BigEndian(rest, amountFen);
        nonce.CopyTo(rest[8..]);
        return new(Convert.ToHexStringLower(SHA256.HashData(text)));
    }

    /// <summary>Reads a published commitment.</summary>
    /// <param name="hex">64 hexadecimal digits, large or small.</param>
    /// <param name="commitment">The commitment.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? hex, out BidCommitment commitment)
    {
        var isOne = hex is { Length: 2 * Bytes } && hex.All(char.IsAsciiHexDigit);
        commitment = isOne ? new(hex!.ToLowerInvariant()) : default;
        return isOne;
    }

    /// <inheritdoc />
    public override string ToString() => Hex;

    private static void PutWithLength(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, bytes.Length);
        rest = rest[4..];
        Put(ref rest, bytes);
    }

    private static void Put(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }
}
