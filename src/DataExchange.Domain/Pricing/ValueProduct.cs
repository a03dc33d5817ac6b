namespace DataExchange.Domain.Pricing;

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
/// <param name="Estimates">One to three, each approach once, values above 0 or sound inputs, weights that sum to 10,000.</param>
/// <param name="ToleranceBasisPoints">Half width of the band, 0 to 10,000.</param>
public sealed record ValueProduct(
    ProductId Product, PriceUnit Unit, IReadOnlyList<ValueEstimate> Estimates, int ToleranceBasisPoints) : PricingCommand(Product)
{
    internal Decision Decide(ProductPricing state) =>
        state.Stage is PricingStage.NotOpen or PricingStage.Closed ? Decision.Reject(PricingDecider.Forbidden(state.Stage))
        : !Valuation.IsSound(Estimates, ToleranceBasisPoints) ? Decision.Reject(Rejection.ValuationUnsound)
        : Decision.Accept(new ProductValued(Product, Unit, Estimates, ToleranceBasisPoints) { At = At, By = By });
}
