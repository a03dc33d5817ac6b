using System.Globalization;
using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Trust;
using DataExchange.Vouchers.Signing;

namespace DataExchange.Vouchers.Documents;

/// <summary>
/// The frame of both documents: a credential after the W3C data model 2.0 with a Data Integrity proof. As a file it is the canonical JSON and one
/// line feed, and no other bytes.
/// </summary>
public static class Voucher
{
    /// <summary>The format that this program writes and reads.</summary>
    public const string Format = "dataexchange-voucher/1";

    /// <summary>Type of a rights certificate.</summary>
    public const string CertificateType = "DataRightsCertificate";

    /// <summary>Type of a compliance circulation certificate, the data invoice.</summary>
    public const string InvoiceType = "ComplianceCirculationCertificate";

    internal const string CredentialType = "VerifiableCredential";
    internal const string HandleScheme = "info:hdl/";
    internal const string Credentials = "https://www.w3.org/ns/credentials/v2";
    internal const string Terms = "urn:dataexchange:voucher:1#";

    internal static byte[] Issue(
        string type,
        Handle handle,
        (BilingualName Name, BilingualName Description) words,
        (SimulatedTime From, SimulatedTime? Until) valid,
        JsonObject subject,
        VoucherEvidence evidence,
        Issuance issuance)
    {
        var signer = new VoucherSigner(issuance.Key.Key);
        var document = new JsonObject
        {
            ["@context"] = new JsonArray(Credentials, new JsonObject { ["@vocab"] = Terms }),
            ["id"] = HandleScheme + handle.Value,
            ["type"] = new JsonArray(CredentialType, type),
            ["format"] = Format,
            ["name"] = Text(words.Name),
            ["description"] = Text(words.Description),
            ["issuer"] = new JsonObject
            {
                ["id"] = signer.Key.Did,
                ["venue"] = issuance.Key.Venue,
                ["name"] = Text(issuance.NameOf(new PartyId("venue-" + issuance.Key.Venue))),
                ["keyId"] = issuance.Key.KeyId,
                ["keyGeneration"] = issuance.Key.Generation,
                ["isThrowAwayKey"] = issuance.Key.IsThrowAway,
            },
            ["validFrom"] = valid.From.ToString(),
            ["credentialSubject"] = subject,
            ["evidence"] = new JsonArray(Of(evidence)),
        };
        if (valid.Until is { } until)
        {
            document["validUntil"] = until.ToString();
        }

        DataIntegrity.Sign(document, signer, issuance.AsOf.ToString());
        return [.. CanonicalText.Of(document), (byte)'\n'];
    }

    internal static JsonArray Text(BilingualName text) => new(
        new JsonObject { ["@language"] = "zh", ["@value"] = text.Zh }, new JsonObject { ["@language"] = "en", ["@value"] = text.En });

    internal static JsonObject Party(PartyId party, Issuance issuance) => new()
    {
        ["id"] = HandleScheme + Handle.OfParty(party).Value,
        ["party"] = party.Value,
        ["name"] = Text(issuance.NameOf(party)),
    };

    internal static JsonArray Names<T>(T set)
        where T : struct, Enum =>
        new([.. Enum.GetValues<T>().Where(one => Convert.ToInt32(one, CultureInfo.InvariantCulture) != 0 && set.HasFlag(one)).Select(one => JsonValue.Create(one.ToString()))]);

    private static JsonObject Of(VoucherEvidence evidence) => new()
    {
        ["type"] = "LogInclusionProof",
        ["origin"] = evidence.Origin,
        ["checkpoint"] = evidence.Checkpoint,
        ["facts"] = new JsonArray([.. evidence.Facts.Select(fact => new JsonObject
        {
            ["leaf"] = fact.Leaf,
            ["entry"] = fact.Entry,
            ["path"] = new JsonArray([.. fact.Path.Select(hash => JsonValue.Create(hash))]),
        })]),
    };
}

/// <summary>Who issues a document, and when.</summary>
/// <param name="Key">The venue's key.</param>
/// <param name="AsOf">Simulated time up to which the facts are known: the date of the signature.</param>
/// <param name="NameOf">Names of parties.</param>
public sealed record Issuance(VenueKey Key, SimulatedTime AsOf, Func<PartyId, BilingualName> NameOf);
