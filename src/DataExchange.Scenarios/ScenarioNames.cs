using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataExchange.Scenarios;

/// <summary>
/// Checks what the schema says and its validator passes over, or fails at: the names in maps, days that are in no calendar, and numbers
/// beyond what the validator can hold.
/// </summary>
internal static class ScenarioNames
{
    // The largest number that any place of the schema allows.
    private const double Largest = 1e15;

    private static readonly Lazy<JsonDocument> Schema = new(() => JsonDocument.Parse(ScenarioCatalogue.SchemaText));

    /// <summary>Adds the problems, one line each.</summary>
    public static void Check(JsonElement root, List<string> problems) => Walk(root, Schema.Value.RootElement, "", problems);

    private static void Walk(JsonElement element, JsonElement? schema, string path, List<string> problems)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    var place = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                    CheckName(property.Name, schema, place, problems);
                    Walk(property.Value, Child(Child(schema, "properties"), property.Name) ?? Child(schema, "additionalProperties"), place, problems);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Walk(item, Child(schema, "items"), string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), problems);
                }

                break;
            case JsonValueKind.Number when !(Math.Abs(element.GetDouble()) <= Largest):
                problems.Add($"{path} = {element.GetRawText()}: is out of range; no number of a scenario may be above 1e15 or below -1e15");
                break;
            case JsonValueKind.String when IsDay(schema) && !DateOnly.TryParseExact(element.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                && Regex.IsMatch(element.GetString()!, Pattern(schema)!):
                problems.Add($"{path} = {element.GetRawText()}: is no day of the calendar");
                break;
        }
    }

    private static void CheckName(string name, JsonElement? schema, string place, List<string> problems)
    {
        if (Child(schema, "propertyNames") is not { } names)
        {
            return;
        }

        if (names.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(known => known.GetString() == name))
        {
            problems.Add($"{place}: '{name}' must be one of {string.Join(", ", allowed.EnumerateArray().Select(known => known.GetString()))}");
        }

        if (Pattern(names) is { } pattern && !Regex.IsMatch(name, pattern))
        {
            problems.Add($"{place}: '{name}' must match {pattern}");
        }
    }

    // A day is a text whose pattern begins with a year and a month.
    private static bool IsDay(JsonElement? schema) => Pattern(schema)?.Contains("-[01][0-9]-", StringComparison.Ordinal) == true;

    private static string? Pattern(JsonElement? schema) =>
        schema is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty("pattern", out var pattern) ? pattern.GetString() : null;

    private static JsonElement? Child(JsonElement? schema, string name) =>
        schema is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object
            ? child : null;
}
