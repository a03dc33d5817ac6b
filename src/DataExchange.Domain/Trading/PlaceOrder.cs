namespace DataExchange.Domain.Trading;

/// <summary>A buyer was granted a licence: its order met the offer.</summary>
/// <param name="Product">The product.</param>
/// <param name="Deal">The deal that follows.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="Provider">The seller.</param>
/// <param name="Channel">Shelf or contract.</param>
/// <param name="Licence">The licence kind.</param>
/// <param name="Quantity">Packs, months or copies.</param>
/// <param name="Units">Calls that a call pack gives; 0 for what is not metered.</param>
/// <param name="UnitPriceFen">Price of one unit in fen; for a contract its amount.</param>
/// <param name="AmountFen">Price of it all in fen.</param>
/// <param name="PriceVersion">Version of the price it was sold under; 0 for a trial price.</param>
/// <param name="ResaleAllowed">Whether the licence may be sold on.</param>
/// <param name="Contributors">Upstream contributors and their shares.</param>
/// <param name="ProductVersion">Version of the product's content; not given for the first.</param>
/// <param name="InSandbox">True for a sale on trial; not given for any other.</param>
/// <param name="Auction">The auction that awarded it; not given for any other.</param>
/// <param name="Tiers">Prices of further calls; not given where all calls cost the same.</param>
/// <param name="MinimumFen">The minimum that is due, fen, where it is more than the price of the calls or months; not given elsewhere.</param>
/// <param name="Degraded">The version of lower quality that was sold; not given for the full product.</param>
/// <param name="Bundle">The bundle that it was ordered in; not given for any other order.</param>
/// <param name="Revenue">The share of revenue beside the price, its cap in the amount; not given where there is none.</param>
[EventName("licence_granted")]
public sealed record LicenceGranted(
    ProductId Product,
    DealId Deal,
    VenueId Venue,
    PartyId Buyer,
    PartyId Provider,
    TradeChannel Channel,
    LicenceKind Licence,
    int Quantity,
    int Units,
    long UnitPriceFen,
    long AmountFen,
    int PriceVersion,
    bool ResaleAllowed,
    IReadOnlyList<ContributorShare> Contributors,
    int? ProductVersion = null,
    bool? InSandbox = null,
    AuctionId? Auction = null,
    IReadOnlyList<CallTier>? Tiers = null,
    long? MinimumFen = null,
    DegradedVersion? Degraded = null,
    BundleId? Bundle = null,
    RevenueShareTerms? Revenue = null) : Event;

/// <summary>The offer at a venue ended, as the exclusive licence is sold.</summary>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
[EventName("offer_withdrawn")]
public sealed record OfferWithdrawn(ProductId Product, VenueId Venue) : Event;

/// <summary>An order was rejected.</summary>
/// <param name="Product">The product.</param>
/// <param name="Deal">The deal that did not come about.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="Reason">Why.</param>
/// <param name="Auction">The auction whose award it was; not given for any other order.</param>
/// <param name="Bundle">The bundle that it was ordered in; not given for any other order.</param>
[EventName("order_rejected")]
public sealed record OrderRejected(
    ProductId Product, DealId Deal, VenueId Venue, PartyId Buyer, Rejection Reason, AuctionId? Auction = null, BundleId? Bundle = null) : Event;

/// <summary>Orders a licence, from the shelf at the posted price or under a contract at the amount agreed.</summary>
/// <param name="Product">The product.</param>
/// <param name="Deal">Identity of the deal to be.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="AdmittedFor">Highest class it is admitted for (read from Trading's own buyer stream); null when not admitted.</param>
/// <param name="Channel">Shelf or contract.</param>
/// <param name="Quantity">Packs, months or copies; 1 or more, 1 for an exclusive licence and for a contract.</param>
/// <param name="ContractAmountFen">The amount agreed, fen, above 0; null on the shelf.</param>
/// <param name="Degraded">The version of lower quality, from the shelf; null for the full product.</param>
public sealed record PlaceOrder(
    ProductId Product,
    DealId Deal,
    VenueId Venue,
    PartyId Buyer,
    SecurityClass? AdmittedFor,
    TradeChannel Channel,
    int Quantity,
    long? ContractAmountFen,
    Degradation? Degraded = null) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) => state.Licences.Contains(Deal) ? Decision.Reject(Rejection.LicenceAlreadyGranted) : Meet(state, null);

    /// <summary>Meets the offer, as an order, or at an amount that was found by an auction or is a part of a bundle's.</summary>
    internal Decision Meet(IssuanceRight state, AuctionId? auction, BundleId? bundle = null)
    {
        var trial = state.TrialAt(Venue);
        var isAward = auction is not null || bundle is not null;
        if ((trial is null ? RejectionReason(state, isAward) : isAward ? Rejection.NotOffered : RejectionReason(trial)) is { } reason)
        {
            return Decision.Refuse(reason, new OrderRejected(Product, Deal, Venue, Buyer, reason, auction, bundle) { At = At, By = By });
        }

        // A contract grants a plain non-exclusive licence, unless the product is sold only in limited numbers.
        var terms = trial?.Terms ?? state.Terms!;
        var licence = Channel == TradeChannel.Shelf || IsLimited(terms.Licence) ? terms.Licence : LicenceKind.OpenEnded;
        var units = licence == LicenceKind.CallPack ? terms.UnitsPerPack * Quantity : 0;
        var version = Degraded is { } kind ? terms.VersionOf(kind) : null;
        var amount = ContractAmountFen ?? terms.AmountFor(Quantity, At, version).Fen;
        var isPosted = Channel == TradeChannel.Shelf && bundle is null;
        var granted = new LicenceGranted(
            Product, Deal, Venue, Buyer, trial?.Provider ?? state.Provider, Channel, licence, Quantity, units,
            ContractAmountFen ?? terms.UnitPriceFor(Quantity, At, version), amount, trial is null ? state.PriceVersion : 0, terms.ResaleAllowed,
            trial?.Contributors ?? state.Contributors, ProductVersions.Recorded(state.ProductVersion), trial is null ? null : true, auction,
            isPosted ? terms.TiersAt(At) : null, isPosted ? terms.MinimumDueFor(Quantity, At, version) : null, version, bundle, isPosted ? terms.Revenue : null)
        {
            At = At,
            By = By,
        };
        return licence == LicenceKind.Exclusive
            ? BundleParts.WithExits(Product, Decision.Accept([granted, .. Withdrawals(state)]), state)
            : Decision.Accept(granted);
    }

    private IEnumerable<Event> Withdrawals(IssuanceRight state) => state.Venues
        .Where(venue => venue.Value is OfferStatus.Open or OfferStatus.Suspended)
        .Select(venue => new OfferWithdrawn(Product, new VenueId(venue.Key)) { At = At, By = By });

    private static bool IsLimited(LicenceKind licence) => licence is LicenceKind.Capped or LicenceKind.Exclusive;

    private Rejection? RejectionReason(IssuanceRight state, bool isAward) =>
        state.ExclusiveHolder is not null ? Rejection.ExclusiveLicenceSold
        : state.At(Venue) == OfferStatus.Suspended ? Rejection.ProductSuspended
        : state.At(Venue) != OfferStatus.Open ? Rejection.NotOffered
        : At >= state.ValidUntil ? Rejection.CertificateExpired
        : AdmittedFor is null || AdmittedFor < state.SecurityClass ? Rejection.BuyerNotAdmitted
        : !(isAward || IsSound(state.Terms!)) ? Rejection.OrderInvalid
        : LacksVersion(state.Terms!) ? Rejection.VersionNotOffered
        : state.Terms!.Copies < (long)state.CopiesIssued + Quantity ? Rejection.CapReached
        : null;

    // Who is admitted for the class, and what an order is, holds in the sandbox as elsewhere; then come its own conditions.
    private Rejection? RejectionReason(TrialOffer trial) =>
        trial.IsClosed || At >= trial.Conditions.Until ? Rejection.SandboxOver
        : AdmittedFor is null || AdmittedFor < trial.SecurityClass ? Rejection.BuyerNotAdmitted
        : !IsSound(trial.Terms) ? Rejection.OrderInvalid
        : LacksVersion(trial.Terms) ? Rejection.VersionNotOffered
        : trial.Forbids(At, Buyer, ContractAmountFen is { } agreed ? new Money(agreed)
            : trial.Terms.AmountFor(Quantity, At, Degraded is { } kind ? trial.Terms.VersionOf(kind) : null));

    private bool LacksVersion(LicenceTerms terms) => Degraded is { } kind && terms.VersionOf(kind) is null;

    private bool IsSound(LicenceTerms terms) =>
        Quantity >= 1
        && Channel is not (TradeChannel.OrderBook or TradeChannel.Auction)
        && (terms.Licence != LicenceKind.Exclusive || Quantity == 1)
        && (Channel == TradeChannel.Shelf
            ? ContractAmountFen is null && terms.Unit != PriceUnit.Negotiated && terms.CanSell(Quantity)
            : ContractAmountFen is { } amount && Money.IsAmount(amount) && Quantity == 1 && Degraded is null);
}

/// <summary>A licence was taken back, as its deal came to nothing.</summary>
/// <param name="Product">The product.</param>
/// <param name="Deal">The deal.</param>
/// <param name="Copies">Copies of a capped licence that are free again; 0 for every other licence.</param>
[EventName("licence_revoked")]
public sealed record LicenceRevoked(ProductId Product, DealId Deal, int Copies) : Event;

/// <summary>Takes back a licence.</summary>
/// <param name="Product">The product.</param>
/// <param name="Deal">The deal that holds it.</param>
/// <param name="Copies">Copies it holds of a capped licence; 0 for every other licence.</param>
public sealed record RevokeLicence(ProductId Product, DealId Deal, int Copies) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        !state.Licences.Contains(Deal) ? Decision.Reject(Rejection.NoLicenceGranted)
        : Copies < 0 || Copies > state.CopiesIssued ? Decision.Reject(Rejection.OrderInvalid)
        : Decision.Accept(new LicenceRevoked(Product, Deal, Copies) { At = At, By = By });
}
