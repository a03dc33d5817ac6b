using System.Collections.Frozen;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;

namespace DataExchange.Exchange;

/// <summary>Which stream an event belongs to, from what the event itself says: the way back from a fact to its place.</summary>
public static class EventHome
{
    private static readonly FrozenDictionary<Type, Home> Homes = All().ToFrozenDictionary(home => home.Type);

    /// <summary>The kind of stream that events of a type are in.</summary>
    /// <exception cref="ArgumentException">It is no event type.</exception>
    public static StreamKind KindOf(Type eventType) => Find(eventType).Kind;

    /// <summary>Whether an event belongs to a stream.</summary>
    /// <param name="streamId">Id of the stream.</param>
    /// <param name="event">The event.</param>
    public static bool Belongs(ReadOnlySpan<char> streamId, Event @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var home = Find(@event.GetType());
        var kind = home.Kind.Name;
        return streamId.Length > kind.Length
            && streamId[kind.Length] == '/'
            && streamId.StartsWith(kind, StringComparison.Ordinal)
            && streamId[(kind.Length + 1)..].SequenceEqual(home.LocalName(@event));
    }

    /// <summary>Id of the stream that an event belongs to.</summary>
    public static string StreamOf(Event @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var home = Find(@event.GetType());
        return $"{home.Kind.Name}/{home.LocalName(@event)}";
    }

    private static Home Find(Type type) => Homes.TryGetValue(type, out var home)
        ? home
        : throw new ArgumentException($"{type} is no event type with a stream: see {nameof(EventHome)}.", nameof(type));

    private static IEnumerable<Home> All() =>
    [
        In<PartyRegistered>("party", e => e.Party.Value),
        In<SandboxAdmitted>("product", e => e.Product.Value),
        In<SandboxEnded>("product", e => e.Product.Value),
        In<SandboxExtended>("product", e => e.Product.Value),
        In<TrialClosed>("offer", e => e.Product.Value),
        In<TrialExtended>("offer", e => e.Product.Value),
        In<TrialOpened>("offer", e => e.Product.Value),
        In<ProductRevised>("product", e => e.Product.Value),
        In<RevisionRefused>("product", e => e.Product.Value),
        In<OfferVersionChanged>("offer", e => e.Product.Value),
        In<ApplicationAccepted>("product", e => e.Product.Value),
        In<ApplicationWithdrawn>("product", e => e.Product.Value),
        In<CertificateExpired>("product", e => e.Product.Value),
        In<CertificateRenewed>("product", e => e.Product.Value),
        In<CertificateRevoked>("product", e => e.Product.Value),
        In<CompliancePassed>("product", e => e.Product.Value),
        In<ComplianceRejected>("product", e => e.Product.Value),
        In<ComplianceReturned>("product", e => e.Product.Value),
        In<EvidenceSubmitted>("product", e => e.Product.Value),
        In<ObjectionDismissed>("product", e => e.Product.Value),
        In<ObjectionRaised>("product", e => e.Product.Value),
        In<ObjectionUpheld>("product", e => e.Product.Value),
        In<ProductImported>("product", e => e.Product.Value),
        In<ProductRegistered>("product", e => e.Product.Value),
        In<QualityEvaluated>("product", e => e.Product.Value),
        In<RegistrationCancelled>("product", e => e.Product.Value),
        In<RegistrationCorrected>("product", e => e.Product.Value),
        In<RegistrationRefused>("product", e => e.Product.Value),
        In<RightsCertified>("product", e => e.Product.Value),
        In<RightsLicensed>("product", e => e.Product.Value),
        In<RightsPublished>("product", e => e.Product.Value),
        In<RightsTransferred>("product", e => e.Product.Value),
        In<FingerprintClaimed>("fingerprint", e => e.Fingerprint),
        In<AuthorityCapSet>("pricing", e => e.Product.Value),
        In<PriceRefused>("pricing", e => e.Product.Value),
        In<PriceSet>("pricing", e => e.Product.Value),
        In<PricingClosed>("pricing", e => e.Product.Value),
        In<PricingOpened>("pricing", e => e.Product.Value),
        In<ProductValued>("pricing", e => e.Product.Value),
        In<CertificateLapseNoted>("listing", e => e.Product.Value),
        In<CertificateNoted>("listing", e => e.Product.Value),
        In<ListingRefused>("listing", e => e.Product.Value),
        In<ListingResumed>("listing", e => e.Product.Value),
        In<ListingSuspended>("listing", e => e.Product.Value),
        In<PriceNoted>("listing", e => e.Product.Value),
        In<ProductDelisted>("listing", e => e.Product.Value),
        In<ProductListed>("listing", e => e.Product.Value),
        In<ViewsRecorded>("listing", e => e.Product.Value),
        In<RequirementAnswered>("requirement", e => e.Requirement.Value),
        In<RequirementLapsed>("requirement", e => e.Requirement.Value),
        In<RequirementMet>("requirement", e => e.Requirement.Value),
        In<RequirementPosted>("requirement", e => e.Requirement.Value),
        In<RequirementWithdrawn>("requirement", e => e.Requirement.Value),
        In<AcceptanceTimedOut>("deal", e => e.Deal.Value),
        In<ClaimDismissed>("deal", e => e.Deal.Value),
        In<ClaimRaised>("deal", e => e.Deal.Value),
        In<ClaimUpheld>("deal", e => e.Deal.Value),
        In<ContractAccepted>("deal", e => e.Deal.Value),
        In<ContractAgreed>("deal", e => e.Deal.Value),
        In<ContractFinalized>("deal", e => e.Deal.Value),
        In<ContractOffered>("deal", e => e.Deal.Value),
        In<ContractRequested>("deal", e => e.Deal.Value),
        In<ContractVerified>("deal", e => e.Deal.Value),
        In<DealCancelled>("deal", e => e.Deal.Value),
        In<DealCompleted>("deal", e => e.Deal.Value),
        In<DeliveryAccepted>("deal", e => e.Deal.Value),
        In<DeliveryLate>("deal", e => e.Deal.Value),
        In<DisputeDismissed>("deal", e => e.Deal.Value),
        In<DisputeRaised>("deal", e => e.Deal.Value),
        In<DisputeUpheld>("deal", e => e.Deal.Value),
        In<NegotiationTerminated>("deal", e => e.Deal.Value),
        In<OrderMatched>("deal", e => e.Deal.Value),
        In<TradeConfirmed>("deal", e => e.Deal.Value),
        In<TransactionRegistered>("deal", e => e.Deal.Value),
        In<TransferCompleted>("deal", e => e.Deal.Value),
        In<RevenueReported>("deal", e => e.Deal.Value),
        In<RevenueOverdue>("deal", e => e.Deal.Value),
        In<UsageRefused>("deal", e => e.Deal.Value),
        In<UsageReported>("deal", e => e.Deal.Value),
        In<BuyerAdmitted>("buyer", e => e.Buyer.Value),
        In<BookClosed>("book", e => e.Product.Value),
        In<BookExtended>("book", e => e.Product.Value),
        In<BookHalted>("book", e => e.Product.Value),
        In<BookOpened>("book", e => e.Product.Value),
        In<BookOrderCancelled>("book", e => e.Product.Value),
        In<BookOrderEntered>("book", e => e.Product.Value),
        In<BookOrderExpired>("book", e => e.Product.Value),
        In<BookOrderReduced>("book", e => e.Product.Value),
        In<BookOrderRefused>("book", e => e.Product.Value),
        In<BookOrderTriggered>("book", e => e.Product.Value),
        In<BookPhaseChanged>("book", e => e.Product.Value),
        In<BookResumed>("book", e => e.Product.Value),
        In<BookSuspended>("book", e => e.Product.Value),
        In<BookUncrossed>("book", e => e.Product.Value),
        In<PacksRedeemed>("book", e => e.Product.Value),
        In<PacksTraded>("book", e => e.Product.Value),
        In<BundleEnded>("bundle", e => e.Bundle.Value),
        In<BundleOffered>("bundle", e => e.Bundle.Value),
        In<BundleOrdered>("bundle", e => e.Bundle.Value),
        In<BundleJoined>("offer", e => e.Product.Value),
        In<BundleLeft>("offer", e => e.Product.Value),
        In<AuctionCancelled>("auction", e => e.Auction.Value),
        In<AuctionClosed>("auction", e => e.Auction.Value),
        In<AuctionOpened>("auction", e => e.Auction.Value),
        In<BidCommitted>("auction", e => e.Auction.Value),
        In<BidPlaced>("auction", e => e.Auction.Value),
        In<BidRevealed>("auction", e => e.Auction.Value),
        In<AuctionAnnounced>("offer", e => e.Product.Value),
        In<LicenceGranted>("offer", e => e.Product.Value),
        In<LicenceRevoked>("offer", e => e.Product.Value),
        In<OfferClosed>("offer", e => e.Product.Value),
        In<OfferExtended>("offer", e => e.Product.Value),
        In<OfferOpened>("offer", e => e.Product.Value),
        In<OfferResumed>("offer", e => e.Product.Value),
        In<OfferSuspended>("offer", e => e.Product.Value),
        In<OfferTermsChanged>("offer", e => e.Product.Value),
        In<OfferWithdrawn>("offer", e => e.Product.Value),
        In<OrderRejected>("offer", e => e.Product.Value),
        In<PacksAllotted>("offer", e => e.Product.Value),
        In<DataInvoiceIssued>("settlement", e => e.Deal.Value),
        In<DealChargedBack>("settlement", e => e.Deal.Value),
        In<DealRefunded>("settlement", e => e.Deal.Value),
        In<DealSettled>("settlement", e => e.Deal.Value),
        In<EscrowFunded>("settlement", e => e.Deal.Value),
        In<FiledContractRecorded>("settlement", e => e.Deal.Value),
        In<PeriodSettled>("settlement", e => e.Deal.Value),
        In<BidFundsHeld>("account", e => e.Party.Value),
        In<BidFundsRefused>("account", e => e.Party.Value),
        In<BidFundsReleased>("account", e => e.Party.Value),
        In<DepositForfeited>("account", e => e.Party.Value),
        In<FundsDeposited>("account", e => e.Party.Value),
        In<FundsHeld>("account", e => e.Party.Value),
        In<HoldCaptured>("account", e => e.Party.Value),
        In<HoldRefused>("account", e => e.Party.Value),
        In<HoldReleased>("account", e => e.Party.Value),
        In<OrderFundsAllotted>("account", e => e.Party.Value),
        In<OrderFundsHeld>("account", e => e.Party.Value),
        In<OrderFundsRefused>("account", e => e.Party.Value),
        In<OrderFundsReleased>("account", e => e.Party.Value),
        In<RefundCredited>("account", e => e.Party.Value),
        In<ProceedsChargedBack>("payable", e => e.Party.Value),
        In<ProceedsOffset>("payable", e => e.Party.Value),
        In<ProceedsPaidOut>("payable", e => e.Party.Value),
        In<InvoiceAnchored>("chain", e => e.Chain),
        In<LogOpened>("log", e => e.Venue.Value),
        In<LogKeyRotated>("log", e => e.Venue.Value),
        In<TreeHeadPublished>("log", e => e.Venue.Value),
        In<TreeHeadAnchored>("log", e => e.Venue.Value),
    ];

    private static Home In<T>(string kind, Func<T, string> localName)
        where T : Event =>
        new(typeof(T), StreamKind.Of(kind), @event => localName((T)@event));

    private sealed record Home(Type Type, StreamKind Kind, Func<Event, string> LocalName);
}
