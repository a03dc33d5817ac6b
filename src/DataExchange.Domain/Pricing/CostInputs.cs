using System.Numerics;

namespace DataExchange.Domain.Pricing;

/// <summary>
/// What the cost approach (成本法) starts from: historical cost at today's prices, with a reasonable profit, less obsolescence, adjusted for quality, spread over
/// the units that are expected to sell, since data are not used up by the first buyer.
/// The formula is that of the China Appraisal Society's Guidance on Data Asset Appraisal (2023), P = TC × δ, with TC the cost with profit and δ the adjustment.
/// </summary>
/// <param name="HistoricalCostFen">What collecting, cleaning and keeping the data cost, fen, above 0.</param>
/// <param name="PriceIndexBasisPoints">Prices today against those of then, 1/10,000, 1 to 100,000.</param>
/// <param name="MarginBasisPoints">Reasonable profit on the cost, 1/10,000, 0 to 100,000.</param>
/// <param name="ObsolescenceBasisPoints">What is lost by age, 1/10,000, 0 to 9,999.</param>
/// <param name="QualityBasisPoints">Quality against the usual, 1/10,000, 1 to 100,000.</param>
/// <param name="ExpectedUnits">Units over which the cost is spread, 1 or more.</param>
public sealed record CostInputs(
    long HistoricalCostFen, int PriceIndexBasisPoints, int MarginBasisPoints, int ObsolescenceBasisPoints, int QualityBasisPoints, int ExpectedUnits)
{
    /// <summary>Whether every input is in range.</summary>
    internal bool AreSound =>
        Money.IsAmount(HistoricalCostFen) && Valuation.IsFactor(PriceIndexBasisPoints) && MarginBasisPoints is >= 0 and <= Valuation.MostFactor
        && ObsolescenceBasisPoints is >= 0 and < (int)Money.BasisPoints && Valuation.IsFactor(QualityBasisPoints) && ExpectedUnits >= 1;

    internal BigInteger UnitValue() => Valuation.RoundHalfUp(
        HistoricalCostFen * new BigInteger(PriceIndexBasisPoints) * (Money.BasisPoints + MarginBasisPoints) * (Money.BasisPoints - ObsolescenceBasisPoints) * QualityBasisPoints,
        BigInteger.Pow(Money.BasisPoints, 4) * ExpectedUnits);
}
