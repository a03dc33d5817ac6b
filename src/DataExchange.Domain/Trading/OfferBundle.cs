namespace DataExchange.Domain.Trading;

/// <summary>Products of one provider are for sale together.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Venue">Where.</param>
/// <param name="Provider">Who sells.</param>
/// <param name="SecurityClass">The highest class of its products: who is not admitted for it does not buy.</param>
/// <param name="ValidUntil">First moment at which a certificate of one of its products is no longer valid.</param>
/// <param name="PriceFen">The price of one licence or month of each, fen; below the sum of what they cost alone.</param>
/// <param name="Parts">What is in it; their shares sum to the price.</param>
[EventName("bundle_offered")]
public sealed record BundleOffered(
    BundleId Bundle, VenueId Venue, PartyId Provider, SecurityClass SecurityClass, SimulatedTime ValidUntil, long PriceFen, IReadOnlyList<BundlePart> Parts) : Event
{
    internal bool IsSound =>
        Parts.Count is >= 2 and <= Trading.Bundle.MostParts
        && Parts.All(part => part.AloneFen > 0 && part.ShareFen > 0)
        && Parts.DistinctBy(part => part.Product).Count() == Parts.Count
        && Parts.Aggregate((Int128)0, (sum, part) => sum + part.ShareFen) == PriceFen
        && Parts.Aggregate((Int128)0, (sum, part) => sum + part.AloneFen) > PriceFen;
}

/// <summary>What the offer of a product says that is to be sold in a bundle.</summary>
/// <param name="Product">The product.</param>
/// <param name="Provider">Who sells it.</param>
/// <param name="IsOpen">Whether it is for sale at the bundle's venue.</param>
/// <param name="SecurityClass">How sensitive it is.</param>
/// <param name="ValidUntil">First moment at which its certificate is no longer valid.</param>
/// <param name="Terms">Its terms; null when it was never for sale.</param>
public sealed record BundleCandidate(ProductId Product, PartyId Provider, bool IsOpen, SecurityClass SecurityClass, SimulatedTime ValidUntil, LicenceTerms? Terms)
{
    /// <summary>What an offer says.</summary>
    /// <param name="product">The product.</param>
    /// <param name="venue">The bundle's venue.</param>
    /// <param name="offer">The product's offer.</param>
    public static BundleCandidate Of(ProductId product, VenueId venue, IssuanceRight offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return new(product, offer.Provider, offer.At(venue) == OfferStatus.Open && offer.ExclusiveHolder is null, offer.SecurityClass, offer.ValidUntil, offer.Terms);
    }

    /// <summary>The least that one licence or month costs from some time on as long as the terms are in force, fen: a promotion that is still to come counts.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="at">The time.</param>
    public static long AloneFen(LicenceTerms terms, SimulatedTime at)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var now = terms.AmountFor(1, at).Fen;
        return terms.Promotion is { } promotion && at < promotion.From ? Math.Min(now, terms.AmountFor(1, promotion.From).Fen) : now;
    }

    /// <summary>Whether terms are of what can be sold in a bundle: any number of copies, at a posted price, shared out when it is accepted.</summary>
    /// <param name="terms">The terms.</param>
    public static bool Fits(LicenceTerms terms) =>
        terms is { Licence: LicenceKind.OpenEnded or LicenceKind.Subscription, Revenue: null } && terms.Unit != PriceUnit.Negotiated && terms.CanSell(1);
}

/// <summary>Offers products for sale together. Each goes on being sold alone.</summary>
/// <param name="Bundle">Identity of the bundle to be.</param>
/// <param name="Venue">The venue; every product is for sale there.</param>
/// <param name="Provider">Who sells; every product is its own.</param>
/// <param name="Products">2 to 8, each once; open-ended licences and subscriptions (for a month) at posted prices.</param>
/// <param name="PriceFen">The price of all, fen; below the sum of what they cost alone, and enough for a fen each.</param>
/// <param name="Found">What their offers say, in that order. Whoever gives the command leaves it out: the exchange looks it up.</param>
public sealed record OfferBundle(
    BundleId Bundle, VenueId Venue, PartyId Provider, IReadOnlyList<ProductId> Products, long PriceFen, IReadOnlyList<BundleCandidate>? Found = null) : BundleCommand(Bundle)
{
    internal Decision Decide(Bundle state)
    {
        if (state.Stage != BundleStage.None)
        {
            return Decision.Reject(Rejection.BundleExists);
        }

        if (Products.Count is < 2 or > Trading.Bundle.MostParts || Products.Distinct().Count() != Products.Count || !Money.IsAmount(PriceFen))
        {
            return Decision.Reject(Rejection.BundleInvalid);
        }

        if (Found is null || !Found.Select(found => found.Product).SequenceEqual(Products) || Found.Any(found => !found.IsOpen || found.Terms is null))
        {
            return Decision.Reject(Rejection.BundlePartNotOffered);
        }

        if (Found.Any(found => found.Provider != Provider))
        {
            return Decision.Reject(Rejection.BundleForeign);
        }

        if (Found.Any(found => At >= found.ValidUntil))
        {
            return Decision.Reject(Rejection.CertificateExpired);
        }

        if (Found.Any(found => !BundleCandidate.Fits(found.Terms!)))
        {
            return Decision.Reject(Rejection.BundlePartUnfit);
        }

        long[] alone = [.. Found.Select(found => BundleCandidate.AloneFen(found.Terms!, At))];
        if (alone.Aggregate((Int128)0, (sum, fen) => sum + fen) <= PriceFen)
        {
            return Decision.Reject(Rejection.BundleNotCheaper);
        }

        var shares = new Money(PriceFen).Split(alone);
        return shares.Any(share => share == Money.Zero)
            ? Decision.Reject(Rejection.BundleInvalid)
            : Decision.Accept(new BundleOffered(
                Bundle, Venue, Provider, Found.Max(found => found.SecurityClass), Found.Min(found => found.ValidUntil), PriceFen,
                [.. Products.Select((product, i) => new BundlePart(product, alone[i], shares[i].Fen))]) { At = At, By = By });
    }
}
