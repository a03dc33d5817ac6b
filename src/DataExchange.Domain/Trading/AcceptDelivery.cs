namespace DataExchange.Domain.Trading;

/// <summary>The buyer accepted the delivery.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Settlement">When the price is shared out.</param>
/// <param name="FixedFen">What is shared out at once where shares of revenue follow, fen; not given elsewhere.</param>
[EventName("delivery_accepted")]
public sealed record DeliveryAccepted(DealId Deal, SettlementMode Settlement, long? FixedFen = null) : Event;

/// <summary>Accepts a delivery.</summary>
/// <param name="Deal">The deal.</param>
public sealed record AcceptDelivery(DealId Deal) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) => state.Stage switch
    {
        DealStage.Delivered => Decision.Accept(new DeliveryAccepted(Deal, state.Settlement, state.FixedFen) { At = At, By = By }),
        _ => Decision.Reject(Acceptance.Forbidden(state.Stage)),
    };
}

/// <summary>The buyer did not answer in time: the delivery is taken as accepted.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Settlement">When the price is shared out.</param>
/// <param name="FixedFen">What is shared out at once where shares of revenue follow, fen; not given elsewhere.</param>
[EventName("acceptance_timed_out")]
public sealed record AcceptanceTimedOut(DealId Deal, SettlementMode Settlement, long? FixedFen = null) : Event;

/// <summary>Records that the time for acceptance is over.</summary>
/// <param name="Deal">The deal.</param>
public sealed record TimeOutAcceptance(DealId Deal) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) => state.Stage switch
    {
        DealStage.Delivered when At < state.AcceptBy => Decision.Reject(Rejection.AcceptancePeriodRunning),
        DealStage.Delivered => Decision.Accept(new AcceptanceTimedOut(Deal, state.Settlement, state.FixedFen) { At = At, By = By }),
        _ => Decision.Reject(Acceptance.Forbidden(state.Stage)),
    };
}

internal static class Acceptance
{
    /// <summary>What a step of acceptance or dispute meets before delivery, and a step of use or completion before acceptance.</summary>
    internal static Rejection Forbidden(DealStage stage) => stage switch
    {
        DealStage.Registered or DealStage.Overdue => Rejection.NotDelivered,
        DealStage.Delivered => Rejection.AcceptancePeriodRunning,
        _ => Delivery.Forbidden(stage),
    };
}
