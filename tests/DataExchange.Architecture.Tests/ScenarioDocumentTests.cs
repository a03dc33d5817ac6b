using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DataExchange.Scenarios;

namespace DataExchange.Architecture.Tests;

/// <summary>docs/scenario.md says all that a scenario file may say, and the numbers of the built-in one.</summary>
public sealed partial class ScenarioDocumentTests
{
    private static readonly string DocumentPath = Path.Combine(Sources.Root, "docs", "scenario.md");
    private static readonly string Document = File.ReadAllText(DocumentPath);

    [Fact]
    public void Every_field_of_the_schema_is_explained()
    {
        var known = Fields().ToArray();
        Assert.True(known.Length > 100, $"only {known.Length} fields were found in the schema");
        Assert.All(known, path => Assert.Contains($"`{path}`", Document, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_field_that_is_explained_is_in_the_schema() =>
        Assert.Empty(Rows().Except(Fields()));

    /// <summary>With DX_UPDATE=1 the cells are renewed.</summary>
    [Fact]
    public void Values_and_provenance_are_those_of_the_built_in_scenario()
    {
        using var scenario = JsonDocument.Parse(ScenarioCatalogue.TextOf("hangzhou-2025"));
        Assert.True(Rows().Length > 80, $"only {Rows().Length} rows were found");
        var renewed = Row().Replace(Document, match =>
        {
            var (value, provenance) = Cells(scenario.RootElement, match.Groups["path"].Value);
            return match.Groups["start"].Value + value + " | " + provenance + match.Groups["end"].Value;
        });
        if (Environment.GetEnvironmentVariable("DX_UPDATE") == "1")
        {
            File.WriteAllText(DocumentPath, renewed);
            return;
        }

        var wrong = renewed.Split('\n').Zip(Document.Split('\n')).Where(lines => lines.First != lines.Second).Select(lines => lines.First);
        Assert.True(renewed == Document, "docs/scenario.md is behind the scenario; set DX_UPDATE=1 to renew it. It should say:\n" + string.Join('\n', wrong));
    }

    // The number or numbers at a place, and where they come from.
    private static (string Value, string Provenance) Cells(JsonElement scenario, string path)
    {
        const string Venues = "venues[].";
        if (path.StartsWith(Venues, StringComparison.Ordinal))
        {
            var venues = scenario.GetProperty("venues").EnumerateArray()
                .Select(venue => (Id: venue.GetProperty("id").GetString(), Cells: Cells(venue, path[Venues.Length..]))).ToArray();
            var text = path.EndsWith(".*", StringComparison.Ordinal)
                ? string.Join("<br>", venues.Select(venue => $"{venue.Id}: {venue.Cells.Value}"))
                : string.Join(" / ", venues.Select(venue => venue.Cells.Value));
            return (text, string.Join(" / ", venues.Select(venue => venue.Cells.Provenance).Distinct()));
        }

        if (path.IndexOf("[].", StringComparison.Ordinal) is > 0 and var list)
        {
            var members = At(scenario, path[..list]).EnumerateArray().Select(member => At(member, path[(list + 3)..])).ToArray();
            return (string.Join(", ", members.Select(Number)), Origins(members));
        }

        if (path.EndsWith(".*", StringComparison.Ordinal))
        {
            var named = At(scenario, path[..^2]).EnumerateObject().ToArray();
            return (string.Join(", ", named.Select(figure => $"{figure.Name} {Number(figure.Value)}")), Origins(named.Select(figure => figure.Value)));
        }

        if (path.EndsWith("[]", StringComparison.Ordinal))
        {
            var listed = At(scenario, path[..^2]).EnumerateArray().ToArray();
            return (string.Join(' ', listed.Select(Number)), Origins(listed));
        }

        return (Number(At(scenario, path)), Origins([At(scenario, path)]));
    }

    private static string Number(JsonElement figure)
    {
        var value = figure.GetProperty("value").GetDouble();
        return value.ToString(Math.Abs(value) >= 10_000 ? "#,0.######" : "0.######", CultureInfo.InvariantCulture);
    }

    private static string Origins(IEnumerable<JsonElement> figures) =>
        string.Join(" / ", figures.Select(figure => figure.GetProperty("provenance").GetString()).Distinct());

    // Rows of the tables of numbers: | `path` | unit | allowed | value | provenance | text |
    private static string[] Rows() => [.. Row().Matches(Document).Select(match => match.Groups["path"].Value)];

    private static JsonElement At(JsonElement element, string path) =>
        path.Split('.').Aggregate(element, (part, name) => part.GetProperty(name));

    private static IEnumerable<string> Fields()
    {
        using var schema = JsonDocument.Parse(ScenarioCatalogue.SchemaText);
        return [.. Fields(schema.RootElement, "")];
    }

    private static IEnumerable<string> Fields(JsonElement schema, string path)
    {
        if (schema.TryGetProperty("items", out var items))
        {
            return Fields(items, path + "[]");
        }

        if (!schema.TryGetProperty("properties", out var properties))
        {
            return schema.TryGetProperty("additionalProperties", out var any) && any.ValueKind == JsonValueKind.Object ? Fields(any, path + ".*") : [path];
        }

        return properties.TryGetProperty("value", out _)
            ? [path]
            : properties.EnumerateObject().SelectMany(property => Fields(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}"));
    }

    [GeneratedRegex(@"^(?<start>\| `(?<path>[^`]+)` \| [^|]* \| [^|]* \| )[^|]* \| [^|]*(?<end> \| [^|]* \|)$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
