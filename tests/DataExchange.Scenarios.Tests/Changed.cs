using System.Text.Json.Nodes;

namespace DataExchange.Scenarios.Tests;

/// <summary>The built-in scenario with something changed.</summary>
internal static class Changed
{
    public const string Name = "hangzhou-2025";

    public static string Text => ScenarioCatalogue.TextOf(Name);

    /// <summary>The value at a path such as <c>venues.0.id</c> replaced; a property that is not there is added.</summary>
    public static string At(string path, JsonNode? value) => With(path, (parent, step) =>
    {
        if (parent is JsonArray array)
        {
            array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            parent[step] = value;
        }
    });

    /// <summary>The property at a path removed.</summary>
    public static string Without(string path) => With(path, (parent, step) => Assert.True(parent.AsObject().Remove(step)));

    public static ScenarioException Refused(string text) => Assert.Throws<ScenarioException>(() => ScenarioCatalogue.Parse(text, "test.json"));

    private static string With(string path, Action<JsonNode, string> change)
    {
        var root = JsonNode.Parse(Text)!;
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(root, (node, step) =>
            int.TryParse(step, out var index) && node is JsonArray ? node[index]! : node[step]!);
        change(parent, steps[^1]);
        return root.ToJsonString();
    }
}
