using System.Text.Json;

namespace DataExchange.Catalogue.Reading;

/// <summary>The objects of a document by their names in the graph, so that what one refers to can be found.</summary>
internal sealed class NodeIndex
{
    private readonly Dictionary<string, JsonElement> _nodes = new(StringComparer.Ordinal);

    internal NodeIndex(JsonElement root, TermNames names)
    {
        Names = names;
        Add(root);
    }

    internal TermNames Names { get; }

    /// <summary>The object that a value is or refers to; null when there is none.</summary>
    internal JsonElement? Resolve(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return Texts.Of(value) is { } text && _nodes.TryGetValue(text, out var named) ? named : null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return IsReference(value) && IdOf(value, Names) is { } id ? _nodes.TryGetValue(id, out var node) ? node : null : value;
    }

    /// <summary>Whether an object says nothing but a name.</summary>
    internal bool IsReference(JsonElement value)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (Names.Of(Texts.NameOf(member)) is not ("@id" or "@type"))
            {
                return false;
            }
        }

        return IdOf(value, Names) is not null;
    }

    internal static string? IdOf(JsonElement value, TermNames names)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (names.Of(Texts.NameOf(member)) == "@id" && member.Value.ValueKind == JsonValueKind.String && Texts.Of(member.Value) is { Length: > 0 } id)
            {
                return id;
            }
        }

        return null;
    }

    internal static IReadOnlyList<string> TypesOf(JsonElement value, TermNames names)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        List<string> types = [];
        foreach (var member in value.EnumerateObject())
        {
            if (names.Of(Texts.NameOf(member)) == "@type")
            {
                IEnumerable<JsonElement> values = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray() : [member.Value];
                types.AddRange(values.Where(type => type.ValueKind == JsonValueKind.String).Select(type => names.Of(Texts.Of(type) ?? "")).OfType<string>());
            }
        }

        return types;
    }

    // Of several descriptions of one thing the first that says something counts.
    private void Add(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Add(item);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            if (IdOf(value, Names) is { } id && !IsReference(value))
            {
                _nodes.TryAdd(id, value);
            }

            foreach (var member in value.EnumerateObject())
            {
                if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && Texts.NameOf(member) != "@context")
                {
                    Add(member.Value);
                }
            }
        }
    }
}
