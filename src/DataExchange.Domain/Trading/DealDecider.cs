namespace DataExchange.Domain.Trading;

/// <summary>Leads a deal from request or match to completion.</summary>
public sealed class DealDecider : IDecider<DealCommand, DealState>
{
    // To what has ended only its stage matters: one object a stage serves all such streams.
    private static readonly DealState[] Ended = [.. Enum.GetValues<DealStage>().Select(stage => new DealState { Stage = stage })];

    private DealDecider()
    {
    }

    /// <inheritdoc />
    public static string StreamKind => "deal";

    /// <inheritdoc />
    public static string Capability => "Trading";

    /// <inheritdoc />
    public static DealState Initial { get; } = new();

    /// <inheritdoc />
    public static Decision Decide(DealCommand command, DealState state) => command switch
    {
        RequestContract c => c.Decide(state),
        OfferContract c => c.Decide(state),
        AcceptContract c => c.Decide(state),
        TerminateNegotiation c => c.Decide(state),
        MatchOrder c => c.Decide(state),
        ConfirmTrade c => c.Decide(state),
        AgreeContract c => c.Decide(state),
        VerifyContract c => c.Decide(state),
        FinalizeContract c => c.Decide(state),
        RegisterTransaction c => c.Decide(state),
        CompleteTransfer c => c.Decide(state),
        ReportLateDelivery c => c.Decide(state),
        CancelDeal c => c.Decide(state),
        AcceptDelivery c => c.Decide(state),
        TimeOutAcceptance c => c.Decide(state),
        RaiseDispute c => c.Decide(state),
        DecideDispute c => c.Decide(state),
        ReportUsage c => c.Decide(state),
        ReportRevenue c => c.Decide(state),
        ChargeOverdueRevenue c => c.Decide(state),
        CompleteDeal c => c.Decide(state),
        RaiseClaim c => c.Decide(state),
        DecideClaim c => c.Decide(state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no rule for this command"),
    };

    /// <inheritdoc />
    public static DealState Evolve(DealState state, Event @event) => (state.Stage, @event) switch
    {
        (DealStage.None, ContractRequested e) => state with
        {
            Stage = DealStage.Requested,
            Product = e.Product,
            Venue = e.Venue,
            Buyer = e.Buyer,
            Provider = e.Provider,
            Channel = e.Channel,
            AmountFen = e.AmountFen,
        },
        (DealStage.Offered, ContractRequested e) => state with { Stage = DealStage.Requested, AmountFen = e.AmountFen, OfferUntil = null },
        (DealStage.Requested, ContractOffered e) => state with { Stage = DealStage.Offered, AmountFen = e.AmountFen, OfferUntil = e.ValidUntil },
        (DealStage.Offered, ContractOffered e) when state.OfferIsOver(e.At) => state with { AmountFen = e.AmountFen, OfferUntil = e.ValidUntil },
        (DealStage.Offered, ContractAccepted e) when !state.OfferIsOver(e.At) => state with { Stage = DealStage.ContractAccepted },
        (DealStage.Requested or DealStage.Offered or DealStage.ContractAccepted, NegotiationTerminated) =>
            state with { Stage = DealStage.Terminated },
        (DealStage.None or DealStage.ContractAccepted, OrderMatched e) => state with
        {
            Stage = DealStage.Matched,
            Product = e.Product,
            Venue = e.Venue,
            Buyer = e.Buyer,
            Provider = e.Provider,
            Channel = state.Stage == DealStage.None ? e.Channel ?? TradeChannel.Shelf : state.Channel,
            Licence = e.Licence,
            Quantity = e.Quantity,
            Units = e.Units,
            UnitPriceFen = e.UnitPriceFen,
            Tiers = e.Tiers,
            Degraded = e.Degraded,
            Revenue = e.Revenue,
            RevenueLeftFen = e.Revenue?.CapFen ?? 0,
            AmountFen = e.AmountFen,
            Contributors = e.Contributors,
            ProductVersion = ProductVersions.Of(e.ProductVersion),
        },
        (DealStage.None, TradeConfirmed e) => state with
        {
            Stage = DealStage.Agreed,
            Product = e.Product,
            Venue = e.Venue,
            Buyer = e.Buyer,
            Provider = e.Seller,
            Channel = TradeChannel.OrderBook,
            Licence = LicenceKind.CallPack,
            Quantity = e.Quantity,
            Units = e.Units,
            UnitPriceFen = e.UnitPriceFen,
            AmountFen = e.AmountFen,
            Contributors = e.Contributors,
            ProductVersion = ProductVersions.Of(e.ProductVersion),
        },
        (DealStage.Matched, ContractAgreed e) => state with
        {
            Stage = DealStage.Agreed,
            Purpose = e.Policy.Purpose,
            DeliveryDue = e.DeliveryDue,
        },
        (DealStage.Agreed, ContractVerified) => state with { Stage = DealStage.Verified },
        (DealStage.Verified, ContractFinalized) => state with { Stage = DealStage.Finalized },
        (DealStage.Agreed, TransactionRegistered e) when state.NeedsNoVerification => Register(state, e),
        (DealStage.Finalized, TransactionRegistered e) => Register(state, e),
        (DealStage.Registered, DeliveryLate) => state with { Stage = DealStage.Overdue },
        (DealStage.Registered or DealStage.Overdue, TransferCompleted e) when e.Degraded == state.Degraded =>
            state with { Stage = DealStage.Delivered, AcceptBy = e.AcceptBy },
        (DealStage.Overdue, DealCancelled) when state.Channel != TradeChannel.FiledContract => state with { Stage = DealStage.Terminated },
        (DealStage.Delivered, DeliveryAccepted or AcceptanceTimedOut) => Accept(state, @event.At),
        (DealStage.Delivered, DisputeRaised) when state.Channel != TradeChannel.FiledContract => state with { Stage = DealStage.Disputed },
        (DealStage.Disputed, DisputeDismissed) => Accept(state, @event.At),
        (DealStage.Disputed, DisputeUpheld e) when e.RefundFen > 0 && e.RefundFen <= state.AmountFen =>
            state with { Stage = e.RefundFen == state.AmountFen ? DealStage.Refunded : DealStage.Accepted, RefundedFen = e.RefundFen },
        (DealStage.Accepted, UsageReported e) when state.IsMetered && e.Calls > 0 && e.Calls <= state.Units - state.UnitsUsed => state with { UnitsUsed = state.UnitsUsed + e.Calls },
        (DealStage.Accepted, UsageRefused) when state.IsMetered => state,
        (DealStage.Accepted, RevenueReported e) when RevenueSteps.Follows(state, e.Period, e.AmountFen, e.ReturnedFen) => RevenueSteps.After(state, e.AmountFen, e.ReturnedFen),
        (DealStage.Accepted, RevenueOverdue e) when RevenueSteps.Follows(state, e.Period, e.AmountFen, 0) => RevenueSteps.After(state, e.AmountFen, 0),
        (DealStage.Accepted, DealCompleted e) => state with
        {
            Stage = DealStage.Completed,
            ClaimBy = state.ClaimDays is { } days ? e.At.AddDays(days) : null,
        },
        (DealStage.Completed, ClaimRaised e) when state.ClaimBy >= e.At => state with { Stage = DealStage.Claimed },
        (DealStage.Claimed, ClaimDismissed) => state with { Stage = DealStage.Completed, ClaimBy = null },
        (DealStage.Claimed, ClaimUpheld e) when e.AmountFen > 0 && e.AmountFen <= state.ClaimableFen && e.IsFull == (e.AmountFen == state.ClaimableFen) =>
            state with { Stage = e.IsFull ? DealStage.ChargedBack : DealStage.Completed, ClaimBy = null },
        _ => throw new ImpossibleHistoryException(@event, state.Stage),
    };

    /// <inheritdoc />
    public static bool IsTerminal(DealState state) => state.Stage switch
    {
        DealStage.Completed => state.ClaimBy is null,
        DealStage.Refunded or DealStage.Terminated or DealStage.ChargedBack => true,
        _ => false,
    };

    /// <inheritdoc />
    public static DealState Condense(DealState state) => IsTerminal(state) ? Ended[(int)state.Stage] : state;

    /// <summary>Every deal that was completed and on which no late claim may be raised any more: to each command all of them answer alike.</summary>
    public static DealState ClaimPeriodOver { get; } = new() { Stage = DealStage.Completed, ClaimBy = default(SimulatedTime) };

    /// <summary>The reason for which a state forbids what it does not expect.</summary>
    internal static Rejection Forbidden(DealStage stage) => stage switch
    {
        DealStage.None => Rejection.DealNotFound,
        DealStage.Requested or DealStage.Offered or DealStage.ContractAccepted or DealStage.Matched => Rejection.ContractNotAgreed,
        DealStage.Agreed or DealStage.Verified => Rejection.ContractAlreadyAgreed,
        DealStage.Finalized => Rejection.TransactionNotRegistered,
        DealStage.Registered => Rejection.NotDelivered,
        DealStage.Overdue => Rejection.DeliveryLate,
        DealStage.Delivered => Rejection.AlreadyDelivered,
        DealStage.Disputed => Rejection.DisputePending,
        DealStage.Accepted => Rejection.AlreadyAccepted,
        DealStage.Completed => Rejection.DealCompleted,
        DealStage.Refunded => Rejection.DisputeWasUpheld,
        DealStage.Terminated => Rejection.DealTerminated,
        DealStage.Claimed => Rejection.ClaimPending,
        DealStage.ChargedBack => Rejection.DealChargedBack,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "unknown stage"),
    };

    private static DealState Accept(DealState state, SimulatedTime at) =>
        state with { Stage = DealStage.Accepted, RevenueFrom = state.Revenue is null ? null : at };

    // What is paid off the venue cannot be claimed back through it.
    private static DealState Register(DealState state, TransactionRegistered e) => state with
    {
        Stage = DealStage.Registered,
        ClaimDays = state.Channel == TradeChannel.FiledContract ? null : e.ClaimDays,
    };
}
