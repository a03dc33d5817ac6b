using System.Collections.Immutable;

namespace DataExchange.Domain.Trading;

/// <summary>Whether a product is for sale at one venue.</summary>
public enum OfferStatus
{
    /// <summary>Never offered there.</summary>
    NotOffered,
    /// <summary>For sale.</summary>
    Open,
    /// <summary>Not for sale for the moment.</summary>
    Suspended,
    /// <summary>No longer for sale; may be opened again.</summary>
    Closed,
}

/// <summary>
/// What may still be sold of one product, over all venues: a data product is not used up, so only its licence terms limit it.
/// </summary>
public sealed record IssuanceRight
{
    /// <summary>For sale where.</summary>
    public ImmutableSortedDictionary<string, OfferStatus> Venues { get; init; } = ImmutableSortedDictionary.Create<string, OfferStatus>(StringComparer.Ordinal);

    /// <summary>Who sells.</summary>
    public PartyId Provider { get; init; }

    /// <summary>How sensitive the data are.</summary>
    public SecurityClass SecurityClass { get; init; }

    /// <summary>First moment at which the certificate is no longer valid.</summary>
    public SimulatedTime ValidUntil { get; init; }

    /// <summary>Version of the price.</summary>
    public int PriceVersion { get; init; }

    /// <summary>What is offered at what price; null before the first offer.</summary>
    public LicenceTerms? Terms { get; init; }

    /// <summary>Version of the product's content.</summary>
    public int ProductVersion { get; init; } = ProductVersions.First;

    /// <summary>Upstream contributors.</summary>
    public IReadOnlyList<ContributorShare> Contributors { get; init; } = [];

    /// <summary>Deals that hold a licence.</summary>
    public ImmutableHashSet<DealId> Licences { get; init; } = [];

    /// <summary>Copies of a capped licence that are issued.</summary>
    public int CopiesIssued { get; init; }

    /// <summary>The deal that holds the exclusive licence; null when it is not sold.</summary>
    public DealId? ExclusiveHolder { get; init; }

    /// <summary>Whether a series of call packs was set aside for an order book.</summary>
    public bool HasOrderBook { get; init; }

    /// <summary>How many auctions of it were announced.</summary>
    public int Auctions { get; init; }

    /// <summary>Bundles that it is sold in too, and where.</summary>
    public ImmutableDictionary<BundleId, VenueId> Bundles { get; init; } = ImmutableDictionary<BundleId, VenueId>.Empty;

    /// <summary>What may be sold on trial in the sandbox, and what was; null when it never was.</summary>
    public TrialOffer? Trial { get; init; }

    /// <summary>The trial that an order at a venue meets, running or over; null where it meets an offer, or nothing.</summary>
    public TrialOffer? TrialAt(VenueId venue) => Trial is { } trial && trial.Venue == venue && At(venue) == OfferStatus.NotOffered ? trial : null;

    /// <summary>For sale at one venue?</summary>
    public OfferStatus At(VenueId venue) => Venues.GetValueOrDefault(venue.Value);
}

/// <summary>A command to Trading about what may be sold of one product.</summary>
/// <param name="Product">The product.</param>
public abstract record OfferCommand(ProductId Product) : Command
{
    /// <inheritdoc />
    public sealed override string Stream => StreamId.Offer(Product);
}
