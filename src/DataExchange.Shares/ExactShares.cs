using System.Numerics;

namespace DataExchange.Shares;

/// <summary>Shares as fractions with one denominator, without any rounding.</summary>
/// <param name="Numerators">One for each contributor, in his order; may be negative.</param>
/// <param name="Denominator">1 or more.</param>
public sealed record ExactShares(IReadOnlyList<BigInteger> Numerators, BigInteger Denominator)
{
    /// <summary>A share in fen, as near as a floating-point number comes: to show and to compare, not to pay.</summary>
    /// <param name="contributor">From 0.</param>
    public double Near(int contributor)
    {
        var (whole, rest) = BigInteger.DivRem(Numerators[contributor], Denominator);
        return (double)whole + ((double)rest / (double)Denominator);
    }

    /// <summary>
    /// The shares in whole fen: each rounded down, and the fen left over, one each, to the largest remainders, the earlier contributor first among
    /// equals. They sum to the whole exactly.
    /// </summary>
    /// <exception cref="InvalidOperationException">The shares do not sum to whole fen: they are not those of a game in fen.</exception>
    public long[] InFen()
    {
        var parts = new long[Numerators.Count];
        var remainders = new BigInteger[parts.Length];
        var sum = BigInteger.Zero;
        for (var i = 0; i < parts.Length; i++)
        {
            var (floor, remainder) = FloorDivide(Numerators[i], Denominator);
            (parts[i], remainders[i]) = ((long)floor, remainder);
            sum += remainder;
        }

        var (left, broken) = FloorDivide(sum, Denominator);
        if (!broken.IsZero)
        {
            throw new InvalidOperationException($"The shares sum to {broken}/{Denominator} fen more than a whole number of fen.");
        }

        foreach (var i in LargestRemainder.First(remainders, (int)left))
        {
            parts[i]++;
        }

        return parts;
    }

    /// <summary>
    /// Whole parts in proportion to the shares, by largest remainder, the earlier contributor first among equals: how a whole that is not the game's value is
    /// shared. A share below 0 counts as 0, as nobody pays for having taken part. The proportions are those of the fractions, not of their whole fen.
    /// </summary>
    /// <param name="whole">How many parts there are to share, such as 10,000; 1 or more.</param>
    /// <returns>They sum to the whole; null when no share is above 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is nothing to share.</exception>
    public long[]? InParts(long whole)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(whole, 1);
        var total = Numerators.Aggregate(BigInteger.Zero, (sum, numerator) => sum + BigInteger.Max(0, numerator));
        if (total.IsZero)
        {
            return null;
        }

        return new ExactShares([.. Numerators.Select(numerator => BigInteger.Max(0, numerator) * whole)], total).InFen();
    }

    private static (BigInteger Floor, BigInteger Remainder) FloorDivide(BigInteger numerator, BigInteger denominator)
    {
        var (quotient, remainder) = BigInteger.DivRem(numerator, denominator);
        return remainder.Sign < 0 ? (quotient - 1, remainder + denominator) : (quotient, remainder);
    }
}
