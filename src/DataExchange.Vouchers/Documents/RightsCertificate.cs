using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Vouchers.Facts;

namespace DataExchange.Vouchers.Documents;

/// <summary>The rights certificate (数据产权登记证书) of a product.</summary>
public static class RightsCertificate
{
    private static readonly (BilingualName Name, BilingualName Description) Words = (
        new("数据产权登记证书", "Data rights certificate"),
        new(
            "本证书证明所列数据产品的权利已经场所登记确认，所列事实记录于场所的防篡改日志。",
            "The venue certifies the rights in the data product named here; the facts are recorded in the venue's tamper-evident log."));

    /// <summary>Issues it.</summary>
    /// <param name="product">The product; it has a certificate.</param>
    /// <param name="evidence">The facts of <see cref="CertifiedProduct.Proving"/>.</param>
    /// <param name="issuance">Who issues it.</param>
    /// <returns>The file.</returns>
    public static byte[] Issue(CertifiedProduct product, VoucherEvidence evidence, Issuance issuance)
    {
        ArgumentNullException.ThrowIfNull(product);
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(issuance);
        var certificate = product.Certificate ?? throw new InvalidOperationException($"Product {product.Registered.Product} has no certificate.");
        return Voucher.Issue(
            Voucher.CertificateType, certificate, Words, (product.ValidFrom, product.ValidUntil), Subject(product, certificate, issuance), evidence, issuance);
    }

    private static JsonObject Subject(CertifiedProduct product, Handle certificate, Issuance issuance)
    {
        var registered = product.Registered;
        var subject = Product(product, product.Version);
        subject["type"] = "CertifiedDataProduct";
        subject["certificate"] = certificate.Value;
        subject["venue"] = registered.Venue.Value;
        subject["form"] = registered.Form.ToString();
        subject["category"] = registered.Category;
        subject["subTrack"] = registered.SubTrack;
        subject["useScenario"] = registered.UseScenario;
        subject["fingerprint"] = product.Fingerprint;
        subject["securityClass"] = registered.SecurityClass.ToString();
        subject["containsPersonalInformation"] = registered.ContainsPersonalInformation;
        subject["isPublicData"] = registered.IsPublicData;
        subject["provider"] = Voucher.Party(registered.Provider, issuance);
        subject["registeredAt"] = registered.At.ToString();
        subject["holder"] = Voucher.Party(product.Holder, issuance);
        subject["rights"] = Voucher.Names(product.Rights);
        subject["status"] = product.Status.ToString();
        subject["provenance"] = new JsonObject { ["evidence"] = Voucher.Names(product.Evidence) };
        if (product.LapsedAt is { } lapsed)
        {
            subject["lapsedAt"] = lapsed.ToString();
        }

        if (product.EvidenceAt is { } brought)
        {
            subject["provenance"]!["submittedAt"] = brought.ToString();
        }

        if (product.Compliance is { } compliance)
        {
            subject["compliance"] = new JsonObject { ["passedAt"] = compliance.At.ToString(), ["assessor"] = Voucher.Party(compliance.By, issuance) };
        }

        if (product.Quality is { } quality)
        {
            subject["quality"] = new JsonObject
            {
                ["completeness"] = quality.Completeness,
                ["accuracy"] = quality.Accuracy,
                ["timeliness"] = quality.Timeliness,
                ["consistency"] = quality.Consistency,
                ["score"] = QualityEvaluated.Score(quality.Completeness, quality.Accuracy, quality.Timeliness, quality.Consistency),
                ["evaluatedAt"] = quality.At.ToString(),
                ["evaluator"] = Voucher.Party(quality.By, issuance),
            };
        }

        return subject;
    }

    internal static JsonObject Product(CertifiedProduct product, int version)
    {
        var id = product.Registered.Product;
        return new JsonObject
        {
            ["id"] = Voucher.HandleScheme + Handle.OfProduct(id).Value,
            ["product"] = id.Value,
            ["productVersion"] = version,
            ["versionHandle"] = Handle.OfVersion(id, version).Value,
            ["title"] = Voucher.Text(new(product.Title, product.TitleEn)),
        };
    }
}
