using DataExchange.Catalogue.Shelf;
using DataExchange.Domain.Pricing;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using DataExchange.Vouchers.Facts;

namespace DataExchange.Web.Market;

/// <summary>A fact with its place in the store.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its place there, from 1.</param>
/// <param name="Type">The name it is stored under.</param>
/// <param name="Words">What it is.</param>
/// <param name="Detail">What is worth saying of it; empty when the words say it all.</param>
public sealed record ToldFact(DateTimeOffset At, string By, string Stream, long Version, string Type, Text Words, Text Detail);

/// <summary>A price that was set or refused.</summary>
/// <param name="At">When.</param>
/// <param name="UnitPriceFen">Fen a unit.</param>
/// <param name="Version">Version of the price; null when it was refused.</param>
/// <param name="OverrideReason">Why it is outside the band; null inside.</param>
/// <param name="Refusal">Why it was refused; null when it was set.</param>
public sealed record PricePoint(DateTimeOffset At, long UnitPriceFen, int? Version, string? OverrideReason, Text? Refusal);

/// <summary>What one party is due of a product's proceeds.</summary>
/// <param name="Party">The party.</param>
/// <param name="IsHolder">Whether it sells the product.</param>
/// <param name="ShareBasisPoints">Its share, 1/10,000; 0 for none.</param>
/// <param name="PaidFen">What was paid to it so far, fen.</param>
public sealed record ShareFacts(string Party, bool IsHolder, int ShareBasisPoints, long PaidFen);

/// <summary>Everything the page of a product shows.</summary>
public sealed record ProductFacts
{
    /// <summary>Its life in figures.</summary>
    public required ProductTimeline Timeline { get; init; }

    /// <summary>What happened to it, in order, without what happens every day.</summary>
    public required IReadOnlyList<ToldFact> Story { get; init; }

    /// <summary>Its places on shelves.</summary>
    public required IReadOnlyList<ShelfEntry> Places { get; init; }

    /// <summary>What a catalogue says of it; null when it was refused at the door.</summary>
    public CatalogueProduct? Catalogue { get; init; }

    /// <summary>The same as DCAT 3 in JSON-LD; null likewise.</summary>
    public string? Dcat { get; init; }

    /// <summary>Its certificate; null when it never had one.</summary>
    public CertifiedProduct? Certificate { get; init; }

    /// <summary>How it was valued, in order.</summary>
    public required IReadOnlyList<ProductValued> Valuations { get; init; }

    /// <summary>Prices set and refused, in order.</summary>
    public required IReadOnlyList<PricePoint> Prices { get; init; }

    /// <summary>The last price that was set; null when none was.</summary>
    public PriceSet? Price { get; init; }

    /// <summary>Bundles that it is sold in now, by id.</summary>
    public IReadOnlyList<string> Bundles { get; init; } = [];

    /// <summary>Its registered deals, the latest first, so many as are shown.</summary>
    public required IReadOnlyList<DealEntry> Deals { get; init; }

    /// <summary>What each party is due; empty for a product that was never listed.</summary>
    public required IReadOnlyList<ShareFacts> Shares { get; init; }

    /// <summary>Where the shares come from; null without shares.</summary>
    public SharesOrigin? SharesOrigin { get; init; }
}

/// <summary>Where the shares of a listing come from.</summary>
public enum SharesOrigin
{
    /// <summary>The holder made it alone.</summary>
    Alone,
    /// <summary>Holder and contributors agreed on them.</summary>
    Agreed,
    /// <summary>They are Shapley values.</summary>
    Shapley,
}
