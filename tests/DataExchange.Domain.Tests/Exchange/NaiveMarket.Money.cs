using DataExchange.Domain.Settlement;

namespace DataExchange.Domain.Tests.Exchange;

/// <summary>The page of the notebook that keeps what settlements come to, what is payable and who owes. The walks have no contributors.</summary>
internal sealed partial class NaiveMarket
{
    internal readonly Dictionary<PartyId, decimal> Payable = [];
    internal readonly Dictionary<PartyId, decimal> Owed = [];

    private static decimal HalfUp(decimal fen) => Math.Floor(fen + 0.5m);

    private void SettleRest(DealPage deal) => Settle(deal, deal.AmountFen - deal.RefundedFen - deal.Shared.Sum());

    private void Settle(DealPage deal, decimal fen)
    {
        if (deal.Channel == TradeChannel.FiledContract)
        {
            return;
        }

        var tax = HalfUp(fen * deal.VatBasisPoints / (10_000 + deal.VatBasisPoints));
        var fee = deal.Fee is { } schedule ? FeeOn(deal.FeeBasisPoints, schedule, deal.Shared.Sum() + fen) - deal.Shared[1] : HalfUp(fen * deal.FeeBasisPoints / 10_000);
        fee = Math.Min(fee, fen - tax);
        deal.Shared = [deal.Shared[0] + tax, deal.Shared[1] + fee, deal.Shared[2] + fen - tax - fee];
        Payable[deal.Provider] = Payable.GetValueOrDefault(deal.Provider) + fen - tax - fee;
    }

    private static decimal FeeOn(int basisPoints, FeeSchedule schedule, decimal fen)
    {
        var tiers = schedule.Above.Prepend(new FeeTier(0, basisPoints)).ToArray();
        var fee = 0m;
        for (var i = 0; i < tiers.Length; i++)
        {
            var end = i + 1 < tiers.Length ? Math.Min(fen, tiers[i + 1].AboveFen) : fen;
            fee += Math.Max(0, end - tiers[i].AboveFen) * tiers[i].BasisPoints / 10_000;
        }

        return Math.Min(Math.Max(HalfUp(fee), schedule.LeastFen), schedule.MostFen ?? decimal.MaxValue);
    }

    // Largest remainder over tax, fee and provider, the earlier first.
    private void ChargeBack(DealPage deal, decimal fen)
    {
        var exact = deal.Shared.Select(part => part * fen / deal.Shared.Sum()).ToArray();
        var parts = exact.Select(Math.Floor).ToArray();
        foreach (var i in Enumerable.Range(0, 3).OrderByDescending(i => exact[i] - parts[i]).ThenBy(i => i).Take((int)(fen - parts.Sum())))
        {
            parts[i]++;
        }

        var taken = Math.Min(parts[2], Payable.GetValueOrDefault(deal.Provider));
        Payable[deal.Provider] = Payable.GetValueOrDefault(deal.Provider) - taken;
        Owed[deal.Provider] = Owed.GetValueOrDefault(deal.Provider) + parts[2] - taken;
        Free[deal.Buyer] += (long)fen;
    }

    private bool PayOut(PayOutProceeds command)
    {
        var (payable, owed) = (Payable.GetValueOrDefault(command.Party), Owed.GetValueOrDefault(command.Party));
        var kept = Math.Min(payable, owed);
        var paid = payable - kept >= command.LeastFen ? payable - kept : 0;
        Payable[command.Party] = payable - kept - paid;
        Owed[command.Party] = owed - kept;
        return kept + paid > 0;
    }
}
