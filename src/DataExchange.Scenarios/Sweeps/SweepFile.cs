using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NJsonSchema;

namespace DataExchange.Scenarios.Sweeps;

/// <summary>How the points of a sweep are chosen.</summary>
public enum SweepDesignKind
{
    /// <summary>Every combination of values.</summary>
    Grid,

    /// <summary>A Latin hypercube.</summary>
    LatinHypercube,

    /// <summary>Points of Sobol's sequence.</summary>
    Sobol,

    /// <summary>Saltelli's design for sensitivity indices.</summary>
    Saltelli,
}

/// <summary>How the points of a sweep are chosen.</summary>
/// <param name="Kind">The kind of design.</param>
public sealed record SweepDesign(SweepDesignKind Kind)
{
    /// <summary>How many points, base points of Saltelli's; null of a grid.</summary>
    public int? Points { get; init; }

    /// <summary>Seed of the design.</summary>
    public ulong? Seed { get; init; }
}

/// <summary>A sweep file: many runs of one scenario with other settings and seeds.</summary>
/// <param name="FormatVersion">Of the file, 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Scenario">A built-in scenario or a path from the folder of the file.</param>
/// <param name="Scale">The size of all runs.</param>
/// <param name="Design">How the points are chosen.</param>
/// <param name="Parameters">What is changed.</param>
public sealed record SweepFile(int FormatVersion, string Name, string Scenario, double Scale, SweepDesign Design, IReadOnlyList<SweepParameter> Parameters)
{
    /// <summary>Most runs of a sweep.</summary>
    public const int MostRuns = 1_000_000;

    private const string Resource = "DataExchange.Scenarios.Sweeps.sweep.schema.json";
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(SchemaText).GetAwaiter().GetResult());

    /// <summary>The JSON Schema of sweep files.</summary>
    public static string SchemaText
    {
        get
        {
            using var reader = new StreamReader(typeof(SweepFile).Assembly.GetManifestResourceStream(Resource)!);
            return reader.ReadToEnd();
        }
    }

    // What a file does not have is null to the generated reader.

    /// <summary>Settings of all runs.</summary>
    public IReadOnlyList<string> Set { get; init => field = value ?? []; } = [];

    /// <summary>Seeds of the runs.</summary>
    public IReadOnlyList<ulong> Seeds { get; init => field = value ?? []; } = [];

    /// <summary>How many seeds, where they are not listed.</summary>
    public int? SeedCount { get; init; }

    /// <summary>The first of them.</summary>
    public ulong? FirstSeed { get; init; }

    /// <summary>SHA-256 of the file's text, hexadecimal.</summary>
    [JsonIgnore]
    public string Sha256 { get; init; } = "";

    /// <summary>The file's text.</summary>
    [JsonIgnore]
    public string Text { get; init; } = "";

    /// <summary>Reads a sweep file's text and checks it but for the scenario.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="origin">Where it came from, for messages.</param>
    /// <param name="mostSobol">Most dimensions of Sobol's sequence.</param>
    /// <exception cref="ScenarioException">It is no JSON, or says what is not allowed; the message names field, value and what is allowed.</exception>
    public static SweepFile Parse(string text, string origin, int mostSobol)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            ThrowIfAny([.. ScenarioSchema.Against(Schema.Value, document.RootElement).Distinct().Order(StringComparer.Ordinal)]);
            var file = document.RootElement.Deserialize(SweepJson.Default.SweepFile)!;
            ThrowIfAny([.. file.Rules(mostSobol)]);
            return file with
            {
                Text = text,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
                Seeds = file.SeedCount is { } count ? [.. Enumerable.Range(0, count).Select(i => (file.FirstSeed ?? 1) + (ulong)i)] : file.Seeds,
            };
        }
        catch (JsonException failure)
        {
            var place = failure is { LineNumber: { } line, BytePositionInLine: { } column }
                ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, column {column + 1}") : failure.Path ?? "$";
            throw ScenarioException.Of($"sweep {origin} is not valid JSON: {place}: {failure.Message.Split(". ", 2)[0]}");
        }

        void ThrowIfAny(IReadOnlyList<string> problems)
        {
            if (problems.Count > 0)
            {
                throw new ScenarioException($"sweep {origin}: {string.Join("; ", problems.Take(5))}", problems);
            }
        }
    }

    private IEnumerable<string> Rules(int mostSobol)
    {
        if (SeedCount is null == (Seeds.Count == 0))
        {
            yield return "seeds: either seeds or seedCount is required, and not both";
        }

        if (FirstSeed is not null && SeedCount is null)
        {
            yield return "firstSeed: is allowed with seedCount only";
        }

        if (Seeds.Append(FirstSeed ?? 0).Any(seed => seed > (ulong)long.MaxValue - 100_000))
        {
            yield return $"seeds: must be at most {(ulong)long.MaxValue - 100_000}";
        }

        if (Seeds.Distinct().Count() != Seeds.Count)
        {
            yield return "seeds: one is there twice";
        }

        if (Design.Kind == SweepDesignKind.Grid != Design.Points is null)
        {
            yield return Design.Points is { } points ? $"design.points = {points}: is not allowed in a grid, which has every combination" : "design.points: is required";
        }

        if (Design is { Kind: SweepDesignKind.Saltelli, Points: { } basePoints } && (basePoints < 2 || !BitOperations.IsPow2(basePoints)))
        {
            yield return $"design.points = {basePoints}: must be a power of two, 2 or more, in Saltelli's design";
        }

        var most = Design.Kind switch { SweepDesignKind.Sobol => mostSobol, SweepDesignKind.Saltelli => mostSobol / 2, _ => int.MaxValue };
        if (Parameters.Count > most)
        {
            yield return $"parameters: {Parameters.Count} are too many, at most {most} are allowed in this design";
        }

        for (var i = 0; i < Parameters.Count; i++)
        {
            foreach (var problem in Problems(Parameters[i]))
            {
                yield return $"parameters[{i}] {Parameters[i].Path}: {problem}";
            }

            if (Parameters.Take(i).Any(other => other.Path == Parameters[i].Path))
            {
                yield return $"parameters[{i}] {Parameters[i].Path}: is there twice";
            }
        }

        if (Runs > MostRuns)
        {
            yield return $"design: {Runs.ToString("N0", CultureInfo.InvariantCulture)} runs are too many, at most {MostRuns.ToString("N0", CultureInfo.InvariantCulture)} are allowed";
        }
    }

    private double Runs => (SeedCount ?? Seeds.Count) * Design.Kind switch
    {
        SweepDesignKind.Grid => Parameters.Aggregate(1.0, (all, parameter) => all * (parameter.Levels ?? 1)),
        SweepDesignKind.Saltelli => (double)(Design.Points ?? 0) * (Parameters.Count + 2),
        _ => (double)(Design.Points ?? 0),
    };

    private IEnumerable<string> Problems(SweepParameter parameter)
    {
        if (parameter.Values is not null)
        {
            if (parameter is not { From: null, To: null, Steps: null, Integer: false })
            {
                yield return "values do not go with from, to, steps, integer";
            }

            if (parameter.Values.Any(value => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null))
            {
                yield return "values must be numbers, texts, true or false";
            }
        }
        else if (parameter is not { From: { } from, To: { } to })
        {
            yield return "either values or from and to are required";
        }
        else if (from >= to)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"to = {to} must be above from = {from}");
        }
        else if (parameter.Integer && (from != Math.Floor(from) || to != Math.Floor(to)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"from = {from} and to = {to} must be whole, as integer is true");
        }
        else if (parameter.Levels is null && Design.Kind == SweepDesignKind.Grid)
        {
            yield return "steps is required in a grid";
        }
    }
}

/// <summary>How sweep files are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SweepFile))]
internal sealed partial class SweepJson : JsonSerializerContext;
