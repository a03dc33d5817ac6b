using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataExchange.Gateway;

/// <summary>How answers are written.</summary>
internal static class GatewayJson
{
    /// <summary>Chinese as Chinese: answers are JSON in UTF-8, never part of a page.</summary>
    internal static JsonSerializerOptions Readable { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
