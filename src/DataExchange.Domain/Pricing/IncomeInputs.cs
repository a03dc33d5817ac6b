using System.Numerics;

namespace DataExchange.Domain.Pricing;

/// <summary>
/// What the income approach (收益法) starts from: the present value of the cash flows that are due to the data, Σ CFₜ·share/(1+r)ᵗ over the economic life,
/// and of what is left at its end, spread over the units that are expected to sell. It is computed as one exact fraction and rounded once.
/// </summary>
/// <param name="CashFlowsFen">Cash flow of each year of the economic life, fen, 1 to 50 of them; a year may lose.</param>
/// <param name="ShareBasisPoints">How much of it is due to the data, 1/10,000, 1 to 10,000.</param>
/// <param name="DiscountBasisPoints">Discount rate a year, 1/10,000, 0 to 100,000.</param>
/// <param name="TerminalFen">Value at the end of the last year, fen, 0 or more; the share counts for it too.</param>
/// <param name="ExpectedUnits">Units over which the value is spread, 1 or more.</param>
public sealed record IncomeInputs(IReadOnlyList<long> CashFlowsFen, int ShareBasisPoints, int DiscountBasisPoints, long TerminalFen, int ExpectedUnits)
{
    /// <summary>Most years of an economic life.</summary>
    public const int MostYears = 50;

    /// <summary>Whether every input is in range.</summary>
    internal bool AreSound =>
        CashFlowsFen is { Count: >= 1 and <= MostYears } && CashFlowsFen.All(flow => flow is >= -Money.MostFen and <= Money.MostFen)
        && ShareBasisPoints is >= 1 and <= (int)Money.BasisPoints && DiscountBasisPoints is >= 0 and <= Valuation.MostFactor
        && TerminalFen is >= 0 and <= Money.MostFen && ExpectedUnits >= 1;

    internal BigInteger UnitValue()
    {
        // Over the common denominator (10,000 + r)ⁿ, by Horner from the first year to the last.
        var (growth, one) = (new BigInteger(Money.BasisPoints + DiscountBasisPoints), new BigInteger(Money.BasisPoints));
        var (sum, scale) = (BigInteger.Zero, BigInteger.One);
        foreach (var flow in CashFlowsFen)
        {
            scale *= one;
            sum = (sum * growth) + (flow * scale);
        }

        sum += TerminalFen * scale;
        return Valuation.RoundHalfUp(sum * ShareBasisPoints, BigInteger.Pow(growth, CashFlowsFen.Count) * Money.BasisPoints * ExpectedUnits);
    }
}
