using DataExchange.Domain;
using DataExchange.Domain.Rights;

namespace DataExchange.Reports.ReadModels;

/// <summary>How far a product came, the steps of the funnel in order.</summary>
public enum ProductStage
{
    /// <summary>Applied for; refused at the door if it came no further.</summary>
    Applied,
    /// <summary>Registered.</summary>
    Registered,
    /// <summary>Evidence submitted.</summary>
    EvidenceSubmitted,
    /// <summary>Accepted for review.</summary>
    Accepted,
    /// <summary>Compliance passed.</summary>
    CompliancePassed,
    /// <summary>Quality evaluated.</summary>
    QualityEvaluated,
    /// <summary>Published for objection.</summary>
    Published,
    /// <summary>Certified.</summary>
    Certified,
    /// <summary>Valued.</summary>
    Valued,
    /// <summary>Priced.</summary>
    Priced,
    /// <summary>Listed at a venue.</summary>
    Listed,
    /// <summary>Sold once at least.</summary>
    FirstSale,
}

/// <summary>One step of a product's life.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Stream">Kind of stream that records it: product, pricing, listing, offer or book.</param>
/// <param name="Event">Name of the event as stored, with its version.</param>
/// <param name="DetailZh">What is worth saying of it in Chinese; empty when the name says it all.</param>
/// <param name="DetailEn">The same in English.</param>
public sealed record TimelineEntry(DateTimeOffset At, string By, string Stream, string Event, string DetailZh, string DetailEn);

/// <summary>A product's life: who did what when. Deals are in the deal register; here are their number and the first.</summary>
public sealed record ProductTimeline : IReadModel
{
    /// <summary>The product.</summary>
    public required string Id { get; init; }

    /// <summary>The applying provider.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The venue that took the application.</summary>
    public string Venue { get; init; } = "";

    /// <summary>Title in Chinese.</summary>
    public string Title { get; init; } = "";

    /// <summary>Title in English.</summary>
    public string TitleEn { get; init; } = "";

    /// <summary>How it is delivered; null when it was refused at the door.</summary>
    public ProductForm? Form { get; init; }

    /// <summary>Category id; empty when it was refused at the door.</summary>
    public string Category { get; init; } = "";

    /// <summary>Sub-track id; empty when it was refused at the door.</summary>
    public string SubTrack { get; init; } = "";

    /// <summary>How far it came.</summary>
    public ProductStage Furthest { get; init; }

    /// <summary>Where its registration stands now.</summary>
    public RightsStage Registration { get; init; }

    /// <summary>Why its application was refused or rejected; null when it was not.</summary>
    public Rejection? Refusal { get; init; }

    /// <summary>How often it was returned for correction.</summary>
    public int Returns { get; init; }

    /// <summary>Version of the content.</summary>
    public int ProductVersion { get; init; } = ProductVersions.First;

    /// <summary>When it was first listed.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>When its first transaction was registered.</summary>
    public DateTimeOffset? FirstSaleAt { get; init; }

    /// <summary>Transactions registered, also those in its order book.</summary>
    public int Deals { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long SalesFen { get; init; }

    /// <summary>Of these, packs that a buyer sold on in the order book.</summary>
    public int Resales { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long ResalesFen { get; init; }

    /// <summary>Orders rejected.</summary>
    public int OrdersRejected { get; init; }

    /// <summary>Licences taken back, as their deals came to nothing.</summary>
    public int LicencesRevoked { get; init; }

    /// <summary>Views of its pages at all venues.</summary>
    public long Views { get; init; }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<TimelineEntry> Entries { get; init; } = [];
}
