using System.Text.Json.Serialization;
using DataExchange.Simulation.Population;

namespace DataExchange.Scenarios.Population;

/// <summary>Reads the population files strictly: an unknown, missing or null property is an error.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IndustryChainData))]
[JsonSerializable(typeof(VocabularyData))]
[JsonSerializable(typeof(CalendarData))]
internal sealed partial class PopulationJson : JsonSerializerContext;
