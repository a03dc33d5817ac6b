namespace DataExchange.Mechanisms.Tests;

/// <summary>The mechanisms again, step by step as a person would run them, without sorting or formulas.</summary>
internal static class NaiveMechanisms
{
    internal static List<Award> Posted(long reserve, Bid[] bids, long price, int copies)
    {
        List<Award> sold = [];
        var queue = bids.ToList();
        while (queue.Count > 0 && sold.Count < copies)
        {
            var next = Earliest(queue);
            queue.Remove(next);
            if (next.AmountFen >= price && next.AmountFen >= reserve)
            {
                sold.Add(new(next.Bidder, Math.Max(price, reserve)));
            }
        }

        return sold;
    }

    internal static List<Award> FirstPrice(long reserve, Bid[] bids)
    {
        var able = bids.Where(bid => bid.AmountFen >= reserve).ToList();
        return able.Count == 0 ? [] : [new(Highest(able).Bidder, able.Max(bid => bid.AmountFen))];
    }

    internal static List<Award> Uniform(long reserve, Bid[] bids, int copies)
    {
        var rest = bids.Where(bid => bid.AmountFen >= reserve).ToList();
        List<string> winners = [];
        while (rest.Count > 0 && winners.Count < copies)
        {
            var next = Highest(rest);
            rest.Remove(next);
            winners.Add(next.Bidder);
        }

        var price = rest.Count == 0 ? reserve : Math.Max(reserve, rest.Max(bid => bid.AmountFen));
        return [.. winners.Select(winner => new Award(winner, price))];
    }

    /// <summary>The clock, tick by tick.</summary>
    internal static List<Award> English(long reserve, Bid[] bids, long increment)
    {
        var price = reserve;
        var staying = bids.Where(bid => bid.AmountFen >= price).ToList();
        while (staying.Count > 1)
        {
            var next = staying.Where(bid => bid.AmountFen >= price + increment).ToList();
            if (next.Count <= 1)
            {
                return [new(Earliest(next.Count == 1 ? next : staying).Bidder, price)];
            }

            (staying, price) = (next, price + increment);
        }

        return staying.Count == 0 ? [] : [new(staying[0].Bidder, price)];
    }

    internal static List<Award> Dutch(long reserve, Bid[] bids, long start, long decrement)
    {
        for (var price = start; price >= reserve && price >= 1; price -= decrement)
        {
            var takers = bids.Where(bid => bid.AmountFen >= price && bid.AmountFen >= reserve).ToList();
            if (takers.Count > 0)
            {
                return [new(Earliest(takers).Bidder, price)];
            }
        }

        return [];
    }

    internal static List<Award> Optimal(long reserve, Bid[] bids)
    {
        var price = BestPrice(bids.Where(bid => bid.AmountFen >= reserve));
        return price is null ? [] : [.. bids.Where(bid => bid.AmountFen >= price).Select(bid => new Award(bid.Bidder, price.Value))];
    }

    internal static List<Award> RandomSampling(long reserve, Bid[] bids, Func<string, bool> coin)
    {
        var able = bids.Where(bid => bid.AmountFen >= reserve).ToArray();
        return
        [
            .. from bid in able
               let price = BestPrice(able.Where(other => coin(other.Bidder) != coin(bid.Bidder)))
               where bid.AmountFen >= price
               select new Award(bid.Bidder, price.Value),
        ];
    }

    /// <summary>Every whole price is tried, from above.</summary>
    internal static long? BestPrice(IEnumerable<Bid> bids)
    {
        var all = bids.ToArray();
        (long? Price, long Brings) best = (null, 0);
        for (var price = all.Select(bid => bid.AmountFen).DefaultIfEmpty().Max(); price >= 1; price--)
        {
            var brings = price * all.Count(bid => bid.AmountFen >= price);
            best = brings > best.Brings ? (price, brings) : best;
        }

        return best.Price;
    }

    private static Bid Earliest(List<Bid> bids) => bids.Aggregate((best, bid) =>
        bid.At < best.At || (bid.At == best.At && string.CompareOrdinal(bid.Bidder, best.Bidder) < 0) ? bid : best);

    private static Bid Highest(List<Bid> bids) => Earliest([.. bids.Where(bid => bid.AmountFen == bids.Max(other => other.AmountFen))]);
}
