using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Scenarios;

/// <summary>How scenario files are read.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    ReadCommentHandling = JsonCommentHandling.Disallow,
    AllowTrailingCommas = false)]
[JsonSerializable(typeof(Scenario))]
[JsonSerializable(typeof(Figure))]
internal sealed partial class ScenarioJson : JsonSerializerContext;
