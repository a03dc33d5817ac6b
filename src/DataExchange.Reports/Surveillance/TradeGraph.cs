using DataExchange.Reports.ReadModels;

namespace DataExchange.Reports.Surveillance;

/// <summary>Who sold to whom among the holders of a product.</summary>
internal static class TradeGraph
{
    /// <summary>
    /// The groups within which packs can go round, and whose members trade mostly within: strongly connected parts of the graph, from which whoever trades more outside is taken until
    /// nobody is left who does.
    /// </summary>
    /// <param name="trades">Trades among holders.</param>
    /// <param name="leastInside">Least share of each member's packs that changed hands within.</param>
    public static IEnumerable<HashSet<string>> Groups(IReadOnlyList<DealEntry> trades, double leastInside)
    {
        var waiting = new Stack<HashSet<string>>();
        waiting.Push([.. trades.SelectMany(trade => (string[])[trade.Buyer, trade.Provider])]);
        var all = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var trade in trades)
        {
            all[trade.Buyer] = all.GetValueOrDefault(trade.Buyer) + trade.Quantity;
            all[trade.Provider] = all.GetValueOrDefault(trade.Provider) + trade.Quantity;
        }

        while (waiting.TryPop(out var within))
        {
            var parts = Parts(trades, within);
            foreach (var part in parts.Where(part => part.Count >= 2))
            {
                var inside = part.ToDictionary(party => party, _ => 0L, StringComparer.Ordinal);
                foreach (var trade in trades.Where(trade => part.Contains(trade.Buyer) && part.Contains(trade.Provider)))
                {
                    inside[trade.Buyer] += trade.Quantity;
                    inside[trade.Provider] += trade.Quantity;
                }

                var rest = part.Where(party => inside[party] >= leastInside * all[party]).ToHashSet(StringComparer.Ordinal);
                if (rest.Count == part.Count)
                {
                    yield return part;
                }
                else if (rest.Count >= 2)
                {
                    waiting.Push(rest);
                }
            }
        }
    }

    // Parties are in one part when packs can go from each to the other. The graphs are of some dozens: reaching twice is short and plain.
    private static List<HashSet<string>> Parts(IReadOnlyList<DealEntry> trades, HashSet<string> within)
    {
        var (sells, buys) = (new Dictionary<string, HashSet<string>>(StringComparer.Ordinal), new Dictionary<string, HashSet<string>>(StringComparer.Ordinal));
        foreach (var trade in trades.Where(trade => within.Contains(trade.Buyer) && within.Contains(trade.Provider)))
        {
            Edge(sells, trade.Provider, trade.Buyer);
            Edge(buys, trade.Buyer, trade.Provider);
        }

        var (parts, left) = (new List<HashSet<string>>(), new SortedSet<string>(within, StringComparer.Ordinal));
        while (left.Min is { } party)
        {
            var part = Reached(sells, party);
            part.IntersectWith(Reached(buys, party));
            parts.Add(part);
            left.ExceptWith(part);
        }

        return parts;
    }

    private static void Edge(Dictionary<string, HashSet<string>> edges, string from, string to)
    {
        if (!edges.TryGetValue(from, out var others))
        {
            edges.Add(from, others = new(StringComparer.Ordinal));
        }

        others.Add(to);
    }

    private static HashSet<string> Reached(Dictionary<string, HashSet<string>> edges, string from)
    {
        var (reached, waiting) = (new HashSet<string>(StringComparer.Ordinal) { from }, new Stack<string>([from]));
        while (waiting.TryPop(out var party))
        {
            foreach (var other in edges.GetValueOrDefault(party) ?? [])
            {
                if (reached.Add(other))
                {
                    waiting.Push(other);
                }
            }
        }

        return reached;
    }
}
