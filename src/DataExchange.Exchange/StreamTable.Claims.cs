using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;

namespace DataExchange.Exchange;

/// <content>
/// A completed deal waits for a late claim, and its settlement for a charge back, for months: most of the memory of a large market. Once no claim can be raised any more, all
/// such deals answer alike, and one state serves them.
/// </content>
public sealed partial class StreamTable
{
    private readonly Queue<(SimulatedTime Until, string Deal)> _claimable = [];

    /// <summary>
    /// Whether deals are condensed when their time for late claims is over. For whoever gives all commands in the order of their times: what comes late would be refused, and a charge
    /// back without a claim is.
    /// </summary>
    public bool LetsClaimsLapse { get; init; }

    /// <summary>Condenses the deals on which nobody can raise a claim any more; nothing without <see cref="LetsClaimsLapse"/>.</summary>
    /// <param name="now">Time of the next command.</param>
    public void LapseClaims(SimulatedTime now)
    {
        while (_claimable.TryPeek(out var next) && now > next.Until)
        {
            _claimable.Dequeue();
            ref var deal = ref CollectionsMarshal.GetValueRefOrNullRef(_streams, next.Deal);
            if (Unsafe.IsNullRef(ref deal) || deal.State is not DealState { Stage: DealStage.Completed, ClaimBy: { } until } || now <= until)
            {
                // A claim was raised in time, and what came of it has ended the deal or not.
                continue;
            }

            deal.State = DealDecider.ClaimPeriodOver;
            ref var settlement = ref CollectionsMarshal.GetValueRefOrNullRef(_streams, StreamId.Settlement(new DealId(next.Deal[(StreamId.KindOf(next.Deal).Length + 1)..])));
            if (!Unsafe.IsNullRef(ref settlement) && settlement.State is DealSettlement { Stage: SettlementStage.Invoiced })
            {
                settlement.State = SettlementDecider.BeyondClaims;
            }
        }
    }
}
