using System.Globalization;
using System.Text.Json;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Scenarios;

/// <summary>A number of a scenario with its place and its meaning.</summary>
/// <param name="Path">Where it stands, such as <c>demand.shelf.orders</c>.</param>
/// <param name="Meaning">What it is, from the schema.</param>
/// <param name="Figure">The number.</param>
public sealed record ScenarioFigure(string Path, Bilingual Meaning, Figure Figure);

/// <summary>Lists every number of a scenario.</summary>
public static class ScenarioFigures
{
    /// <summary>Every number, in the order of the file.</summary>
    /// <param name="text">The scenario's JSON, checked before.</param>
    public static IReadOnlyList<ScenarioFigure> Of(string text)
    {
        using var scenario = JsonDocument.Parse(text);
        using var schema = JsonDocument.Parse(ScenarioCatalogue.SchemaText);
        var figures = new List<ScenarioFigure>();
        Walk(scenario.RootElement, schema.RootElement, "", new Bilingual("", ""), figures);
        return figures;
    }

    private static void Walk(JsonElement element, JsonElement? schema, string path, Bilingual meaning, List<ScenarioFigure> figures)
    {
        var here = MeaningOf(schema) ?? meaning;
        if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                var name = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var id)
                    ? id.GetString()! : index.ToString(CultureInfo.InvariantCulture);
                Walk(item, Child(schema, "items"), $"{path}[{name}]", here, figures);
                index++;
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("provenance", out _) && element.TryGetProperty("value", out _))
            {
                figures.Add(new ScenarioFigure(path, here, element.Deserialize(ScenarioJson.Default.Figure)!));
                return;
            }

            foreach (var property in element.EnumerateObject())
            {
                var next = Child(schema, "properties") is { } known && known.TryGetProperty(property.Name, out var own)
                    ? own : Child(schema, "additionalProperties");
                Walk(property.Value, next, path.Length == 0 ? property.Name : $"{path}.{property.Name}", here, figures);
            }
        }
    }

    private static JsonElement? Child(JsonElement? schema, string name) =>
        schema is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object
            ? child : null;

    private static Bilingual? MeaningOf(JsonElement? schema) =>
        schema is { ValueKind: JsonValueKind.Object } known
        && known.TryGetProperty("title", out var zh) && known.TryGetProperty("description", out var en)
            ? new Bilingual(zh.GetString()!, en.GetString()!) : null;
}
