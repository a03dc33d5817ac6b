namespace DataExchange.Domain.Trading;

/// <summary>The product was delivered: key, file, report or result.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="AcceptBy">When acceptance is taken as given.</param>
/// <param name="Degraded">The version of lower quality that was delivered, as it was sold; not given for the full product.</param>
[EventName("transfer_completed")]
public sealed record TransferCompleted(DealId Deal, SimulatedTime AcceptBy, DegradedVersion? Degraded = null) : Event;

/// <summary>Delivers the product.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="AcceptBy">When acceptance is taken as given, after the command's time.</param>
public sealed record CompleteTransfer(DealId Deal, SimulatedTime AcceptBy) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) => state.Stage switch
    {
        DealStage.Registered or DealStage.Overdue => AcceptBy <= At
            ? Decision.Reject(Rejection.TermInvalid)
            : Decision.Accept(new TransferCompleted(Deal, AcceptBy, state.Degraded) { At = At, By = By }),
        _ => Decision.Reject(Delivery.Forbidden(state.Stage)),
    };
}

/// <summary>The delivery is overdue.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Due">When it was due.</param>
[EventName("delivery_late")]
public sealed record DeliveryLate(DealId Deal, SimulatedTime Due) : Event;

/// <summary>Records that a delivery is overdue.</summary>
/// <param name="Deal">The deal.</param>
public sealed record ReportLateDelivery(DealId Deal) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) => state.Stage switch
    {
        DealStage.Registered when At <= state.DeliveryDue => Decision.Reject(Rejection.DeliveryNotLate),
        DealStage.Registered => Decision.Refuse(Rejection.DeliveryLate, new DeliveryLate(Deal, state.DeliveryDue) { At = At, By = By }),
        _ => Decision.Reject(Delivery.Forbidden(state.Stage)),
    };
}

/// <summary>The deal was cancelled before delivery; funds go back.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Product">The product.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="Copies">Copies of a capped licence that are free again; 0 for every other licence.</param>
/// <param name="AmountFen">The price, fen.</param>
/// <param name="Reason">Why.</param>
[EventName("deal_cancelled")]
public sealed record DealCancelled(
    DealId Deal, ProductId Product, PartyId Buyer, int Copies, long AmountFen, Rejection Reason) : Event;

/// <summary>Cancels a deal whose delivery is overdue. A filed contract is cancelled off the venue.</summary>
/// <param name="Deal">The deal.</param>
public sealed record CancelDeal(DealId Deal) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) => state.Stage switch
    {
        DealStage.Overdue when state.Channel == TradeChannel.FiledContract => Decision.Reject(Rejection.FiledOffVenue),
        DealStage.Overdue => Decision.Accept(new DealCancelled(
            Deal, state.Product, state.Buyer, Delivery.CopiesOf(state), state.AmountFen, Rejection.DeliveryLate)
        { At = At, By = By }),
        DealStage.Registered => Decision.Reject(Rejection.DeliveryNotLate),
        _ => Decision.Reject(Delivery.Forbidden(state.Stage)),
    };
}

internal static class Delivery
{
    /// <summary>What a delivery step meets before registration.</summary>
    internal static Rejection Forbidden(DealStage stage) =>
        stage is > DealStage.None and < DealStage.Registered ? Rejection.TransactionNotRegistered : DealDecider.Forbidden(stage);

    /// <summary>Copies of a capped licence that the deal holds.</summary>
    internal static int CopiesOf(DealState state) => state.Licence == LicenceKind.Capped ? state.Quantity : 0;
}
