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

/// <summary>
/// One approach's estimate of a unit's value: stated as an amount, or by the inputs of its approach, from which the amount follows
/// (<see cref="Valuation.ValueOf"/>). Exactly one of the four is given.
/// </summary>
/// <param name="Approach">By which approach.</param>
/// <param name="UnitValueFen">Fen a unit, above 0, where the valuer stated it without inputs; null where inputs are given.</param>
/// <param name="WeightBasisPoints">Its weight in the reconciliation, 1/10,000; the weights sum to 10,000.</param>
/// <param name="Cost">Inputs of the cost approach; null for another.</param>
/// <param name="Income">Inputs of the income approach; null for another.</param>
/// <param name="Market">Inputs of the market approach; null for another.</param>
public readonly record struct ValueEstimate(
    ValuationApproach Approach, long? UnitValueFen, int WeightBasisPoints, CostInputs? Cost = null, IncomeInputs? Income = null, MarketInputs? Market = null);
