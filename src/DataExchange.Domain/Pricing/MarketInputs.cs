using System.Numerics;

namespace DataExchange.Domain.Pricing;

/// <summary>A registered deal that the market approach compares with, and what its price is adjusted by before it speaks for the product that is valued.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Product">What was sold.</param>
/// <param name="UnitPriceFen">For how much a unit, fen, above 0.</param>
/// <param name="QualityBasisPoints">Adjustment for quality, 1/10,000, 1 to 100,000; 10,000 for none.</param>
/// <param name="VolumeBasisPoints">Adjustment for volume, likewise.</param>
/// <param name="TimelinessBasisPoints">Adjustment for how long ago it was, likewise.</param>
/// <param name="LicenceBasisPoints">Adjustment for the licence, likewise.</param>
/// <param name="SimilarityBasisPoints">How alike the products are, 1/10,000, 1 to 10,000: its weight among the comparables, see <see cref="Similarity"/>.</param>
public readonly record struct Comparable(
    DealId Deal, ProductId Product, long UnitPriceFen, int QualityBasisPoints, int VolumeBasisPoints, int TimelinessBasisPoints, int LicenceBasisPoints,
    int SimilarityBasisPoints)
{
    /// <summary>Whether every figure is in range.</summary>
    internal bool IsSound =>
        Money.IsAmount(UnitPriceFen) && Valuation.IsFactor(QualityBasisPoints) && Valuation.IsFactor(VolumeBasisPoints) && Valuation.IsFactor(TimelinessBasisPoints)
        && Valuation.IsFactor(LicenceBasisPoints) && SimilarityBasisPoints is >= 1 and <= (int)Money.BasisPoints;

    /// <summary>The price after its adjustments, rounded half up to the fen. It may be beyond what an amount may be.</summary>
    public BigInteger AdjustedFen() => Valuation.RoundHalfUp(Adjusted(), BigInteger.Pow(Money.BasisPoints, 4));

    // In units of 10⁻¹⁶ fen.
    internal BigInteger Adjusted() => UnitPriceFen * new BigInteger(QualityBasisPoints) * VolumeBasisPoints * TimelinessBasisPoints * LicenceBasisPoints;
}

/// <summary>
/// What the market approach (市场法) starts from: comparable deals of the register, their prices adjusted for quality, volume, timeliness and licence and weighted
/// by similarity, Σ sᵢ·pᵢ·aᵢ / Σ sᵢ.
/// </summary>
/// <param name="Comparables">1 to 100, each deal once.</param>
public sealed record MarketInputs(IReadOnlyList<Comparable> Comparables)
{
    /// <summary>Most comparables.</summary>
    public const int MostComparables = 100;

    /// <summary>Whether every input is in range.</summary>
    internal bool AreSound =>
        Comparables is { Count: >= 1 and <= MostComparables } && Comparables.All(one => one.IsSound)
        && Comparables.Select(one => one.Deal).Distinct().Count() == Comparables.Count;

    internal BigInteger UnitValue()
    {
        var (sum, weights) = (BigInteger.Zero, BigInteger.Zero);
        foreach (var one in Comparables)
        {
            sum += one.Adjusted() * one.SimilarityBasisPoints;
            weights += one.SimilarityBasisPoints;
        }

        return Valuation.RoundHalfUp(sum, weights * BigInteger.Pow(Money.BasisPoints, 4));
    }
}
