namespace DataExchange.Domain.Trading;

/// <summary>Calls of a metered licence in one period.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Calls">Calls in the period.</param>
/// <param name="AmountFen">Their price, fen: what Settlement releases.</param>
/// <param name="IsLast">Whether the pack is used up.</param>
[EventName("usage_reported")]
public sealed record UsageReported(DealId Deal, int Calls, long AmountFen, bool IsLast) : Event;

/// <summary>A use was refused as outside the licence.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Calls">Calls asked for.</param>
/// <param name="Purpose">For what purpose.</param>
/// <param name="Reason">Why.</param>
[EventName("usage_refused")]
public sealed record UsageRefused(DealId Deal, int Calls, string Purpose, Rejection Reason) : Event;

/// <summary>Reports the calls of one period.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Calls">Calls, above 0; more than are left is outside the licence.</param>
/// <param name="Purpose">For what purpose; another than the contract's is outside the licence.</param>
public sealed record ReportUsage(DealId Deal, int Calls, string Purpose) : DealCommand(Deal)
{
    internal Decision Decide(DealState state)
    {
        if (state.Stage != DealStage.Accepted)
        {
            return Decision.Reject(Acceptance.Forbidden(state.Stage));
        }

        if (!state.IsMetered)
        {
            return Decision.Reject(Rejection.NotMetered);
        }

        if (Calls <= 0)
        {
            return Decision.Reject(Rejection.OrderInvalid);
        }

        var left = state.Units - state.UnitsUsed;
        if (Calls > left || Purpose != state.Purpose)
        {
            return Decision.Refuse(Rejection.UsageOutsideLicence,
                new UsageRefused(Deal, Calls, Purpose, Rejection.UsageOutsideLicence) { At = At, By = By });
        }

        return Decision.Accept(new UsageReported(Deal, Calls, state.PriceOfNext(Calls), Calls == left) { At = At, By = By });
    }
}

/// <summary>The deal is completed: settled, invoiced and anchored.</summary>
/// <param name="Deal">The deal.</param>
[EventName("deal_completed")]
public sealed record DealCompleted(DealId Deal) : Event;

/// <summary>Completes a deal once its data invoice is anchored.</summary>
/// <param name="Deal">The deal.</param>
public sealed record CompleteDeal(DealId Deal) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) => state.Stage switch
    {
        DealStage.Accepted => Decision.Accept(new DealCompleted(Deal) { At = At, By = By }),
        _ => Decision.Reject(Acceptance.Forbidden(state.Stage)),
    };
}
