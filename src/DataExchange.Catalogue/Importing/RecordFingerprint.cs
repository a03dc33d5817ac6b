using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using DataExchange.Catalogue.Reading;

namespace DataExchange.Catalogue.Importing;

/// <summary>
/// The content fingerprint of a record: SHA-256 of all it says but its number and identifier, as JSON with lists in order. Two records that differ in nothing
/// but the identifier describe the same content.
/// </summary>
public static class RecordFingerprint
{
    private const int Length = SHA256.HashSizeInBytes * 2;

    /// <summary>Whether a text is a fingerprint: 64 hexadecimal digits in lower case.</summary>
    /// <param name="text">The text.</param>
    public static bool IsOne(string? text) => text is { Length: Length } && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    /// <summary>The fingerprint.</summary>
    /// <param name="record">The record, usable.</param>
    public static string Of(CatalogueRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, "title", [record.Title, record.TitleEn]);
            Write(json, "description", [record.Description]);
            Write(json, "publisher", [record.Publisher, record.PublisherEn]);
            Write(json, "purpose", [record.Purpose]);
            Write(json, "subjects", record.Subjects.Order(StringComparer.Ordinal));
            Write(json, "types", record.Types);
            Write(json, "access", [record.IsPublic?.ToString() ?? ""]);
            Write(json, "ways", record.Distributions.SelectMany(way => (string[])["way", way.Title, .. way.Formats, .. way.Addresses]));
            Write(json, "others", record.Others);
            var own = record.Own;
            Write(json, "own", [own.Form ?? "", own.Category ?? "", own.SubTrack ?? "", own.SecurityClass ?? "", own.UseScenario ?? ""]);
            json.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
