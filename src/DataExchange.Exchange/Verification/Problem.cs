namespace DataExchange.Exchange.Verification;

/// <summary>What is wrong with a store.</summary>
/// <param name="Stream">The stream it shows in; for what concerns the whole ledger, the ledger account.</param>
/// <param name="Version">The event it shows at; null when it concerns the stream as a whole.</param>
/// <param name="Rule">The rule broken.</param>
/// <param name="Detail">What was found and what was expected, with figures.</param>
public sealed record Problem(string Stream, int? Version, AuditRule Rule, string Detail)
{
    /// <summary>One line: <c>deal/D0000042 version 5: RegisteredWithoutLicence: …</c>.</summary>
    public override string ToString() => $"{Stream}{(Version is { } version ? $" version {version}" : "")}: {Rule}: {Detail}";
}

/// <summary>The rules that an audit checks.</summary>
public enum AuditRule
{
    // Every stream
    /// <summary>Versions run 1, 2, 3 … without a gap.</summary>
    VersionGap,
    /// <summary>Time does not go back within a stream.</summary>
    TimeGoesBack,
    /// <summary>The stream is of a known kind.</summary>
    UnknownStreamKind,
    /// <summary>An event is in the stream that it speaks of.</summary>
    ForeignEvent,
    /// <summary>An event can follow the state before it.</summary>
    ImpossibleHistory,

    // What may be listed and sold
    /// <summary>A product is listed under a valid certificate.</summary>
    ListedWithoutCertificate,
    /// <summary>Contributors' shares are those that follow from the values that were recorded with them.</summary>
    FairSharesDiffer,
    /// <summary>A product is listed with a price.</summary>
    ListedWithoutPrice,
    /// <summary>A product is sold after it was certified.</summary>
    SoldWithoutCertificate,
    /// <summary>A product is sold before its certificate ended.</summary>
    SoldAfterCertificateEnd,
    /// <summary>A product is sold after it was priced.</summary>
    SoldWithoutPrice,
    /// <summary>A product is sold while it is on that venue's shelf.</summary>
    SoldWithoutListing,
    /// <summary>A product is not sold while it is suspended at that venue.</summary>
    SoldWhileSuspended,
    /// <summary>An exclusive licence is held by one deal at a time, and blocks all others.</summary>
    ExclusiveSoldTwice,
    /// <summary>No more copies are issued than the cap.</summary>
    CapExceeded,
    /// <summary>A licence is granted on the terms in force.</summary>
    SoldOffTerms,
    /// <summary>What is sold, agreed and traded is the version of the content that was in force; packs are of the version of their series.</summary>
    SoldVersionDiffers,
    /// <summary>What is sold on trial is a product that a venue admitted to the sandbox, there, to firms that may buy.</summary>
    SoldOutsideSandbox,
    /// <summary>Nothing is sold on trial after the trial ended.</summary>
    SoldAfterSandboxEnd,
    /// <summary>No more firms buy on trial, and for no more, than the conditions allow.</summary>
    SandboxLimitExceeded,
    /// <summary>What met a requirement is a licence for the product that was granted to the buyer who posted it.</summary>
    RequirementDealDiffers,
    /// <summary>A deal is granted one licence.</summary>
    GrantedTwice,
    /// <summary>A transaction is registered after its licence was granted and while it holds.</summary>
    RegisteredWithoutLicence,
    /// <summary>A registration says what the deal and its licence say.</summary>
    RegistrationDiffers,
    /// <summary>A deal tells another licence, quantity or price, or what it is made of, than the offer granted.</summary>
    MatchDiffers,
    /// <summary>A bundle's price is split in proportion to what its parts cost alone, and every part that was ordered is granted at its share, or refused.</summary>
    BundleDiffers,
    /// <summary>What was delivered is the version that was sold.</summary>
    DeliveryDiffers,

    // Money
    /// <summary>Every amount is above zero.</summary>
    AmountNotPositive,
    /// <summary>No account of a party goes below zero.</summary>
    AccountOverdrawn,
    /// <summary>Debits equal credits over the whole ledger.</summary>
    TrialBalanceOff,
    /// <summary>What is held for a deal is the price of its licence.</summary>
    HoldDiffers,
    /// <summary>A registered transaction has its price in escrow, once; without a registration there is no escrow.</summary>
    EscrowDiffers,
    /// <summary>No more leaves the escrow of a deal than came in.</summary>
    EscrowOverdrawn,
    /// <summary>A filed contract is recorded once, at its amount; nothing else is.</summary>
    FiledContractDiffers,
    /// <summary>The entries of a settlement are the distribution of what was released.</summary>
    DistributionDiffers,
    /// <summary>What is settled period by period is the price of the calls reported, or the fixed part and the shares of revenue.</summary>
    UsageDiffers,
    /// <summary>What is released for a period of shared revenue, and what of the cap goes back, follow from terms and reports; what is released at acceptance is the fixed part.</summary>
    RevenueShareDiffers,
    /// <summary>What was decided to go back, left escrow and was credited to the buyer is one amount.</summary>
    RefundDiffers,
    /// <summary>What was decided on a late claim, was taken back and was credited to the buyer is one amount; the shares taken back are those of the deal.</summary>
    ChargebackDiffers,
    /// <summary>What a party's payable stream takes for its proceeds is what settlements had credited to it by then.</summary>
    ProceedsDiffer,
    /// <summary>No more is paid out or kept back than is payable.</summary>
    PayableOverdrawn,

    // Order books
    /// <summary>What is recorded in a book is what follows from its orders when they are matched again.</summary>
    BookDiffers,
    /// <summary>What is held for the orders of a book is what its resting orders need.</summary>
    OrderHoldDiffers,

    // Auctions
    /// <summary>What opens a sealed bid is what its bidder committed to.</summary>
    RevealDiffers,
    /// <summary>The outcome of an auction is what its mechanism makes of its bids; the coin is the one committed to.</summary>
    AuctionDiffers,
    /// <summary>A licence awarded in an auction, or refused, is of an award of that auction, at its price; and every award was granted or refused.</summary>
    AwardDiffers,
    /// <summary>What is held for bids is what the open auctions need, and what was forfeited went to the provider.</summary>
    BidHoldDiffers,

    // Evidence
    /// <summary>A data invoice's handle, amount and digest follow from the deal.</summary>
    InvoiceDiffers,
    /// <summary>A data invoice is anchored once.</summary>
    AnchoredTwice,
    /// <summary>What is anchored is the digest of an issued data invoice.</summary>
    AnchoredWithoutInvoice,
    /// <summary>An issued data invoice is anchored.</summary>
    InvoiceNotAnchored,
    /// <summary>Each link's head covers all links before it.</summary>
    ChainBroken,
    /// <summary>A deal is completed once its data invoice is anchored.</summary>
    CompletedWithoutAnchor,
}
