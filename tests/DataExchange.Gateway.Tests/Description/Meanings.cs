using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DataExchange.Domain;
using DataExchange.Gateway.Access;
using DataExchange.Gateway.Commands;

namespace DataExchange.Gateway.Tests.Description;

/// <summary>What the types and fields in the bodies of commands mean, from the documentation that the compiler put beside the Domain.</summary>
internal static partial class Meanings
{
    internal static string Write()
    {
        var words = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "DataExchange.Domain.xml")).Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!, member => member);
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var schemas = new JsonObject();
        foreach (var type in CommandAccess.Commands.Where(type => CommandAccess.Of(type).Count > 0))
        {
            CommandBodies.AddSchema(type, schemas);
        }

        foreach (var type in typeof(Command).Assembly.GetTypes().Where(type => type.IsPublic && schemas.ContainsKey(type.Name)))
        {
            if (words.TryGetValue($"T:{type.FullName}", out var member))
            {
                Take(type.Name, member.Element("summary"));
                foreach (var parameter in member.Elements("param"))
                {
                    Take($"{type.Name}.{JsonNamingPolicy.CamelCase.ConvertName((string)parameter.Attribute("name")!)}", parameter);
                }
            }

            // What is inherited is described where it is declared.
            foreach (var property in type.GetProperties())
            {
                var name = $"{type.Name}.{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}";
                if (!found.ContainsKey(name) && words.TryGetValue($"P:{property.DeclaringType!.FullName}.{property.Name}", out var declared))
                {
                    Take(name, declared.Element("summary"));
                }
            }
        }

        void Take(string name, XElement? text)
        {
            if (text is not null && (!name.Contains('.', StringComparison.Ordinal) || schemas[name.Split('.')[0]]!["properties"]?[name.Split('.')[1]] is not null))
            {
                found[name] = Space().Replace(string.Concat(text.Nodes().Select(Plain)), " ").Trim();
            }
        }

        var all = new JsonObject(found.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value)));
        return all.ToJsonString(new JsonSerializerOptions(GatewayJson.Readable) { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } reference => ((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name") ?? (string?)reference.Attribute("langword") ?? "").Split('.', ':')[^1],
        XElement element => string.Concat(element.Nodes().Select(Plain)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
