using DataExchange.Domain;
using DataExchange.Domain.Rights;

namespace DataExchange.Vouchers.Facts;

/// <summary>What has become of a certificate.</summary>
public enum CertificateStatus
{
    /// <summary>It is in force.</summary>
    InForce,
    /// <summary>Its term is over.</summary>
    Expired,
    /// <summary>It was revoked.</summary>
    Revoked,
    /// <summary>The registration was cancelled at the holder's wish.</summary>
    Cancelled,
}

/// <summary>A product with its latest rights certificate, as its stream tells it up to a moment.</summary>
public sealed record CertifiedProduct
{
    private readonly List<long> _proving = [];

    /// <summary>What was registered.</summary>
    public required ProductRegistered Registered { get; init; }

    /// <summary>Title in Chinese, as corrected last.</summary>
    public required string Title { get; init; }

    /// <summary>Title in English, as corrected last.</summary>
    public required string TitleEn { get; init; }

    /// <summary>Version of the content: 1 as first registered.</summary>
    public int Version { get; init; } = ProductVersions.First;

    /// <summary>SHA-256 of the content of that version, hexadecimal.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Handle of the certificate; null when none was ever issued.</summary>
    public Handle? Certificate { get; init; }

    /// <summary>Who holds the rights.</summary>
    public PartyId Holder { get; init; }

    /// <summary>Which of the three rights.</summary>
    public DataRights Rights { get; init; }

    /// <summary>When the certificate was issued, renewed or passed on.</summary>
    public SimulatedTime ValidFrom { get; init; }

    /// <summary>First moment at which it is no longer valid.</summary>
    public SimulatedTime ValidUntil { get; init; }

    /// <summary>What has become of it.</summary>
    public CertificateStatus Status { get; init; }

    /// <summary>Since when it is no longer in force; null when it is.</summary>
    public SimulatedTime? LapsedAt { get; init; }

    /// <summary>All evidence that was brought.</summary>
    public EvidenceKinds Evidence { get; init; }

    /// <summary>When the last of it was brought; null for none.</summary>
    public SimulatedTime? EvidenceAt { get; init; }

    /// <summary>The compliance assessment that was passed; null for none yet.</summary>
    public CompliancePassed? Compliance { get; init; }

    /// <summary>The grades; null before.</summary>
    public QualityEvaluated? Quality { get; init; }

    /// <summary>Places in the product's stream, from 1, of the facts that a certificate is shown with; the first is that of the certificate.</summary>
    public IReadOnlyList<long> Proving => _proving;

    /// <summary>Folds a product's stream.</summary>
    /// <param name="stream">Its events in order, the first at version 1.</param>
    /// <param name="asOf">Later facts are left out.</param>
    /// <returns>The product; null when it was not registered by then.</returns>
    public static CertifiedProduct? Of(IEnumerable<Event> stream, SimulatedTime asOf)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CertifiedProduct? product = null;
        var (version, registered, corrected, revised, compliance, quality, certified) = (0L, 0L, 0L, 0L, 0L, 0L, 0L);
        foreach (var fact in stream.TakeWhile(fact => fact.At <= asOf))
        {
            version++;
            switch (fact)
            {
                case ProductRegistered e:
                    product = new CertifiedProduct { Registered = e, Title = e.Title, TitleEn = e.TitleEn, Fingerprint = e.Fingerprint };
                    registered = version;
                    break;
                case RegistrationCorrected:
                    corrected = version;
                    break;
                case ProductRevised:
                    revised = version;
                    break;
                case CompliancePassed:
                    compliance = version;
                    break;
                case QualityEvaluated:
                    quality = version;
                    break;
                case RightsCertified or CertificateRenewed or RightsTransferred:
                    certified = version;
                    break;
            }

            product = product?.With(fact);
        }

        product?._proving.AddRange(new[] { certified, registered, corrected, revised, compliance, quality }.Where(place => place > 0));
        return product is { Certificate: not null, Status: CertificateStatus.InForce } && product.ValidUntil <= asOf
            ? product.Lapsed(CertificateStatus.Expired, product.ValidUntil)
            : product;
    }

    private CertifiedProduct With(Event fact) => fact switch
    {
        RegistrationCorrected e => this with { Title = e.Title, TitleEn = e.TitleEn },
        ProductRevised e => this with { Version = e.Version, Fingerprint = e.Fingerprint },
        EvidenceSubmitted e => this with { Evidence = Evidence | e.Evidence, EvidenceAt = e.At },
        CompliancePassed e => this with { Compliance = e },
        QualityEvaluated e => this with { Quality = e },
        RightsCertified e => Certified(e.Certificate, e.Holder, e.Rights, e.At, e.ValidUntil),
        CertificateRenewed e => Certified(e.Certificate, e.Holder, e.Rights, e.At, e.ValidUntil),
        RightsTransferred e => Certified(e.Certificate, e.NewHolder, e.Rights, e.At, e.ValidUntil),
        CertificateExpired e => Lapsed(CertificateStatus.Expired, e.At),
        CertificateRevoked e => Lapsed(CertificateStatus.Revoked, e.At),
        RegistrationCancelled e => Lapsed(CertificateStatus.Cancelled, e.At),
        _ => this,
    };

    private CertifiedProduct Certified(Handle certificate, PartyId holder, DataRights rights, SimulatedTime from, SimulatedTime until) =>
        this with { Certificate = certificate, Holder = holder, Rights = rights, ValidFrom = from, ValidUntil = until };

    private CertifiedProduct Lapsed(CertificateStatus status, SimulatedTime at) => this with { Status = status, LapsedAt = at };
}
