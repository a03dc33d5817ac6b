namespace DataExchange.Domain.Settlement;

/// <summary>What the escrow held was shared out: tax, fee, contributors, provider.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Postings">The entries; they sum to what was in escrow.</param>
[EventName("deal_settled")]
public sealed record DealSettled(DealId Deal, IReadOnlyList<Posting> Postings) : Event;

/// <summary>Shares out what is in escrow, after acceptance.</summary>
/// <param name="Deal">The deal.</param>
public sealed record SettleDeal(DealId Deal) : SettlementCommand(Deal)
{
    internal Decision Decide(DealSettlement state) => state.Stage switch
    {
        SettlementStage.Funded => Decision.Accept(
            new DealSettled(Deal, state.Terms!.Distribute(state.InEscrow, state.Shared)) { At = At, By = By }),
        _ => Decision.Reject(SettlementDecider.Forbidden(state.Stage)),
    };
}

/// <summary>A period's metered calls were settled.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Postings">The entries; they sum to the price of the calls.</param>
/// <param name="IsLast">Whether that used up the pack.</param>
[EventName("period_settled")]
public sealed record PeriodSettled(DealId Deal, IReadOnlyList<Posting> Postings, bool IsLast) : Event;

/// <summary>Settles a period's metered calls out of escrow.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Price of the calls, fen, above 0, at most what is in escrow; all of it when last.</param>
/// <param name="IsLast">Whether that used up the pack.</param>
public sealed record SettlePeriod(DealId Deal, long AmountFen, bool IsLast) : SettlementCommand(Deal)
{
    internal Decision Decide(DealSettlement state) =>
        state.Stage != SettlementStage.Funded ? Decision.Reject(SettlementDecider.Forbidden(state.Stage))
        : AmountFen <= 0 ? Decision.Reject(Rejection.AmountInvalid)
        : AmountFen > state.InEscrow.Fen || IsLast != (AmountFen == state.InEscrow.Fen) ? Decision.Reject(Rejection.EscrowExceeded)
        : Decision.Accept(new PeriodSettled(Deal, state.Terms!.Distribute(new Money(AmountFen), state.Shared), IsLast) { At = At, By = By });
}

/// <summary>Money went back from escrow to the buyer.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="AmountFen">Fen.</param>
[EventName("deal_refunded")]
public sealed record DealRefunded(DealId Deal, PartyId Buyer, long AmountFen) : Event;

/// <summary>Refunds a deal in part or in full, after a dispute was upheld or the deal was cancelled.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="AmountFen">Fen, above 0, at most what is in escrow.</param>
public sealed record RefundDeal(DealId Deal, PartyId Buyer, long AmountFen) : SettlementCommand(Deal)
{
    internal Decision Decide(DealSettlement state) =>
        state.Stage != SettlementStage.Funded ? Decision.Reject(SettlementDecider.Forbidden(state.Stage))
        : AmountFen <= 0 ? Decision.Reject(Rejection.AmountInvalid)
        : AmountFen > state.InEscrow.Fen ? Decision.Reject(Rejection.EscrowExceeded)
        : Decision.Accept(new DealRefunded(Deal, Buyer, AmountFen) { At = At, By = By });
}
