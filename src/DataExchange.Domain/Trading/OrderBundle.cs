namespace DataExchange.Domain.Trading;

/// <summary>A part of an order of a bundle: a deal of its own.</summary>
/// <param name="Product">The product.</param>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Its part of the price, fen.</param>
public readonly record struct OrderedPart(ProductId Product, DealId Deal, long AmountFen);

/// <summary>A buyer ordered a bundle.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Order">The order; the money for all of it is held under its name until it is split.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="AdmittedFor">Highest class that the buyer was admitted for.</param>
/// <param name="Parts">A deal for each product; the amounts sum to the bundle's price.</param>
[EventName("bundle_ordered")]
public sealed record BundleOrdered(
    BundleId Bundle, VenueId Venue, DealId Order, PartyId Buyer, SecurityClass AdmittedFor, IReadOnlyList<OrderedPart> Parts) : Event
{
    internal bool IsOf(Bundle state) =>
        !state.Orders.Contains(Order) && Venue == state.Venue && AdmittedFor >= state.SecurityClass && At < state.ValidUntil
        && Parts.SequenceEqual(OrderBundle.PartsOf(state, Order));
}

/// <summary>Orders a bundle: all of its products, at its price.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Order">Name of the order, of no other; its deals are named after it: <c>firm-0012-0003-1</c> for the first product.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="AdmittedFor">Highest class it is admitted for (read from Trading's own buyer stream); null when not admitted.</param>
public sealed record OrderBundle(BundleId Bundle, DealId Order, PartyId Buyer, SecurityClass? AdmittedFor = null) : BundleCommand(Bundle)
{
    internal static IEnumerable<OrderedPart> PartsOf(Bundle state, DealId order) =>
        state.Parts.Select((part, i) => new OrderedPart(part.Product, BundleId.DealOf(order, i + 1), part.ShareFen));

    internal Decision Decide(Bundle state) =>
        state.Unavailable is { } reason ? Decision.Reject(reason)
        : state.Orders.Contains(Order) ? Decision.Reject(Rejection.DealAlreadyExists)
        : At >= state.ValidUntil ? Decision.Reject(Rejection.CertificateExpired)
        : AdmittedFor is not { } admitted || admitted < state.SecurityClass ? Decision.Reject(Rejection.BuyerNotAdmitted)
        : Decision.Accept(new BundleOrdered(Bundle, state.Venue, Order, Buyer, admitted, [.. PartsOf(state, Order)]) { At = At, By = By });
}

/// <summary>A bundle is no longer for sale. Deals under way are not touched.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Reason">Why.</param>
/// <param name="Products">What was in it.</param>
[EventName("bundle_ended")]
public sealed record BundleEnded(BundleId Bundle, BundleEnd Reason, IReadOnlyList<ProductId> Products) : Event;

/// <summary>Takes a bundle back.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Provider">Who sells it.</param>
public sealed record WithdrawBundle(BundleId Bundle, PartyId Provider) : BundleCommand(Bundle)
{
    internal Decision Decide(Bundle state) =>
        state.Unavailable is { } reason ? Decision.Reject(reason)
        : state.Provider != Provider ? Decision.Reject(Rejection.BundleForeign)
        : Decision.Accept(new BundleEnded(Bundle, BundleEnd.Withdrawn, [.. state.Parts.Select(part => part.Product)]) { At = At, By = By });
}

/// <summary>Ends a bundle, as one of its products is not sold any more as it was.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Reason">Why.</param>
public sealed record EndBundle(BundleId Bundle, BundleEnd Reason) : BundleCommand(Bundle)
{
    internal Decision Decide(Bundle state) =>
        state.Unavailable is { } reason ? Decision.Reject(reason)
        : Decision.Accept(new BundleEnded(Bundle, Reason, [.. state.Parts.Select(part => part.Product)]) { At = At, By = By });
}
