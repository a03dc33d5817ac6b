using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Scenarios.Sweeps;

namespace DataExchange.Cli.Running.Sweeps;

/// <summary>What came of a run.</summary>
/// <param name="Run">Its place in the design, from 0.</param>
/// <param name="Point">The design's point, from 0.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Values">The parameters' values.</param>
/// <param name="Figures">Its figures in the order of <see cref="SweepFigures"/>; empty when it failed.</param>
/// <param name="Events">Events recorded; null when it failed.</param>
/// <param name="Digest">Their digest.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
internal sealed record SweepRow(
    int Run, int Point, ulong Seed, IReadOnlyList<string> Values, IReadOnlyList<double?> Figures, long? Events, string? Digest, string? Error)
{
    /// <summary>The columns of a sweep's results.</summary>
    /// <param name="file">The sweep file.</param>
    public static IReadOnlyList<SweepColumn> Columns(SweepFile file) =>
    [
        new("run", SweepColumnType.Whole, "", "Place of the run in the design, from 0"),
        new("point", SweepColumnType.Whole, "", "Point of the design, from 0: runs of one point differ in their seed"),
        new("seed", SweepColumnType.Whole, "", "Seed of the run"),
        .. file.Parameters.Select(parameter => new SweepColumn(parameter.Path, IsNumber(parameter) ? SweepColumnType.Real : SweepColumnType.Text, "", "Setting of the scenario (docs/scenario.md)")),
        .. SweepFigures.All.Select(figure => new SweepColumn(figure.Name, figure.IsWhole ? SweepColumnType.Whole : SweepColumnType.Real, figure.Unit, figure.Meaning.En)),
        new("events", SweepColumnType.Whole, "count", "Events recorded"),
        new("digest", SweepColumnType.Text, "", "Digest of all events, as dx simulate has it"),
        new("error", SweepColumnType.Text, "", "Why the run failed; empty when it did not"),
    ];

    /// <summary>Its cells.</summary>
    /// <param name="file">The sweep file.</param>
    public IReadOnlyList<object?> Cells(SweepFile file) =>
    [
        (long)Run, (long)Point, (long)Seed,
        .. file.Parameters.Select((parameter, i) => IsNumber(parameter) ? double.Parse(Values[i], CultureInfo.InvariantCulture) : (object?)Values[i]),
        .. SweepFigures.All.Select((figure, i) => Figures.Count <= i || Figures[i] is not { } value ? null : figure.IsWhole ? (long)value : (object?)value),
        Events, Digest, Error,
    ];

    private static bool IsNumber(SweepParameter parameter) => parameter.Values?.All(value => value.ValueKind == JsonValueKind.Number) ?? true;
}

/// <summary>The first line of a journal: what its rows are of. Rows of another sweep, scenario or program would not go together.</summary>
/// <param name="Format">Of the journal, 1.</param>
/// <param name="Sweep">SHA-256 of the sweep file.</param>
/// <param name="Scenario">SHA-256 of the scenario's text.</param>
/// <param name="Program">Version of the program.</param>
/// <param name="Runs">Runs of the whole sweep.</param>
/// <param name="Slice">Which slice, from 0.</param>
/// <param name="Slices">Of how many.</param>
internal sealed record SweepHeader(int Format, string Sweep, string Scenario, string Program, int Runs, int Slice, int Slices)
{
    /// <summary>That of a plan.</summary>
    public static SweepHeader Of(SweepPlan plan, int slice, int slices) =>
        new(1, plan.File.Sha256, plan.Scenario.Hash, SimulationSession.ProgramVersion, plan.Runs, slice, slices);

    /// <summary>How many of the runs are the slice's.</summary>
    [JsonIgnore]
    public int RunsOfSlice => (Runs - Slice + Slices - 1) / Slices;

    /// <summary>Whether a run is the slice's.</summary>
    public bool Has(int run) => run % Slices == Slice;
}

/// <summary>How journals are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SweepRow))]
[JsonSerializable(typeof(SweepHeader))]
internal sealed partial class SweepRowJson : JsonSerializerContext;
