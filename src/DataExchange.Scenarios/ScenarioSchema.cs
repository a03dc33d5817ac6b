using System.Globalization;
using System.Text.Json;
using NJsonSchema;
using NJsonSchema.Validation;

namespace DataExchange.Scenarios;

/// <summary>Checks a scenario against its JSON Schema and says what is wrong in words: path, value, allowed.</summary>
internal static class ScenarioSchema
{
    private static readonly Lazy<JsonSchema> Schema =
        new(() => JsonSchema.FromJsonAsync(ScenarioCatalogue.SchemaText).GetAwaiter().GetResult());

    /// <summary>The problems, one line each; empty when there are none.</summary>
    public static IReadOnlyList<string> Check(JsonElement root)
    {
        var problems = new List<string>();
        ScenarioNames.Check(root, problems);
        if (problems.Count == 0)
        {
            problems.AddRange(Against(Schema.Value, root));
        }

        RequireSources(root, "", problems);
        return [.. problems.Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>What is wrong with a document after a schema, one line each.</summary>
    public static IEnumerable<string> Against(JsonSchema schema, JsonElement root) =>
        schema.Validate(root.GetRawText()).SelectMany(Innermost).Select(error => Describe(root, error));

    // What is wrong in an item of a list comes wrapped in an error of the list.
    private static IEnumerable<ValidationError> Innermost(ValidationError error) =>
        error is ChildSchemaValidationError { Errors.Count: > 0 } list ? list.Errors.Values.SelectMany(errors => errors).SelectMany(Innermost) : [error];

    private static string Describe(JsonElement root, ValidationError error)
    {
        var path = (error.Path ?? "").TrimStart('#', '/');
        path = path.Length == 0 ? "$" : path;
        var value = ValueAt(root, path);
        return $"{path}{(value is null ? "" : " = " + value)}: {Allowed(error)}";
    }

    private static string Allowed(ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.PropertyRequired => "is required",
        ValidationErrorKind.NoAdditionalPropertiesAllowed => "is unknown here; " + KnownProperties(error.Schema),
        ValidationErrorKind.NumberExpected => "must be a number" + Range(error.Schema),
        ValidationErrorKind.IntegerExpected => "must be a whole number" + Range(error.Schema),
        ValidationErrorKind.NumberTooSmall or ValidationErrorKind.NumberTooBig
            or ValidationErrorKind.IntegerTooBig => "is out of range, allowed" + Range(error.Schema),
        ValidationErrorKind.NotInEnumeration => "must be one of " + string.Join(", ", error.Schema.ActualSchema.Enumeration),
        ValidationErrorKind.PatternMismatch => "must match " + error.Schema.ActualSchema.Pattern,
        ValidationErrorKind.StringExpected => "must be a text",
        ValidationErrorKind.ArrayExpected => "must be a list",
        ValidationErrorKind.ObjectExpected => "must be an object",
        ValidationErrorKind.TooFewItems => string.Create(CultureInfo.InvariantCulture, $"must have at least {error.Schema.MinItems} items"),
        ValidationErrorKind.TooFewProperties => string.Create(CultureInfo.InvariantCulture, $"must have at least {error.Schema.MinProperties} entries"),
        ValidationErrorKind.TooManyItems => string.Create(CultureInfo.InvariantCulture, $"must have at most {error.Schema.MaxItems} items"),
        _ => "is not allowed: " + error.Kind,
    };

    private static string Range(JsonSchema schema)
    {
        var actual = schema.ActualSchema;
        string Text(decimal? number) => number!.Value.ToString(CultureInfo.InvariantCulture);
        var low = actual.ExclusiveMinimum is { } above ? " above " + Text(above) : actual.Minimum is { } least ? " from " + Text(least) : "";
        return low + (actual.Maximum is { } most ? " to " + Text(most) : "");
    }

    private static string KnownProperties(JsonSchema schema) =>
        "known are " + string.Join(", ", schema.ActualSchema.ActualProperties.Keys.Order(StringComparer.Ordinal));

    private static string? ValueAt(JsonElement element, string path)
    {
        foreach (var step in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'))
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(step, out var property))
            {
                element = property;
            }
            else if (element.ValueKind == JsonValueKind.Array
                && int.TryParse(step, CultureInfo.InvariantCulture, out var index) && index < element.GetArrayLength())
            {
                element = element[index];
            }
            else
            {
                return null;
            }
        }

        return element.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null : element.GetRawText();
    }

    // What is published or carried over must say where from: the validator does not know the schema's "if".
    private static void RequireSources(JsonElement element, string path, List<string> problems)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("provenance", out var provenance) && provenance.ValueKind == JsonValueKind.String
                && provenance.GetString() is "published" or "elsewhere" && !element.TryGetProperty("source", out _))
            {
                problems.Add($"{path}.source: is required, as the provenance is {provenance.GetString()}");
            }

            foreach (var property in element.EnumerateObject())
            {
                RequireSources(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", problems);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                RequireSources(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), problems);
            }
        }
    }
}
