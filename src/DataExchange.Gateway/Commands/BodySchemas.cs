using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Domain;

namespace DataExchange.Gateway.Commands;

/// <summary>
/// Schemas of bodies from how they are read, JSON Schema 2020-12 as OpenAPI 3.1 takes it. The serializer's own export does not know what our converters
/// take. What has a name in the Domain has one in the description, so that what is generated from that has it too.
/// </summary>
/// <param name="options">How bodies are read.</param>
/// <param name="schemas">The named schemas; what is met on the way is added.</param>
/// <param name="describe">The meaning of a type or of a field of it; null for none.</param>
internal sealed class BodySchemas(JsonSerializerOptions options, JsonObject schemas, Func<Type, string?, string?> describe)
{
    private const string TimePattern = @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$";
    private const long LargestInteger = (1L << 53) - 1;

    internal void Add(Type type, Func<string, bool> isWanted)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        schemas[type.Name] = null;
        foreach (var property in options.GetTypeInfo(type).Properties.Where(property => isWanted(property.Name)).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            var value = OfValue(property.PropertyType);
            if (describe(type, property.Name) is { } meaning)
            {
                value["description"] = meaning;
            }

            properties[property.Name] = value;
            if (property.IsRequired)
            {
                required.Add(property.Name);
            }
        }

        var schema = Described(type, new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties });
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        schemas[type.Name] = schema;
    }

    private JsonObject OfValue(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return new JsonObject { ["anyOf"] = new JsonArray(OfValue(inner), new JsonObject { ["type"] = "null" }) };
        }

        if (type.IsEnum)
        {
            AddWords(type);
            return type.IsDefined(typeof(FlagsAttribute), inherit: false)
                ? new JsonObject { ["type"] = "array", ["uniqueItems"] = true, ["items"] = Reference(type) }
                : Reference(type);
        }

        if (options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object && !schemas.ContainsKey(type.Name))
        {
            Add(type, _ => true);
        }

        return type == typeof(int) ? new JsonObject { ["type"] = "integer", ["format"] = "int32" }
            : type == typeof(long) ? new JsonObject { ["type"] = "integer", ["format"] = "int64", ["minimum"] = -LargestInteger, ["maximum"] = LargestInteger }
            : type == typeof(bool) ? new JsonObject { ["type"] = "boolean" }
            : type == typeof(SimulatedTime) ? new JsonObject { ["type"] = "string", ["pattern"] = TimePattern }
            : options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } ? Reference(type)
            : options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } item } ? new JsonObject { ["type"] = "array", ["items"] = OfValue(item) }
            : type == typeof(string) ? new JsonObject { ["type"] = "string" }
            : new JsonObject { ["type"] = "string", ["minLength"] = 1 };
    }

    private void AddWords(Type type)
    {
        var isSet = type.IsDefined(typeof(FlagsAttribute), inherit: false);
        var names = Enum.GetValuesAsUnderlyingType(type).Cast<object>().Where(value => !isSet || int.IsPow2(Convert.ToInt32(value, null)))
            .Select(value => (JsonNode)Enum.GetName(type, value)!).ToArray();
        schemas[type.Name] ??= Described(type, new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(names) });
    }

    private JsonObject Described(Type type, JsonObject schema)
    {
        if (describe(type, null) is { } meaning)
        {
            schema.Insert(0, "description", meaning);
        }

        return schema;
    }

    private static JsonObject Reference(Type type) => new() { ["$ref"] = $"#/components/schemas/{type.Name}" };
}
