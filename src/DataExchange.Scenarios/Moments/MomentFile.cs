using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Simulation.Scenarios;
using NJsonSchema;

namespace DataExchange.Scenarios.Moments;

/// <summary>Where a standard error comes from.</summary>
public enum ErrorSource
{
    /// <summary>From the size of the sample that was measured.</summary>
    Counted,

    /// <summary>A quarter of a published range: the range is read as two standard errors to both sides.</summary>
    Range,

    /// <summary>Assumed.</summary>
    Assumed,
}

/// <summary>A published or measured figure that a run is held against.</summary>
/// <param name="Figure">Which figure of a run.</param>
/// <param name="Label">What it is.</param>
/// <param name="Unit"><c>count</c>, <c>yuan</c>, <c>share</c> or <c>index</c>.</param>
/// <param name="Target">Its value.</param>
/// <param name="Provenance">Where the value comes from.</param>
public sealed record PublishedMoment(string Figure, Bilingual Label, string Unit, double Target, Provenance Provenance)
{
    /// <summary>How far it may be off, above 0; null for the model's own spread.</summary>
    public double? StandardError { get; init; }

    /// <summary>Where that comes from; null without one.</summary>
    public ErrorSource? ErrorFrom { get; init; }

    /// <summary>Where it was published or measured; null for what is assumed.</summary>
    public string? Source { get; init; }

    /// <summary>Whether it grows with the scale of the run.</summary>
    public bool Scales { get; init; }
}

/// <summary>A setting that is estimated.</summary>
/// <param name="Path">The setting, as <see cref="ScenarioOverrides"/> takes it.</param>
/// <param name="From">The least value.</param>
/// <param name="To">The largest value.</param>
/// <param name="Start">Where the search begins; null for the scenario's value.</param>
public sealed record EstimatedSetting(string Path, double From, double To, double? Start = null);

/// <summary>A file of moments: what a scenario is calibrated to, and which settings are estimated.</summary>
/// <param name="FormatVersion">Of the file, 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Moments">The moments.</param>
public sealed record MomentFile(int FormatVersion, string Name, IReadOnlyList<PublishedMoment> Moments)
{
    /// <summary>Most settings that are estimated at a time.</summary>
    public const int MostSettings = 40;

    private const string Folder = "DataExchange.Scenarios.Moments.";
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(SchemaText).GetAwaiter().GetResult());

    /// <summary>The JSON Schema of such files.</summary>
    public static string SchemaText => Resource("moments.schema.json");

    /// <summary>The built-in file: published and measured figures of data exchanges, and assumed settings of <c>hangzhou-2025</c> that they can say something about.</summary>
    public static string BuiltInText => Resource("data-exchanges.json");

    /// <summary>The settings that are estimated where the command names none.</summary>
    public IReadOnlyList<EstimatedSetting> Parameters { get; init => field = value ?? []; } = [];

    /// <summary>Weights of the deviations, by rows; null for the inverse of their variances.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Weights { get; init; }

    /// <summary>SHA-256 of the file's text, hexadecimal.</summary>
    [JsonIgnore]
    public string Sha256 { get; init; } = "";

    /// <summary>The file's text.</summary>
    [JsonIgnore]
    public string Text { get; init; } = "";

    /// <summary>Reads a file's text and checks it but for the settings, which a scenario must take.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="origin">Where it came from, for messages.</param>
    /// <param name="figures">The figures that a run has.</param>
    /// <exception cref="ScenarioException">It is no JSON, or says what is not allowed; the message names field, value and what is allowed.</exception>
    public static MomentFile Parse(string text, string origin, IReadOnlyCollection<string> figures)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(figures);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            ThrowIfAny([.. ScenarioSchema.Against(Schema.Value, document.RootElement).Distinct().Order(StringComparer.Ordinal)]);
            var file = document.RootElement.Deserialize(MomentJson.Default.MomentFile)!;
            ThrowIfAny([.. file.Rules(figures)]);
            return file with { Text = text, Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) };
        }
        catch (JsonException failure)
        {
            var place = failure is { LineNumber: { } line, BytePositionInLine: { } column }
                ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, column {column + 1}") : failure.Path ?? "$";
            throw ScenarioException.Of($"moments {origin} is not valid JSON: {place}: {failure.Message.Split(". ", 2)[0]}");
        }

        void ThrowIfAny(IReadOnlyList<string> problems)
        {
            if (problems.Count > 0)
            {
                throw new ScenarioException($"moments {origin}: {string.Join("; ", problems.Take(5))}", problems);
            }
        }
    }

    private IEnumerable<string> Rules(IReadOnlyCollection<string> figures)
    {
        for (var i = 0; i < Moments.Count; i++)
        {
            var moment = Moments[i];
            if (!figures.Contains(moment.Figure))
            {
                yield return $"moments[{i}].figure = \"{moment.Figure}\": must be one of {string.Join(", ", figures)}";
            }

            if (Moments.Take(i).Any(other => other.Figure == moment.Figure))
            {
                yield return $"moments[{i}].figure = \"{moment.Figure}\": is there twice";
            }

            if (moment.StandardError is null != moment.ErrorFrom is null)
            {
                yield return $"moments[{i}].errorFrom: {(moment.ErrorFrom is null ? "is required with standardError: counted, range or assumed" : "is allowed with standardError only")}";
            }

            if (moment.Provenance != Provenance.Assumed && moment.Source is null)
            {
                yield return $"moments[{i}].source: is required, as the provenance is {moment.Provenance.ToString().ToLowerInvariant()}";
            }
        }

        foreach (var problem in Problems(Parameters))
        {
            yield return problem;
        }

        if (Weights is { } weights && (weights.Count != Moments.Count || weights.Any(row => row.Count != Moments.Count)
            || Enumerable.Range(0, weights.Count).Any(k => Enumerable.Range(0, k).Any(l => weights[k][l] != weights[l][k]))))
        {
            yield return $"weights: must be a symmetric matrix of {Moments.Count} by {Moments.Count}, a row for each moment";
        }
    }

    /// <summary>What is wrong with settings to be estimated, before a scenario is asked.</summary>
    /// <param name="settings">The settings.</param>
    public static IEnumerable<string> Problems(IReadOnlyList<EstimatedSetting> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Count > MostSettings)
        {
            yield return $"parameters: {settings.Count} are too many, at most {MostSettings} are allowed";
        }

        for (var i = 0; i < settings.Count; i++)
        {
            var setting = settings[i];
            if (settings.Take(i).Any(other => other.Path == setting.Path))
            {
                yield return $"parameters[{i}] {setting.Path}: is there twice";
            }

            if (setting.From >= setting.To)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"parameters[{i}] {setting.Path}: to = {setting.To} must be above from = {setting.From}");
            }
            else if (setting.Start < setting.From || setting.Start > setting.To)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"parameters[{i}] {setting.Path}: start = {setting.Start} must be from {setting.From} to {setting.To}");
            }
        }
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(MomentFile).Assembly.GetManifestResourceStream(Folder + name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>How such files are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(MomentFile))]
internal sealed partial class MomentJson : JsonSerializerContext;
