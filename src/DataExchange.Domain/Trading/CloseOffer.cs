namespace DataExchange.Domain.Trading;

/// <summary>The offer is suspended at a venue.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
[EventName("offer_suspended")]
public sealed record OfferSuspended(ProductId Product, VenueId Venue) : Event;

/// <summary>Suspends an offer.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
public sealed record SuspendOffer(ProductId Product, VenueId Venue) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) => state.At(Venue) switch
    {
        OfferStatus.Open => BundleParts.WithExits(Product, Decision.Accept(new OfferSuspended(Product, Venue) { At = At, By = By }), state),
        OfferStatus.Suspended => Decision.Reject(Rejection.ProductSuspended),
        _ => Decision.Reject(Rejection.NotOffered),
    };
}

/// <summary>The offer is resumed at a venue.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
[EventName("offer_resumed")]
public sealed record OfferResumed(ProductId Product, VenueId Venue) : Event;

/// <summary>Resumes a suspended offer.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
public sealed record ResumeOffer(ProductId Product, VenueId Venue) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) => state.At(Venue) switch
    {
        OfferStatus.Suspended => Decision.Accept(new OfferResumed(Product, Venue) { At = At, By = By }),
        OfferStatus.Open => Decision.Reject(Rejection.NotSuspended),
        _ => Decision.Reject(Rejection.NotOffered),
    };
}

/// <summary>The product is no longer for sale at a venue. Deals under way are not touched.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
[EventName("offer_closed")]
public sealed record OfferClosed(ProductId Product, VenueId Venue) : Event;

/// <summary>Closes an offer.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
public sealed record CloseOffer(ProductId Product, VenueId Venue) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        state.At(Venue) is OfferStatus.Open or OfferStatus.Suspended
            ? BundleParts.WithExits(Product, Decision.Accept(new OfferClosed(Product, Venue) { At = At, By = By }), state)
            : Decision.Reject(Rejection.NotOffered);
}
