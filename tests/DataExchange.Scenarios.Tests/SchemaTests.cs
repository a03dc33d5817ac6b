using System.Collections;
using System.Reflection;
using System.Text.Json;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Scenarios.Tests;

/// <summary>The schema, the C# records and the built-in file say the same.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(ScenarioCatalogue.SchemaText).RootElement;

    [Fact]
    public void Schema_and_records_have_the_same_properties()
    {
        var problems = new List<string>();
        Compare(Schema, typeof(Scenario), "", problems);
        Assert.Empty(problems);
    }

    [Fact]
    public void Every_number_of_the_built_in_scenario_has_a_provenance()
    {
        using var scenario = JsonDocument.Parse(Changed.Text);
        var bare = new List<string>();
        var numbers = 0;
        Walk(scenario.RootElement, "", false);
        Assert.True(numbers > 100, $"only {numbers} numbers found");

        // The format's version counts nothing in the market.
        Assert.Equal(["formatVersion"], bare);

        void Walk(JsonElement element, string path, bool hasProvenance)
        {
            if (element.ValueKind == JsonValueKind.Number)
            {
                numbers++;
                if (!hasProvenance)
                {
                    bare.Add(path);
                }
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                var here = element.TryGetProperty("provenance", out _);
                foreach (var property in element.EnumerateObject())
                {
                    Walk(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", here);
                }
            }
            else if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                {
                    Walk(item, path + "[]", false);
                }
            }
        }
    }

    [Fact]
    public void Every_number_of_the_built_in_scenario_is_read()
    {
        using var scenario = JsonDocument.Parse(Changed.Text);
        var read = new List<double>();
        Collect(ScenarioCatalogue.Load(Changed.Name).Scenario, read);
        var written = new List<double>();
        Numbers(scenario.RootElement, written);
        Assert.Equal(written.Order(), read.Order());

        static void Numbers(JsonElement element, List<double> into)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Number:
                    into.Add(element.GetDouble());
                    break;
                case JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject())
                    {
                        Numbers(property.Value, into);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray())
                    {
                        Numbers(item, into);
                    }

                    break;
            }
        }
    }

    private static void Collect(object? value, List<double> into)
    {
        switch (value)
        {
            case int number:
                into.Add(number);
                break;
            case double number:
                into.Add(number);
                break;
            case Figure figure:
                into.Add(figure.Value);
                break;
            case null or string or bool or Enum or DateOnly:
                break;
            case IDictionary map:
                foreach (var item in map.Values)
                {
                    Collect(item, into);
                }

                break;
            case IEnumerable items:
                foreach (var item in items)
                {
                    Collect(item, into);
                }

                break;
            default:
                foreach (var property in Properties(value.GetType()))
                {
                    Collect(property.GetValue(value), into);
                }

                break;
        }
    }

    private static void Compare(JsonElement schema, Type type, string path, List<string> problems)
    {
        schema = Resolved(schema);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            Compare(schema.GetProperty("items"), type.GetGenericArguments()[0], path + "[]", problems);
            return;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            Compare(schema.GetProperty("additionalProperties"), type.GetGenericArguments()[1], path + ".*", problems);
            return;
        }

        if (type.IsEnum)
        {
            var allowed = schema.GetProperty("enum").EnumerateArray().Select(value => value.GetString()!);
            problems.AddRange(Differences(allowed, Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName), path + " enum"));
            return;
        }

        if (type.Assembly != typeof(Scenario).Assembly)
        {
            return;
        }

        var known = schema.GetProperty("properties").EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
        known.Remove("$schema");
        var properties = Properties(type).ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name), property => property.PropertyType);
        problems.AddRange(Differences(known.Keys, properties.Keys, path));
        foreach (var (name, propertyType) in properties.Where(property => known.ContainsKey(property.Key)))
        {
            Compare(known[name], propertyType, $"{path}.{name}", problems);
        }
    }

    private static IEnumerable<string> Differences(IEnumerable<string> schema, IEnumerable<string> record, string path)
    {
        var (inSchema, inRecord) = (schema.ToHashSet(), record.ToHashSet());
        return inSchema.Except(inRecord).Select(name => $"{path}.{name} is in the schema only")
            .Concat(inRecord.Except(inSchema).Select(name => $"{path}.{name} is in the record only"));
    }

    private static JsonElement Resolved(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? Schema.GetProperty("definitions").GetProperty(reference.GetString()!["#/definitions/".Length..])
            : schema;

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite && property.GetIndexParameters().Length == 0
            && property.GetCustomAttribute<System.Text.Json.Serialization.JsonIgnoreAttribute>() is null);
}
