namespace DataExchange.Domain.Pricing;

/// <summary>Pricing learned that the product is certified.</summary>
/// <param name="Product">The product.</param>
/// <param name="Certificate">Handle of its certificate.</param>
/// <param name="IsPublicData">Whether the data are public data.</param>
[EventName("pricing_opened")]
public sealed record PricingOpened(ProductId Product, Handle Certificate, bool IsPublicData) : Event;

/// <summary>Tells Pricing that the product is certified.</summary>
/// <param name="Product">The product.</param>
/// <param name="Certificate">Handle of its certificate.</param>
/// <param name="IsPublicData">Whether the data are public data.</param>
public sealed record OpenPricing(ProductId Product, Handle Certificate, bool IsPublicData) : PricingCommand(Product)
{
    internal Decision Decide(ProductPricing state) => state.Stage switch
    {
        PricingStage.NotOpen => Decision.Accept(new PricingOpened(Product, Certificate, IsPublicData) { At = At, By = By }),
        PricingStage.Closed => Decision.Reject(Rejection.PricingClosed),
        _ => Decision.Reject(Rejection.PricingAlreadyOpen),
    };
}

/// <summary>Pricing learned that the certificate lapsed.</summary>
/// <param name="Product">The product.</param>
/// <param name="Reason">How it lapsed.</param>
[EventName("pricing_closed")]
public sealed record PricingClosed(ProductId Product, Rejection Reason) : Event;

/// <summary>Tells Pricing that the certificate lapsed.</summary>
/// <param name="Product">The product.</param>
/// <param name="Reason">Expired, revoked or cancelled.</param>
public sealed record ClosePricing(ProductId Product, Rejection Reason) : PricingCommand(Product)
{
    internal Decision Decide(ProductPricing state) =>
        state.Stage is PricingStage.NotOpen or PricingStage.Closed
            ? Decision.Reject(PricingDecider.Forbidden(state.Stage))
            : Decision.Accept(new PricingClosed(Product, Reason) { At = At, By = By });
}

/// <summary>The authority capped the price of public data.</summary>
/// <param name="Product">The product.</param>
/// <param name="CapFen">Highest unit price, fen.</param>
[EventName("authority_cap_set")]
public sealed record AuthorityCapSet(ProductId Product, long CapFen) : Event;

/// <summary>Caps the unit price of public data.</summary>
/// <param name="Product">The product.</param>
/// <param name="CapFen">Highest unit price, fen, above 0.</param>
public sealed record SetAuthorityCap(ProductId Product, long CapFen) : PricingCommand(Product)
{
    internal Decision Decide(ProductPricing state) =>
        state.Stage is PricingStage.NotOpen or PricingStage.Closed ? Decision.Reject(PricingDecider.Forbidden(state.Stage))
        : !state.IsPublicData ? Decision.Reject(Rejection.NotPublicData)
        : !Money.IsAmount(CapFen) ? Decision.Reject(Rejection.PriceInvalid)
        : Decision.Accept(new AuthorityCapSet(Product, CapFen) { At = At, By = By });
}
