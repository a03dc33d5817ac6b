using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataExchange.Gateway.Tests.Description;

/// <summary>Whether an example is what its schema says, as far as our schemas go: types, required and known fields, words, items.</summary>
internal static class SchemaCheck
{
    /// <param name="content">A media type of the description: its schema and example.</param>
    /// <param name="schemas">The schemas that are referred to.</param>
    internal static IEnumerable<string> Problems(JsonNode content, JsonObject schemas) => Problems(content["example"], content["schema"]!, schemas, "$");

    private static IEnumerable<string> Problems(JsonNode? value, JsonNode schema, JsonObject schemas, string path)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Problems(value, schemas[reference["#/components/schemas/".Length..]]!, schemas, path);
        }

        if (schema["anyOf"] is JsonArray some)
        {
            return some.Any(one => !Problems(value, one!, schemas, path).Any()) ? [] : [$"{path}: {value?.ToJsonString()} is none of {some.ToJsonString()}"];
        }

        if (schema["enum"] is JsonArray words && words.All(word => (string)word! != value?.ToString()))
        {
            return [$"{path}: {value?.ToJsonString()} is none of {words.ToJsonString()}"];
        }

        var types = schema["type"] switch { JsonArray several => several.Select(type => (string)type!).ToArray(), { } one => [(string)one!], null => [] };
        if (types.Length > 0 && !types.Contains(TypeOf(value)))
        {
            return [$"{path}: {value?.ToJsonString()} is no {string.Join(" or ", types)}"];
        }

        return value switch
        {
            JsonArray items when schema["items"] is { } item => items.SelectMany((one, index) => Problems(one, item, schemas, $"{path}[{index}]")),
            JsonObject fields when schema["properties"] is JsonObject known =>
            [
                .. fields.Where(field => !known.ContainsKey(field.Key)).Select(field => $"{path}.{field.Key} is not described"),
                .. (schema["required"]?.AsArray() ?? []).Where(name => !fields.ContainsKey((string)name!)).Select(name => $"{path}.{name} is missing"),
                .. fields.Where(field => known.ContainsKey(field.Key)).SelectMany(field => Problems(field.Value, known[field.Key]!, schemas, $"{path}.{field.Key}")),
            ],
            _ => [],
        };
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "integer",
        _ => "boolean",
    };
}
