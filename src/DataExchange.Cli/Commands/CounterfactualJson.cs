using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Cli.Running.Counterfactuals;

namespace DataExchange.Cli.Commands;

/// <summary>What <c>dx fork --json</c> prints.</summary>
/// <param name="Store">Folder of the store that was forked.</param>
/// <param name="Fork">Folder of the fork.</param>
/// <param name="At">First day on which something may be other.</param>
/// <param name="ScenarioSha256">Of the fork's scenario.</param>
/// <param name="SharedEvents">So many events at the beginning are the same.</param>
/// <param name="FirstDifference">What comes then; null where nothing differs.</param>
/// <param name="PastIsShared">Whether everything before the day is the same.</param>
/// <param name="Identical">Whether all events are.</param>
/// <param name="Events">Events of the fork.</param>
/// <param name="Digest">Their digest.</param>
/// <param name="DigestOfStore">Digest of the forked run.</param>
/// <param name="Verified">Whether the fork was verified.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record ForkOutput(
    string Store, string Fork, DateOnly At, string ScenarioSha256, long SharedEvents, FirstDifference? FirstDifference, bool PastIsShared, bool Identical, long Events, string Digest,
    string DigestOfStore, bool Verified, double Seconds);

/// <summary>A figure of two markets.</summary>
/// <param name="Figure">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="A">In the first; null where there is none.</param>
/// <param name="B">In the second.</param>
internal sealed record FigureOfBoth(string Figure, string Unit, double? A, double? B);

/// <summary>How many events of a kind two stores have.</summary>
/// <param name="Type">The name they are stored under.</param>
/// <param name="A">In the first.</param>
/// <param name="B">In the second.</param>
internal sealed record ComparedType(string Type, long A, long B);

/// <summary>What <c>dx compare --json</c> prints.</summary>
/// <param name="A">The first market.</param>
/// <param name="B">The second.</param>
/// <param name="Identical">Whether both are the same: event for event, or with every seed.</param>
/// <param name="Settings">In what the scenarios differ.</param>
/// <param name="SharedEvents">Of two stores: so many events at the beginning are the same.</param>
/// <param name="FirstDifference">Of two stores: what comes then.</param>
/// <param name="Figures">Of two stores: their figures.</param>
/// <param name="Types">Of two stores: kinds of events of which they have different numbers.</param>
/// <param name="Scale">Of pairs of runs: their size.</param>
/// <param name="Paired">Of pairs of runs: how each figure differs.</param>
/// <param name="Pairs">Of pairs of runs: each of them, figures in the order of <paramref name="FigureNames"/>.</param>
/// <param name="FigureNames">Names of the pairs' figures.</param>
/// <param name="Failed">Pairs that could not be run.</param>
internal sealed record CompareOutput(
    string A, string B, bool Identical, IReadOnlyList<ScenarioDifference> Settings, long? SharedEvents, FirstDifference? FirstDifference, IReadOnlyList<FigureOfBoth>? Figures,
    IReadOnlyList<ComparedType>? Types, double? Scale, IReadOnlyList<PairedFigure>? Paired, IReadOnlyList<PairOfRuns>? Pairs, IReadOnlyList<string>? FigureNames,
    IReadOnlyList<FailedPair>? Failed);

/// <summary>How what counterfactuals come to is printed.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ForkOutput))]
[JsonSerializable(typeof(CompareOutput))]
internal sealed partial class CounterfactualJson : JsonSerializerContext
{
    /// <summary>On one line, with Chinese left as it is.</summary>
    public static CounterfactualJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
