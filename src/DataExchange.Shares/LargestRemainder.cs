namespace DataExchange.Shares;

/// <summary>Splits whole fen so that the parts sum to the whole (largest remainder, Hamilton's method).</summary>
public static class LargestRemainder
{
    /// <summary>The largest amount that is split, fen.</summary>
    public const long MostFen = 1_000_000_000_000_000;

    /// <summary>The largest weight: an amount times a weight still fits into 128 bits.</summary>
    public static readonly Int128 MostWeight = Int128.One << 76;

    /// <summary>
    /// Splits an amount in proportion to weights: each part is rounded down, and the fen left over go one each to the largest remainders, the earlier part
    /// first among equals. A weight below 0 counts as 0: nobody pays for having taken part.
    /// </summary>
    /// <param name="amountFen">0 to <see cref="MostFen"/>.</param>
    /// <param name="weights">None above <see cref="MostWeight"/>.</param>
    /// <returns>The parts in the order of the weights; null when no weight is above 0, so that there is nobody to pay.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The amount or a weight is out of range.</exception>
    public static long[]? Split(long amountFen, ReadOnlySpan<Int128> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amountFen);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amountFen, MostFen);
        var total = Int128.Zero;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, MostWeight, nameof(weights));
            total += Int128.Max(0, weight);
        }

        if (total == 0)
        {
            return null;
        }

        var parts = new long[weights.Length];
        var remainders = new Int128[weights.Length];
        var left = amountFen;
        for (var i = 0; i < weights.Length; i++)
        {
            // Whoever has no weight has no remainder either, so none of the fen left over.
            var (part, remainder) = Int128.DivRem(Int128.Max(0, weights[i]) * amountFen, total);
            (parts[i], remainders[i]) = ((long)part, remainder);
            left -= parts[i];
        }

        foreach (var i in First(remainders, (int)left))
        {
            parts[i]++;
        }

        return parts;
    }

    /// <summary>The indices of the largest values, the smaller index first among equals.</summary>
    internal static IEnumerable<int> First<T>(T[] values, int count)
        where T : IComparable<T>
    {
        if (count == 0)
        {
            return [];
        }

        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (left, right) => values[right].CompareTo(values[left]) is var order and not 0 ? order : left.CompareTo(right));
        return order.Take(count);
    }
}
