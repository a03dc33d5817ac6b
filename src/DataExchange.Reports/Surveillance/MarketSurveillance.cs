using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Surveillance;

/// <summary>
/// Looks for manipulation in the deal register, which is a fold of the events: it knows nothing that a venue would not know. docs/surveillance.md explains the rules.
/// </summary>
public static class MarketSurveillance
{
    /// <summary>Applies all rules.</summary>
    /// <param name="deals">The deal register, in any order.</param>
    /// <param name="end">The present moment: the end of the history.</param>
    /// <param name="thresholds">The thresholds.</param>
    /// <returns>The findings, by rule, the largest amounts first.</returns>
    public static IReadOnlyList<SurveillanceFinding> Look(IEnumerable<DealEntry> deals, DateTimeOffset end, SurveillanceThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(deals);
        ArgumentNullException.ThrowIfNull(thresholds);
        DealEntry[] registered = [.. deals.Where(deal => deal.RegisteredAt is not null).OrderBy(deal => deal.RegisteredAt).ThenBy(deal => deal.Id, StringComparer.Ordinal)];
        return
        [
            .. Circles(registered, thresholds)
                .Concat(NeverDelivered(registered, end, thresholds))
                .Concat(OnlyFiles(registered, thresholds))
                .Concat(FiledAgain(registered))
                .OrderBy(finding => finding.Rule).ThenByDescending(finding => finding.AmountFen).ThenBy(finding => finding.Parties[0], StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<SurveillanceFinding> Circles(DealEntry[] registered, SurveillanceThresholds thresholds)
    {
        foreach (var book in registered.Where(deal => deal.Channel == TradeChannel.OrderBook && deal.Quantity > 0).GroupBy(deal => deal.Product, StringComparer.Ordinal).OrderBy(book => book.Key, StringComparer.Ordinal))
        {
            // Who never buys issues packs: the provider is no holder, and what it sells closes no circle.
            var buyers = book.Select(trade => trade.Buyer).ToHashSet(StringComparer.Ordinal);
            DealEntry[] trades = [.. book.Where(trade => buyers.Contains(trade.Provider))];
            foreach (var group in TradeGraph.Groups(trades, thresholds.LeastInside))
            {
                DealEntry[] inside = [.. trades.Where(trade => group.Contains(trade.Buyer) && group.Contains(trade.Provider))];
                if (group.Count > thresholds.MostMembers || inside.Length < thresholds.FewestTradesPerMember * group.Count || NetShare(group, inside) > thresholds.MostNet
                    || (group.Count > 2 && ShareOfBusiest(group, inside) > thresholds.MostOfOne))
                {
                    continue;
                }

                double Price(DealEntry trade) => trade.AmountFen / (double)trade.Quantity;
                yield return Found(
                    group.Count == 2 ? SurveillanceRule.MatchedPair : SurveillanceRule.ClosedCircle, [.. group.Order(StringComparer.Ordinal)], inside, (Price(inside[^1]) / Price(inside[0])) - 1);
            }
        }
    }

    private static double ShareOfBusiest(HashSet<string> group, DealEntry[] inside) =>
        group.Max(party => inside.Count(trade => trade.Buyer == party || trade.Provider == party)) / (double)inside.Length;

    // What the members ended up with, of what they traded: 0 where everybody has what he began with.
    private static double NetShare(HashSet<string> group, DealEntry[] inside)
    {
        var net = group.ToDictionary(party => party, _ => 0L, StringComparer.Ordinal);
        foreach (var trade in inside)
        {
            net[trade.Buyer] += trade.Quantity;
            net[trade.Provider] -= trade.Quantity;
        }

        return net.Values.Sum(Math.Abs) / 2.0 / inside.Sum(trade => (long)trade.Quantity);
    }

    private static IEnumerable<SurveillanceFinding> NeverDelivered(DealEntry[] registered, DateTimeOffset end, SurveillanceThresholds thresholds) =>
        registered
            .Where(deal => IsFiled(deal) && deal.Status == DealStage.Registered && deal.RegisteredAt!.Value.AddDays(thresholds.DaysToDeliver) < end && deal.DeliveryDue < end)
            .GroupBy(deal => (deal.Venue, deal.Buyer))
            .Select(group => Found(SurveillanceRule.NeverDelivered, [group.Key.Buyer], [.. group]));

    private static IEnumerable<SurveillanceFinding> OnlyFiles(DealEntry[] registered, SurveillanceThresholds thresholds)
    {
        var sellers = registered.Where(deal => deal.Channel == TradeChannel.OrderBook).Select(deal => deal.Provider).ToHashSet(StringComparer.Ordinal);
        return registered.GroupBy(deal => deal.Buyer, StringComparer.Ordinal)
            .Where(group => group.All(IsFiled) && group.Count() >= thresholds.FewestFiled && !sellers.Contains(group.Key)
                && group.DistinctBy(deal => deal.Venue, StringComparer.Ordinal).Count() == 1
                && group.DistinctBy(deal => deal.Provider, StringComparer.Ordinal).Count() <= thresholds.MostSellers)
            .Select(group => Found(SurveillanceRule.OnlyFiles, [group.Key], [.. group]));
    }

    private static IEnumerable<SurveillanceFinding> FiledAgain(DealEntry[] registered) =>
        registered.Where(IsFiled)
            .GroupBy(deal => (deal.Venue, deal.Buyer, deal.Provider, deal.Product, deal.AmountFen))
            .Where(group => group.Count() >= 2)
            .Select(group => Found(SurveillanceRule.FiledAgain, [group.Key.Buyer], [.. group]));

    private static bool IsFiled(DealEntry deal) => deal.Channel == TradeChannel.FiledContract;

    private static SurveillanceFinding Found(SurveillanceRule rule, IReadOnlyList<string> parties, DealEntry[] deals, double? priceChange = null) => new(
        rule, parties, deals[0].Venue, [.. deals.Select(deal => deal.Product).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], [.. deals.Select(deal => deal.Id)],
        deals.Sum(deal => deal.AmountFen), priceChange);
}
