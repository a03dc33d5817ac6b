using System.Text.Json;

namespace DataExchange.Policies;

/// <summary>The properties of an object by their ODRL names, however they are written.</summary>
internal sealed class JsonFields
{
    private static readonly Dictionary<string, string> Unsupported = new()
    {
        ["inheritFrom"] = "policies that inherit from others",
        ["consequence"] = "consequences of duties",
        ["remedy"] = "remedies of prohibitions",
        ["failure"] = "failures",
        ["and"] = "logical constraints",
        ["or"] = "logical constraints",
        ["xone"] = "logical constraints",
        ["andSequence"] = "logical constraints",
        ["rightOperandReference"] = "right operands that must be fetched",
    };

    private readonly Dictionary<string, JsonElement> _fields;

    private JsonFields(string place, Dictionary<string, JsonElement> fields) => (Place, _fields) = (place, fields);

    /// <summary>Where the object stands.</summary>
    internal string Place { get; }

    /// <summary>Reads an object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="allowed">Names that it may have.</param>
    internal static JsonFields Of(JsonElement json, string place, params string[] allowed)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new PolicyFormatException(place, $"'{Shown(json)}' is no object");
        }

        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            var name = property.Name switch { "@id" => "uid", "@type" => "type", _ => NameOf(property.Name) };
            if (Unsupported.TryGetValue(name, out var what))
            {
                throw new PolicyFormatException(At(place, name), $"{what} cannot be evaluated");
            }

            if (!allowed.Contains(name))
            {
                if (name.Contains(':', StringComparison.Ordinal))
                {
                    continue;
                }

                throw new PolicyFormatException(At(place, name), $"there is no such property here: allowed are {string.Join(", ", allowed)}");
            }

            if (!fields.TryAdd(name, property.Value))
            {
                throw new PolicyFormatException(At(place, name), "it stands there twice");
            }
        }

        return new JsonFields(place, fields);
    }

    /// <summary>A property; null when it is not there.</summary>
    internal JsonElement? Get(string name) => _fields.TryGetValue(name, out var value) ? value : null;

    /// <summary>A property that is one name of ODRL or the profile, without the prefix of ODRL; null when it is not there.</summary>
    internal string? Name(string name) => Get(name) is { } value ? NameOf(TextOf(value, At(name))) : null;

    /// <summary>A property that is one IRI, by itself or as an object of nothing else; null when it is not there.</summary>
    internal string? Iri(string name) => Get(name) is { } value ? IriOf(value, At(name)) : null;

    /// <summary>The place of a property.</summary>
    internal string At(string name) => At(Place, name);

    /// <summary>One item or the items of a list.</summary>
    internal static IEnumerable<JsonElement> Items(JsonElement? json) => json switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { } one => [one],
    };

    /// <summary>An IRI, by itself or as an object of nothing else.</summary>
    internal static string IriOf(JsonElement json, string place)
    {
        var single = Items(json).ToArray();
        if (single.Length != 1)
        {
            throw new PolicyFormatException(place, $"{single.Length} values: exactly one is evaluated");
        }

        var text = single[0].ValueKind == JsonValueKind.Object
            ? Of(single[0], place, "uid", "type").Get("uid") is { } uid ? TextOf(uid, place) : ""
            : TextOf(single[0], place);
        text = text.StartsWith(Vocabulary.HandleIri, StringComparison.Ordinal) ? Vocabulary.HandlePrefix + text[Vocabulary.HandleIri.Length..] : text;
        return text.Contains(':', StringComparison.Ordinal) ? text : throw new PolicyFormatException(place, $"'{text}' is no IRI");
    }

    /// <summary>A name without the prefix or namespace of ODRL, and with the prefix of the profile.</summary>
    internal static string NameOf(string text) =>
        text.StartsWith(Vocabulary.Odrl, StringComparison.Ordinal) ? text[Vocabulary.Odrl.Length..]
        : text.StartsWith("odrl:", StringComparison.Ordinal) ? text["odrl:".Length..]
        : text.StartsWith(Vocabulary.Profile, StringComparison.Ordinal) ? Vocabulary.ProfilePrefix + text[Vocabulary.Profile.Length..]
        : text;

    /// <summary>A text.</summary>
    internal static string TextOf(JsonElement json, string place) => json.ValueKind == JsonValueKind.String
        ? json.GetString()!
        : throw new PolicyFormatException(place, $"'{Shown(json)}' is no text");

    /// <summary>A part of the document for a message.</summary>
    internal static string Shown(JsonElement json)
    {
        var text = json.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "…";
    }

    private static string At(string place, string name) => place == "policy" ? name : $"{place}.{name}";
}
