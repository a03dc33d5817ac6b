namespace DataExchange.Domain.Trading;

/// <summary>A buyer asked for a contract, or answered an offer with another wish.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue that will register it.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="Provider">The seller.</param>
/// <param name="Channel">Registered or filed contract.</param>
/// <param name="AmountFen">What the buyer would pay, fen.</param>
[EventName("contract_requested")]
public sealed record ContractRequested(
    DealId Deal, ProductId Product, VenueId Venue, PartyId Buyer, PartyId Provider, TradeChannel Channel, long AmountFen) : Event;

/// <summary>Asks for a contract; on an offer, counters it.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue that will register it.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="Provider">The seller.</param>
/// <param name="Channel">Registered or filed contract.</param>
/// <param name="AmountFen">What the buyer would pay, fen, above 0.</param>
public sealed record RequestContract(
    DealId Deal, ProductId Product, VenueId Venue, PartyId Buyer, PartyId Provider, TradeChannel Channel, long AmountFen) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) =>
        state.Stage == DealStage.Requested ? Decision.Reject(Rejection.NotYourTurn)
        : state.Stage is not (DealStage.None or DealStage.Offered) ? Decision.Reject(Rejection.DealAlreadyExists)
        : !Money.IsAmount(AmountFen) || Channel is not (TradeChannel.RegisteredContract or TradeChannel.FiledContract) || !IsAbout(state) ? Decision.Reject(Rejection.OrderInvalid)
        : Decision.Accept(new ContractRequested(Deal, Product, Venue, Buyer, Provider, Channel, AmountFen) { At = At, By = By });

    // A counter-offer changes the amount, not who deals in what where.
    private bool IsAbout(DealState state) =>
        state.Stage == DealStage.None
        || (Product, Venue, Buyer, Provider, Channel) == (state.Product, state.Venue, state.Buyer, state.Provider, state.Channel);
}

/// <summary>The provider offered a contract.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">What the provider asks, fen.</param>
/// <param name="ValidUntil">First moment at which it no longer stands; not given where it stands until it is answered.</param>
[EventName("contract_offered")]
public sealed record ContractOffered(DealId Deal, long AmountFen, SimulatedTime? ValidUntil = null) : Event;

/// <summary>Offers a contract in answer to a request, or in the place of an offer that has run out.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">What the provider asks, fen, above 0.</param>
/// <param name="ValidUntil">First moment at which it no longer stands, after the command's time; null where it stands until it is answered.</param>
public sealed record OfferContract(DealId Deal, long AmountFen, SimulatedTime? ValidUntil = null) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) =>
        state.Stage == DealStage.Offered && !state.OfferIsOver(At) ? Decision.Reject(Rejection.NotYourTurn)
        : state.Stage is not (DealStage.Requested or DealStage.Offered) ? Decision.Reject(Negotiation.Forbidden(state.Stage))
        : !Money.IsAmount(AmountFen) ? Decision.Reject(Rejection.OrderInvalid)
        : ValidUntil <= At ? Decision.Reject(Rejection.TermInvalid)
        : Decision.Accept(new ContractOffered(Deal, AmountFen, ValidUntil) { At = At, By = By });
}

/// <summary>The buyer accepted the provider's offer.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">The amount accepted, fen.</param>
[EventName("contract_accepted")]
public sealed record ContractAccepted(DealId Deal, long AmountFen) : Event;

/// <summary>Accepts the provider's offer.</summary>
/// <param name="Deal">The deal.</param>
public sealed record AcceptContract(DealId Deal) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) => state.Stage switch
    {
        DealStage.Offered when state.OfferIsOver(At) => Decision.Reject(Rejection.OfferExpired),
        DealStage.Offered => Decision.Accept(new ContractAccepted(Deal, state.AmountFen) { At = At, By = By }),
        DealStage.Requested => Decision.Reject(Rejection.NotYourTurn),
        _ => Decision.Reject(Negotiation.Forbidden(state.Stage)),
    };
}

/// <summary>The negotiation ended without a contract.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Reason">The rejection that ended it; null when a side simply left.</param>
[EventName("negotiation_terminated")]
public sealed record NegotiationTerminated(DealId Deal, Rejection? Reason) : Event;

/// <summary>Ends a negotiation.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Reason">The rejection that ends it; null when a side simply leaves.</param>
public sealed record TerminateNegotiation(DealId Deal, Rejection? Reason) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) =>
        state.Stage is DealStage.Requested or DealStage.Offered or DealStage.ContractAccepted
            ? Decision.Accept(new NegotiationTerminated(Deal, Reason) { At = At, By = By })
            : Decision.Reject(Negotiation.Forbidden(state.Stage));
}

internal static class Negotiation
{
    /// <summary>What a negotiation step meets when the negotiation is over, or never began.</summary>
    internal static Rejection Forbidden(DealStage stage) => stage switch
    {
        DealStage.ContractAccepted or DealStage.Matched or (>= DealStage.Agreed and < DealStage.Completed) => Rejection.ContractAlreadyAgreed,
        _ => DealDecider.Forbidden(stage),
    };
}
