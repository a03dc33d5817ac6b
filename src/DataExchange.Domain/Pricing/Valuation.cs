using System.Numerics;

namespace DataExchange.Domain.Pricing;

/// <summary>Reconciles estimates to a value band.</summary>
public static class Valuation
{
    /// <summary>Highest factor of an adjustment, 1/10,000: ten times.</summary>
    public const int MostFactor = 100_000;

    /// <summary>Whether estimates and tolerance are in range.</summary>
    public static bool IsSound(IReadOnlyList<ValueEstimate> estimates, int toleranceBasisPoints)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        return toleranceBasisPoints is >= 0 and <= (int)Money.BasisPoints
            && estimates.All(estimate => IsSound(estimate) && estimate.WeightBasisPoints is >= 0 and <= (int)Money.BasisPoints)
            && estimates.Sum(estimate => (long)estimate.WeightBasisPoints) == Money.BasisPoints
            && estimates.Select(estimate => estimate.Approach).Distinct().Count() == estimates.Count;
    }

    /// <summary>Fen a unit by one estimate: as stated, or as follows from its inputs, rounded half up to the fen.</summary>
    /// <param name="estimate">The estimate, sound.</param>
    public static Money ValueOf(ValueEstimate estimate) => new(estimate.UnitValueFen ?? (long)Computed(estimate));

    /// <summary>The weighted mean of the estimates, rounded half up to the fen.</summary>
    public static Money Reconcile(IReadOnlyList<ValueEstimate> estimates)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        Int128 weighted = 0;
        foreach (var estimate in estimates)
        {
            weighted += (Int128)ValueOf(estimate).Fen * estimate.WeightBasisPoints;
        }

        return new((long)((weighted + (Money.BasisPoints / 2)) / Money.BasisPoints));
    }

    /// <summary>The reconciled value less and plus the tolerance, at least one fen at the low end.</summary>
    public static (Money Low, Money High) Band(IReadOnlyList<ValueEstimate> estimates, int toleranceBasisPoints)
    {
        var value = Reconcile(estimates);
        var tolerance = value.Portion(toleranceBasisPoints, Money.BasisPoints);
        return (new(Math.Max(1, (value - tolerance).Fen)), value + tolerance);
    }

    internal static bool IsFactor(int basisPoints) => basisPoints is >= 1 and <= MostFactor;

    /// <summary>A quotient rounded half up, towards the greater; the denominator is above 0.</summary>
    internal static BigInteger RoundHalfUp(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem((numerator * 2) + denominator, denominator * 2, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    // One basis and no other, of the estimate's own approach, that leads to an amount.
    private static bool IsSound(ValueEstimate estimate)
    {
        var given = (estimate.Cost is null ? 0 : 1) + (estimate.Income is null ? 0 : 1) + (estimate.Market is null ? 0 : 1) + (estimate.UnitValueFen is null ? 0 : 1);
        if (given != 1)
        {
            return false;
        }

        if (estimate.UnitValueFen is { } stated)
        {
            return Money.IsAmount(stated);
        }

        var areSound = estimate.Approach switch
        {
            ValuationApproach.Cost => estimate.Cost?.AreSound,
            ValuationApproach.Income => estimate.Income?.AreSound,
            ValuationApproach.Market => estimate.Market?.AreSound,
            _ => false,
        };
        return areSound == true && Computed(estimate) is var value && value.Sign > 0 && value <= Money.MostFen;
    }

    private static BigInteger Computed(ValueEstimate estimate) =>
        estimate.Cost?.UnitValue() ?? estimate.Income?.UnitValue() ?? estimate.Market?.UnitValue()
        ?? throw new ArgumentException("The estimate has neither a value nor inputs.", nameof(estimate));
}
