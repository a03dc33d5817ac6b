namespace DataExchange.Domain.Pricing;

/// <summary>How far a product's pricing has come.</summary>
public enum PricingStage
{
    /// <summary>The product is not known to be certified.</summary>
    NotOpen,
    /// <summary>Certified, valuation awaited.</summary>
    Open,
    /// <summary>Valued, price awaited.</summary>
    Valued,
    /// <summary>Priced.</summary>
    Priced,
    /// <summary>Closed, as the certificate lapsed. Terminal.</summary>
    Closed,
}

/// <summary>A product's valuation and price, as its stream tells them.</summary>
public sealed record ProductPricing
{
    /// <summary>How far it has come.</summary>
    public PricingStage Stage { get; init; }

    /// <summary>Whether the data are public data, whose price the authority caps.</summary>
    public bool IsPublicData { get; init; }

    /// <summary>The authority's cap on the unit price in fen; null when there is none.</summary>
    public long? AuthorityCapFen { get; init; }

    /// <summary>Lower end of the valuation band, fen a unit.</summary>
    public Money BandLow { get; init; }

    /// <summary>Upper end of the valuation band, fen a unit.</summary>
    public Money BandHigh { get; init; }

    /// <summary>Price versions so far.</summary>
    public int Versions { get; init; }
}

/// <summary>A command to the Pricing capability about one product.</summary>
/// <param name="Product">The product.</param>
public abstract record PricingCommand(ProductId Product) : Command
{
    /// <inheritdoc />
    public sealed override string Stream => StreamId.Pricing(Product);
}
