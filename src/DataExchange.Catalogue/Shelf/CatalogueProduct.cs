using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;

namespace DataExchange.Catalogue.Shelf;

/// <summary>A product's place on one venue's shelf.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Status">Whether it is for sale there.</param>
/// <param name="ListedAt">When it first came on that shelf.</param>
public sealed record ShelfPlace(VenueId Venue, ShelfStatus Status, SimulatedTime ListedAt);

/// <summary>What a catalogue says of one product: facts of its registration, certificate, price and shelves as they are now.</summary>
public sealed record CatalogueProduct
{
    /// <summary>The registration.</summary>
    public required ProductRegistered Registration { get; init; }

    /// <summary>Title in Chinese, as last corrected.</summary>
    public required string Title { get; init; }

    /// <summary>Title in English, as last corrected.</summary>
    public required string TitleEn { get; init; }

    /// <summary>Who holds the rights now.</summary>
    public required PartyId Holder { get; init; }

    /// <summary>When something of this last changed.</summary>
    public required SimulatedTime ModifiedAt { get; init; }

    /// <summary>Version of the registration: 1 as first registered, one more for each correction and transfer.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The grades; null before the evaluation.</summary>
    public QualityEvaluated? Quality { get; init; }

    /// <summary>Handle of the latest certificate; null before the first.</summary>
    public Handle? Certificate { get; init; }

    /// <summary>Which of the three rights are certified.</summary>
    public DataRights Rights { get; init; }

    /// <summary>First moment at which the certificate is no longer valid; null without one, or when it lapsed before its time.</summary>
    public SimulatedTime? ValidUntil { get; init; }

    /// <summary>Version of the price; 0 before the first.</summary>
    public int PriceVersion { get; init; }

    /// <summary>What is offered at what price; null before the first price.</summary>
    public LicenceTerms? Terms { get; init; }

    /// <summary>Upstream contributors with their shares.</summary>
    public IReadOnlyList<ContributorShare> Contributors { get; init; } = [];

    /// <summary>Its places on shelves, in the order of first listing.</summary>
    public IReadOnlyList<ShelfPlace> Places { get; init; } = [];

    /// <summary>The catalogue's record that it was registered from; null for an application of the provider's own.</summary>
    public ProductImported? Source { get; init; }

    /// <summary>The product.</summary>
    public ProductId Product => Registration.Product;

    /// <summary>Its place on a venue's shelf if it stands there now, for sale or suspended; null otherwise.</summary>
    /// <param name="venue">The venue.</param>
    public ShelfPlace? On(VenueId venue) => Places.FirstOrDefault(place => place.Venue == venue && IsOn(place));

    /// <summary>Whether it stands on any shelf now.</summary>
    public bool IsOnShelf => Places.Any(IsOn);

    private static bool IsOn(ShelfPlace place) => place.Status is ShelfStatus.Listed or ShelfStatus.Suspended;
}
