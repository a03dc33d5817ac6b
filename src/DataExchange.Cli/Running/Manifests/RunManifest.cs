using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Cli.Commands;

namespace DataExchange.Cli.Running.Manifests;

/// <summary>The program that made a result.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Commit">The commit that it was built from; <c>unknown</c> where the build did not know it.</param>
internal sealed record ManifestProgram(string Version, string Commit)
{
    /// <summary>This program.</summary>
    public static ManifestProgram This { get; } = new(SimulationSession.ProgramVersion, SimulationSession.ProgramCommit);
}

/// <summary>What it ran on. Results do not depend on it.</summary>
/// <param name="DotNet">Version of .NET.</param>
/// <param name="Os">Operating system.</param>
/// <param name="Architecture">Of the processor.</param>
/// <param name="PostgreSql">Version of the server; null for a run in memory.</param>
/// <param name="Marten">Version of the event store; null for a run in memory.</param>
internal sealed record ManifestRuntime(string DotNet, string Os, string Architecture, string? PostgreSql, string? Marten)
{
    /// <summary>This machine.</summary>
    /// <param name="postgreSql">Version of the server; null for a run in memory.</param>
    public static ManifestRuntime This(string? postgreSql = null) => new(
        Environment.Version.ToString(), System.Runtime.InteropServices.RuntimeInformation.OSDescription,
        System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString(), postgreSql,
        postgreSql is null ? null : typeof(Marten.DocumentStore).Assembly.GetName().Version!.ToString(3));
}

/// <summary>The scenario of a result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">SHA-256 of its text with the settings changed, hexadecimal.</param>
/// <param name="File">The file beside the manifest that has that text.</param>
/// <param name="Origin">Where it came from: <c>built-in</c> or a path.</param>
/// <param name="Settings">Settings that were changed, PATH=VALUE each; the text has them already.</param>
internal sealed record ManifestScenario(string Name, string Sha256, string File, string Origin, IReadOnlyList<string> Settings);

/// <summary>An assembly with strategies of somebody's own.</summary>
/// <param name="File">Name of the file, without folders.</param>
/// <param name="Sha256">SHA-256 of it, hexadecimal.</param>
internal sealed record ManifestAgents(string File, string Sha256);

/// <summary>Which run a folder of results is of, and how to make it again. Two runs of one command differ in <see cref="WrittenAt"/> alone.</summary>
/// <param name="Format">Of this file: 1.</param>
/// <param name="Kind">What it is of: <c>run</c>.</param>
/// <param name="Program">The program.</param>
/// <param name="Scenario">The scenario.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Scale">The size.</param>
/// <param name="Keys">The venues' keys: <c>derived</c> from scenario, seed and scale, or <c>given</c> in a folder.</param>
/// <param name="Events">Events of the run.</param>
/// <param name="Digest">Their digest.</param>
/// <param name="LogRoot">One hash for the venues' logs.</param>
/// <param name="Command">The command's words after <c>dx</c>; connections are left out.</param>
/// <param name="Runtime">What it ran on.</param>
/// <param name="WrittenAt">When this file was written, UTC.</param>
/// <param name="Agents">Assemblies with strategies of somebody's own; not given where there were none.</param>
internal sealed record RunManifest(
    int Format, string Kind, ManifestProgram Program, ManifestScenario Scenario, ulong Seed, double Scale, string Keys, long Events, string Digest, string LogRoot,
    IReadOnlyList<string> Command, ManifestRuntime Runtime, string WrittenAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ManifestAgents>? Agents = null)
{
    /// <summary>Its name in a folder of results.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Name of the scenario's file beside it.</summary>
    public const string ScenarioFile = "scenario.json";

    /// <summary>Keys made from scenario, seed and scale.</summary>
    public const string DerivedKeys = "derived";

    private const int CurrentFormat = 1;
    private const string OfRun = "run";

    /// <summary>Whether the run was signed with keys that the manifest does not know.</summary>
    [JsonIgnore]
    public bool HasGivenKeys => Keys != DerivedKeys;

    /// <summary>That of a run.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="run">What came of it.</param>
    /// <param name="at">When.</param>
    public static RunManifest Of(SimulationRequest request, SimulationResult run, DateTimeOffset at)
    {
        var scenario = run.Scenario;
        // A changed scenario says of its origin what was changed; here that stands beside it.
        var origin = request.Settings.Count == 0 ? scenario.Origin : scenario.Origin[..^(" with ".Length + string.Join(" ", request.Settings).Length)];
        return new(
            CurrentFormat, OfRun, ManifestProgram.This, new(scenario.Scenario.Name, scenario.Hash, ScenarioFile, origin, request.Settings), request.Seed, request.Scale,
            request.Keys is null ? DerivedKeys : "given", run.RunEvents ?? run.Verification.Events, run.Verification.RunDigest ?? run.Verification.Digest,
            StoredLogs.RootOf(run.Logs), request.CommandLine, ManifestRuntime.This(run.PostgresVersion), Moment(at),
            request.Agents.Count == 0 ? null : [.. request.Agents.Select(one => new ManifestAgents(one.File, one.Sha256))]);
    }

    /// <summary>What kind of results a manifest is of; null when it does not say, or is no JSON.</summary>
    /// <param name="bytes">The file's bytes.</param>
    public static string? KindOf(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads one.</summary>
    /// <param name="path">The file, or the folder that has it.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="WrongInputException">It cannot be read, or is no manifest of a run.</exception>
    public static async Task<RunManifest> ReadAsync(string path, CancellationToken cancellation)
    {
        path = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        try
        {
            var manifest = JsonSerializer.Deserialize(await InputFile.ReadAsync(path, "MANIFEST", cancellation).ConfigureAwait(false), ManifestJson.Default.RunManifest)!;
            return manifest switch
            {
                null => throw Wrong("$", "null", "an object"),
                { Format: not CurrentFormat } => throw Wrong("format", manifest.Format, $"{CurrentFormat}"),
                { Kind: not OfRun } => throw Wrong("kind", manifest.Kind, "run, sweep or calibration"),
                { Scale: not (> 0 and <= 1_000) } => throw Wrong("scale", manifest.Scale, "a number above 0, at most 1000"),
                { Seed: > long.MaxValue } => throw Wrong("seed", manifest.Seed, "a whole number from 0 to 9223372036854775807"),
                _ when manifest.Scenario.File.Length == 0 || Path.GetFileName(manifest.Scenario.File) != manifest.Scenario.File =>
                    throw Wrong("scenario.file", manifest.Scenario.File, "the name of a file beside the manifest"),
                _ => manifest,
            };
        }
        catch (JsonException wrong)
        {
            throw new WrongInputException($"MANIFEST '{path}' is no manifest of a run: {wrong.Path ?? "$"}: {wrong.Message.Split(". Path", 2)[0]}");
        }

        WrongInputException Wrong(string field, object value, string allowed) =>
            new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"MANIFEST '{path}': {field} '{value}' is not allowed: {allowed}"));
    }

    /// <summary>As it is written.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ManifestJson.Readable.RunManifest) + "\n";

    /// <summary>A moment as manifests have it: whole seconds, UTC.</summary>
    /// <param name="at">The moment.</param>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>How manifests are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RunManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    /// <summary>Indented, with Chinese left as it is.</summary>
    public static ManifestJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
