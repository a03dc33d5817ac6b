using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataExchange.Cli.Running.Counterfactuals;

/// <summary>A place in which two scenarios differ.</summary>
/// <param name="Path">The place; a list that is not the same stands as a whole.</param>
/// <param name="A">In the first; null where it is not there.</param>
/// <param name="B">In the second.</param>
internal sealed record ScenarioDifference(string Path, string? A, string? B);

/// <summary>What differs between the texts of two scenarios.</summary>
internal static class ScenarioDifferences
{
    // What calibration leaves out: it comes to the same whatever they say.
    private static readonly string[][] Levers = [["demand", "level"], ["demand", "shelf", "level"], ["demand", "contracts", "level"]];

    /// <summary>All differences in order of places; what says nothing to the run (title, description, notes, sources) is left out.</summary>
    public static IReadOnlyList<ScenarioDifference> Of(string a, string b)
    {
        var found = new List<ScenarioDifference>();
        Walk(JsonNode.Parse(a), JsonNode.Parse(b), "", found);
        return found;
    }

    /// <summary>Whether two scenarios differ by levers of demand, shocks and agents by strategy alone, if at all.</summary>
    public static bool AreCalibratedAlike(string a, string b) => JsonNode.DeepEquals(AtReference(a), AtReference(b));

    private static JsonObject AtReference(string text)
    {
        var root = JsonNode.Parse(text)!.AsObject();
        root.Remove("shocks");
        root.Remove("agents");
        foreach (var lever in Levers)
        {
            lever.Aggregate((JsonNode?)root, (node, step) => node?[step])?.AsObject().Clear();
        }

        return root;
    }

    private static void Walk(JsonNode? a, JsonNode? b, string path, List<ScenarioDifference> found)
    {
        if (a is JsonObject left && b is JsonObject right)
        {
            foreach (var name in left.Select(member => member.Key).Union(right.Select(member => member.Key)))
            {
                if (name is not ("note" or "source" or "provenance" or "title" or "description" or "$schema"))
                {
                    Walk(left[name], right[name], path.Length == 0 ? name : name == "value" ? path : $"{path}.{name}", found);
                }
            }
        }
        else if (a is JsonArray items && b is JsonArray others && items.Count == others.Count)
        {
            for (var i = 0; i < items.Count; i++)
            {
                Walk(items[i], others[i], $"{path}[{(items[i] as JsonObject)?["id"]?.ToString() ?? i.ToString(System.Globalization.CultureInfo.InvariantCulture)}]", found);
            }
        }
        else if (!JsonNode.DeepEquals(a, b))
        {
            found.Add(new(path, Text(a), Text(b)));
        }
    }

    private static string? Text(JsonNode? node) => node?.ToJsonString(new JsonSerializerOptions
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    });
}
