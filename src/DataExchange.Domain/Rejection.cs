namespace DataExchange.Domain;

/// <summary>Every reason for which a command can be refused, in bands by the capability that gives it.</summary>
public enum Rejection
{
    // Rights: what the application lacks
    /// <summary>The content fingerprint was registered before.</summary>
    DuplicateOfEarlierRegistration = 100,
    /// <summary>National core data may not be registered.</summary>
    NationalCoreData = 101,
    /// <summary>No use scenario was named: no scenario, no registration.</summary>
    NoUseScenario = 102,
    /// <summary>Proof of a lawful source, or any evidence, is missing.</summary>
    EvidenceMissing = 103,
    /// <summary>Personal information without consent.</summary>
    PersonalInformationWithoutConsent = 104,
    /// <summary>Important data without a security assessment.</summary>
    ImportantDataWithoutSecurityAssessment = 105,
    /// <summary>The data were acquired unlawfully or without authority.</summary>
    UnlawfulSource = 106,
    /// <summary>A dispute over ownership is unresolved.</summary>
    OwnershipDisputed = 107,
    /// <summary>The data harm national security, the public interest or others' rights.</summary>
    HarmsPublicInterest = 108,
    /// <summary>An objection was upheld.</summary>
    ObjectionUpheld = 109,
    // Rights: what the state forbids
    /// <summary>The product is already registered.</summary>
    ProductAlreadyRegistered = 120,
    /// <summary>The product is not registered.</summary>
    ProductNotRegistered = 121,
    /// <summary>Its registration was refused.</summary>
    RegistrationWasRefused = 122,
    /// <summary>Evidence is already submitted.</summary>
    EvidenceAlreadySubmitted = 123,
    /// <summary>The application is not accepted yet.</summary>
    ApplicationNotAccepted = 124,
    /// <summary>Compliance is not assessed yet.</summary>
    ComplianceNotAssessed = 125,
    /// <summary>It was returned and the correction is awaited.</summary>
    CorrectionAwaited = 126,
    /// <summary>Quality is not evaluated yet.</summary>
    QualityNotEvaluated = 127,
    /// <summary>The rights are not published for objection yet.</summary>
    RightsNotPublished = 128,
    /// <summary>The objection period is still running.</summary>
    ObjectionPeriodRunning = 129,
    /// <summary>The objection period is over.</summary>
    ObjectionPeriodOver = 130,
    /// <summary>An objection is pending.</summary>
    ObjectionPending = 131,
    /// <summary>No objection is pending.</summary>
    NoObjectionPending = 132,
    /// <summary>The rights are certified already.</summary>
    AlreadyCertified = 133,
    /// <summary>The application was rejected.</summary>
    ApplicationRejected = 134,
    /// <summary>The application was withdrawn.</summary>
    ApplicationWithdrawn = 135,
    /// <summary>The certificate is expired.</summary>
    CertificateExpired = 136,
    /// <summary>The certificate is revoked.</summary>
    CertificateRevoked = 137,
    /// <summary>The registration is cancelled.</summary>
    RegistrationCancelled = 138,
    /// <summary>The certificate is still valid.</summary>
    CertificateStillValid = 139,
    /// <summary>The fingerprint is claimed by this product already.</summary>
    FingerprintAlreadyClaimed = 140,
    /// <summary>Contributors' shares are negative or sum to more than the whole.</summary>
    ContributorSharesInvalid = 141,
    /// <summary>A quality figure is outside 0 to 100.</summary>
    QualityOutOfRange = 142,
    /// <summary>A term ends before it begins.</summary>
    TermInvalid = 143,
    /// <summary>A certificate without any of the three rights.</summary>
    NoRightNamed = 144,
    /// <summary>The party is registered already.</summary>
    PartyAlreadyRegistered = 145,
    /// <summary>The party's name is missing in Chinese or English.</summary>
    PartyNameMissing = 146,
    /// <summary>The product was admitted to the sandbox before: each is once.</summary>
    AlreadyInSandbox = 147,
    /// <summary>The product is not on trial in the sandbox.</summary>
    NotInSandbox = 148,
    /// <summary>Conditions or terms of a trial are out of range, or do not go beyond those in force.</summary>
    SandboxConditionsInvalid = 149,
    // Pricing
    /// <summary>The product is not certified.</summary>
    NotCertified = 200,
    /// <summary>The product is not valued.</summary>
    NotValued = 201,
    /// <summary>The price is outside the valuation band and no reason is given.</summary>
    PriceOutsideBand = 202,
    /// <summary>The price is above the cap that the authority set for public data.</summary>
    PriceAboveAuthorityCap = 203,
    /// <summary>A price, estimate, weight or quantity is out of range.</summary>
    PriceInvalid = 204,
    /// <summary>A smaller quantity would cost more than a larger one, or a version of lower quality no less than the full product.</summary>
    PriceNotMonotone = 210,
    /// <summary>Further calls would cost no less than those before: several orders would cost less than one.</summary>
    TiersNotFalling = 211,
    /// <summary>A share of revenue, its periods, cap or days are out of range, or do not go with the licence, steps or versions.</summary>
    RevenueShareInvalid = 212,
    /// <summary>A valuation's estimates, their inputs, their weights or its tolerance are out of range, or do not go together.</summary>
    ValuationUnsound = 209,
    /// <summary>Pricing is open already.</summary>
    PricingAlreadyOpen = 205,
    /// <summary>Pricing is closed, as the certificate lapsed.</summary>
    PricingClosed = 206,
    /// <summary>Only public data have an authority's cap.</summary>
    NotPublicData = 207,
    // Listing
    /// <summary>The certificate's holder lacks the product operation right.</summary>
    HolderLacksOperationRight = 300,
    /// <summary>The product has no price.</summary>
    NotPriced = 301,
    /// <summary>The product is listed at the venue already.</summary>
    AlreadyListed = 302,
    /// <summary>The product is not listed at the venue.</summary>
    NotListed = 303,
    /// <summary>The listing is suspended.</summary>
    ProductSuspended = 304,
    /// <summary>The listing is not suspended.</summary>
    NotSuspended = 305,
    /// <summary>The price noted is older than the one known.</summary>
    PriceVersionOutdated = 306,
    /// <summary>A count is negative.</summary>
    CountInvalid = 307,
    /// <summary>Contributors or coalition values are out of range or do not go together, or the holder is among the contributors.</summary>
    ContributionGameInvalid = 308,
    /// <summary>Holder and contributors together are worth nothing: no shares follow.</summary>
    ContributionsWorthNothing = 309,
    /// <summary>A requirement of that id is posted already.</summary>
    RequirementAlreadyPosted = 320,
    /// <summary>No requirement of that id is posted.</summary>
    RequirementNotPosted = 321,
    /// <summary>A requirement's words are missing or too long, its least quality or budget is out of range, or it is needed by a moment that is over.</summary>
    RequirementInvalid = 322,
    /// <summary>The time until which it was needed is over.</summary>
    RequirementOver = 323,
    /// <summary>The requirement is met already.</summary>
    RequirementWasMet = 324,
    /// <summary>The requirement lapsed: nobody met it in time.</summary>
    RequirementHasLapsed = 325,
    /// <summary>The buyer took the requirement back.</summary>
    RequirementWasWithdrawn = 326,
    /// <summary>The requirement is still open: it cannot lapse yet.</summary>
    RequirementStillOpen = 327,
    /// <summary>A ranking is out of order, names a product twice, has scores or counts out of range, or too many products.</summary>
    RankingInvalid = 328,
    /// <summary>The product is not among those that the venue proposed.</summary>
    ProductNotProposed = 329,
    // Trading
    /// <summary>The product is not offered at the venue.</summary>
    NotOffered = 400,
    /// <summary>The exclusive licence is sold.</summary>
    ExclusiveLicenceSold = 401,
    /// <summary>All copies of a capped licence are sold.</summary>
    CapReached = 402,
    /// <summary>The buyer is not admitted for the product's security class.</summary>
    BuyerNotAdmitted = 403,
    /// <summary>The buyer is admitted already.</summary>
    BuyerAlreadyAdmitted = 404,
    /// <summary>The offer is open at the venue already.</summary>
    AlreadyOffered = 405,
    /// <summary>The quantity or amount is out of range.</summary>
    OrderInvalid = 406,
    /// <summary>The deal holds no licence.</summary>
    NoLicenceGranted = 407,
    /// <summary>The deal has a licence already.</summary>
    LicenceAlreadyGranted = 408,
    /// <summary>The version noted is not later than the one known.</summary>
    ProductVersionOutdated = 409,
    /// <summary>No such version of lower quality is offered.</summary>
    VersionNotOffered = 410,
    /// <summary>A bundle of that id exists already.</summary>
    BundleExists = 411,
    /// <summary>No bundle of that id is offered.</summary>
    BundleNotFound = 412,
    /// <summary>The bundle has ended: it was withdrawn, or one of its parts is not sold any more as it was.</summary>
    BundleOver = 413,
    /// <summary>A bundle has fewer than two products, too many, or one twice, or its price is out of range or leaves nothing for a part.</summary>
    BundleInvalid = 414,
    /// <summary>The bundle, or a product in it, is another provider's.</summary>
    BundleForeign = 415,
    /// <summary>A product of the bundle is not offered at the venue.</summary>
    BundlePartNotOffered = 416,
    /// <summary>A product of the bundle is sold by the call, in limited numbers or by negotiation.</summary>
    BundlePartUnfit = 417,
    /// <summary>The bundle costs no less than its parts.</summary>
    BundleNotCheaper = 418,
    /// <summary>The product is not in the bundle.</summary>
    NotInBundle = 419,
    /// <summary>The deal exists already.</summary>
    DealAlreadyExists = 420,
    /// <summary>The deal does not exist.</summary>
    DealNotFound = 421,
    /// <summary>The contract is not agreed yet.</summary>
    ContractNotAgreed = 422,
    /// <summary>The contract is agreed already.</summary>
    ContractAlreadyAgreed = 423,
    /// <summary>The transaction is not registered yet.</summary>
    TransactionNotRegistered = 424,
    /// <summary>The transaction is registered already.</summary>
    TransactionAlreadyRegistered = 425,
    /// <summary>The product is not delivered yet.</summary>
    NotDelivered = 426,
    /// <summary>The product is delivered already.</summary>
    AlreadyDelivered = 427,
    /// <summary>The delivery is not late.</summary>
    DeliveryNotLate = 428,
    /// <summary>The delivery is late and recorded so already.</summary>
    DeliveryLate = 429,
    /// <summary>The time for acceptance is still running.</summary>
    AcceptancePeriodRunning = 430,
    /// <summary>The delivery is accepted already.</summary>
    AlreadyAccepted = 431,
    /// <summary>A dispute is pending.</summary>
    DisputePending = 432,
    /// <summary>No dispute is pending.</summary>
    NoDisputePending = 433,
    /// <summary>The deal is terminated or cancelled.</summary>
    DealTerminated = 434,
    /// <summary>The deal is completed.</summary>
    DealCompleted = 435,
    /// <summary>The use is outside the licence.</summary>
    UsageOutsideLicence = 436,
    /// <summary>The licence is not metered.</summary>
    NotMetered = 437,
    /// <summary>The refund is not within the price.</summary>
    RefundInvalid = 438,
    /// <summary>The negotiation is waiting for the other side.</summary>
    NotYourTurn = 439,
    /// <summary>The provider's offer has run out.</summary>
    OfferExpired = 441,
    /// <summary>A dispute was upheld; the deal is being refunded.</summary>
    DisputeWasUpheld = 440,
    /// <summary>The deal takes no late claim: its terms give none, or one was decided.</summary>
    NoLateClaim = 445,
    /// <summary>The time for late claims is over.</summary>
    ClaimPeriodOver = 446,
    /// <summary>A late claim is pending.</summary>
    ClaimPending = 447,
    /// <summary>No late claim is pending.</summary>
    NoClaimPending = 448,
    /// <summary>A late claim was upheld in full: the price went back.</summary>
    DealChargedBack = 449,
    /// <summary>Only the buyer reports its revenue.</summary>
    RevenueReportForeign = 491,
    /// <summary>The period is not over, its report not overdue, or an earlier one not reported.</summary>
    RevenuePeriodNotOver = 492,
    /// <summary>The period's revenue was reported or charged already.</summary>
    RevenueAlreadyReported = 493,
    /// <summary>The deal shares no revenue, has no such period, or its cap is used up.</summary>
    RevenuePeriodBeyondTerms = 494,
    /// <summary>The time for the report is over: the cap's equal part is charged.</summary>
    RevenueReportOverdue = 495,
    // Trading: order books
    /// <summary>The product has no order book at the venue.</summary>
    NoOrderBook = 450,
    /// <summary>The product has an order book already.</summary>
    OrderBookExists = 451,
    /// <summary>The order book is closed for good.</summary>
    OrderBookClosed = 452,
    /// <summary>Only call packs that may be sold on can be traded in an order book.</summary>
    NotTradable = 453,
    /// <summary>The party has used this order number, or a later one.</summary>
    OrderNumberUsed = 454,
    /// <summary>No such order rests in the book.</summary>
    OrderNotFound = 455,
    /// <summary>The book's phase does not allow it.</summary>
    PhaseForbids = 456,
    /// <summary>The party has too few packs that it does not offer for sale already.</summary>
    InsufficientPacks = 457,
    /// <summary>Only the provider may issue packs.</summary>
    OnlyProviderIssues = 458,
    /// <summary>A post-only order would have traded at once.</summary>
    WouldTrade = 459,
    /// <summary>A bound of the book is reached.</summary>
    OrderBookFull = 460,
    /// <summary>Nothing in the book is due.</summary>
    NothingDue = 461,
    // Trading: auctions
    /// <summary>There is no such auction.</summary>
    AuctionNotFound = 462,
    /// <summary>The product has an auction of that number already, or the number is not the next one.</summary>
    AuctionExists = 463,
    /// <summary>Rules of an auction are out of range or do not go together, or do not fit the licence.</summary>
    AuctionRulesInvalid = 464,
    /// <summary>The auction is closed or cancelled.</summary>
    AuctionOver = 465,
    /// <summary>The bid comes after the last moment for bids.</summary>
    LateBid = 466,
    /// <summary>The bidder has committed to a bid in this auction; a commitment is not changed.</summary>
    AlreadyCommitted = 467,
    /// <summary>The bidder has committed to nothing.</summary>
    NotCommitted = 468,
    /// <summary>Bids are opened only when no more are taken.</summary>
    RevealTooEarly = 469,
    /// <summary>The bid is opened after the last moment for it.</summary>
    RevealTooLate = 470,
    /// <summary>The bidder's bid is open already.</summary>
    AlreadyRevealed = 471,
    /// <summary>What is opened is not what was committed to.</summary>
    BidValueDiffers = 472,
    /// <summary>The deposit is less than the auction asks for.</summary>
    DepositMissing = 473,
    /// <summary>The bid is below the reserve, or below the price on the clock.</summary>
    BidBelowReserve = 474,
    /// <summary>The bid is not above the standing one by the increment.</summary>
    BidBelowIncrement = 475,
    /// <summary>A bid or commitment is not in its form or range.</summary>
    BidInvalid = 476,
    /// <summary>The provider does not bid in the auction of its own product.</summary>
    OwnAuction = 477,
    /// <summary>Bids can still be made or opened.</summary>
    AuctionNotOver = 478,
    /// <summary>An auction with bids is not cancelled.</summary>
    AuctionHasBids = 479,
    /// <summary>Sealed bids are committed to and opened; open ones are placed.</summary>
    WrongAuctionFormat = 485,
    /// <summary>The party has used this number of a bid, or a later one.</summary>
    BidNumberUsed = 486,
    /// <summary>The coin that was committed to at the opening is awaited.</summary>
    CoinMissing = 487,
    /// <summary>The coin is not the one that was committed to at the opening.</summary>
    CoinDiffers = 488,
    /// <summary>The outcome does not fit the bids.</summary>
    AuctionOutcomeInvalid = 489,
    /// <summary>The auction has as many bidders as it takes.</summary>
    AuctionFull = 490,
    // Trading: the sandbox
    /// <summary>The trial in the sandbox is over.</summary>
    SandboxOver = 480,
    /// <summary>The buyer is not among the firms that may buy on trial.</summary>
    BuyerNotInSandbox = 481,
    /// <summary>As many firms as may have bought on trial.</summary>
    SandboxBuyersReached = 482,
    /// <summary>The deals on trial would come to more than they may.</summary>
    SandboxAmountReached = 483,
    /// <summary>What is sold on trial has no order book.</summary>
    NoOrderBookInSandbox = 484,
    // Settlement
    /// <summary>The buyer's available funds do not cover the amount.</summary>
    InsufficientFunds = 500,
    /// <summary>An amount is not above zero.</summary>
    AmountInvalid = 501,
    /// <summary>Funds for the deal are held already.</summary>
    HoldExists = 502,
    /// <summary>No funds are held for the deal.</summary>
    NoSuchHold = 503,
    /// <summary>The escrow is funded already.</summary>
    EscrowAlreadyFunded = 504,
    /// <summary>The escrow is not funded.</summary>
    EscrowNotFunded = 505,
    /// <summary>The escrow holds less than the amount.</summary>
    EscrowExceeded = 506,
    /// <summary>The deal is settled already.</summary>
    AlreadySettled = 507,
    /// <summary>The deal is not settled yet.</summary>
    NotSettled = 508,
    /// <summary>The data invoice is issued already.</summary>
    InvoiceAlreadyIssued = 509,
    /// <summary>The deal was refunded in full.</summary>
    DealRefunded = 510,
    /// <summary>Shares or rates are out of range.</summary>
    TermsInvalid = 511,
    /// <summary>Filed contracts are paid off the venue: no funds pass through it.</summary>
    FiledOffVenue = 512,
    /// <summary>Each tier of a fee begins above the one before it, and there are not too many.</summary>
    FeeTiersNotRising = 513,
    /// <summary>The least fee is negative or above the most.</summary>
    FeeBoundsInvalid = 514,
    /// <summary>Nothing is payable to the party, or less than is paid out.</summary>
    NothingPayable = 515,
    /// <summary>The deal's shares were taken back already.</summary>
    AlreadyChargedBack = 516,
    /// <summary>More than was shared out cannot be taken back.</summary>
    ChargebackExceeded = 517,
    // Trust
    /// <summary>The venue's log is open already.</summary>
    LogAlreadyOpen = 600,
    /// <summary>The venue's log is not open.</summary>
    LogNotOpen = 601,
    /// <summary>There is no key to sign the log's heads with.</summary>
    LogKeyMissing = 602,
    /// <summary>The key is not a later one than the one in use.</summary>
    LogKeyUnchanged = 603,
    /// <summary>There is no head to publish: no logs are kept.</summary>
    TreeHeadMissing = 604,
    /// <summary>The head has fewer leaves than an earlier one of the log.</summary>
    TreeHeadShrinks = 605,
    /// <summary>The log has another head of the same size: it has forked.</summary>
    TreeHeadForks = 606,
    /// <summary>The log has nothing new since its last head.</summary>
    TreeHeadUnchanged = 607,
    /// <summary>A head is anchored in the log of another venue, not in its own.</summary>
    OwnTreeHead = 608,
}
