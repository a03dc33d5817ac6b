using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataExchange.Scenarios;

/// <summary>
/// Puts a scenario together from another one: <c>"extends"</c> names it, what stands beside replaces. Objects are merged member by member, a number with its
/// provenance and a list are replaced as a whole, <c>null</c> takes a member away, and <c>"set"</c> changes single settings by path, last of all.
/// </summary>
internal static class ScenarioComposition
{
    // A scenario over a scenario over a scenario can be followed; a longer row is more likely a mistake.
    private const int MostLevels = 8;
    private const string Extends = "extends";
    private const string SetName = "set";

    /// <summary>The whole text that a text stands for; the text itself where it extends nothing.</summary>
    /// <param name="text">A scenario's JSON.</param>
    /// <param name="origin">Where it came from, for messages.</param>
    /// <param name="folder">Folder that paths in it are relative to; null where it may name built-in scenarios only.</param>
    /// <exception cref="ScenarioException">What it extends is unknown, cannot be read, or extends itself.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static string Resolve(string text, string origin, string? folder) => Resolve(text, origin, folder, []);

    private static string Resolve(string text, string origin, string? folder, IReadOnlyList<string> above)
    {
        using (var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false }))
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(Extends, out var named))
            {
                return text;
            }

            if (named.ValueKind != JsonValueKind.String)
            {
                throw ScenarioException.Of($"scenario {origin}: {Extends} = {named.GetRawText()}: must be a text, a built-in name ({BuiltIn}) or the path of a scenario file");
            }
        }

        var own = JsonNode.Parse(text)!.AsObject();
        var (below, name, place) = BaseOf(own[Extends]!.GetValue<string>(), origin, folder);
        string[] levels = [.. above, name];
        if (above.Contains(name))
        {
            throw ScenarioException.Of($"scenario {origin}: {Extends} = \"{own[Extends]}\": goes round in a circle: {string.Join(" extends ", levels)}");
        }

        if (levels.Length > MostLevels)
        {
            throw ScenarioException.Of($"scenario {origin}: {Extends} = \"{own[Extends]}\": more than {MostLevels} scenarios one over the other");
        }

        var merged = JsonNode.Parse(Resolve(below, name, place, levels))!.AsObject();
        string[] settings = SettingsOf(own, origin);
        own.Remove(Extends);
        own.Remove(SetName);
        Merge(merged, own);
        return ScenarioOverrides.Apply(merged.ToJsonString(ScenarioOverrides.Readable), settings);
    }

    private static string BuiltIn => string.Join(", ", ScenarioCatalogue.BuiltIn);

    private static (string Text, string Name, string? Folder) BaseOf(string named, string origin, string? folder)
    {
        if (ScenarioCatalogue.BuiltIn.Contains(named))
        {
            return (ScenarioCatalogue.TextOf(named), named, null);
        }

        var path = folder is null ? null : Path.GetFullPath(Path.Combine(folder, named));
        if (path is null || !File.Exists(path))
        {
            throw ScenarioException.Of(
                $"scenario {origin}: {Extends} = \"{named}\": is neither a built-in name ({BuiltIn}) nor a file{(path is null ? "" : $" ({path})")}");
        }

        try
        {
            return (File.ReadAllText(path), path, Path.GetDirectoryName(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ScenarioException.Of($"scenario {origin}: {Extends} = \"{named}\": cannot be read: {failure.Message}");
        }
    }

    private static string[] SettingsOf(JsonObject own, string origin) => own[SetName] switch
    {
        null => [],
        JsonObject settings when settings.All(setting => setting.Value is null or JsonValue) =>
            [.. settings.Select(setting => $"{setting.Key}={setting.Value?.ToString() ?? "null"}")],
        var other => throw ScenarioException.Of($"scenario {origin}: {SetName} = {other.ToJsonString()}: must be an object of paths and single values, such as {{\"deals.disputed\": 0.1}}"),
    };

    private static void Merge(JsonObject below, JsonObject above)
    {
        foreach (var (name, value) in above.ToArray())
        {
            if (value is null)
            {
                below.Remove(name);
            }
            else if (value is JsonObject group && below[name] is JsonObject known && !IsFigure(group) && !IsFigure(known))
            {
                Merge(known, group);
            }
            else
            {
                below[name] = value.DeepClone();
            }
        }
    }

    // A number goes with its origin: half of one and half of another would say something untrue.
    private static bool IsFigure(JsonObject node) => node.ContainsKey("value");
}
