using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.Services;

/// <summary>A command's or fact's JSON within a message: it travels as it is, neither escaped nor read on the way.</summary>
/// <param name="utf8">One JSON value, UTF-8.</param>
[JsonConverter(typeof(Converter))]
public sealed class RawJson(ReadOnlyMemory<byte> utf8)
{
    /// <summary>The value's UTF-8 bytes.</summary>
    public ReadOnlySpan<byte> Utf8 => utf8.Span;

    /// <summary>A value given as text.</summary>
    public static RawJson Of(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <inheritdoc />
    public override string ToString() => Encoding.UTF8.GetString(utf8.Span);

    private sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonMarshal.GetRawUtf8Value(JsonElement.ParseValue(ref reader)).ToArray());

        // It comes from this program's own serializers.
        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Utf8, skipInputValidation: true);
    }
}
