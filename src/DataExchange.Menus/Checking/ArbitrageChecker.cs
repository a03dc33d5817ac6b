using DataExchange.Menus.Policies;

namespace DataExchange.Menus.Checking;

/// <summary>
/// Finds what a provider sells dearer than it can be put together from what he sells else. A menu is free of arbitrage when no bundle of purchases that determines
/// a good costs less than the good (Koutris and others 2015); for goods that are products in quantities and levels of quality this is that prices are monotone and
/// subadditive. For each item the cheapest way to cover it is a shortest path from what it gives to nothing, an edge for each purchase: exact, not a heuristic.
/// </summary>
public static class ArbitrageChecker
{
    /// <summary>The most items of a menu.</summary>
    public const int MostItems = 1_000;

    /// <summary>The most edges of one item's graph: states times items that help.</summary>
    public const int MostEdges = 1 << 22;

    /// <summary>The most calls of a checked policy.</summary>
    public const int MostCalls = 4_096;

    /// <summary>Checks a menu.</summary>
    /// <param name="menu">Its items, 1 to <see cref="MostItems"/>.</param>
    public static MenuAnswer Check(IReadOnlyList<MenuItem> menu)
    {
        ArgumentNullException.ThrowIfNull(menu);
        if (Problem(menu) is { } problem)
        {
            return new([], problem);
        }

        var found = new List<Arbitrage>();
        foreach (var item in menu)
        {
            var graph = CoverGraph.Of(menu, item);
            if (graph is null)
            {
                return new([], new(
                    MenuFault.TooManyStates,
                    $"item '{item.Name}' is not allowed: at most {MostEdges} ways to come nearer to what it gives; use fewer products or larger units"));
            }

            if (graph.Cheapest() is { } arbitrage)
            {
                found.Add(arbitrage);
            }
        }

        return new(found, null);
    }

    /// <summary>
    /// Checks a policy over quantities: whether fewer calls cost more than more, or one purchase more than several. A quantity that the policy does not sell cannot be
    /// bought, and is not checked.
    /// </summary>
    /// <param name="policy">The policy, sound.</param>
    /// <param name="usage">The usage whose calls are varied.</param>
    /// <param name="mostCalls">Quantities 1 to so many, at most <see cref="MostCalls"/>.</param>
    /// <returns>Every quantity that is sold dearer than it can be put together, the smallest first.</returns>
    /// <exception cref="ArgumentException">The policy is not sound.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The quantities are out of range.</exception>
    public static IReadOnlyList<Arbitrage> Check(PricePolicy policy, Usage usage, int mostCalls)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostCalls, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mostCalls, MostCalls);
        if (policy.Problem is { } problem)
        {
            throw new ArgumentException(problem.ToString(), nameof(policy));
        }

        var prices = new long?[mostCalls + 1];
        for (var calls = 1; calls <= mostCalls; calls++)
        {
            prices[calls] = policy.PriceOf(usage with { Calls = calls }).Fen;
        }

        return Check(prices);
    }

    /// <summary>Checks a price for each quantity.</summary>
    /// <param name="prices">At index n the price of n units, fen, 0 to 10^15; null where n is not sold. Index 0 is not looked at. At most <see cref="MostCalls"/> + 1.</param>
    /// <returns>Every quantity that is sold dearer than it can be put together, the smallest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are too many prices, or one is out of range.</exception>
    public static IReadOnlyList<Arbitrage> Check(ReadOnlySpan<long?> prices)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prices.Length, MostCalls + 1, nameof(prices));
        // best[n]: the cheapest way to n units or more; first[n]: the first purchase of it.
        var best = new long[prices.Length];
        var first = new int[prices.Length];
        var found = new List<Arbitrage>();
        for (var n = 1; n < prices.Length; n++)
        {
            best[n] = long.MaxValue;
            for (var size = prices.Length - 1; size >= 1; size--)
            {
                if (prices[size] is not { } price)
                {
                    continue;
                }

                ArgumentOutOfRangeException.ThrowIfNegative(price, nameof(prices));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(price, PricePolicy.MostFen, nameof(prices));
                var rest = best[Math.Max(0, n - size)];
                if (rest != long.MaxValue && price + rest < best[n])
                {
                    (best[n], first[n]) = (price + rest, size);
                }
            }

            if (prices[n] > best[n])
            {
                found.Add(Quantity(n, prices[n]!.Value, best[n], first));
            }
        }

        return found;
    }

    private static Arbitrage Quantity(int calls, long price, long cheapest, int[] first)
    {
        var counts = new SortedDictionary<int, int>();
        for (var rest = calls; rest > 0; rest -= first[rest])
        {
            counts[first[rest]] = counts.GetValueOrDefault(first[rest]) + 1;
        }

        return new(
            $"{calls}", counts.Values.Sum() == 1 ? ArbitrageKind.NotMonotone : ArbitrageKind.NotSubadditive, price, cheapest,
            [.. counts.Select(one => new Purchase($"{one.Key}", one.Value))]);
    }

    private static MenuProblem? Problem(IReadOnlyList<MenuItem> menu)
    {
        if (menu.Count is < 1 or > MostItems)
        {
            return new(MenuFault.SizeNotAllowed, $"items {menu.Count} is not allowed: 1 to {MostItems}");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in menu)
        {
            if (string.IsNullOrEmpty(item.Name) || !names.Add(item.Name))
            {
                return new(MenuFault.NameNotAllowed, $"name '{item.Name}' is not allowed: a name that no other item has");
            }

            if (item.PriceFen is < 0 or > PricePolicy.MostFen)
            {
                return new(MenuFault.PriceNotAllowed, $"price {item.PriceFen} of '{item.Name}' is not allowed: 0 to {PricePolicy.MostFen} fen");
            }

            if (item.Units.Count == 0 || item.Units.Values.Any(units => units < 1))
            {
                return new(MenuFault.UnitsNotAllowed, $"units of '{item.Name}' are not allowed: at least one product, 1 or more of each");
            }
        }

        return null;
    }
}
