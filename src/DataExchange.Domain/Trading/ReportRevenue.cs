namespace DataExchange.Domain.Trading;

/// <summary>The buyer reported what it earned with the data in a period; its share is released.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="Period">The period, from 1.</param>
/// <param name="RevenueFen">What the buyer earned, fen, 0 or more.</param>
/// <param name="AmountFen">The provider's share, fen, 0 or more: what Settlement releases.</param>
/// <param name="ReturnedFen">What is left of the cap and goes back to the buyer, fen; 0 before the last report.</param>
/// <param name="IsLast">Whether no more is shared: it was the last period, or the cap is used up.</param>
[EventName("revenue_reported")]
public sealed record RevenueReported(
    DealId Deal, PartyId Buyer, int Period, long RevenueFen, long AmountFen, long ReturnedFen, bool IsLast) : Event;

/// <summary>The revenue of a period was not reported in time: an equal part of what is left of the cap is charged (逾期按上限计收).</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="Period">The period, from 1.</param>
/// <param name="AmountFen">What is charged, fen, above 0: what Settlement releases.</param>
/// <param name="IsLast">Whether no more is shared: it was the last period, or the cap is used up.</param>
[EventName("revenue_overdue")]
public sealed record RevenueOverdue(DealId Deal, PartyId Buyer, int Period, long AmountFen, bool IsLast) : Event;

/// <summary>Reports what the buyer earned with the data in a period that is over, one period after the other.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Period">The period, from 1.</param>
/// <param name="RevenueFen">What the buyer earned, fen, 0 or more.</param>
public sealed record ReportRevenue(DealId Deal, int Period, long RevenueFen) : DealCommand(Deal)
{
    internal Decision Decide(DealState state)
    {
        if (RevenueSteps.Forbids(state) is { } forbidden)
        {
            return Decision.Reject(forbidden);
        }

        var terms = state.Revenue!.Value;
        if (By != state.Buyer)
        {
            return Decision.Reject(Rejection.RevenueReportForeign);
        }

        if (RevenueFen is < 0 or > Money.MostFen)
        {
            return Decision.Reject(Rejection.OrderInvalid);
        }

        if (Period < 1 || Period > terms.Periods)
        {
            return Decision.Reject(Rejection.RevenuePeriodBeyondTerms);
        }

        if (Period <= state.RevenuePeriods)
        {
            return Decision.Reject(Rejection.RevenueAlreadyReported);
        }

        if (state.RevenueIsOver)
        {
            return Decision.Reject(Rejection.RevenuePeriodBeyondTerms);
        }

        if (Period != state.RevenuePeriods + 1 || At < state.RevenuePeriodEnd)
        {
            return Decision.Reject(Rejection.RevenuePeriodNotOver);
        }

        if (At >= state.RevenueDue)
        {
            return Decision.Reject(Rejection.RevenueReportOverdue);
        }

        var left = state.RevenueLeftFen;
        var amount = terms.Of(RevenueFen, left);
        var isLast = Period == terms.Periods || amount == left;
        return Decision.Accept(new RevenueReported(Deal, state.Buyer, Period, RevenueFen, amount, isLast ? left - amount : 0, isLast) { At = At, By = By });
    }
}

/// <summary>Charges for the revenue of a period that was not reported in time.</summary>
/// <param name="Deal">The deal.</param>
public sealed record ChargeOverdueRevenue(DealId Deal) : DealCommand(Deal)
{
    internal Decision Decide(DealState state)
    {
        if (RevenueSteps.Forbids(state) is { } forbidden)
        {
            return Decision.Reject(forbidden);
        }

        if (state.RevenueIsOver)
        {
            return Decision.Reject(Rejection.RevenuePeriodBeyondTerms);
        }

        if (At < state.RevenueDue)
        {
            return Decision.Reject(Rejection.RevenuePeriodNotOver);
        }

        var amount = state.Revenue!.Value.Overdue(state.RevenuePeriods, state.RevenueLeftFen);
        return Decision.Accept(new RevenueOverdue(Deal, state.Buyer, state.RevenuePeriods + 1, amount, amount == state.RevenueLeftFen) { At = At, By = By });
    }
}

internal static class RevenueSteps
{
    /// <summary>Why nothing is reported in a state; null where it is.</summary>
    internal static Rejection? Forbids(DealState state) =>
        state.Stage != DealStage.Accepted ? Acceptance.Forbidden(state.Stage)
        : state.Revenue is null ? Rejection.RevenuePeriodBeyondTerms
        : null;

    /// <summary>A state after a period's share was released.</summary>
    internal static DealState After(DealState state, long amountFen, long returnedFen) => state with
    {
        RevenuePeriods = state.RevenuePeriods + 1,
        RevenueLeftFen = state.RevenueLeftFen - amountFen - returnedFen,
        RefundedFen = state.RefundedFen + returnedFen,
    };

    /// <summary>Whether a period is the next one, and its amounts are within what is left.</summary>
    internal static bool Follows(DealState state, int period, long amountFen, long returnedFen) =>
        state.Revenue is not null && !state.RevenueIsOver && period == state.RevenuePeriods + 1
        && amountFen >= 0 && returnedFen >= 0 && (Int128)amountFen + returnedFen <= state.RevenueLeftFen;
}
