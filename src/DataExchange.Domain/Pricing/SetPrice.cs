namespace DataExchange.Domain.Pricing;

/// <summary>A price policy came into force.</summary>
/// <param name="Product">The product.</param>
/// <param name="Version">1 for the first price, one more for each later one.</param>
/// <param name="Terms">What is offered at what price.</param>
/// <param name="OverrideReason">Why the price is outside the valuation band; null when it is inside.</param>
[EventName("price_set")]
public sealed record PriceSet(ProductId Product, int Version, LicenceTerms Terms, string? OverrideReason) : Event;

/// <summary>A price was refused.</summary>
/// <param name="Product">The product.</param>
/// <param name="UnitPriceFen">The unit price asked for, fen; with the cap of shares of revenue.</param>
/// <param name="Reason">Why.</param>
[EventName("price_refused")]
public sealed record PriceRefused(ProductId Product, long UnitPriceFen, Rejection Reason) : Event;

/// <summary>Sets or changes a product's price.</summary>
/// <param name="Product">The product.</param>
/// <param name="Terms">What is offered at what price.</param>
/// <param name="OverrideReason">Why the price may be outside the valuation band; null or empty for none.</param>
public sealed record SetPrice(ProductId Product, LicenceTerms Terms, string? OverrideReason) : PricingCommand(Product)
{
    internal Decision Decide(ProductPricing state)
    {
        if (state.Stage is not (PricingStage.Valued or PricingStage.Priced))
        {
            return Decision.Reject(PricingDecider.Forbidden(state.Stage));
        }

        if (!Terms.RevenueIsValid)
        {
            return Decision.Reject(Rejection.RevenueShareInvalid);
        }

        if (!Terms.AreValid)
        {
            return Decision.Reject(Rejection.PriceInvalid);
        }

        if (!Terms.AreMonotone)
        {
            return Decision.Reject(Rejection.PriceNotMonotone);
        }

        if (!Terms.TiersFall)
        {
            return Decision.Reject(Rejection.TiersNotFalling);
        }

        // A share of revenue counts with its cap: that is the most that a licence may cost.
        var price = new Money(Terms.MostUnitPriceFen);
        var isOutside = price < state.BandLow || price > state.BandHigh;
        var refusal =
            state.AuthorityCapFen is { } cap && price.Fen > cap ? Rejection.PriceAboveAuthorityCap
            : isOutside && string.IsNullOrWhiteSpace(OverrideReason) ? Rejection.PriceOutsideBand
            : (Rejection?)null;
        return refusal is { } reason
            ? Decision.Refuse(reason, new PriceRefused(Product, price.Fen, reason) { At = At, By = By })
            : Decision.Accept(new PriceSet(Product, state.Versions + 1, Terms, isOutside ? OverrideReason : null) { At = At, By = By });
    }
}
