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
/// <param name="Game">What the shares were computed from, by Shapley value; absent where they were agreed.</param>
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
    IReadOnlyList<ContributorShare> Contributors,
    ContributionGame? Game = null) : Event;

/// <summary>A venue refused to list the product.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Reason">Why.</param>
[EventName("listing_refused")]
public sealed record ListingRefused(ProductId Product, VenueId Venue, Rejection Reason) : Event;

/// <summary>Applies to list a product on a venue's shelf. No compliance, no listing; no price, no listing.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Contributors">Upstream contributors with agreed shares above 0 that sum to less than 10,000; none with a game.</param>
/// <param name="Game">What the contributors' shares are to be computed from; null where they are agreed, or there are no contributors.</param>
public sealed record ListProduct(
    ProductId Product, VenueId Venue, IReadOnlyList<ContributorShare> Contributors, ContributionGame? Game = null) : ListingCommand(Product)
{
    /// <summary>The shares that follow from the game, as the exchange computes them; null without a game.</summary>
    public IReadOnlyList<ContributorShare>? FairShares { get; init; }

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
            state.PriceVersion, state.Terms!, Shares!, Game) { At = At, By = By });
    }

    private Rejection? RefusalReason(ProductListing state) =>
        state.Certificate == CertificateKnowledge.None ? Rejection.NotCertified
        : state.Certificate == CertificateKnowledge.Lapsed ? state.LapseReason
        : At >= state.ValidUntil ? Rejection.CertificateExpired
        : !state.Rights.HasFlag(DataRights.ProductOperation) ? Rejection.HolderLacksOperationRight
        : state.Terms is null ? Rejection.NotPriced
        : Game?.Problem(state.Holder) is { } problem ? problem
        : !SharesAreValid() ? Rejection.ContributorSharesInvalid
        : null;

    private IReadOnlyList<ContributorShare>? Shares => Game is null ? Contributors : FairShares;

    private bool SharesAreValid() =>
        Shares is { } shares
        && (Game is null || Contributors.Count == 0)
        && shares.All(share => share.ShareBasisPoints > 0)
        && shares.Sum(share => (long)share.ShareBasisPoints) < Money.BasisPoints;
}
