using System.Text.Json.Nodes;

namespace DataExchange.Gateway.Description;

/// <summary>
/// What the description shows: of each command one that a simulated market gave and that was admitted, with its answer; one refusal; what types and
/// fields mean. The tests make them, from the market itself and from the documentation in the code.
/// </summary>
internal static class Examples
{
    private static readonly Lazy<JsonObject> All = new(() => Read("examples.json"));
    private static readonly Lazy<JsonObject> Meanings = new(() => Read("meanings.json"));

    /// <summary>The meaning of a type that is in the body of a command, or of one of its fields; null where it has no words.</summary>
    internal static string? MeaningOf(Type type, string? field) => (string?)Meanings.Value[field is null ? type.Name : $"{type.Name}.{field}"];

    /// <summary>A refusal as a problem.</summary>
    internal static JsonObject Refused => All.Value["refused"]!.DeepClone().AsObject();

    /// <summary>The body of a command; null where there is none.</summary>
    internal static JsonObject? RequestOf(string command) => All.Value["commands"]![command]?["request"]?.DeepClone().AsObject();

    /// <summary>What it was answered; null where there is none.</summary>
    internal static JsonObject? AnswerOf(string command) => All.Value["commands"]![command]?["answer"]?.DeepClone().AsObject();

    private static JsonObject Read(string name)
    {
        using var file = typeof(Examples).Assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(file)!.AsObject();
    }
}
