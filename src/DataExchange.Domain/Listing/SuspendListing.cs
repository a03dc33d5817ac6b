namespace DataExchange.Domain.Listing;

/// <summary>The listing was suspended: not for sale for the moment. Deals under way are not touched.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Ground">Why.</param>
[EventName("listing_suspended")]
public sealed record ListingSuspended(ProductId Product, VenueId Venue, string Ground) : Event;

/// <summary>Suspends a listing.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Ground">Why.</param>
public sealed record SuspendListing(ProductId Product, VenueId Venue, string Ground) : ListingCommand(Product)
{
    internal Decision Decide(ProductListing state) => state.On(Venue) switch
    {
        ShelfStatus.Listed => Decision.Accept(new ListingSuspended(Product, Venue, Ground) { At = At, By = By }),
        ShelfStatus.Suspended => Decision.Reject(Rejection.ProductSuspended),
        _ => Decision.Reject(Rejection.NotListed),
    };
}

/// <summary>The suspended listing was resumed.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
[EventName("listing_resumed")]
public sealed record ListingResumed(ProductId Product, VenueId Venue) : Event;

/// <summary>Resumes a suspended listing.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
public sealed record ResumeListing(ProductId Product, VenueId Venue) : ListingCommand(Product)
{
    internal Decision Decide(ProductListing state) => state.On(Venue) switch
    {
        ShelfStatus.Suspended => Decision.Accept(new ListingResumed(Product, Venue) { At = At, By = By }),
        ShelfStatus.Listed => Decision.Reject(Rejection.NotSuspended),
        _ => Decision.Reject(Rejection.NotListed),
    };
}

/// <summary>Why a product left a shelf.</summary>
public enum DelistingReason
{
    /// <summary>Its provider wished so.</summary>
    ProviderRequest,
    /// <summary>The certificate expired, was revoked or cancelled.</summary>
    CertificateLapsed,
    /// <summary>The exclusive licence is sold.</summary>
    ExclusiveLicenceSold,
    /// <summary>The venue took it off for cause.</summary>
    VenueOrder,
    /// <summary>Another party holds the rights now.</summary>
    HolderChanged,
}

/// <summary>The product left a venue's shelf (下架). Deals under way are not touched.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Reason">Why.</param>
[EventName("product_delisted")]
public sealed record ProductDelisted(ProductId Product, VenueId Venue, DelistingReason Reason) : Event;

/// <summary>Takes a product off a venue's shelf.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Reason">Why.</param>
public sealed record DelistProduct(ProductId Product, VenueId Venue, DelistingReason Reason) : ListingCommand(Product)
{
    internal Decision Decide(ProductListing state) =>
        ListingDecider.IsOnShelf(state.On(Venue))
            ? Decision.Accept(new ProductDelisted(Product, Venue, Reason) { At = At, By = By })
            : Decision.Reject(Rejection.NotListed);
}

/// <summary>The venue counted the views of a product's page.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Views">Views since the last count.</param>
[EventName("views_recorded")]
public sealed record ViewsRecorded(ProductId Product, VenueId Venue, long Views) : Event;

/// <summary>Records the views of a product's page.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Views">Views since the last count, 0 or more.</param>
public sealed record RecordViews(ProductId Product, VenueId Venue, long Views) : ListingCommand(Product)
{
    internal Decision Decide(ProductListing state) =>
        !ListingDecider.IsOnShelf(state.On(Venue)) ? Decision.Reject(Rejection.NotListed)
        : Views < 0 ? Decision.Reject(Rejection.CountInvalid)
        : Decision.Accept(new ViewsRecorded(Product, Venue, Views) { At = At, By = By });
}
