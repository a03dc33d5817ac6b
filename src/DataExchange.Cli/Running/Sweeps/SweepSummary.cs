using System.Text.Json.Serialization;
using DataExchange.Scenarios.Sweeps;
using DataExchange.Sweeps;

namespace DataExchange.Cli.Running.Sweeps;

/// <summary>An index in a summary.</summary>
/// <param name="Path">The parameter.</param>
/// <param name="First">First-order index with its 95 % bootstrap interval.</param>
/// <param name="Total">Total index.</param>
internal sealed record SweepIndex(string Path, IndexEstimate First, IndexEstimate Total);

/// <summary>What parameters do to a figure.</summary>
/// <param name="Rows">Base points that counted.</param>
/// <param name="Missing">Base points left out, as a run of theirs failed or has no such figure.</param>
/// <param name="Parameters">Of each parameter; empty when the figure does not vary.</param>
internal sealed record SweepSensitivity(int Rows, int Missing, IReadOnlyList<SweepIndex> Parameters);

/// <summary>A figure over all runs.</summary>
/// <param name="Name">Its column.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Zh">What it is, in Chinese.</param>
/// <param name="En">In English.</param>
/// <param name="Runs">Runs that have it.</param>
/// <param name="Mean">Its mean over them; null without any, as the next three.</param>
/// <param name="StandardDeviation">Its standard deviation, over n − 1; 0 for one run.</param>
/// <param name="Smallest">The smallest.</param>
/// <param name="Largest">The largest.</param>
/// <param name="Sensitivity">Of Saltelli's design: its indices; null of another design.</param>
internal sealed record SweepFigureSummary(
    string Name, string Unit, string Zh, string En, int Runs, double? Mean, double? StandardDeviation, double? Smallest, double? Largest, SweepSensitivity? Sensitivity);

/// <summary>What <c>dx sweep summary --json</c> prints.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Scale">The size of all runs.</param>
/// <param name="Design">The design.</param>
/// <param name="Points">Its points.</param>
/// <param name="Seeds">Seeds of each point.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Failed">Runs that failed.</param>
/// <param name="Parameters">Paths of the parameters.</param>
/// <param name="Figures">The figures.</param>
internal sealed record SweepSummary(
    string Sweep, string Scenario, double Scale, SweepDesignKind Design, int Points, int Seeds, int Runs, int Failed, IReadOnlyList<string> Parameters,
    IReadOnlyList<SweepFigureSummary> Figures)
{
    /// <summary>That of a finished sweep.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="rows">All of its rows, in the order of the design.</param>
    public static SweepSummary Of(SweepPlan plan, IReadOnlyList<SweepRow> rows)
    {
        var file = plan.File;
        return new(
            file.Name, plan.Scenario.Scenario.Name, file.Scale, file.Design.Kind, plan.Points, file.Seeds.Count, rows.Count, rows.Count(row => row.Error is not null),
            [.. file.Parameters.Select(parameter => parameter.Path)],
            [.. SweepFigures.All.Select((figure, place) => FigureOf(figure, place, plan, rows))]);
    }

    private static SweepFigureSummary FigureOf(SweepFigure figure, int place, SweepPlan plan, IReadOnlyList<SweepRow> rows)
    {
        double[] values = [.. rows.Select(row => Value(row, place)).OfType<double>()];
        if (values.Length == 0)
        {
            return new(figure.Name, figure.Unit, figure.Meaning.Zh, figure.Meaning.En, 0, null, null, null, null, null);
        }

        var mean = values.Average();
        var deviation = values.Length == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        return new(
            figure.Name, figure.Unit, figure.Meaning.Zh, figure.Meaning.En, values.Length, mean, deviation, values.Min(), values.Max(),
            plan.File.Design.Kind == SweepDesignKind.Saltelli ? SensitivityOf(place, plan, rows) : null);
    }

    // The figure of a point is its mean over the seeds, which all points share.
    private static SweepSensitivity SensitivityOf(int place, SweepPlan plan, IReadOnlyList<SweepRow> rows)
    {
        double[] points = [.. rows.Chunk(plan.File.Seeds.Count).Select(seeds => seeds.Average(row => Value(row, place) ?? double.NaN))];
        var found = SobolIndices.Estimate(points, plan.File.Parameters.Count);
        return new(found.Rows, found.Missing, [.. found.Parameters.Select((one, i) => new SweepIndex(plan.File.Parameters[i].Path, one.First, one.Total))]);
    }

    private static double? Value(SweepRow row, int place) => row.Figures.Count > place ? row.Figures[place] : null;
}

/// <summary>How summaries are written.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SweepSummary))]
internal sealed partial class SweepSummaryJson : JsonSerializerContext
{
    /// <summary>Chinese is left as it is, and words are words.</summary>
    public static SweepSummaryJson Readable { get; } = new(new System.Text.Json.JsonSerializerOptions(System.Text.Json.JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase) },
    });
}
