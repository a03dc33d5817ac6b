using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataExchange.Catalogue.Writing;

/// <summary>How catalogues are written as JSON: indented, line feeds, Chinese as it is.</summary>
internal static class JsonFile
{
    private const int FlushAt = 1 << 16;

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static Utf8JsonWriter Begin(Stream output) => new(output, Options);

    // What is written leaves the memory: a catalogue may be as long as it likes.
    internal static void FlushWhenFull(this Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushAt)
        {
            json.Flush();
        }
    }

    internal static void End(Utf8JsonWriter json, Stream output)
    {
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    internal static void WriteLabel(this Utf8JsonWriter json, string property, Label label)
    {
        json.WriteStartArray(property);
        WriteTagged(json, "zh", label.Zh);
        WriteTagged(json, "en", label.En);
        json.WriteEndArray();
    }

    internal static void WriteReference(this Utf8JsonWriter json, string property, string iri)
    {
        json.WriteStartObject(property);
        json.WriteString("@id", iri);
        json.WriteEndObject();
    }

    private static void WriteTagged(Utf8JsonWriter json, string language, string text)
    {
        json.WriteStartObject();
        json.WriteString("@language", language);
        json.WriteString("@value", text);
        json.WriteEndObject();
    }
}
