using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange.Verification;

/// <summary>What the releases of a deal with a share of revenue must be, by its terms and what was reported before.</summary>
internal static class RevenueChecks
{
    internal static (AuditRule Rule, string Detail)? Of(DealState state, Event @event) => @event switch
    {
        DeliveryAccepted e => OfFixed(state, e.FixedFen),
        AcceptanceTimedOut e => OfFixed(state, e.FixedFen),
        DisputeDismissed e => OfFixed(state, e.FixedFen),
        RevenueReported e => Of(state, e),
        RevenueOverdue e => Of(state, e),
        _ => null,
    };

    private static (AuditRule, string)? OfFixed(DealState state, long? fixedFen) =>
        fixedFen == state.FixedFen ? null
        : Differs($"{Show(fixedFen)} is shared out at once; by the deal's terms it is {Show(state.FixedFen)}");

    private static (AuditRule, string)? Of(DealState state, RevenueReported e)
    {
        if (OfPeriod(state, e.Period) is { } problem)
        {
            return problem;
        }

        var terms = state.Revenue!.Value;
        var left = state.RevenueLeftFen;
        var due = terms.Of(e.RevenueFen, left);
        var isLast = e.Period == terms.Periods || due == left;
        return e.RevenueFen < 0 ? Differs($"revenue of period {e.Period} is {e.RevenueFen} fen; the least is 0")
            : e.By != state.Buyer || e.Buyer != state.Buyer ? Differs($"{e.By} reports the revenue of {e.Buyer}; the buyer is {state.Buyer}")
            : e.At >= state.NextRevenueDue ? Differs($"period {e.Period} is reported at {e.At}; it was overdue from {state.NextRevenueDue} on")
            : e.AmountFen != due ? Differs($"{e.AmountFen} fen are released for {e.RevenueFen} fen of revenue in period {e.Period}; {terms.ShareBasisPoints}/10,000 of them, with {left} fen left, are {due} fen")
            : e.IsLast != isLast || e.ReturnedFen != (isLast ? left - due : 0)
                ? Differs($"after period {e.Period} of {terms.Periods} {e.ReturnedFen} fen go back; by the terms it is {(isLast ? left - due : 0)} fen")
            : null;
    }

    private static (AuditRule, string)? Of(DealState state, RevenueOverdue e)
    {
        if (OfPeriod(state, e.Period) is { } problem)
        {
            return problem;
        }

        var due = state.Revenue!.Value.Overdue(state.RevenuePeriods, state.RevenueLeftFen);
        return e.Buyer != state.Buyer ? Differs($"{e.Buyer} is charged; the buyer is {state.Buyer}")
            : e.At < state.NextRevenueDue ? Differs($"period {e.Period} is charged at {e.At}; it is overdue from {state.NextRevenueDue} on")
            : e.AmountFen != due || e.IsLast != (due == state.RevenueLeftFen) ? Differs($"{e.AmountFen} fen are charged for period {e.Period}; an equal part of what is left of the cap is {due} fen")
            : null;
    }

    private static (AuditRule, string)? OfPeriod(DealState state, int period) =>
        state.Stage != DealStage.Accepted || state.NextRevenueDue is null ? Differs($"period {period} is released where no revenue is shared")
        : period != state.RevenuePeriods + 1 ? Differs($"period {period} is released; the next is {state.RevenuePeriods + 1}")
        : null;

    private static string Show(long? fen) => fen is { } some ? $"{some} fen" : "nothing";

    private static (AuditRule, string) Differs(string detail) => (AuditRule.RevenueShareDiffers, detail);
}
