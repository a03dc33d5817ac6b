using System.Collections.Immutable;

namespace DataExchange.Domain.Listing;

/// <summary>A product's place on one venue's shelf.</summary>
public enum ShelfStatus
{
    /// <summary>Never listed there.</summary>
    NotListed,
    /// <summary>On the shelf.</summary>
    Listed,
    /// <summary>On the shelf, not for sale for the moment.</summary>
    Suspended,
    /// <summary>Taken off the shelf; may be listed again.</summary>
    Delisted,
}

/// <summary>What Listing knows of the certificate.</summary>
public enum CertificateKnowledge
{
    /// <summary>None is known.</summary>
    None,
    /// <summary>One is known.</summary>
    Noted,
    /// <summary>It lapsed.</summary>
    Lapsed,
}

/// <summary>A product's certificate, price and places on the shelves, as its stream tells them.</summary>
public sealed record ProductListing
{
    /// <summary>What is known of the certificate.</summary>
    public CertificateKnowledge Certificate { get; init; }

    /// <summary>Handle of the certificate.</summary>
    public Handle CertificateHandle { get; init; }

    /// <summary>Who holds the rights.</summary>
    public PartyId Holder { get; init; }

    /// <summary>Which of the three rights.</summary>
    public DataRights Rights { get; init; }

    /// <summary>First moment at which the certificate is no longer valid.</summary>
    public SimulatedTime ValidUntil { get; init; }

    /// <summary>How the certificate lapsed.</summary>
    public Rejection LapseReason { get; init; }

    /// <summary>How sensitive the data are.</summary>
    public SecurityClass SecurityClass { get; init; }

    /// <summary>The latest price known; null for none.</summary>
    public LicenceTerms? Terms { get; init; }

    /// <summary>Its version; 0 for none.</summary>
    public int PriceVersion { get; init; }

    /// <summary>The place on each shelf.</summary>
    public ImmutableSortedDictionary<string, ShelfStatus> Shelves { get; init; } = ImmutableSortedDictionary.Create<string, ShelfStatus>(StringComparer.Ordinal);

    /// <summary>The place on one venue's shelf.</summary>
    public ShelfStatus On(VenueId venue) => Shelves.GetValueOrDefault(venue.Value);
}

/// <summary>A command to the Listing capability about one product.</summary>
/// <param name="Product">The product.</param>
public abstract record ListingCommand(ProductId Product) : Command
{
    /// <inheritdoc />
    public sealed override string Stream => StreamId.Listing(Product);
}
