using System.Numerics;

namespace DataExchange.Menus.Checking;

/// <summary>
/// All ways to come from what an item gives to nothing: a state is what is still missing of each of its products, an edge a purchase. Every purchase lessens what is
/// missing, so the graph has no cycles, and one pass over the states in order gives all shortest paths.
/// </summary>
internal sealed class CoverGraph
{
    private readonly MenuItem _target;
    private readonly MenuItem[] _helpful;
    private readonly int[] _needed;
    private readonly int[][] _gives;
    private readonly int _states;

    private CoverGraph(MenuItem target, MenuItem[] helpful, int[] needed, int[][] gives, int states) =>
        (_target, _helpful, _needed, _gives, _states) = (target, helpful, needed, gives, states);

    /// <summary>The graph of an item; null when it is too large.</summary>
    internal static CoverGraph? Of(IReadOnlyList<MenuItem> menu, MenuItem target)
    {
        string[] products = [.. target.Units.Keys.Order(StringComparer.Ordinal)];
        MenuItem[] helpful = [.. menu.Where(item => item.Quality >= target.Quality && products.Any(item.Units.ContainsKey))];
        var needed = new int[products.Length];
        var gives = Array.ConvertAll(helpful, _ => new int[products.Length]);
        var edges = (long)helpful.Length;
        for (var j = 0; j < products.Length; j++)
        {
            var product = products[j];
            // What all quantities are multiples of is one unit: packs of 1,000 and 10,000 calls are 1 and 10.
            var unit = helpful.Aggregate(target.Units[product], (common, item) =>
                (int)BigInteger.GreatestCommonDivisor(common, item.Units.GetValueOrDefault(product)));
            needed[j] = target.Units[product] / unit;
            for (var i = 0; i < helpful.Length; i++)
            {
                gives[i][j] = helpful[i].Units.GetValueOrDefault(product) / unit;
            }

            edges *= needed[j] + 1L;
            if (edges > ArbitrageChecker.MostEdges)
            {
                return null;
            }
        }

        return new(target, helpful, needed, gives, (int)(edges / helpful.Length));
    }

    /// <summary>The cheapest way to cover the item; null when nothing is cheaper than the item itself.</summary>
    internal Arbitrage? Cheapest()
    {
        var cost = new long[_states];
        var bought = new int[_states];
        var missing = new int[_needed.Length];
        for (var state = 1; state < _states; state++)
        {
            Advance(missing);
            // The item itself covers every state, so none costs more than it: no sum can overflow.
            cost[state] = long.MaxValue;
            for (var i = 0; i < _helpful.Length; i++)
            {
                var next = After(missing, _gives[i]);
                if (next < state && _helpful[i].PriceFen + cost[next] < cost[state])
                {
                    (cost[state], bought[state]) = (_helpful[i].PriceFen + cost[next], i);
                }
            }
        }

        return cost[^1] < _target.PriceFen ? Assembly(cost[^1], bought) : null;
    }

    private Arbitrage Assembly(long cost, int[] bought)
    {
        var counts = new int[_helpful.Length];
        var missing = _needed.ToArray();
        for (var state = _states - 1; state > 0;)
        {
            var item = bought[state];
            counts[item]++;
            state = After(missing, _gives[item]);
            for (var j = 0; j < missing.Length; j++)
            {
                missing[j] = Math.Max(0, missing[j] - _gives[item][j]);
            }
        }

        return new(
            _target.Name, counts.Sum() == 1 ? ArbitrageKind.NotMonotone : ArbitrageKind.NotSubadditive, _target.PriceFen, cost,
            [.. _helpful.Select((item, i) => new Purchase(item.Name, counts[i])).Where(purchase => purchase.Count > 0)]);
    }

    // States are numbers in mixed radix, the first product its lowest digit.
    private void Advance(int[] missing)
    {
        for (var j = 0; ++missing[j] > _needed[j]; j++)
        {
            missing[j] = 0;
        }
    }

    private int After(int[] missing, int[] gives)
    {
        var state = 0;
        for (var j = missing.Length - 1; j >= 0; j--)
        {
            state = (state * (_needed[j] + 1)) + Math.Max(0, missing[j] - gives[j]);
        }

        return state;
    }
}
