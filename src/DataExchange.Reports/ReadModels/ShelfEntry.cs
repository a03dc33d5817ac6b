using DataExchange.Domain;
using DataExchange.Domain.Listing;

namespace DataExchange.Reports.ReadModels;

/// <summary>One product on one venue's shelf, as a visitor of the venue sees it, with what it sold there.</summary>
public sealed record ShelfEntry : IReadModel
{
    /// <summary>Venue, slash, product.</summary>
    public required string Id { get; init; }

    /// <summary>The venue.</summary>
    public required string Venue { get; init; }

    /// <summary>The product.</summary>
    public required string Product { get; init; }

    /// <summary>Title in Chinese.</summary>
    public string Title { get; init; } = "";

    /// <summary>Title in English.</summary>
    public string TitleEn { get; init; } = "";

    /// <summary>How it is delivered.</summary>
    public ProductForm Form { get; init; }

    /// <summary>Category id.</summary>
    public string Category { get; init; } = "";

    /// <summary>Sub-track of the industry chain graph, by id.</summary>
    public string SubTrack { get; init; } = "";

    /// <summary>Whether the data are public data.</summary>
    public bool IsPublicData { get; init; }

    /// <summary>Version of the content; of a product that left the shelf, the last one that stood there.</summary>
    public int ProductVersion { get; init; } = ProductVersions.First;

    /// <summary>How sensitive the data are.</summary>
    public SecurityClass SecurityClass { get; init; }

    /// <summary>Who sells it.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The licence kind.</summary>
    public LicenceKind Licence { get; init; }

    /// <summary>What the price is for.</summary>
    public PriceUnit Unit { get; init; }

    /// <summary>Price of one unit, fen; indicative when negotiated.</summary>
    public long UnitPriceFen { get; init; }

    /// <summary>Most copies; null when unlimited.</summary>
    public int? Copies { get; init; }

    /// <summary>Calls in a pack; 1 for other licences.</summary>
    public int UnitsPerPack { get; init; } = 1;

    /// <summary>Whether the licence may be sold on.</summary>
    public bool ResaleAllowed { get; init; }

    /// <summary>Version of the price.</summary>
    public int PriceVersion { get; init; }

    /// <summary>Whether it is for sale.</summary>
    public ShelfStatus Status { get; init; }

    /// <summary>When it first came on this shelf.</summary>
    public DateTimeOffset ListedAt { get; init; }

    /// <summary>When it last left the shelf; null while it stands there.</summary>
    public DateTimeOffset? DelistedAt { get; init; }

    /// <summary>Why it left; null while it stands there.</summary>
    public DelistingReason? DelistingReason { get; init; }

    /// <summary>Handle of the certificate.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>First moment at which the certificate is no longer valid.</summary>
    public DateTimeOffset CertificateUntil { get; init; }

    /// <summary>How the certificate lapsed; null while it is valid.</summary>
    public Rejection? CertificateLapse { get; init; }

    /// <summary>Views of its page at this venue.</summary>
    public long Views { get; init; }

    /// <summary>Transactions of it registered at this venue, also those in its order book.</summary>
    public int Deals { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long SalesFen { get; init; }

    /// <summary>Of these, packs that a buyer sold on in the order book.</summary>
    public int Resales { get; init; }

    /// <summary>Their amount, fen.</summary>
    public long ResalesFen { get; init; }
}

/// <summary>What the shelf remembers of a product before and while it stands on shelves.</summary>
public sealed record ShelfCard : IReadModel
{
    /// <summary>The product.</summary>
    public required string Id { get; init; }

    /// <summary>Title in Chinese.</summary>
    public string Title { get; init; } = "";

    /// <summary>Title in English.</summary>
    public string TitleEn { get; init; } = "";

    /// <summary>How it is delivered.</summary>
    public ProductForm Form { get; init; }

    /// <summary>Category id.</summary>
    public string Category { get; init; } = "";

    /// <summary>Sub-track id.</summary>
    public string SubTrack { get; init; } = "";

    /// <summary>Whether the data are public data.</summary>
    public bool IsPublicData { get; init; }

    /// <summary>Version of the content.</summary>
    public int ProductVersion { get; init; } = ProductVersions.First;

    /// <summary>Venues on whose shelf it stands or stood.</summary>
    public IReadOnlyList<string> Venues { get; init; } = [];
}
