using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataExchange.Scenarios;

/// <summary>Makes of a scenario one that is the same up to a day, and other from then on.</summary>
public static class ScenarioFork
{
    /// <summary>The text of the fork; the same text where nothing is to be other.</summary>
    /// <param name="text">The scenario's JSON, whole.</param>
    /// <param name="at">First day on which something may be other.</param>
    /// <param name="settings">Settings from that day on, PATH=VALUE each.</param>
    /// <param name="shocks">Further shocks, an object or a list of them as JSON; none may begin before the day.</param>
    /// <exception cref="ScenarioException">A setting is no PATH=VALUE, or a shock begins earlier or is none.</exception>
    public static string Of(string text, DateOnly at, IReadOnlyList<string> settings, IReadOnlyList<string> shocks)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(shocks);
        if (settings.Count == 0 && shocks.Count == 0)
        {
            return text;
        }

        var root = JsonNode.Parse(text)!.AsObject();
        if (root["shocks"] is not JsonArray all)
        {
            root["shocks"] = all = [];
        }

        foreach (var shock in shocks.SelectMany(Read))
        {
            EnsureNotBefore(shock, at);
            all.Add(shock.DeepClone());
        }

        if (settings.Count > 0)
        {
            all.Add(new JsonObject { ["id"] = FreeId(all, at), ["kind"] = "policy", ["at"] = Day(at), ["set"] = SettingsOf(settings) });
        }

        return root.ToJsonString(ScenarioOverrides.Readable);
    }

    private static JsonObject SettingsOf(IReadOnlyList<string> settings)
    {
        var set = new JsonObject();
        foreach (var setting in settings)
        {
            var (path, value) = ScenarioOverrides.Split(setting);
            set[path] = ScenarioOverrides.ValueOf(value);
        }

        return set;
    }

    private static IEnumerable<JsonNode> Read(string json)
    {
        try
        {
            return JsonNode.Parse(json) switch
            {
                JsonArray list when list.All(item => item is JsonObject) => list.Select(item => item!),
                JsonObject one => [one],
                _ => throw ScenarioException.Of($"--shock '{Shown(json)}' is not allowed: a shock or a list of them, as docs/scenario.md has them"),
            };
        }
        catch (JsonException wrong)
        {
            throw ScenarioException.Of($"--shock '{Shown(json)}' is no JSON: {wrong.Message}");
        }
    }

    private static string Shown(string json) => json.Length <= 80 ? json : json[..77] + "...";

    private static void EnsureNotBefore(JsonNode shock, DateOnly at)
    {
        if (shock["at"] is JsonValue value && value.TryGetValue<string>(out var day)
            && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begins) && begins < at)
        {
            throw ScenarioException.Of($"--shock {shock["id"]?.ToString() ?? "without an id"}: at = {day} is not allowed: not before --at, {Day(at)}, as the past is that of the store");
        }
    }

    private static string FreeId(JsonArray shocks, DateOnly at)
    {
        var known = shocks.Select(shock => shock?["id"]?.ToString()).ToHashSet();
        return Enumerable.Range(1, known.Count + 1).Select(number => $"fork-{Day(at)}{(number == 1 ? "" : $"-{number}")}").First(id => !known.Contains(id));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
