using System.Text.Json;

namespace DataExchange.Catalogue.Reading;

/// <summary>An object of a catalogue with its members by meaning.</summary>
internal sealed class Node
{
    private const int LabelDepth = 4;
    private const int MostDepth = 8;

    private readonly Dictionary<string, List<JsonElement>> _members = new(StringComparer.Ordinal);
    private readonly NodeIndex _index;

    internal Node(JsonElement element, NodeIndex index)
    {
        (Element, _index) = (element, index);
        foreach (var member in element.EnumerateObject())
        {
            if (index.Names.Of(Texts.NameOf(member)) is { } meaning)
            {
                if (!_members.TryGetValue(meaning, out var values))
                {
                    _members.Add(meaning, values = []);
                }

                Flatten(member.Value, values);
            }
        }
    }

    internal JsonElement Element { get; }

    /// <summary>Its name in the graph; null when it has none.</summary>
    internal string? Id => NodeIndex.IdOf(Element, _index.Names);

    /// <summary>What it says it is.</summary>
    internal IReadOnlyList<string> Types => NodeIndex.TypesOf(Element, _index.Names);

    /// <summary>Whether it has a member, whatever stands in it.</summary>
    internal bool Has(string name) => _members.ContainsKey(name);

    /// <summary>The object that a value is or refers to; null when there is none.</summary>
    internal Node? Resolve(JsonElement value) => _index.Resolve(value) is { } element ? new Node(element, _index) : null;

    /// <summary>The values of a member, nulls among them.</summary>
    internal IReadOnlyList<JsonElement> All(string name) => _members.TryGetValue(name, out var values) ? values : [];

    /// <summary>The values of the first of some members that has any.</summary>
    internal IReadOnlyList<JsonElement> Values(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_members.TryGetValue(name, out var values) && values.Exists(value => value.ValueKind != JsonValueKind.Null))
            {
                return values;
            }
        }

        return [];
    }

    /// <summary>The objects among the values, those that are referred to included.</summary>
    internal IEnumerable<Node> Nodes(params ReadOnlySpan<string> names) => NodesOf(Values(names));

    /// <summary>The texts of the first of some members that has any: plain, tagged with a language, as a map of languages, or as the label of an object.</summary>
    internal IReadOnlyList<TaggedText> TextsOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            List<TaggedText> found = [];
            foreach (var value in Values(name))
            {
                Add(value, "", found, 0);
            }

            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    private IEnumerable<Node> NodesOf(IReadOnlyList<JsonElement> values)
    {
        foreach (var value in values)
        {
            if (_index.Resolve(value) is { } element)
            {
                yield return new Node(element, _index);
            }
        }
    }

    private void Add(JsonElement value, string language, List<TaggedText> found, int depth)
    {
        if (Texts.OfScalar(value) is { } text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                found.Add(new TaggedText(language.ToLowerInvariant(), text));
            }
        }
        else if (value.ValueKind == JsonValueKind.Array && depth < MostDepth)
        {
            foreach (var item in value.EnumerateArray())
            {
                Add(item, language, found, depth + 1);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object && depth < MostDepth)
        {
            AddObject(value, found, depth);
        }
    }

    private void AddObject(JsonElement value, List<TaggedText> found, int depth)
    {
        if (Texts.TryGet(value, "@value", out var literal))
        {
            var language = Texts.TryGet(value, "@language", out var tag) ? Texts.OfScalar(tag) ?? "" : "";
            Add(literal, language, found, depth + 1);
            return;
        }

        if (IsLanguageMap(value))
        {
            foreach (var entry in value.EnumerateObject())
            {
                Add(entry.Value, Texts.NameOf(entry), found, depth + 1);
            }

            return;
        }

        if (depth >= LabelDepth)
        {
            // A label of a label is none, and things may refer to each other in circles.
            return;
        }

        var before = found.Count;
        if (_index.Resolve(value) is { } element)
        {
            found.AddRange(new Node(element, _index).Labels());
        }

        if (found.Count == before && NodeIndex.IdOf(value, _index.Names) is { } id && !id.StartsWith("_:", StringComparison.Ordinal))
        {
            found.Add(new TaggedText("", id));
        }
    }

    private List<TaggedText> Labels()
    {
        foreach (var name in (ReadOnlySpan<string>)["preflabel", "name", "title", "label", "display_name", "fn", "notation", "altlabel"])
        {
            List<TaggedText> found = [];
            foreach (var value in Values(name))
            {
                Add(value, "", found, LabelDepth);
            }

            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    private static bool IsLanguageMap(JsonElement value)
    {
        var count = 0;
        foreach (var entry in value.EnumerateObject())
        {
            count++;
            if (count > 50 || !IsLanguage(Texts.NameOf(entry)) || entry.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Null))
            {
                return false;
            }
        }

        return count > 0;
    }

    private static bool IsLanguage(string name) =>
        name.Length is 2 || (name.Length is > 3 and <= 11 && name[2] is '-' or '_') ? char.IsAsciiLetter(name[0]) && char.IsAsciiLetter(name[1]) : false;

    private static void Flatten(JsonElement value, List<JsonElement> values)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            values.AddRange(value.EnumerateArray());
        }
        else if (value.ValueKind == JsonValueKind.Object && (Texts.TryGet(value, "@list", out var inner) || Texts.TryGet(value, "@set", out inner)))
        {
            Flatten(inner, values);
        }
        else
        {
            values.Add(value);
        }
    }
}
