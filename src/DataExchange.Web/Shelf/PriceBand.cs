using DataExchange.Domain;

namespace DataExchange.Web.Shelf;

/// <summary>Bands of prices by which one chooses; each ends where the next begins. A price is for one unit, whatever that is.</summary>
public enum PriceBand
{
    /// <summary>Below ¥100.</summary>
    Under100,
    /// <summary>From ¥100.</summary>
    From100,
    /// <summary>From ¥10,000.</summary>
    From10000,
    /// <summary>From ¥100,000.</summary>
    From100000,
    /// <summary>From ¥1,000,000.</summary>
    From1000000,
    /// <summary>It is negotiated: what stands there is indicative.</summary>
    Negotiated,
}

/// <summary>Which band a price is in.</summary>
internal static class PriceBands
{
    private const long Yuan = 100;

    internal static PriceBand Of(PriceUnit unit, long priceFen) => unit == PriceUnit.Negotiated ? PriceBand.Negotiated : priceFen switch
    {
        < 100 * Yuan => PriceBand.Under100,
        < 10_000 * Yuan => PriceBand.From100,
        < 100_000 * Yuan => PriceBand.From10000,
        < 1_000_000 * Yuan => PriceBand.From100000,
        _ => PriceBand.From1000000,
    };
}
