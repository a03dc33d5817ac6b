namespace DataExchange.Domain.Trading;

/// <summary>A product is sold in a bundle too, from now on.</summary>
/// <param name="Product">The product.</param>
/// <param name="Bundle">The bundle.</param>
/// <param name="Venue">The bundle's venue.</param>
/// <param name="AloneFen">The least that one licence or month of it costs alone, fen.</param>
[EventName("bundle_joined")]
public sealed record BundleJoined(ProductId Product, BundleId Bundle, VenueId Venue, long AloneFen) : Event;

/// <summary>A product is not sold in a bundle any more, or could not be.</summary>
/// <param name="Product">The product.</param>
/// <param name="Bundle">The bundle.</param>
/// <param name="Reason">Why.</param>
[EventName("bundle_left")]
public sealed record BundleLeft(ProductId Product, BundleId Bundle, BundleEnd Reason) : Event;

/// <summary>Tells an offer that its product is sold in a bundle too. What is not for sale as the bundle says by now ends it.</summary>
/// <param name="Product">The product.</param>
/// <param name="Bundle">The bundle.</param>
/// <param name="Venue">The bundle's venue.</param>
/// <param name="AloneFen">What it costs alone by the bundle, fen.</param>
public sealed record JoinBundle(ProductId Product, BundleId Bundle, VenueId Venue, long AloneFen) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        state.Bundles.ContainsKey(Bundle) ? Decision.Reject(Rejection.BundleExists)
        : Refusal(state) is { } reason ? Decision.Accept(new BundleLeft(Product, Bundle, reason) { At = At, By = By })
        : Decision.Accept(new BundleJoined(Product, Bundle, Venue, AloneFen) { At = At, By = By });

    private BundleEnd? Refusal(IssuanceRight state) =>
        state.At(Venue) == OfferStatus.Suspended ? BundleEnd.PartSuspended
        : state.At(Venue) != OfferStatus.Open || state.ExclusiveHolder is not null || At >= state.ValidUntil ? BundleEnd.PartClosed
        : !BundleCandidate.Fits(state.Terms!) || BundleCandidate.AloneFen(state.Terms!, At) != AloneFen ? BundleEnd.PartRepriced
        : null;
}

/// <summary>Tells an offer that a bundle ended.</summary>
/// <param name="Product">The product.</param>
/// <param name="Bundle">The bundle.</param>
/// <param name="Reason">Why.</param>
public sealed record LeaveBundle(ProductId Product, BundleId Bundle, BundleEnd Reason) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) => state.Bundles.ContainsKey(Bundle)
        ? Decision.Accept(new BundleLeft(Product, Bundle, Reason) { At = At, By = By })
        : Decision.Reject(Rejection.NotInBundle);
}

/// <summary>Grants the licence of a part of an order: the offer's limits hold for it as for any order. A refusal is recorded, and frees its part of the money.</summary>
/// <param name="Product">The product.</param>
/// <param name="Bundle">The bundle.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="AdmittedFor">Highest class it was admitted for when it ordered.</param>
/// <param name="Part">The part.</param>
public sealed record GrantBundlePart(ProductId Product, BundleId Bundle, VenueId Venue, PartyId Buyer, SecurityClass AdmittedFor, OrderedPart Part) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        Reason(state) is { } reason
            ? Decision.Refuse(reason, new OrderRejected(Product, Part.Deal, Venue, Buyer, reason, null, Bundle) { At = At, By = By })
            : new PlaceOrder(Product, Part.Deal, Venue, Buyer, AdmittedFor, TradeChannel.Shelf, 1, Part.AmountFen) { At = At, By = By }.Meet(state, null, Bundle);

    private Rejection? Reason(IssuanceRight state) =>
        state.Licences.Contains(Part.Deal) ? Rejection.LicenceAlreadyGranted
        : !Money.IsAmount(Part.AmountFen) || Part.Product != Product ? Rejection.OrderInvalid
        : !state.Bundles.ContainsKey(Bundle) ? Rejection.BundleOver
        : null;
}

/// <summary>What an offer's own facts mean for the bundles that its product is in.</summary>
internal static class BundleParts
{
    /// <summary>A decision, and with it the end of being in bundles that the product is not sold in as it was.</summary>
    internal static Decision WithExits(ProductId product, Decision decision, IssuanceRight state)
    {
        if (state.Bundles.IsEmpty || decision.Events.Count == 0)
        {
            return decision;
        }

        List<Event>? all = null;
        var left = state.Bundles;
        foreach (var @event in decision.Events)
        {
            var (venue, reason) = @event switch
            {
                OfferClosed e => (e.Venue, BundleEnd.PartClosed),
                OfferWithdrawn e => (e.Venue, BundleEnd.PartClosed),
                OfferSuspended e => (e.Venue, BundleEnd.PartSuspended),
                OfferTermsChanged => ((VenueId?)null, BundleEnd.PartRepriced),
                _ => (new VenueId(""), default),
            };
            foreach (var bundle in left.Where(one => venue is null || one.Value == venue).Select(one => one.Key).OrderBy(one => one.Value, StringComparer.Ordinal))
            {
                left = left.Remove(bundle);
                (all ??= [.. decision.Events]).Add(new BundleLeft(product, bundle, reason) { At = @event.At, By = @event.By });
            }
        }

        return all is null ? decision : decision with { Events = all };
    }
}
