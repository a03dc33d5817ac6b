using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;

namespace DataExchange.Reports.ReadModels;

/// <summary>Working state of one read model.</summary>
/// <typeparam name="TSelf">The fold.</typeparam>
internal interface IFold<TSelf>
{
    /// <summary>What it makes of every event.</summary>
    static abstract FoldTable<TSelf> Table { get; }

    /// <summary>Its documents, those it keeps for itself included.</summary>
    IReadOnlyList<DocumentSet> Sets { get; }
}

/// <summary>Groups of events that some read models ignore as a whole.</summary>
internal static class FoldTables
{
    /// <summary>Steps of a deal, without its registration and usage.</summary>
    internal static readonly Type[] DealSteps =
    [
        typeof(ContractRequested), typeof(ContractOffered), typeof(ContractAccepted), typeof(NegotiationTerminated),
        typeof(OrderMatched), typeof(TradeConfirmed), typeof(ContractAgreed), typeof(ContractVerified), typeof(ContractFinalized), typeof(TransferCompleted),
        typeof(DeliveryLate), typeof(DealCancelled), typeof(DeliveryAccepted), typeof(AcceptanceTimedOut), typeof(DisputeRaised),
        typeof(DisputeUpheld), typeof(DisputeDismissed), typeof(UsageReported), typeof(UsageRefused), typeof(DealCompleted), typeof(RevenueReported), typeof(RevenueOverdue),
        typeof(ClaimRaised), typeof(ClaimUpheld), typeof(ClaimDismissed),
    ];

    /// <summary>What befalls orders in an order book, without trades.</summary>
    internal static readonly Type[] BookOrders =
    [
        typeof(BookOrderEntered), typeof(BookOrderRefused), typeof(BookOrderTriggered), typeof(BookOrderCancelled), typeof(BookOrderExpired),
        typeof(BookOrderReduced),
    ];

    /// <summary>The course of trading in an order book, without orders and trades.</summary>
    internal static readonly Type[] BookSessions =
    [
        typeof(BookPhaseChanged), typeof(BookHalted), typeof(BookUncrossed), typeof(PacksRedeemed),
    ];

    /// <summary>The life of an order book, from the series set aside to its end.</summary>
    internal static readonly Type[] BookLife =
    [
        typeof(PacksAllotted), typeof(BookOpened), typeof(BookExtended), typeof(BookSuspended), typeof(BookResumed), typeof(BookClosed),
    ];

    /// <summary>Auctions, from the announcement to the end.</summary>
    internal static readonly Type[] Auctions =
    [
        typeof(AuctionAnnounced), typeof(AuctionOpened), typeof(AuctionCancelled), typeof(AuctionClosed), typeof(BidCommitted), typeof(BidRevealed), typeof(BidPlaced),
    ];

    /// <summary>Bundles, as they are offered, ordered and ended; their deals are deals like others.</summary>
    internal static readonly Type[] Bundles = [typeof(BundleOffered), typeof(BundleJoined), typeof(BundleOrdered), typeof(BundleLeft), typeof(BundleEnded)];

    /// <summary>Money held for bids in auctions.</summary>
    internal static readonly Type[] BidFunds = [typeof(BidFundsHeld), typeof(BidFundsRefused), typeof(BidFundsReleased), typeof(DepositForfeited)];

    /// <summary>Changes of a product's content.</summary>
    internal static readonly Type[] Revisions = [typeof(ProductRevised), typeof(RevisionRefused), typeof(OfferVersionChanged)];

    /// <summary>Trials in the sandbox, without what is sold on them.</summary>
    internal static readonly Type[] Sandbox =
    [
        typeof(SandboxAdmitted), typeof(SandboxExtended), typeof(SandboxEnded), typeof(TrialOpened), typeof(TrialExtended), typeof(TrialClosed),
    ];

    /// <summary>What buyers ask the shelves for.</summary>
    internal static readonly Type[] Requirements =
    [
        typeof(RequirementPosted), typeof(RequirementAnswered), typeof(RequirementMet), typeof(RequirementLapsed), typeof(RequirementWithdrawn),
    ];

    /// <summary>Everything of Trust: what venues say of their logs.</summary>
    internal static readonly Type[] Logs =
        [typeof(LogOpened), typeof(LogKeyRotated), typeof(TreeHeadPublished), typeof(TreeHeadAnchored)];

    /// <summary>Everything of Settlement.</summary>
    internal static readonly Type[] Money =
    [
        typeof(FundsDeposited), typeof(FundsHeld), typeof(HoldRefused), typeof(HoldReleased), typeof(HoldCaptured),
        typeof(OrderFundsHeld), typeof(OrderFundsRefused), typeof(OrderFundsReleased), typeof(OrderFundsAllotted),
        .. BidFunds,
        typeof(RefundCredited), typeof(EscrowFunded), typeof(FiledContractRecorded), typeof(DealSettled), typeof(PeriodSettled),
        typeof(DealRefunded), typeof(DataInvoiceIssued), typeof(InvoiceAnchored), typeof(DealChargedBack),
        typeof(ProceedsPaidOut), typeof(ProceedsOffset), typeof(ProceedsChargedBack),
    ];
}
