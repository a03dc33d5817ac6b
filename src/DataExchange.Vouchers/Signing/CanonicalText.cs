using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataExchange.Vouchers.Signing;

/// <summary>
/// The canonical form of any JSON text after RFC 8785 (JCS): properties in the order of their UTF-16 units, no white space, no escape that is not
/// needed. Numbers are whole and below 2^53, as everywhere in this program; others are refused, so that their form is never in question.
/// </summary>
public static class CanonicalText
{
    private const long Largest = (1L << 53) - 1;

    // A name given twice has no one meaning (I-JSON, RFC 7493).
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads a JSON object.</summary>
    /// <param name="utf8">UTF-8, without byte order mark.</param>
    /// <exception cref="VoucherException">It is none.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new VoucherException($"it is a JSON {document.RootElement.ValueKind.ToString().ToLowerInvariant()}, not an object");
        }
        catch (JsonException wrong)
        {
            throw new VoucherException($"it is no JSON: {wrong.Message}");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair; names are read to find those given twice.
            throw new VoucherException("a name in it is no Unicode text");
        }
    }

    /// <summary>The canonical form of an object that is being made.</summary>
    /// <param name="value">The object.</param>
    public static byte[] Of(JsonObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Of(Parse(Encoding.UTF8.GetBytes(value.ToJsonString())));
    }

    /// <summary>The canonical form, UTF-8.</summary>
    /// <param name="value">Any value.</param>
    /// <exception cref="VoucherException">A number or a text in it has no canonical form.</exception>
    public static byte[] Of(JsonElement value)
    {
        var text = new StringBuilder(1_024);
        Write(text, value);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value);
                break;
            case JsonValueKind.Array:
                var separator = '[';
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(separator);
                    Write(text, item);
                    separator = ',';
                }

                text.Append(separator == '[' ? "[]" : "]");
                break;
            case JsonValueKind.String:
                WriteString(text, TextOf(value));
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var number) && number is >= -Largest and <= Largest:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            case JsonValueKind.Null:
                text.Append("null");
                break;
            default:
                throw new VoucherException($"the number {value.GetRawText()} is not allowed: whole ones from -{Largest} to {Largest}");
        }
    }

    private static void WriteObject(StringBuilder text, JsonElement value)
    {
        (string Name, JsonElement Value)[] properties;
        try
        {
            properties = [.. value.EnumerateObject().Select(property => (property.Name, property.Value))];
        }
        catch (InvalidOperationException)
        {
            throw new VoucherException("a name in it is no Unicode text");
        }

        Array.Sort(properties, (left, right) => string.CompareOrdinal(left.Name, right.Name));
        text.Append('{');
        for (var i = 0; i < properties.Length; i++)
        {
            text.Append(i == 0 ? "" : ",");
            WriteString(text, properties[i].Name);
            text.Append(':');
            Write(text, properties[i].Value);
        }

        text.Append('}');
    }

    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8.
            throw new VoucherException("a text in it is no Unicode text");
        }
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
