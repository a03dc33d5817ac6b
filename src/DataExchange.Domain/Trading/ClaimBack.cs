namespace DataExchange.Domain.Trading;

/// <summary>After the deal was completed, and within the time for it, the buyer claimed money back.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Venue">The venue, which decides.</param>
/// <param name="Ground">On what ground.</param>
[EventName("claim_raised")]
public sealed record ClaimRaised(DealId Deal, VenueId Venue, string Ground) : Event;

/// <summary>Raises a late claim. A deal takes one; what was paid off the venue takes none.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Ground">On what ground.</param>
public sealed record RaiseClaim(DealId Deal, string Ground) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) => state.Stage switch
    {
        DealStage.Completed when state.ClaimBy is null => Decision.Reject(Rejection.NoLateClaim),
        DealStage.Completed when At > state.ClaimBy => Decision.Reject(Rejection.ClaimPeriodOver),
        DealStage.Completed => Decision.Accept(new ClaimRaised(Deal, state.Venue, Ground) { At = At, By = By }),
        _ => Decision.Reject(Acceptance.Forbidden(state.Stage)),
    };
}

/// <summary>A late claim was upheld: shares are taken back and the buyer gets money back.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="AmountFen">What goes back, fen.</param>
/// <param name="IsFull">Whether that is all that was shared out, so that the licence ends.</param>
/// <param name="Copies">Copies of a capped licence that are free again when it ends.</param>
[EventName("claim_upheld")]
public sealed record ClaimUpheld(
    DealId Deal, ProductId Product, VenueId Venue, PartyId Buyer, long AmountFen, bool IsFull, int Copies) : Event;

/// <summary>A late claim was dismissed: the settlement stands.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Venue">The venue.</param>
[EventName("claim_dismissed")]
public sealed record ClaimDismissed(DealId Deal, VenueId Venue) : Event;

/// <summary>Decides a late claim.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">0 to dismiss it, else above 0 up to what was shared out, fen.</param>
public sealed record DecideClaim(DealId Deal, long AmountFen) : DealCommand(Deal)
{
    internal Decision Decide(DealState state)
    {
        if (state.Stage != DealStage.Claimed)
        {
            return Decision.Reject(state.Stage == DealStage.Completed ? Rejection.NoClaimPending : Acceptance.Forbidden(state.Stage));
        }

        if (AmountFen < 0 || AmountFen > state.ClaimableFen)
        {
            return Decision.Reject(Rejection.RefundInvalid);
        }

        var isFull = AmountFen == state.ClaimableFen;
        return AmountFen == 0
            ? Decision.Accept(new ClaimDismissed(Deal, state.Venue) { At = At, By = By })
            : Decision.Accept(new ClaimUpheld(
                Deal, state.Product, state.Venue, state.Buyer, AmountFen, isFull, isFull ? Delivery.CopiesOf(state) : 0) { At = At, By = By });
    }
}
