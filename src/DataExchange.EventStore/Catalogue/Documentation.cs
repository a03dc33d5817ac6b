using System.Text.RegularExpressions;
using System.Xml.Linq;
using DataExchange.Domain;

namespace DataExchange.EventStore.Catalogue;

/// <summary>The sentences of the XML documentation as Markdown.</summary>
internal sealed partial class Documentation(XDocument xml)
{
    private readonly Dictionary<string, XElement> _members =
        xml.Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);

    internal string OfType(Type type) => Summary("T:" + type.FullName);

    internal string OfProperty(Type type, string name) => Summary($"P:{type.FullName}.{name}");

    internal string OfField(Type type, string name) => Summary($"F:{type.FullName}.{name}");

    internal string OfParameter(Type type, string name) =>
        Text(Member("T:" + type.FullName).Elements("param").FirstOrDefault(param => (string?)param.Attribute("name") == name)
            ?? throw new KeyNotFoundException($"{type.FullName} has no documentation of {name}."));

    /// <summary>What <see cref="StreamId"/> says of a kind of stream, without the capability, which stands above it.</summary>
    internal string OfStream(string kind)
    {
        var method = typeof(StreamId).GetMethods().Single(method => string.Equals(method.Name, kind, StringComparison.OrdinalIgnoreCase));
        var summary = Summary($"M:{typeof(StreamId).FullName}.{method.Name}({method.GetParameters()[0].ParameterType.FullName})");
        var meaning = summary[(summary.IndexOf(':', StringComparison.Ordinal) + 2)..];
        return char.ToUpperInvariant(meaning[0]) + meaning[1..];
    }

    private string Summary(string name) => Text(Member(name).Element("summary")
        ?? throw new KeyNotFoundException($"{name} has no summary."));

    private XElement Member(string name) => _members.TryGetValue(name, out var member)
        ? member
        : throw new KeyNotFoundException($"{name} has no documentation.");

    private static string Text(XElement element)
    {
        var text = string.Concat(element.Nodes().Select(node => node switch
        {
            XText words => words.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement reference => $"`{Target(reference).Split('.', ':')[^1]}`",
            _ => "",
        }));
        return Spaces().Replace(text, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Target(XElement reference) =>
        (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name") ?? reference.Value;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
