namespace DataExchange.Domain.Trading;

/// <summary>The product is for sale at a venue.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Provider">Who sells.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
/// <param name="ValidUntil">First moment at which the certificate is no longer valid.</param>
/// <param name="PriceVersion">Version of the price.</param>
/// <param name="Terms">What is offered at what price.</param>
/// <param name="Contributors">Upstream contributors and their shares.</param>
[EventName("offer_opened")]
public sealed record OfferOpened(
    ProductId Product,
    VenueId Venue,
    PartyId Provider,
    SecurityClass SecurityClass,
    SimulatedTime ValidUntil,
    int PriceVersion,
    LicenceTerms Terms,
    IReadOnlyList<ContributorShare> Contributors) : Event;

/// <summary>Opens a listed product for sale at a venue.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Provider">Who sells.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
/// <param name="ValidUntil">First moment at which the certificate is no longer valid.</param>
/// <param name="PriceVersion">Version of the price.</param>
/// <param name="Terms">What is offered at what price.</param>
/// <param name="Contributors">Upstream contributors and their shares.</param>
public sealed record OpenOffer(
    ProductId Product,
    VenueId Venue,
    PartyId Provider,
    SecurityClass SecurityClass,
    SimulatedTime ValidUntil,
    int PriceVersion,
    LicenceTerms Terms,
    IReadOnlyList<ContributorShare> Contributors) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        state.At(Venue) is OfferStatus.Open or OfferStatus.Suspended || state.Trial is { IsClosed: false } ? Decision.Reject(Rejection.AlreadyOffered)
        : !Terms.AreValid ? Decision.Reject(Rejection.PriceInvalid)
        : Decision.Accept(new OfferOpened(
            Product, Venue, Provider, SecurityClass, ValidUntil, PriceVersion, Terms, Contributors) { At = At, By = By });
}

/// <summary>The product is sold on other terms from now on. Deals under way are not touched.</summary>
/// <param name="Product">The product.</param>
/// <param name="PriceVersion">Version of the price.</param>
/// <param name="Terms">What is offered at what price.</param>
[EventName("offer_terms_changed")]
public sealed record OfferTermsChanged(ProductId Product, int PriceVersion, LicenceTerms Terms) : Event;

/// <summary>Changes the terms of a product that is or was for sale.</summary>
/// <param name="Product">The product.</param>
/// <param name="PriceVersion">Version of the price, above the present one.</param>
/// <param name="Terms">What is offered at what price.</param>
public sealed record ChangeOfferTerms(ProductId Product, int PriceVersion, LicenceTerms Terms) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        state.Terms is null ? Decision.Reject(Rejection.NotOffered)
        : PriceVersion <= state.PriceVersion ? Decision.Reject(Rejection.PriceVersionOutdated)
        : !Terms.AreValid ? Decision.Reject(Rejection.PriceInvalid)
        : BundleParts.WithExits(Product, Decision.Accept(new OfferTermsChanged(Product, PriceVersion, Terms) { At = At, By = By }), state);
}

/// <summary>The certificate was renewed, so the offer may go on longer.</summary>
/// <param name="Product">The product.</param>
/// <param name="ValidUntil">First moment at which the certificate is no longer valid.</param>
[EventName("offer_extended")]
public sealed record OfferExtended(ProductId Product, SimulatedTime ValidUntil) : Event;

/// <summary>Tells Trading that the certificate was renewed.</summary>
/// <param name="Product">The product.</param>
/// <param name="ValidUntil">First moment at which the certificate is no longer valid, after the present one.</param>
public sealed record ExtendOffer(ProductId Product, SimulatedTime ValidUntil) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        state.Terms is null ? Decision.Reject(Rejection.NotOffered)
        : ValidUntil <= state.ValidUntil ? Decision.Reject(Rejection.TermInvalid)
        : Decision.Accept(new OfferExtended(Product, ValidUntil) { At = At, By = By });
}

/// <summary>The product is sold in another version of its content from now on. Deals under way, and packs in an order book, are not touched.</summary>
/// <param name="Product">The product.</param>
/// <param name="Version">Version of the content.</param>
[EventName("offer_version_changed")]
public sealed record OfferVersionChanged(ProductId Product, int Version) : Event;

/// <summary>Tells Trading that a product's content changed, whether it is for sale already or not.</summary>
/// <param name="Product">The product.</param>
/// <param name="Version">Version of the content, above the present one.</param>
public sealed record ChangeOfferVersion(ProductId Product, int Version) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        Version <= state.ProductVersion ? Decision.Reject(Rejection.ProductVersionOutdated)
        : Decision.Accept(new OfferVersionChanged(Product, Version) { At = At, By = By });
}
