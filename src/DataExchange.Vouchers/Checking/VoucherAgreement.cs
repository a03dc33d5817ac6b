using System.Globalization;
using System.Text;
using System.Text.Json;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Vouchers.Documents;
using DataExchange.Vouchers.Signing;

namespace DataExchange.Vouchers.Checking;

/// <summary>
/// Compares what a document says with the facts proved from the log: each field of a fact that the table names must stand in the document as it is. Of
/// two facts about one field the later in its stream counts.
/// </summary>
internal static class VoucherAgreement
{
    // Field of the fact → path in the document.
    private static readonly Dictionary<string, (string Field, string Path)[]> Certified = new(StringComparer.Ordinal)
    {
        ["rights_certified.v1"] = Anchor("holder"),
        ["certificate_renewed.v1"] = Anchor("holder"),
        ["rights_transferred.v1"] = Anchor("newHolder"),
        ["product_registered.v1"] =
        [
            ("product", "credentialSubject.product"), ("provider", "credentialSubject.provider.party"), ("venue", "credentialSubject.venue"),
            ("title", "credentialSubject.title.zh"), ("titleEn", "credentialSubject.title.en"), ("form", "credentialSubject.form"),
            ("category", "credentialSubject.category"), ("subTrack", "credentialSubject.subTrack"), ("useScenario", "credentialSubject.useScenario"),
            ("fingerprint", "credentialSubject.fingerprint"), ("securityClass", "credentialSubject.securityClass"),
            ("containsPersonalInformation", "credentialSubject.containsPersonalInformation"), ("isPublicData", "credentialSubject.isPublicData"),
            ("at", "credentialSubject.registeredAt"),
        ],
        ["registration_corrected.v1"] = [("title", "credentialSubject.title.zh"), ("titleEn", "credentialSubject.title.en")],
        ["product_revised.v1"] = [("version", "credentialSubject.productVersion"), ("fingerprint", "credentialSubject.fingerprint")],
        ["compliance_passed.v1"] = [("at", "credentialSubject.compliance.passedAt"), ("by", "credentialSubject.compliance.assessor.party")],
        ["quality_evaluated.v1"] =
        [
            ("completeness", "credentialSubject.quality.completeness"), ("accuracy", "credentialSubject.quality.accuracy"),
            ("timeliness", "credentialSubject.quality.timeliness"), ("consistency", "credentialSubject.quality.consistency"),
            ("at", "credentialSubject.quality.evaluatedAt"), ("by", "credentialSubject.quality.evaluator.party"),
        ],
    };

    private static readonly Dictionary<string, (string Field, string Path)[]> Invoiced = new(StringComparer.Ordinal)
    {
        ["data_invoice_issued.v1"] =
        [
            ("deal", "credentialSubject.deal"), ("invoice", "credentialSubject.invoice"), ("amountFen", "credentialSubject.price.amountFen"),
            ("digest", "credentialSubject.compliance.digest"), ("at", "validFrom"),
        ],
        ["transaction_registered.v1"] =
        [
            ("deal", "credentialSubject.deal"), ("product", "credentialSubject.product.product"), ("venue", "credentialSubject.venue"),
            ("buyer", "credentialSubject.buyer.party"), ("provider", "credentialSubject.seller.party"), ("channel", "credentialSubject.channel"),
            ("licence", "credentialSubject.licence"), ("amountFen", "credentialSubject.price.amountFen"),
            ("feeBasisPoints", "credentialSubject.settlement.feeBasisPoints"), ("vatBasisPoints", "credentialSubject.settlement.vatBasisPoints"),
            ("fee", "credentialSubject.settlement.feeSchedule"), ("at", "credentialSubject.registeredAt"),
        ],
        ["contract_agreed.v1"] =
        [
            ("deal", "credentialSubject.deal"), ("licence", "credentialSubject.licence"), ("quantity", "credentialSubject.quantity"),
            ("policy", "credentialSubject.policy"), ("deliveryDue", "credentialSubject.deliveryDue"),
            ("productVersion", "credentialSubject.product.productVersion"),
        ],
        ["deal_charged_back.v1"] =
        [
            ("deal", "credentialSubject.deal"), ("amountFen", "credentialSubject.chargedBack.amountFen"), ("at", "credentialSubject.chargedBack.at"),
        ],
    };

    /// <summary>The first thing in which the document and the facts differ; null when nothing does.</summary>
    internal static string? FindProblem(string type, VoucherFields document, IReadOnlyList<VoucherFact> facts) => type == Voucher.CertificateType
        ? Compare(document, facts, Certified, ["rights_certified.v1", "certificate_renewed.v1", "rights_transferred.v1"], "certificate",
            [StreamId.Product(new(document.Text("credentialSubject", "product")))])
        : Compare(document, facts, Invoiced, ["data_invoice_issued.v1"], "invoice",
            [StreamId.Settlement(new(document.Text("credentialSubject", "deal"))), StreamId.Deal(new(document.Text("credentialSubject", "deal")))])
            ?? Sums(document);

    private static (string, string)[] Anchor(string holder) =>
    [
        ("product", "credentialSubject.product"), ("certificate", "credentialSubject.certificate"), (holder, "credentialSubject.holder.party"),
        ("rights", "credentialSubject.rights"), ("validUntil", "validUntil"), ("at", "validFrom"),
    ];

    private static string? Compare(
        VoucherFields document,
        IReadOnlyList<VoucherFact> facts,
        Dictionary<string, (string Field, string Path)[]> table,
        string[] anchors,
        string handle,
        string[] streams)
    {
        var expected = new Dictionary<string, (string Text, VoucherFact Fact)>(StringComparer.Ordinal);
        foreach (var fact in facts.OrderBy(fact => fact.Version))
        {
            if (!streams.Contains(fact.Stream) || !table.TryGetValue(fact.TypeName, out var fields))
            {
                return $"evidence: the fact {fact.Stream}@{fact.Version} {fact.TypeName} is not about this document";
            }

            foreach (var (field, path) in fields)
            {
                if (fact.Data.TryGetProperty(field, out var said))
                {
                    expected[path] = (Text(said), fact);
                }
            }
        }

        if (!facts.Any(fact => anchors.Contains(fact.TypeName) && fact.Stream == streams[0]))
        {
            return $"evidence: none of {string.Join(", ", anchors)} of {streams[0]} is among the facts";
        }

        foreach (var (path, (text, fact)) in expected)
        {
            var said = Find(document, path);
            if (said != text)
            {
                return $"{path}: the document says {said ?? "nothing"}, the fact {fact.Stream}@{fact.Version} in the log {text}";
            }
        }

        return document.Text("id") == Voucher.HandleScheme + document.Text("credentialSubject", handle)
            ? null
            : $"id: it is '{document.Text("id")}', the handle is '{document.Text("credentialSubject", handle)}'";
    }

    // What the document says besides, as far as it can be computed from what it says.
    private static string? Sums(VoucherFields document)
    {
        var subject = document.At("credentialSubject");
        var fen = subject.Number("price", "amountFen");
        if (subject.Text("price", "amountYuan") != new Money(fen).ToString())
        {
            return $"credentialSubject.price.amountYuan: it is '{subject.Text("price", "amountYuan")}', {fen} fen are {new Money(fen)} yuan";
        }

        var parts = subject.Number("settlement", "vat", "amountFen") + subject.Number("settlement", "fee", "amountFen")
            + subject.Number("settlement", "refund", "amountFen") + subject.Items("settlement", "shares").Sum(share => share.Number("amountFen"));
        if (parts != fen)
        {
            return string.Create(CultureInfo.InvariantCulture, $"credentialSubject.settlement: tax, fee, refund and shares are {parts} fen, the price is {fen}");
        }

        var digest = subject.Text("compliance", "digest");
        if (digest != EvidenceDigest.OfInvoice(new(subject.Text("invoice")), new Money(fen), document.Time("validFrom")))
        {
            return "credentialSubject.compliance.digest: it is not the SHA-256 of handle, amount and time";
        }

        return subject.Find("chain") is null || subject.Text("chain", "head") == EvidenceDigest.Link(subject.Text("chain", "before"), digest)
            ? null
            : "credentialSubject.chain.head: it is not the SHA-256 of the head before and the digest";
    }

    // A bilingual text is an array of texts with their languages.
    private static string? Find(VoucherFields document, string path)
    {
        var names = path.Split('.');
        if (names is not [.., "title", var language])
        {
            return document.Find(names) is { } found ? Text(found) : null;
        }

        foreach (var text in document.Items(names.AsSpan(0, names.Length - 1)))
        {
            if (text.Text("@language") == language)
            {
                return Text(text.Value(JsonValueKind.String, "@value"));
            }
        }

        return null;
    }

    private static string Text(JsonElement value) => Encoding.UTF8.GetString(CanonicalText.Of(value));
}
