namespace DataExchange.Simulation.Scenarios;

/// <summary>A data trading venue.</summary>
public sealed record VenueSettings
{
    /// <summary>Readable id.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required Bilingual Name { get; init; }

    /// <summary>First day of business (A105 of docs/assumptions.md).</summary>
    public required DateOnly Opens { get; init; }

    /// <summary>The venue's fee.</summary>
    public required FeeSettings Fee { get; init; }

    /// <summary>Its share of all product listings.</summary>
    public required Figure ListingShare { get; init; }

    /// <summary>Its share of all contracts.</summary>
    public required Figure ContractShare { get; init; }

    /// <summary>Listings per year, relative to each other; every year from the opening to the end.</summary>
    public required IReadOnlyDictionary<string, Figure> ListingsByYear { get; init; }

    /// <summary>Deals per year, relative to each other.</summary>
    public required IReadOnlyDictionary<string, Figure> DealsByYear { get; init; }
}

/// <summary>Who takes part.</summary>
public sealed record PopulationSettings
{
    /// <summary>Firms of the industry chain graph, the buyers.</summary>
    public required Figure Firms { get; init; }

    /// <summary>Data providers (数商).</summary>
    public required Figure Providers { get; init; }

    /// <summary>Operators of public data among the providers.</summary>
    public required Figure PublicDataOperators { get; init; }

    /// <summary>Exponent of the Zipf–Mandelbrot law by which products fall to providers.</summary>
    public required Figure ProviderExponent { get; init; }

    /// <summary>Offset of that law, in ranks.</summary>
    public required Figure ProviderOffset { get; init; }

    /// <summary>Share of firms that are admitted for important data.</summary>
    public required Figure AdmittedForImportant { get; init; }

    /// <summary>Spread of firms' appetite: standard deviation of its logarithm.</summary>
    public required Figure AppetiteSigma { get; init; }
}
