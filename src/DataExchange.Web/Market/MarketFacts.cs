using DataExchange.Reports;
using DataExchange.Reports.Words;

namespace DataExchange.Web.Market;

/// <summary>What market it is that the pages show.</summary>
public sealed record MarketFacts
{
    /// <summary>Title of the scenario that it was made from.</summary>
    public required Text Title { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Size of the market, 1 for the scenario's own.</summary>
    public required double Scale { get; init; }

    /// <summary>The venues, in the order in which they are shown.</summary>
    public required IReadOnlyList<VenueName> Venues { get; init; }

    /// <summary>Names of categories by id; an id without a name is shown as it is.</summary>
    public required IReadOnlyDictionary<string, Text> Categories { get; init; }

    /// <summary>Names of sub-tracks of the industry chain by id.</summary>
    public required IReadOnlyDictionary<string, Text> SubTracks { get; init; }

    /// <summary>Published cumulative amount, times <see cref="Scale"/>, fen; null for none.</summary>
    public long? PublishedAmountFen { get; init; }

    /// <summary>Published number of listed products, times <see cref="Scale"/>; null for none.</summary>
    public int? PublishedProducts { get; init; }

    /// <summary>Where the two published figures stand; empty for none.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>A venue's name; its id where none is known.</summary>
    /// <param name="venue">The venue.</param>
    public Text VenueOf(string venue) => Venues.FirstOrDefault(one => one.Id == venue)?.Name ?? Text.Same(venue);

    /// <summary>A category's name; its id where none is known.</summary>
    /// <param name="category">The category.</param>
    public Text CategoryOf(string category) => Categories.TryGetValue(category, out var name) ? name : Text.Same(category);
}
