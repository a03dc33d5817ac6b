using DataExchange.Reports.Words;

namespace DataExchange.Reports;

/// <summary>Where a number comes from.</summary>
public enum Provenance
{
    /// <summary>Printed in a published source about these venues.</summary>
    Published,
    /// <summary>Measured elsewhere: on a public listing, or another venue.</summary>
    MeasuredElsewhere,
    /// <summary>Solved for, so that the run reaches a published figure.</summary>
    Calibrated,
    /// <summary>An assumption of the scenario.</summary>
    Assumed,
}

/// <summary>A venue's id and name.</summary>
/// <param name="Id">The id, as in the events.</param>
/// <param name="Name">Its name.</param>
public sealed record VenueName(string Id, Text Name);

/// <summary>A scenario parameter that calibration solved for.</summary>
/// <param name="Parameter">Path in the scenario file, such as <c>demand.contractsPerYear</c>.</param>
/// <param name="Figure">The figure it steers.</param>
/// <param name="Target">Wanted.</param>
/// <param name="Reached">Reached.</param>
/// <param name="RelativeError">(reached − target) / target.</param>
/// <param name="Iterations">Steps it took.</param>
/// <param name="Value">Value of the parameter found.</param>
public sealed record CalibrationRow(
    string Parameter, Text Figure, double Target, double Reached, double RelativeError, int Iterations, double Value);

/// <summary>A published figure beside what the run reached.</summary>
/// <param name="Figure">What.</param>
/// <param name="Unit">In what unit; both texts empty for a plain number.</param>
/// <param name="Low">Published figure, or the low end of its range.</param>
/// <param name="High">The same again, or the high end.</param>
/// <param name="Reached">Reached by the run; null when it has none.</param>
/// <param name="Provenance">Where the published figure comes from.</param>
/// <param name="Source">Its source.</param>
/// <param name="IsHit">Whether the run is within the range, or near enough to the figure.</param>
public sealed record ComparisonRow(
    Text Figure, Text Unit, double Low, double High, double? Reached, Provenance Provenance, Text Source, bool IsHit);

/// <summary>A number of the scenario that nobody published.</summary>
/// <param name="Parameter">Path in the scenario file.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Value">Its value, as the scenario file has it.</param>
/// <param name="Provenance">Calibrated, measured elsewhere or assumed.</param>
/// <param name="Why">Why this value.</param>
/// <param name="Assumption">Number of the assumption behind it, such as <c>A17</c>; null for none.</param>
public sealed record ScenarioNumber(string Parameter, Text Meaning, string Value, Provenance Provenance, Text Why, string? Assumption = null);

/// <summary>What a report says of the run itself.</summary>
public sealed record RunFacts
{
    /// <summary>Name of the scenario, as on the command line.</summary>
    public required string Scenario { get; init; }

    /// <summary>Its title.</summary>
    public required Text Title { get; init; }

    /// <summary>Seed of the run.</summary>
    public required long Seed { get; init; }

    /// <summary>Size of the market, 1 for the scenario's own.</summary>
    public required double Scale { get; init; }

    /// <summary>First simulated day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last simulated day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>SHA-256 over all streams, hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>Events in the store.</summary>
    public required long Events { get; init; }

    /// <summary>How long the run took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Versions of what made it: name and version.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>The venues, in the order in which they are shown.</summary>
    public required IReadOnlyList<VenueName> Venues { get; init; }

    /// <summary>Names of categories by id; an id without a name is shown as it is.</summary>
    public IReadOnlyDictionary<string, Text> Categories { get; init; } = new Dictionary<string, Text>();

    /// <summary>Names of parties by id; a party without a name is shown by its id.</summary>
    public IReadOnlyDictionary<string, Text> Parties { get; init; } = new Dictionary<string, Text>();

    /// <summary>Published cumulative amount that the plot shows as a line, fen; null for none.</summary>
    public long? PublishedAmountFen { get; init; }

    /// <summary>Published number of products that the plot shows as a line; null for none.</summary>
    public int? PublishedProducts { get; init; }

    /// <summary>What calibration did.</summary>
    public IReadOnlyList<CalibrationRow> Calibration { get; init; } = [];

    /// <summary>Published beside reached.</summary>
    public IReadOnlyList<ComparisonRow> Comparisons { get; init; } = [];

    /// <summary>The scenario's numbers that nobody published.</summary>
    public IReadOnlyList<ScenarioNumber> Assumptions { get; init; } = [];
}
