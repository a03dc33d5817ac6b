namespace DataExchange.Domain.Settlement;

/// <summary>Proceeds were paid out to the party's bank.</summary>
/// <param name="Party">The party.</param>
/// <param name="ProceedsFen">All proceeds that settlements had ever credited to it, fen.</param>
/// <param name="AmountFen">What was paid out, fen.</param>
[EventName("proceeds_paid_out")]
public sealed record ProceedsPaidOut(PartyId Party, long ProceedsFen, long AmountFen) : Event;

/// <summary>What the party owed was kept back from its proceeds.</summary>
/// <param name="Party">The party.</param>
/// <param name="ProceedsFen">All proceeds that settlements had ever credited to it, fen.</param>
/// <param name="AmountFen">What was kept back, fen.</param>
[EventName("proceeds_offset")]
public sealed record ProceedsOffset(PartyId Party, long ProceedsFen, long AmountFen) : Event;

/// <summary>Pays out what is payable to a party, less what it owes.</summary>
/// <param name="Party">The party.</param>
/// <param name="LeastFen">Less than this is left for another time, fen, 0 or more.</param>
/// <param name="ProceedsFen">0: the exchange puts in what its settlements came to.</param>
public sealed record PayOutProceeds(PartyId Party, long LeastFen, long ProceedsFen = 0) : PayableCommand(Party, ProceedsFen)
{
    internal Decision Decide(PartyPayable state)
    {
        if (LeastFen < 0 || ProceedsFen < state.ProceedsFen)
        {
            return Decision.Reject(Rejection.AmountInvalid);
        }

        var payable = state.PayableWith(ProceedsFen);
        var kept = Math.Min(payable, state.OwedFen);
        var paid = payable - kept >= LeastFen ? payable - kept : 0;
        if (kept + paid == 0)
        {
            return Decision.Reject(Rejection.NothingPayable);
        }

        var offset = new ProceedsOffset(Party, ProceedsFen, kept) { At = At, By = By };
        var payout = new ProceedsPaidOut(Party, ProceedsFen, paid) { At = At, By = By };
        return paid == 0 ? Decision.Accept(offset) : kept == 0 ? Decision.Accept(payout) : Decision.Accept(offset, payout);
    }
}

/// <summary>A share of a deal was taken back from the party: out of what is payable to it, and what that does not cover it owes.</summary>
/// <param name="Party">The party.</param>
/// <param name="Deal">The deal.</param>
/// <param name="ProceedsFen">All proceeds that settlements had ever credited to it, fen.</param>
/// <param name="TakenFen">Taken out of what is payable, fen.</param>
/// <param name="OwedFen">Owed from now on, fen: the exchange advances it out of its own money.</param>
[EventName("proceeds_charged_back")]
public sealed record ProceedsChargedBack(PartyId Party, DealId Deal, long ProceedsFen, long TakenFen, long OwedFen) : Event;

/// <summary>Takes a share of a deal back from a party.</summary>
/// <param name="Party">The party.</param>
/// <param name="Deal">The deal.</param>
/// <param name="AmountFen">Its share, fen, above 0.</param>
/// <param name="ProceedsFen">0: the exchange puts in what its settlements came to.</param>
public sealed record ChargeBackProceeds(PartyId Party, DealId Deal, long AmountFen, long ProceedsFen = 0) : PayableCommand(Party, ProceedsFen)
{
    internal Decision Decide(PartyPayable state)
    {
        if (!Money.IsAmount(AmountFen) || ProceedsFen < state.ProceedsFen)
        {
            return Decision.Reject(Rejection.AmountInvalid);
        }

        var taken = Math.Min(state.PayableWith(ProceedsFen), AmountFen);
        var owed = AmountFen - taken;
        return PayableDecider.CanOwe(state, owed)
            ? Decision.Accept(new ProceedsChargedBack(Party, Deal, ProceedsFen, taken, owed) { At = At, By = By })
            : Decision.Reject(Rejection.AmountInvalid);
    }
}
