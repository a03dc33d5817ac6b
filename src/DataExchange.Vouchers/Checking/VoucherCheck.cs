using System.Text;
using System.Text.Json;
using DataExchange.Domain;
using DataExchange.Vouchers.Documents;
using DataExchange.Vouchers.Signing;

namespace DataExchange.Vouchers.Checking;

/// <summary>What became of checking a document.</summary>
/// <param name="Type"><see cref="Voucher.CertificateType"/> or <see cref="Voucher.InvoiceType"/>.</param>
/// <param name="Handle">Its handle.</param>
/// <param name="Venue">The venue that it says issued it.</param>
/// <param name="Issuer">The issuer's name as did:key, as the document says.</param>
/// <param name="KeyId">Id of the key that was checked against.</param>
/// <param name="IsKeyTrusted">Whether the key was given; otherwise it is the document's own.</param>
/// <param name="IsThrowAwayKey">Whether the document says that anyone can compute the key.</param>
/// <param name="SignedAt">Date of the signature.</param>
/// <param name="ValidFrom">First moment of its validity.</param>
/// <param name="ValidUntil">First moment after it; null for an open end.</param>
/// <param name="At">The moment for which validity was checked.</param>
/// <param name="Facts">Facts that are proved from the venue's log.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
public sealed record VoucherFinding(
    string Type,
    string Handle,
    string Venue,
    string Issuer,
    string KeyId,
    bool IsKeyTrusted,
    bool IsThrowAwayKey,
    string SignedAt,
    string ValidFrom,
    string? ValidUntil,
    string At,
    IReadOnlyList<string> Facts,
    string? Problem);

/// <summary>Checks a document with nothing but itself and a public key.</summary>
public static class VoucherCheck
{
    /// <summary>Whether bytes look like such a document, whole or not: a JSON object that says it is a credential.</summary>
    /// <param name="document">A JSON object.</param>
    public static bool IsVoucher(JsonElement document) => TypeOf(document) is not null;

    /// <summary>Checks a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="trusted">The public key that is trusted; null to take the document's own, which then shows only that it is whole.</param>
    /// <param name="at">For which moment validity is checked; null for the date of the signature.</param>
    /// <exception cref="VoucherException">It is no such document.</exception>
    public static VoucherFinding Check(ReadOnlyMemory<byte> file, VoucherKey? trusted, SimulatedTime? at = null)
    {
        var document = CanonicalText.Parse(file);
        var type = TypeOf(document)
            ?? throw new VoucherException($"it is neither a {Voucher.CertificateType} nor a {Voucher.InvoiceType}: its type says neither");
        var read = new VoucherFields(document);
        var format = read.Text("format");
        if (format != Voucher.Format)
        {
            throw new VoucherException($"format '{format}' is not known; this program reads '{Voucher.Format}'");
        }

        var issuer = read.Text("issuer", "id");
        var signedAt = read.Time("proof", "created");
        var moment = at ?? signedAt;
        var finding = new VoucherFinding(
            type, read.Text("id"), read.Text("issuer", "venue"), issuer, read.Text("issuer", "keyId"), trusted is not null,
            read.Flag("issuer", "isThrowAwayKey"), signedAt.ToString(), read.Time("validFrom").ToString(), read.TimeOrNull("validUntil")?.ToString(),
            moment.ToString(), [], null);
        try
        {
            var key = trusted ?? VoucherKey.OfDid(issuer);
            finding = finding with { KeyId = key.KeyId };
            if (FindProblem(file.Span, document, read, key) is { } problem)
            {
                return finding with { Problem = problem };
            }

            var facts = VoucherFacts.Prove(read, key);
            return finding with
            {
                Facts = [.. facts.Select(fact => $"{fact.Stream}@{fact.Version} {fact.TypeName}")],
                Problem = VoucherAgreement.FindProblem(type, read, facts) ?? Validity(type, read, moment),
            };
        }
        catch (VoucherException wrong)
        {
            return finding with { Problem = wrong.Message };
        }
    }

    private static string? FindProblem(ReadOnlySpan<byte> file, JsonElement document, VoucherFields read, VoucherKey key)
    {
        byte[] canonical = [.. CanonicalText.Of(document), (byte)'\n'];
        if (!file.SequenceEqual(canonical))
        {
            return "bytes: the file is not in canonical form (RFC 8785, one line feed at the end): it was changed or written anew";
        }

        var (issuer, method) = (read.Text("issuer", "id"), read.Text("proof", "verificationMethod"));
        return issuer != key.Did ? $"issuer.id: it is signed by {issuer} (key {VoucherKey.OfDid(issuer).KeyId}), the key trusted is {key.KeyId}"
            : method != key.Method ? $"proof.verificationMethod: it is '{method}', the issuer's is '{key.Method}'"
            : read.Text("issuer", "keyId") != key.KeyId ? $"issuer.keyId: it is '{read.Text("issuer", "keyId")}', the key's is '{key.KeyId}'"
            : read.Texts("@context") is not [Voucher.Credentials, ..] ? $"@context: the first is not {Voucher.Credentials}"
            : DataIntegrity.FindProblem(document, key);
    }

    private static string? Validity(string type, VoucherFields read, SimulatedTime moment)
    {
        if (moment < read.Time("validFrom"))
        {
            return $"validFrom: it is not valid before {read.Time("validFrom")}; checked for {moment}";
        }

        if (read.TimeOrNull("validUntil") is { } until && moment >= until)
        {
            return $"validUntil: it expired at {until}; checked for {moment}";
        }

        return type == Voucher.CertificateType && read.Text("credentialSubject", "status") is var status && status != nameof(Facts.CertificateStatus.InForce)
            && read.TimeOrNull("credentialSubject", "lapsedAt") is var lapsed && (lapsed is null || moment >= lapsed)
            ? $"credentialSubject.status: the certificate is no longer in force: {status} since {lapsed}"
            : null;
    }

    private static string? TypeOf(JsonElement document)
    {
        if (!document.TryGetProperty("type", out var types) || types.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var names = types.EnumerateArray().Where(type => type.ValueKind == JsonValueKind.String).Select(type => Encoding.UTF8.GetString(CanonicalText.Of(type)).Trim('"')).ToArray();
        return names is [Voucher.CredentialType, Voucher.CertificateType or Voucher.InvoiceType] ? names[1] : null;
    }
}
