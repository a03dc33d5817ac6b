using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DataExchange.EventStore.Tests;

/// <summary>Two other writers of JSON, as plain as can be: RFC 8785, and the text that PostgreSQL gives of a jsonb value.</summary>
internal static class NaiveJson
{
    internal static string Canonical(string json) =>
        Write(json, "", "", (left, right) => string.CompareOrdinal(left, right));

    /// <summary>jsonb keeps keys by their length in bytes, then by their bytes, and is shown with a space after comma and colon.</summary>
    internal static string Jsonb(string json) => Write(json, " ", " ", (left, right) =>
    {
        var (a, b) = (Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
        return a.Length != b.Length ? a.Length - b.Length : a.AsSpan().SequenceCompareTo(b);
    });

    private static string Write(string json, string afterComma, string afterColon, Comparison<string> order)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);

        string Of(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    var members = element.EnumerateObject().ToList();
                    members.Sort((left, right) => order(left.Name, right.Name));
                    return "{" + string.Join("," + afterComma, members.Select(m => Quote(m.Name) + ":" + afterColon + Of(m.Value))) + "}";
                case JsonValueKind.Array:
                    return "[" + string.Join("," + afterComma, element.EnumerateArray().Select(Of)) + "]";
                case JsonValueKind.String:
                    return Quote(element.GetString()!);
                case JsonValueKind.Number:
                    return element.GetInt64().ToString(CultureInfo.InvariantCulture);
                default:
                    return element.GetRawText();
            }
        }
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var unit in text)
        {
            quoted.Append(unit switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => "\\u" + ((int)unit).ToString("x4", CultureInfo.InvariantCulture),
                _ => unit.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
