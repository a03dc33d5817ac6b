using DataExchange.Domain;
using DataExchange.Reports.Words;

namespace DataExchange.Web.Shelf;

/// <summary>One product on the shelves, at one venue or more.</summary>
public sealed record ShelfProduct
{
    /// <summary>The product.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required Text Title { get; init; }

    /// <summary>Who sells it.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's name.</summary>
    public required Text ProviderName { get; init; }

    /// <summary>The venues where it stands or stood.</summary>
    public required IReadOnlyList<string> Venues { get; init; }

    /// <summary>Category id.</summary>
    public required string Category { get; init; }

    /// <summary>Sub-track of the industry chain graph, by id.</summary>
    public required string SubTrack { get; init; }

    /// <summary>Which of the three rights are certified, by the last certificate; none where there is none.</summary>
    public required DataRights Rights { get; init; }

    /// <summary>How it is delivered.</summary>
    public required ProductForm Kind { get; init; }

    /// <summary>The licence.</summary>
    public required LicenceKind Licence { get; init; }

    /// <summary>What the price is for.</summary>
    public required PriceUnit Unit { get; init; }

    /// <summary>Price of one unit, fen; indicative when negotiated.</summary>
    public required long UnitPriceFen { get; init; }

    /// <summary>Whether it stands on a shelf now, for sale or suspended.</summary>
    public required bool IsOnShelf { get; init; }

    /// <summary>When it first came on a shelf.</summary>
    public required DateTimeOffset ListedAt { get; init; }

    /// <summary>Transactions registered at all venues.</summary>
    public required int Deals { get; init; }

    /// <summary>Their amount, fen.</summary>
    public required long SalesFen { get; init; }

    /// <summary>The band of its price.</summary>
    public PriceBand Band => PriceBands.Of(Unit, UnitPriceFen);

    /// <summary>Everything that is searched, in small letters.</summary>
    internal string Searched { get; init; } = "";
}
