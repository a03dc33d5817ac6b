using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExchange.Client;

/// <summary>How the gateway writes and reads.</summary>
internal static class ClientJson
{
    internal static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false), new TimeConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    // The exchange knows China Standard Time, to the second.
    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToOffset(Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
    }
}
