using System.Text.RegularExpressions;
using DataExchange.Domain;

namespace DataExchange.Gateway.Commands;

/// <summary>Which status of HTTP a refusal has: 404 for what is not there, 403 for who may not, 422 for values that no state would accept, 409 for what the state forbids.</summary>
public static partial class RejectionStatus
{
    private const int NotAllowed = 403;
    private const int NotThere = 404;
    private const int Forbidden = 409;
    private const int Wrong = 422;

    /// <summary>The status.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The refusal has no status.</exception>
    public static int Of(Rejection rejection) => rejection switch
    {
        Rejection.ProductNotRegistered or Rejection.NotOffered or Rejection.NotListed or Rejection.DealNotFound or Rejection.RequirementNotPosted or Rejection.NoOrderBook or Rejection.OrderNotFound
            or Rejection.NoSuchHold or Rejection.AuctionNotFound or Rejection.NotCommitted or Rejection.LogNotOpen or Rejection.NoLicenceGranted or Rejection.VersionNotOffered or Rejection.BundleNotFound => NotThere,

        Rejection.BuyerNotAdmitted or Rejection.BuyerNotInSandbox or Rejection.HolderLacksOperationRight or Rejection.OnlyProviderIssues or Rejection.BundleForeign or Rejection.OwnAuction
            or Rejection.UsageOutsideLicence or Rejection.RevenueReportForeign => NotAllowed,

        Rejection.NationalCoreData or Rejection.NoUseScenario or Rejection.EvidenceMissing or Rejection.PersonalInformationWithoutConsent
            or Rejection.ImportantDataWithoutSecurityAssessment or Rejection.UnlawfulSource or Rejection.OwnershipDisputed or Rejection.HarmsPublicInterest
            or Rejection.ContributorSharesInvalid or Rejection.ContributionGameInvalid or Rejection.ContributionsWorthNothing
            or Rejection.QualityOutOfRange or Rejection.TermInvalid or Rejection.NoRightNamed or Rejection.PartyNameMissing
            or Rejection.SandboxConditionsInvalid or Rejection.PriceOutsideBand or Rejection.PriceAboveAuthorityCap or Rejection.PriceInvalid or Rejection.PriceNotMonotone or Rejection.TiersNotFalling or Rejection.RevenueShareInvalid or Rejection.BundleInvalid or Rejection.BundlePartUnfit or Rejection.BundleNotCheaper or Rejection.ValuationUnsound
            or Rejection.NotPublicData or Rejection.CountInvalid or Rejection.OrderInvalid or Rejection.RefundInvalid or Rejection.AmountInvalid
            or Rejection.TermsInvalid or Rejection.FeeTiersNotRising or Rejection.FeeBoundsInvalid or Rejection.LogKeyMissing or Rejection.TreeHeadMissing
            or Rejection.OwnTreeHead or Rejection.RequirementInvalid or Rejection.RankingInvalid
            or Rejection.AuctionRulesInvalid or Rejection.BidInvalid or Rejection.BidValueDiffers or Rejection.DepositMissing
            or Rejection.WrongAuctionFormat or Rejection.CoinDiffers or Rejection.AuctionOutcomeInvalid => Wrong,

        Rejection.DuplicateOfEarlierRegistration or Rejection.ObjectionUpheld or Rejection.ProductAlreadyRegistered or Rejection.RegistrationWasRefused
            or Rejection.EvidenceAlreadySubmitted or Rejection.ApplicationNotAccepted or Rejection.ComplianceNotAssessed or Rejection.CorrectionAwaited
            or Rejection.QualityNotEvaluated or Rejection.RightsNotPublished or Rejection.ObjectionPeriodRunning or Rejection.ObjectionPeriodOver
            or Rejection.ObjectionPending or Rejection.NoObjectionPending or Rejection.AlreadyCertified or Rejection.ApplicationRejected
            or Rejection.ApplicationWithdrawn or Rejection.CertificateExpired or Rejection.CertificateRevoked or Rejection.RegistrationCancelled
            or Rejection.CertificateStillValid or Rejection.FingerprintAlreadyClaimed or Rejection.PartyAlreadyRegistered or Rejection.AlreadyInSandbox
            or Rejection.NotInSandbox or Rejection.NotCertified or Rejection.NotValued or Rejection.PricingAlreadyOpen or Rejection.PricingClosed
            or Rejection.NotPriced or Rejection.AlreadyListed or Rejection.ProductSuspended or Rejection.NotSuspended or Rejection.PriceVersionOutdated
            or Rejection.ExclusiveLicenceSold or Rejection.CapReached or Rejection.BuyerAlreadyAdmitted or Rejection.AlreadyOffered
            or Rejection.LicenceAlreadyGranted or Rejection.ProductVersionOutdated or Rejection.DealAlreadyExists or Rejection.ContractNotAgreed
            or Rejection.ContractAlreadyAgreed or Rejection.TransactionNotRegistered or Rejection.TransactionAlreadyRegistered or Rejection.NotDelivered
            or Rejection.AlreadyDelivered or Rejection.DeliveryNotLate or Rejection.DeliveryLate or Rejection.AcceptancePeriodRunning
            or Rejection.AlreadyAccepted or Rejection.DisputePending or Rejection.NoDisputePending or Rejection.DealTerminated or Rejection.DealCompleted
            or Rejection.RevenuePeriodNotOver or Rejection.RevenueAlreadyReported or Rejection.RevenuePeriodBeyondTerms or Rejection.RevenueReportOverdue
            or Rejection.NotMetered or Rejection.NotYourTurn or Rejection.OfferExpired or Rejection.DisputeWasUpheld or Rejection.NoLateClaim or Rejection.ClaimPeriodOver
            or Rejection.ClaimPending or Rejection.NoClaimPending or Rejection.DealChargedBack or Rejection.OrderBookExists or Rejection.OrderBookClosed
            or Rejection.NotTradable or Rejection.OrderNumberUsed or Rejection.PhaseForbids or Rejection.InsufficientPacks or Rejection.WouldTrade
            or Rejection.OrderBookFull or Rejection.NothingDue or Rejection.SandboxOver or Rejection.SandboxBuyersReached or Rejection.SandboxAmountReached
            or Rejection.NoOrderBookInSandbox or Rejection.InsufficientFunds or Rejection.HoldExists or Rejection.EscrowAlreadyFunded
            or Rejection.EscrowNotFunded or Rejection.EscrowExceeded or Rejection.AlreadySettled or Rejection.NotSettled or Rejection.InvoiceAlreadyIssued
            or Rejection.DealRefunded or Rejection.FiledOffVenue or Rejection.NothingPayable or Rejection.AlreadyChargedBack or Rejection.ChargebackExceeded
            or Rejection.LogAlreadyOpen or Rejection.LogKeyUnchanged or Rejection.TreeHeadShrinks or Rejection.TreeHeadForks
            or Rejection.TreeHeadUnchanged or Rejection.RequirementAlreadyPosted or Rejection.RequirementOver or Rejection.RequirementWasMet
            or Rejection.RequirementHasLapsed or Rejection.RequirementWasWithdrawn or Rejection.RequirementStillOpen
            or Rejection.ProductNotProposed or Rejection.BundleExists or Rejection.BundleOver or Rejection.BundlePartNotOffered or Rejection.NotInBundle
            or Rejection.AuctionExists or Rejection.AuctionOver or Rejection.LateBid or Rejection.AlreadyCommitted
            or Rejection.RevealTooEarly or Rejection.RevealTooLate or Rejection.AlreadyRevealed or Rejection.BidBelowReserve or Rejection.BidBelowIncrement
            or Rejection.AuctionNotOver or Rejection.AuctionHasBids or Rejection.BidNumberUsed or Rejection.CoinMissing or Rejection.AuctionFull => Forbidden,

        _ => throw new ArgumentOutOfRangeException(nameof(rejection), rejection, "The refusal has no status of HTTP: give it one."),
    };

    /// <summary>The last part of the problem's type: <c>insufficient-funds</c>.</summary>
    public static string NameOf(Rejection rejection) => Word().Replace(rejection.ToString(), "-$0").TrimStart('-').ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Word();
}
