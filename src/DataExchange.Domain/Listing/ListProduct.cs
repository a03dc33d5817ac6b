namespace DataExchange.Domain.Listing;

/// <summary>The product was listed on a venue's shelf (上架). It carries what Trading needs to open the offer.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Holder">Who sells it.</param>
/// <param name="Certificate">Handle of the certificate it is listed under.</param>
/// <param name="ValidUntil">First moment at which that is no longer valid.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
/// <param name="PriceVersion">Version of the price.</param>
/// <param name="Terms">What is offered at what price.</param>
/// <param name="Contributors">Upstream contributors and their shares of the proceeds.</param>
[EventName("product_listed")]
public sealed record ProductListed(
    ProductId Product,
    VenueId Venue,
    PartyId Holder,
    Handle Certificate,
    SimulatedTime ValidUntil,
    SecurityClass SecurityClass,
    int PriceVersion,
    LicenceTerms Terms,
    IReadOnlyList<ContributorShare> Contributors) : Event;

/// <summary>A venue refused to list the product.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Reason">Why.</param>
[EventName("listing_refused")]
public sealed record ListingRefused(ProductId Product, VenueId Venue, Rejection Reason) : Event;

/// <summary>Applies to list a product on a venue's shelf. No compliance, no listing; no price, no listing.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Contributors">Upstream contributors; shares above 0 that sum to less than 10,000.</param>
public sealed record ListProduct(ProductId Product, VenueId Venue, IReadOnlyList<ContributorShare> Contributors) : ListingCommand(Product)
{
    internal Decision Decide(ProductListing state)
    {
        if (ListingDecider.IsOnShelf(state.On(Venue)))
        {
            return Decision.Reject(Rejection.AlreadyListed);
        }

        if (RefusalReason(state) is { } reason)
        {
            return Decision.Refuse(reason, new ListingRefused(Product, Venue, reason) { At = At, By = By });
        }

        return Decision.Accept(new ProductListed(
            Product, Venue, state.Holder, state.CertificateHandle, state.ValidUntil, state.SecurityClass,
            state.PriceVersion, state.Terms!, Contributors) { At = At, By = By });
    }

    private Rejection? RefusalReason(ProductListing state) =>
        state.Certificate == CertificateKnowledge.None ? Rejection.NotCertified
        : state.Certificate == CertificateKnowledge.Lapsed ? state.LapseReason
        : At >= state.ValidUntil ? Rejection.CertificateExpired
        : !state.Rights.HasFlag(DataRights.ProductOperation) ? Rejection.HolderLacksOperationRight
        : state.Terms is null ? Rejection.NotPriced
        : !SharesAreValid() ? Rejection.ContributorSharesInvalid
        : null;

    private bool SharesAreValid() =>
        Contributors.All(share => share.ShareBasisPoints > 0)
        && Contributors.Sum(share => (long)share.ShareBasisPoints) < Money.BasisPoints;
}
