using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.Services;

/// <summary>
/// Writes the bulk of a message as one string, Base64 of its own JSON. MassTransit reads a message's whole tree, twice, before it knows what it is; a string
/// it passes over, and the bulk is read once, by whoever it is for.
/// </summary>
/// <typeparam name="T">The bulk.</typeparam>
internal sealed class Packed<T> : JsonConverter<T>
    where T : class
{
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<T>(reader.GetBytesFromBase64(), Options) ?? throw new JsonException("A message has no content.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(JsonSerializer.SerializeToUtf8Bytes(value, Options));
}
