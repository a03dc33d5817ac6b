using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.Vouchers.Documents;
using DataExchange.Vouchers.Signing;

namespace DataExchange.Vouchers.Checking;

/// <summary>
/// What the QR code of a printed document holds: eight fields, parted by vertical bars. The last is the issuer's signature (ECDSA P-256 with SHA-256, r
/// and s, base64url) over everything before the bar that precedes it. So whoever has the public key can check the essentials without the document,
/// and that a document is the one that was printed.
/// </summary>
/// <param name="Kind"><c>CRT</c> for a rights certificate, <c>INV</c> for a data invoice.</param>
/// <param name="Handle">Handle of the document.</param>
/// <param name="ValidFrom">When it was issued.</param>
/// <param name="Essential">First moment at which the certificate is no longer valid; the invoice's price in fen.</param>
/// <param name="Digest">SHA-256 of the whole file, hexadecimal.</param>
/// <param name="KeyId">Id of the key that signed.</param>
/// <param name="Text">The whole code.</param>
public sealed record VoucherCode(string Kind, string Handle, string ValidFrom, string Essential, string Digest, string KeyId, string Text)
{
    /// <summary>What every code begins with: the format and its version.</summary>
    public const string Prefix = "DXV1|";

    private const int Fields = 8;

    /// <summary>Makes the code of a file.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="signer">The issuer.</param>
    public static VoucherCode Of(ReadOnlyMemory<byte> file, VoucherSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var read = new VoucherFields(CanonicalText.Parse(file));
        var isInvoice = read.Texts("type")[1] == Voucher.InvoiceType;
        var essential = isInvoice
            ? read.Value(JsonValueKind.Number, "credentialSubject", "price", "amountFen").GetRawText()
            : read.Text("validUntil");
        var handle = read.Text("id")[Voucher.HandleScheme.Length..];
        var digest = SHA256.HashData(file.Span);
        var signed = $"{Prefix}{(isInvoice ? "INV" : "CRT")}|{handle}|{read.Text("validFrom")}|{essential}|{Base64Url.EncodeToString(digest)}|{signer.Key.KeyId}";
        return Parse($"{signed}|{Base64Url.EncodeToString(signer.Sign(Encoding.UTF8.GetBytes(signed)))}");
    }

    /// <summary>Reads a code.</summary>
    /// <param name="text">The text of the code.</param>
    /// <exception cref="VoucherException">It is none.</exception>
    public static VoucherCode Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('|') is { Length: Fields } fields && fields[0] + "|" == Prefix && Decode(fields[5]) is { Length: SHA256.HashSizeInBytes } digest
            ? new VoucherCode(fields[1], fields[2], fields[3], fields[4], Convert.ToHexStringLower(digest), fields[6], text)
            : throw new VoucherException($"it is no code of a printed document: {Fields} fields parted by |, the first 'DXV1'");
    }

    /// <summary>Checks the signature.</summary>
    /// <param name="key">The key that is trusted.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? FindProblem(VoucherKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var end = Text.LastIndexOf('|');
        return KeyId != key.KeyId ? $"key: the code is signed by key {KeyId}, the key trusted is {key.KeyId}"
            : Decode(Text[(end + 1)..]) is { } signature && key.Verifies(Encoding.UTF8.GetBytes(Text[..end]), signature) ? null
            : $"signature: key {KeyId} has not signed this code, or it was changed since";
    }

    private static byte[]? Decode(string text)
    {
        try
        {
            // One text for one value: the unused bits of the last character are zero.
            return Base64Url.DecodeFromChars(text) is var bytes && Base64Url.EncodeToString(bytes) == text ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
