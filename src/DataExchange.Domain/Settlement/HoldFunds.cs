namespace DataExchange.Domain.Settlement;

/// <summary>A party paid money in. Posts bank to available.</summary>
/// <param name="Party">The party.</param>
/// <param name="AmountFen">Fen.</param>
[EventName("funds_deposited")]
public sealed record FundsDeposited(PartyId Party, long AmountFen) : Event;

/// <summary>Pays money in.</summary>
/// <param name="Party">The party.</param>
/// <param name="AmountFen">Fen, above 0.</param>
public sealed record DepositFunds(PartyId Party, long AmountFen) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state) =>
        !AccountDecider.CanReceive(state, AmountFen)
            ? Decision.Reject(Rejection.AmountInvalid)
            : Decision.Accept(new FundsDeposited(Party, AmountFen) { At = At, By = By });
}

/// <summary>Money is held for an order. Posts available to held.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Fen.</param>
[EventName("funds_held")]
public sealed record FundsHeld(PartyId Party, DealId Deal, long AmountFen) : Event;

/// <summary>The buyer's funds did not cover an order.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Fen asked for.</param>
/// <param name="Reason">Why.</param>
[EventName("hold_refused")]
public sealed record HoldRefused(PartyId Party, DealId Deal, long AmountFen, Rejection Reason) : Event;

/// <summary>Holds money for an order, before the order is decided.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Fen, above 0.</param>
public sealed record HoldFunds(PartyId Party, DealId Deal, long AmountFen) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state) =>
        !Money.IsAmount(AmountFen) ? Decision.Reject(Rejection.AmountInvalid)
        : state.Holds.ContainsKey(Deal) ? Decision.Reject(Rejection.HoldExists)
        : state.Available.Fen < AmountFen ? Decision.Refuse(
            Rejection.InsufficientFunds,
            new HoldRefused(Party, Deal, AmountFen, Rejection.InsufficientFunds) { At = At, By = By })
        : Decision.Accept(new FundsHeld(Party, Deal, AmountFen) { At = At, By = By });
}

/// <summary>Held money is free again, as the order was rejected. Posts held to available.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Fen.</param>
[EventName("hold_released")]
public sealed record HoldReleased(PartyId Party, DealId Deal, long AmountFen) : Event;

/// <summary>Frees held money.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Deal">The deal.</param>
public sealed record ReleaseHold(PartyId Party, DealId Deal) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state) =>
        state.Holds.TryGetValue(Deal, out var held)
            ? Decision.Accept(new HoldReleased(Party, Deal, held) { At = At, By = By })
            : Decision.Reject(Rejection.NoSuchHold);
}

/// <summary>Held money went into escrow. Posts held to escrow.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Fen.</param>
[EventName("hold_captured")]
public sealed record HoldCaptured(PartyId Party, DealId Deal, long AmountFen) : Event;

/// <summary>Moves held money into the deal's escrow, once the transaction is registered.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Deal">The deal.</param>
public sealed record CaptureHold(PartyId Party, DealId Deal) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state) =>
        state.Holds.TryGetValue(Deal, out var held)
            ? Decision.Accept(new HoldCaptured(Party, Deal, held) { At = At, By = By })
            : Decision.Reject(Rejection.NoSuchHold);
}

/// <summary>A refund came back from escrow. Posts escrow to available.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Fen.</param>
[EventName("refund_credited")]
public sealed record RefundCredited(PartyId Party, DealId Deal, long AmountFen) : Event;

/// <summary>Credits a refund that the deal's escrow gave back.</summary>
/// <param name="Party">The buyer.</param>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Fen, above 0.</param>
public sealed record CreditRefund(PartyId Party, DealId Deal, long AmountFen) : AccountCommand(Party)
{
    internal Decision Decide(PartyAccount state) =>
        !AccountDecider.CanReceive(state, AmountFen)
            ? Decision.Reject(Rejection.AmountInvalid)
            : Decision.Accept(new RefundCredited(Party, Deal, AmountFen) { At = At, By = By });
}
