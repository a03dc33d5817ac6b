using System.Text.Json;

namespace DataExchange.Catalogue.Reading;

/// <summary>Reads texts that may not be readable.</summary>
internal static class Texts
{
    /// <summary>A string's value; null when it is none that UTF-16 can hold (half of a surrogate pair).</summary>
    internal static string? Of(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A member's name; empty when it cannot be read.</summary>
    internal static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>A member by its name; the last one when several have it. The element's own way throws on names that cannot be read.</summary>
    internal static bool TryGet(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        var found = false;
        foreach (var member in element.EnumerateObject())
        {
            if (NameOf(member) == name)
            {
                (value, found) = (member.Value, true);
            }
        }

        return found;
    }

    /// <summary>A scalar as text; null for what is no scalar, or null.</summary>
    internal static string? OfScalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Of(value),
        JsonValueKind.Number => value.GetRawText() is { Length: <= 100 } digits ? digits : null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
