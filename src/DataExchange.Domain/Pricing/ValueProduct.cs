namespace DataExchange.Domain.Pricing;

/// <summary>The three approaches to valuation.</summary>
public enum ValuationApproach
{
    /// <summary>成本法: what it cost to make.</summary>
    Cost,
    /// <summary>收益法: what it will earn.</summary>
    Income,
    /// <summary>市场法: what comparables sold for.</summary>
    Market,
}

/// <summary>One approach's estimate of a unit's value.</summary>
/// <param name="Approach">By which approach.</param>
/// <param name="UnitValueFen">Fen a unit, above 0.</param>
/// <param name="WeightBasisPoints">Its weight in the reconciliation, 1/10,000; the weights sum to 10,000.</param>
public readonly record struct ValueEstimate(ValuationApproach Approach, long UnitValueFen, int WeightBasisPoints);

/// <summary>The product was valued. The band follows from the estimates: see <see cref="Valuation"/>.</summary>
/// <param name="Product">The product.</param>
/// <param name="Unit">What the estimates are for.</param>
/// <param name="Estimates">One per approach used.</param>
/// <param name="ToleranceBasisPoints">Half width of the band in 1/10,000 of the reconciled value.</param>
[EventName("product_valued")]
public sealed record ProductValued(
    ProductId Product, PriceUnit Unit, IReadOnlyList<ValueEstimate> Estimates, int ToleranceBasisPoints) : Event;

/// <summary>Values a certified product, or values it anew.</summary>
/// <param name="Product">The product.</param>
/// <param name="Unit">What the estimates are for.</param>
/// <param name="Estimates">One to three, each approach once, values above 0, weights that sum to 10,000.</param>
/// <param name="ToleranceBasisPoints">Half width of the band, 0 to 10,000.</param>
public sealed record ValueProduct(
    ProductId Product, PriceUnit Unit, IReadOnlyList<ValueEstimate> Estimates, int ToleranceBasisPoints) : PricingCommand(Product)
{
    internal Decision Decide(ProductPricing state) =>
        state.Stage is PricingStage.NotOpen or PricingStage.Closed ? Decision.Reject(PricingDecider.Forbidden(state.Stage))
        : !Valuation.IsSound(Estimates, ToleranceBasisPoints) ? Decision.Reject(Rejection.PriceInvalid)
        : Decision.Accept(new ProductValued(Product, Unit, Estimates, ToleranceBasisPoints) { At = At, By = By });
}

/// <summary>Reconciles estimates to a value band.</summary>
public static class Valuation
{
    /// <summary>Whether estimates and tolerance are in range.</summary>
    public static bool IsSound(IReadOnlyList<ValueEstimate> estimates, int toleranceBasisPoints)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        return toleranceBasisPoints is >= 0 and <= (int)Money.BasisPoints
            && estimates.All(estimate => Money.IsAmount(estimate.UnitValueFen) && estimate.WeightBasisPoints is >= 0 and <= (int)Money.BasisPoints)
            && estimates.Sum(estimate => (long)estimate.WeightBasisPoints) == Money.BasisPoints
            && estimates.Select(estimate => estimate.Approach).Distinct().Count() == estimates.Count;
    }

    /// <summary>The weighted mean of the estimates, rounded half up to the fen.</summary>
    public static Money Reconcile(IReadOnlyList<ValueEstimate> estimates)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        Int128 weighted = 0;
        foreach (var estimate in estimates)
        {
            weighted += (Int128)estimate.UnitValueFen * estimate.WeightBasisPoints;
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
}
