namespace DataExchange.Domain.Trading;

/// <summary>The buyer disputes the delivery.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Ground">On what ground.</param>
[EventName("dispute_raised")]
public sealed record DisputeRaised(DealId Deal, string Ground) : Event;

/// <summary>Disputes a delivery. A filed contract is disputed off the venue.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Ground">On what ground.</param>
public sealed record RaiseDispute(DealId Deal, string Ground) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) => state.Stage switch
    {
        DealStage.Delivered when state.Channel == TradeChannel.FiledContract => Decision.Reject(Rejection.FiledOffVenue),
        DealStage.Delivered => Decision.Accept(new DisputeRaised(Deal, Ground) { At = At, By = By }),
        _ => Decision.Reject(Acceptance.Forbidden(state.Stage)),
    };
}

/// <summary>The dispute was upheld: the buyer gets money back.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Product">The product.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="RefundFen">What goes back, fen.</param>
/// <param name="IsFull">Whether that is the whole price, so that the licence ends.</param>
/// <param name="Copies">Copies of a capped licence that a full refund frees.</param>
[EventName("dispute_upheld")]
public sealed record DisputeUpheld(DealId Deal, ProductId Product, PartyId Buyer, long RefundFen, bool IsFull, int Copies) : Event;

/// <summary>The dispute was dismissed: the delivery counts as accepted.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Settlement">When the price is shared out.</param>
/// <param name="FixedFen">What is shared out at once where shares of revenue follow, fen; not given elsewhere.</param>
[EventName("dispute_dismissed")]
public sealed record DisputeDismissed(DealId Deal, SettlementMode Settlement, long? FixedFen = null) : Event;

/// <summary>Decides a dispute.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="RefundFen">0 to dismiss it, else above 0 up to the price, fen; a metered licence, and one with shares of revenue, is refunded in full or not at all.</param>
public sealed record DecideDispute(DealId Deal, long RefundFen) : DealCommand(Deal)
{
    internal Decision Decide(DealState state)
    {
        if (state.Stage != DealStage.Disputed)
        {
            return Decision.Reject(state.Stage is DealStage.Delivered or DealStage.Accepted
                ? Rejection.NoDisputePending
                : Acceptance.Forbidden(state.Stage));
        }

        var isFull = RefundFen == state.AmountFen;
        if (RefundFen < 0 || RefundFen > state.AmountFen || (state.IsSettledByPeriod && RefundFen != 0 && !isFull))
        {
            return Decision.Reject(Rejection.RefundInvalid);
        }

        return RefundFen == 0
            ? Decision.Accept(new DisputeDismissed(Deal, state.Settlement, state.FixedFen) { At = At, By = By })
            : Decision.Accept(new DisputeUpheld(
                Deal, state.Product, state.Buyer, RefundFen, isFull, isFull ? Delivery.CopiesOf(state) : 0) { At = At, By = By });
    }
}
