using System.Text.Json;
using DataExchange.Reports.Words;
using DataExchange.Scenarios;
using DataExchange.Scenarios.Population;
using DataExchange.Simulation.Agents;
using DataExchange.Web.Studio;

namespace DataExchange.Cli.Running.Web;

/// <summary>Runs the built-in scenario of Hangzhou in memory, with settings changed.</summary>
internal sealed class ScenarioEngine : IScenarioEngine
{
    private const string Scenario = "hangzhou-2025";
    private readonly LoadedScenario _loaded = ScenarioCatalogue.Load(Scenario);
    private readonly Lazy<PopulationSource> _source = new(() =>
    {
        var population = PopulationData.Load();
        return new PopulationSource(population.Graph, population.Calendar, population.Vocabulary);
    });

    private readonly Lazy<IReadOnlyList<StudioField>> _fields;

    public ScenarioEngine() => _fields = new(() =>
    {
        using var schema = JsonDocument.Parse(ScenarioCatalogue.SchemaText);
        return [.. ScenarioFigures.Of(_loaded.Text).Where(IsSetting).Select(figure => FieldOf(figure, schema.RootElement))];
    });

    public string Name => _loaded.Scenario.Name;

    public Text Title => new(_loaded.Scenario.Title.Zh, _loaded.Scenario.Title.En);

    public IReadOnlyList<StudioField> Fields => _fields.Value;

    public void Check(StudioOrder order) => LoadOf(order);

    public async Task<StudioOutcome> RunAsync(StudioOrder order, Action<double, int, DateOnly> progress, CancellationToken cancellation)
    {
        var run = await new MemoryRun(LoadOf(order), order.Seed, order.Scale).ExecuteAsync(_source.Value, progress, cancellation).ConfigureAwait(false);
        return new StudioOutcome(run.Events, run.Digest, run.Models);
    }

    private static LoadedScenario LoadOf(StudioOrder order)
    {
        try
        {
            return ScenarioCatalogue.Load(Scenario, order.Settings);
        }
        catch (ScenarioException wrong)
        {
            throw new StudioRefusedException(wrong.Problems[0]);
        }
    }

    // Benchmarks are what others published, to compare with: nothing to set.
    private static bool IsSetting(ScenarioFigure figure) => !figure.Path.StartsWith("benchmarks", StringComparison.Ordinal);

    private static StudioField FieldOf(ScenarioFigure figure, JsonElement schema)
    {
        var value = SchemaAt(schema, figure.Path) is { } known && known.TryGetProperty("properties", out var properties) && properties.TryGetProperty("value", out var found) ? found : default;
        var above = Bound(value, "exclusiveMinimum");
        return new StudioField(
            figure.Path, new(figure.Meaning.Zh, figure.Meaning.En), figure.Figure.Value, figure.Figure.Provenance.ToString().ToLowerInvariant(),
            Bound(value, "minimum") ?? above, Bound(value, "maximum"),
            value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type) && type.GetString() == "integer");
    }

    private static double? Bound(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var bound) && bound.ValueKind == JsonValueKind.Number ? bound.GetDouble() : null;

    // The part of the schema for a path such as venues[hzdex].fee.tiers[0].basisPoints.
    private static JsonElement? SchemaAt(JsonElement schema, string path)
    {
        var here = schema;
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            if (step.StartsWith('[') ? here.TryGetProperty("items", out var next)
                : (here.TryGetProperty("properties", out var properties) && properties.TryGetProperty(step, out next)) || here.TryGetProperty("additionalProperties", out next))
            {
                here = next;
            }
            else
            {
                return null;
            }

            if (here.ValueKind != JsonValueKind.Object)
            {
                return null;
            }
        }

        return here;
    }
}
