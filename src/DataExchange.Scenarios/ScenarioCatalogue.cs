using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Scenarios;

/// <summary>A scenario as loaded.</summary>
/// <param name="Scenario">What it says.</param>
/// <param name="Hash">SHA-256 of its text, hexadecimal: two files of one name are told apart by it.</param>
/// <param name="Origin">Where it came from: <c>built-in</c> or the file's path.</param>
/// <param name="Text">Its JSON.</param>
public sealed record LoadedScenario(Scenario Scenario, string Hash, string Origin, string Text);

/// <summary>Finds scenarios by built-in name or by path, and checks them against the schema.</summary>
public static class ScenarioCatalogue
{
    private const string Folder = "DataExchange.Scenarios.Scenarios.";
    private const string SchemaFile = "scenario.schema.json";

    /// <summary>Names of the built-in scenarios.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } =
        [.. typeof(ScenarioCatalogue).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && !name.EndsWith(SchemaFile, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^".json".Length])
            .Order(StringComparer.Ordinal)];

    /// <summary>The text of a built-in scenario.</summary>
    /// <exception cref="ScenarioException">There is none of that name.</exception>
    public static string TextOf(string name) => BuiltIn.Contains(name)
        ? Resource(name + ".json")
        : throw ScenarioException.Of($"there is no built-in scenario '{name}'; there are: {string.Join(", ", BuiltIn)}");

    /// <summary>The JSON Schema of scenario files.</summary>
    public static string SchemaText => Resource(SchemaFile);

    /// <summary>Loads a scenario.</summary>
    /// <param name="nameOrPath">A built-in name, or the path of a JSON file.</param>
    /// <exception cref="ScenarioException">It is unknown, cannot be read, is no JSON, or says what is not allowed.</exception>
    public static LoadedScenario Load(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (BuiltIn.Contains(nameOrPath))
        {
            return Parse(TextOf(nameOrPath), "built-in");
        }

        if (!File.Exists(nameOrPath))
        {
            throw ScenarioException.Of(
                $"scenario '{nameOrPath}' is neither a built-in name ({string.Join(", ", BuiltIn)}) nor an existing file");
        }

        try
        {
            var path = Path.GetFullPath(nameOrPath);
            return Parse(File.ReadAllText(nameOrPath), path, Path.GetDirectoryName(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ScenarioException.Of($"scenario file '{nameOrPath}' cannot be read: {failure.Message}");
        }
    }

    /// <summary>Loads a scenario and changes single settings of it.</summary>
    /// <param name="nameOrPath">A built-in name, or the path of a JSON file.</param>
    /// <param name="settings">What <see cref="ScenarioOverrides.Apply"/> takes; with none the scenario is as it is.</param>
    /// <exception cref="ScenarioException">It cannot be loaded, a setting names no place, or what comes out says what is not allowed.</exception>
    public static LoadedScenario Load(string nameOrPath, IReadOnlyList<string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var loaded = Load(nameOrPath);
        return settings.Count == 0 ? loaded : Parse(ScenarioOverrides.Apply(loaded.Text, settings), $"{loaded.Origin} with {string.Join(" ", settings)}");
    }

    /// <summary>Reads and checks a scenario's text.</summary>
    /// <param name="text">JSON; one that extends another scenario is put together first, and the whole is what is loaded and hashed.</param>
    /// <param name="origin">Where it came from, for messages.</param>
    /// <param name="folder">Folder that the paths in it are relative to; null where it may extend built-in scenarios only.</param>
    /// <exception cref="ScenarioException">It is no JSON, or says what is not allowed.</exception>
    public static LoadedScenario Parse(string text, string origin, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            text = ScenarioComposition.Resolve(text, origin, folder);
            var scenario = Read(text, origin);
            scenario = scenario with { Eras = ScenarioEras.Of(scenario, text, (changed, when) => Read(changed, $"{origin} {when}")) };
            return new LoadedScenario(scenario, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), origin, text);
        }
        catch (JsonException failure)
        {
            var place = failure is { LineNumber: { } line, BytePositionInLine: { } column }
                ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, column {column + 1}")
                : failure.Path ?? "$";
            throw ScenarioException.Of($"scenario {origin} is not valid JSON: {place}: {FirstSentence(failure.Message)}");
        }
    }

    private static Scenario Read(string text, string origin)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        ThrowIfAny(origin, ScenarioSchema.Check(document.RootElement));
        var scenario = document.RootElement.Deserialize(ScenarioJson.Default.Scenario)!;
        ThrowIfAny(origin, ScenarioRules.Check(scenario));
        return scenario;
    }

    private static void ThrowIfAny(string origin, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new ScenarioException($"scenario {origin}: {string.Join("; ", problems.Take(5))}", problems);
        }
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static string Resource(string name)
    {
        using var stream = typeof(ScenarioCatalogue).Assembly.GetManifestResourceStream(Folder + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
