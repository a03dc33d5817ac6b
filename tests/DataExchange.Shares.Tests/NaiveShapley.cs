using System.Numerics;

namespace DataExchange.Shares.Tests;

/// <summary>The definition: the mean of what each adds over all orders of joining.</summary>
internal static class NaiveShapley
{
    /// <summary>The shares times n!.</summary>
    internal static BigInteger[] TimesFactorial(long[] values)
    {
        var contributors = BitOperations.Log2((uint)values.Length);
        var sums = new BigInteger[contributors];
        foreach (var order in Orders([.. Enumerable.Range(0, contributors)]))
        {
            var coalition = 0;
            foreach (var contributor in order)
            {
                sums[contributor] += (BigInteger)values[coalition | (1 << contributor)] - values[coalition];
                coalition |= 1 << contributor;
            }
        }

        return sums;
    }

    private static IEnumerable<int[]> Orders(int[] members) => members.Length <= 1
        ? [members]
        : members.SelectMany(first => Orders([.. members.Where(member => member != first)]).Select(rest => (int[])[first, .. rest]));
}
