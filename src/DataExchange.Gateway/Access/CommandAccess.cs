using System.Collections.Frozen;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Pricing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;

namespace DataExchange.Gateway.Access;

/// <summary>What a command must have to do with whoever gives it.</summary>
public enum Concern
{
    /// <summary>Nothing.</summary>
    Any,
    /// <summary>It names the caller's own party as the one that acts.</summary>
    Self,
    /// <summary>It is about a product whose rights the caller holds, or has applied for.</summary>
    Product,
    /// <summary>It is about a deal in which the caller is what its role says: buyer, provider or venue.</summary>
    Deal,
    /// <summary>It is about the caller's venue: named in it, or the one of its product, book or log.</summary>
    Venue,
    /// <summary>It is about a requirement that the caller posted, or that was posted at the caller's venue.</summary>
    Requirement,
    /// <summary>It calls a halt of trading, and no other phase.</summary>
    Halt,
}

/// <summary>A role that may give a command.</summary>
/// <param name="Role">The role.</param>
/// <param name="Concern">What the command must have to do with it.</param>
public readonly record struct Grant(Role Role, Concern Concern);

/// <summary>Who may give which command. What is not here is not permitted; a command without any role is one that only the exchange itself gives.</summary>
public static class CommandAccess
{
    private static readonly Grant ProviderSelf = new(Role.Provider, Concern.Self);
    private static readonly Grant ProviderProduct = new(Role.Provider, Concern.Product);
    private static readonly Grant ProviderDeal = new(Role.Provider, Concern.Deal);
    private static readonly Grant BuyerSelf = new(Role.Buyer, Concern.Self);
    private static readonly Grant BuyerDeal = new(Role.Buyer, Concern.Deal);
    private static readonly Grant BuyerRequirement = new(Role.Buyer, Concern.Requirement);
    private static readonly Grant VenueRequirement = new(Role.Venue, Concern.Requirement);
    private static readonly Grant AssessorSelf = new(Role.Assessor, Concern.Self);
    private static readonly Grant Assessor = new(Role.Assessor, Concern.Any);
    private static readonly Grant VenueSelf = new(Role.Venue, Concern.Self);
    private static readonly Grant Venue = new(Role.Venue, Concern.Venue);
    private static readonly Grant AnyVenue = new(Role.Venue, Concern.Any);
    private static readonly Grant VenueDeal = new(Role.Venue, Concern.Deal);
    private static readonly Grant Regulator = new(Role.Regulator, Concern.Any);
    private static readonly Grant RegulatorHalt = new(Role.Regulator, Concern.Halt);
    private static readonly Grant Administrator = new(Role.Administrator, Concern.Any);

    private static readonly FrozenDictionary<Type, Grant[]> Rows = new Dictionary<Type, Grant[]>
    {
        // Rights
        [typeof(RegisterParty)] = [ProviderSelf, BuyerSelf, AssessorSelf, VenueSelf, Administrator],
        [typeof(RegisterProduct)] = [ProviderSelf],
        [typeof(SubmitEvidence)] = [ProviderProduct],
        [typeof(WithdrawApplication)] = [ProviderProduct],
        [typeof(ReviseProduct)] = [ProviderProduct],
        [typeof(CorrectRegistration)] = [ProviderProduct],
        [typeof(CancelRegistration)] = [ProviderProduct],
        [typeof(TransferRights)] = [ProviderProduct],
        [typeof(LicenseRights)] = [ProviderProduct],
        [typeof(AcceptApplication)] = [Venue],
        [typeof(AssessCompliance)] = [Assessor],
        [typeof(EvaluateQuality)] = [Assessor],
        [typeof(PublishRights)] = [Venue],
        [typeof(RaiseObjection)] = [ProviderSelf, BuyerSelf],
        [typeof(DecideObjection)] = [Venue],
        [typeof(CertifyRights)] = [Venue],
        [typeof(RenewCertificate)] = [Venue],
        [typeof(ExpireCertificate)] = [Venue],
        [typeof(RevokeCertificate)] = [Venue],
        [typeof(AdmitToSandbox)] = [Venue],
        [typeof(ExtendSandbox)] = [Venue],
        [typeof(EndSandbox)] = [Venue],
        [typeof(ClaimFingerprint)] = [],

        // Pricing
        [typeof(ValueProduct)] = [Assessor],
        [typeof(SetAuthorityCap)] = [Administrator],
        [typeof(SetPrice)] = [ProviderProduct],
        [typeof(OpenPricing)] = [],
        [typeof(ClosePricing)] = [],

        // Listing
        [typeof(ListProduct)] = [ProviderProduct],
        [typeof(DelistProduct)] = [ProviderProduct, Venue],
        [typeof(SuspendListing)] = [Venue],
        [typeof(ResumeListing)] = [Venue],
        [typeof(RecordViews)] = [Venue],
        [typeof(PostRequirement)] = [BuyerSelf],
        [typeof(AnswerRequirement)] = [VenueRequirement],
        [typeof(MeetRequirement)] = [BuyerRequirement],
        [typeof(LapseRequirement)] = [VenueRequirement],
        [typeof(WithdrawRequirement)] = [BuyerRequirement],
        [typeof(NoteCertificate)] = [],
        [typeof(NoteCertificateLapse)] = [],
        [typeof(NotePrice)] = [],

        // Trading: offers
        [typeof(AdmitBuyer)] = [AnyVenue, Administrator],
        [typeof(PlaceOrder)] = [BuyerSelf],
        [typeof(AllotPacks)] = [Venue],
        [typeof(OpenOffer)] = [],
        [typeof(ChangeOfferTerms)] = [],
        [typeof(ChangeOfferVersion)] = [],
        [typeof(ExtendOffer)] = [],
        [typeof(SuspendOffer)] = [],
        [typeof(ResumeOffer)] = [],
        [typeof(CloseOffer)] = [],
        [typeof(RevokeLicence)] = [],
        [typeof(OpenTrial)] = [],
        [typeof(ExtendTrial)] = [],
        [typeof(CloseTrial)] = [],

        // Trading: books
        [typeof(EnterBookOrder)] = [ProviderSelf, BuyerSelf],
        [typeof(CancelBookOrder)] = [ProviderSelf, BuyerSelf],
        [typeof(ReduceBookOrder)] = [ProviderSelf, BuyerSelf],
        [typeof(RedeemPacks)] = [ProviderSelf, BuyerSelf],
        [typeof(CallPhase)] = [Venue, RegulatorHalt],
        [typeof(AdvanceOrderBook)] = [Venue],
        [typeof(SuspendOrderBook)] = [Venue, Regulator],
        [typeof(ResumeOrderBook)] = [Venue, Regulator],
        [typeof(OpenOrderBook)] = [],
        [typeof(ExtendOrderBook)] = [],
        [typeof(CloseOrderBook)] = [],

        // Trading: auctions
        [typeof(AnnounceAuction)] = [ProviderProduct, Venue],
        [typeof(CommitBid)] = [ProviderSelf, BuyerSelf],
        [typeof(RevealBid)] = [ProviderSelf, BuyerSelf],
        [typeof(PlaceBid)] = [ProviderSelf, BuyerSelf],
        [typeof(CloseAuction)] = [Venue],
        [typeof(CancelAuction)] = [Venue],
        [typeof(OpenAuction)] = [],
        [typeof(GrantAward)] = [],

        // Trading: bundles
        [typeof(OfferBundle)] = [ProviderSelf],
        [typeof(OrderBundle)] = [BuyerSelf],
        [typeof(WithdrawBundle)] = [ProviderSelf],
        [typeof(EndBundle)] = [],
        [typeof(JoinBundle)] = [],
        [typeof(LeaveBundle)] = [],
        [typeof(GrantBundlePart)] = [],

        // Trading: deals
        [typeof(RequestContract)] = [BuyerSelf],
        [typeof(OfferContract)] = [ProviderDeal],
        [typeof(AcceptContract)] = [BuyerDeal],
        [typeof(AgreeContract)] = [ProviderDeal, BuyerDeal],
        [typeof(VerifyContract)] = [BuyerDeal],
        [typeof(FinalizeContract)] = [ProviderDeal],
        [typeof(TerminateNegotiation)] = [ProviderDeal, BuyerDeal, VenueDeal],
        [typeof(RegisterTransaction)] = [VenueDeal],
        [typeof(CompleteTransfer)] = [ProviderDeal],
        [typeof(ReportLateDelivery)] = [BuyerDeal],
        [typeof(CancelDeal)] = [BuyerDeal],
        [typeof(AcceptDelivery)] = [BuyerDeal],
        [typeof(TimeOutAcceptance)] = [VenueDeal],
        [typeof(RaiseDispute)] = [BuyerDeal],
        [typeof(DecideDispute)] = [VenueDeal],
        [typeof(ReportUsage)] = [ProviderDeal, BuyerDeal],
        [typeof(ReportRevenue)] = [BuyerDeal],
        [typeof(ChargeOverdueRevenue)] = [VenueDeal],
        [typeof(RaiseClaim)] = [BuyerDeal],
        [typeof(DecideClaim)] = [VenueDeal],
        [typeof(MatchOrder)] = [],
        [typeof(ConfirmTrade)] = [],
        [typeof(CompleteDeal)] = [],

        // Settlement
        [typeof(DepositFunds)] = [ProviderSelf, BuyerSelf],
        [typeof(PayOutProceeds)] = [Administrator],
        [typeof(HoldFunds)] = [],
        [typeof(SplitHold)] = [],
        [typeof(ReleaseHold)] = [],
        [typeof(CaptureHold)] = [],
        [typeof(CreditRefund)] = [],
        [typeof(HoldOrderFunds)] = [],
        [typeof(ReleaseOrderFunds)] = [],
        [typeof(AllotOrderFunds)] = [],
        [typeof(HoldBidFunds)] = [],
        [typeof(ReleaseBidFunds)] = [],
        [typeof(ReturnBidFunds)] = [],
        [typeof(AllotBidFunds)] = [],
        [typeof(ForfeitDeposit)] = [],
        [typeof(FundEscrow)] = [],
        [typeof(RecordFiledContract)] = [],
        [typeof(SettleDeal)] = [],
        [typeof(SettlePeriod)] = [],
        [typeof(RefundDeal)] = [],
        [typeof(ChargeBackDeal)] = [],
        [typeof(ChargeBackProceeds)] = [],
        [typeof(IssueDataInvoice)] = [],
        [typeof(AnchorInvoice)] = [],

        // Trust
        [typeof(OpenLog)] = [Venue],
        [typeof(RotateLogKey)] = [Venue],
        [typeof(PublishTreeHead)] = [Venue],
        [typeof(AnchorTreeHead)] = [Venue],
    }.ToFrozenDictionary();

    /// <summary>Types of the commands that have a row.</summary>
    public static IEnumerable<Type> Commands => Rows.Keys;

    /// <summary>The roles that may give a command; empty where only the exchange may.</summary>
    /// <param name="command">Type of the command.</param>
    public static IReadOnlyList<Grant> Of(Type command) => Rows.TryGetValue(command, out var grants) ? grants : [];

    /// <summary>What a command must have to do with a caller of a role; null when the role may not give it at all.</summary>
    public static Concern? For(Type command, Role role)
    {
        foreach (var grant in Of(command))
        {
            if (grant.Role == role)
            {
                return grant.Concern;
            }
        }

        return null;
    }
}
