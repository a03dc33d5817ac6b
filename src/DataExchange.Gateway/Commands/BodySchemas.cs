using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Domain;

namespace DataExchange.Gateway.Commands;

/// <summary>Schemas of bodies from how they are read. The serializer's own export does not know what our converters take.</summary>
internal static class BodySchemas
{
    private const string TimePattern = @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$";
    private const long LargestInteger = (1L << 53) - 1;

    internal static JsonObject Of(JsonSerializerOptions options, Type type, Func<string, bool> isWanted)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var property in options.GetTypeInfo(type).Properties.Where(property => isWanted(property.Name)))
        {
            properties[property.Name] = OfValue(options, property.PropertyType);
            if (property.IsRequired)
            {
                required.Add(property.Name);
            }
        }

        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private static JsonObject OfValue(JsonSerializerOptions options, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return new JsonObject { ["anyOf"] = new JsonArray(OfValue(options, inner), new JsonObject { ["type"] = "null" }) };
        }

        if (type.IsEnum)
        {
            var isSet = type.IsDefined(typeof(FlagsAttribute), inherit: false);
            var names = Enum.GetValuesAsUnderlyingType(type).Cast<object>().Where(value => !isSet || int.IsPow2(Convert.ToInt32(value, null)))
                .Select(value => (JsonNode)Enum.GetName(type, value)!).ToArray();
            var one = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(names) };
            return isSet ? new JsonObject { ["type"] = "array", ["uniqueItems"] = true, ["items"] = one } : one;
        }

        return type == typeof(int) ? new JsonObject { ["type"] = "integer", ["format"] = "int32" }
            : type == typeof(long) ? new JsonObject { ["type"] = "integer", ["format"] = "int64", ["minimum"] = -LargestInteger, ["maximum"] = LargestInteger }
            : type == typeof(bool) ? new JsonObject { ["type"] = "boolean" }
            : type == typeof(SimulatedTime) ? new JsonObject { ["type"] = "string", ["pattern"] = TimePattern }
            : options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } ? Of(options, type, _ => true)
            : options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } item } ? new JsonObject { ["type"] = "array", ["items"] = OfValue(options, item) }
            : type == typeof(string) ? new JsonObject { ["type"] = "string" }
            : new JsonObject { ["type"] = "string", ["minLength"] = 1 };
    }
}
