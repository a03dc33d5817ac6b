using System.Numerics;

namespace DataExchange.Shares.Tests;

/// <summary>Games of the literature.</summary>
internal static class Games
{
    /// <summary>The airport game of Castro, Gómez and Tejada 2009: 100 players, costs 1 to 10 in groups of these sizes.</summary>
    internal static readonly int[] AirportGroups = [8, 12, 6, 14, 8, 9, 13, 10, 10, 10];

    /// <summary>What they print for a player of each group.</summary>
    internal static readonly double[] AirportShares = [.01, .020869565, .033369565, .046883079, .063549745, .082780515, .106036329, .139369662, .189369662, .289369662];

    /// <summary>The electoral college of the 1970s in the same paper: 51 players, 538 votes, 270 of them win.</summary>
    internal static readonly int[] Votes =
    [
        45, 41, 27, 26, 26, 25, 21, 17, 17, 14, 13, 13, 12, 12, 12, 11, .. Enumerable.Repeat(10, 4), .. Enumerable.Repeat(9, 4), 8, 8,
        .. Enumerable.Repeat(7, 4), .. Enumerable.Repeat(6, 4), 5, .. Enumerable.Repeat(4, 9), .. Enumerable.Repeat(3, 7),
    ];

    internal static int[] AirportCosts => [.. AirportGroups.SelectMany((size, i) => Enumerable.Repeat(i + 1, size))];

    internal static long[] Of(int contributors, Func<int, long> value) => [.. Enumerable.Range(0, 1 << contributors).Select(value)];

    internal static bool Has(int coalition, int contributor) => ((coalition >> contributor) & 1) == 1;

    /// <summary>Airport: a runway costs what the largest plane that uses it needs. Its Shapley value (Littlechild and Owen 1973): each step of the runway is shared by those who need it.</summary>
    internal static double[] AirportExact(int[] costs) =>
        [.. costs.Select(cost => Enumerable.Range(1, cost).Sum(step => 1.0 / costs.Count(other => other >= step)))];

    /// <summary>Weighted voting, exactly, by counting coalitions of each size and weight (Mann and Shapley 1962).</summary>
    internal static double VotingExact(int[] weights, int quota, int voter)
    {
        var counts = new BigInteger[weights.Length, quota];
        counts[0, 0] = 1;
        foreach (var weight in weights.Where((_, i) => i != voter))
        {
            for (var size = weights.Length - 2; size >= 0; size--)
            {
                for (var sum = quota - 1 - weight; sum >= 0; sum--)
                {
                    counts[size + 1, sum + weight] += counts[size, sum];
                }
            }
        }

        var share = BigInteger.Zero;
        for (var size = 0; size < weights.Length; size++)
        {
            var pivots = BigInteger.Zero;
            for (var sum = Math.Max(0, quota - weights[voter]); sum < quota; sum++)
            {
                pivots += counts[size, sum];
            }

            share += pivots * Factorial(size) * Factorial(weights.Length - size - 1);
        }

        return (double)(share * 1_000_000_000_000 / Factorial(weights.Length)) / 1e12;
    }

    internal static BigInteger Factorial(int number) => Enumerable.Range(1, number).Aggregate(BigInteger.One, (product, factor) => product * factor);
}

/// <summary>A game that counts a sum of weights or the largest, scaled to fen.</summary>
internal sealed class JoinedGame(int contributors, Func<long, int, long> add, Func<long, long> worth) : ISharedValue
{
    private long _state;

    public int Contributors => contributors;

    public void Clear() => _state = 0;

    public long Join(int contributor)
    {
        _state = add(_state, contributor);
        return worth(_state);
    }
}
