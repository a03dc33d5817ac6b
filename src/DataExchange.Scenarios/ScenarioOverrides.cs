using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Scenarios;

/// <summary>
/// Changes single settings of a scenario: <c>pricing.stepsShare=0.5</c>, <c>venues[hzdex].fee.tiers[0].basisPoints=100</c>. A number that is changed is
/// assumed from then on and names no source; one that the run solves for cannot be set. <c>fee.rate=0.5%</c> is short for one rate at every venue.
/// </summary>
public static class ScenarioOverrides
{
    private const int MostNamed = 12;
    private const string FeeRate = "fee.rate";
    private const int MostFeeBasisPoints = 5_000;

    /// <summary>How a changed text is written: as the built-in files are.</summary>
    internal static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The text with settings changed; the same text without any. What comes out is still to be checked, as <see cref="ScenarioCatalogue.Parse"/> does.</summary>
    /// <param name="text">The scenario's JSON.</param>
    /// <param name="settings">Path, equals sign, value each; of two with one path the later counts. An item of a list is named by its id, or by its place from 0.</param>
    /// <exception cref="ScenarioException">A setting is no PATH=VALUE, there is no such place, it is a group, or it is solved by the run.</exception>
    public static string Apply(string text, IReadOnlyList<string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return ApplyWithNotes(text, [.. settings.Select(setting => (setting, (Bilingual?)null))]);
    }

    /// <summary>The text with settings changed, each with a note that says why.</summary>
    /// <param name="text">The scenario's JSON.</param>
    /// <param name="settings">Path, equals sign, value each, and the note of a number; null for none.</param>
    /// <exception cref="ScenarioException">As of <see cref="Apply"/>.</exception>
    public static string ApplyWithNotes(string text, IReadOnlyList<(string Setting, Bilingual? Note)> settings)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Count == 0)
        {
            return text;
        }

        var root = JsonNode.Parse(text)!;
        foreach (var (setting, note) in settings)
        {
            var (path, value) = Split(setting);
            if (path == FeeRate)
            {
                SetFeeRate(root, value);
                continue;
            }

            Set(root, path.EndsWith(".value", StringComparison.Ordinal) ? path[..^".value".Length] : path, value, note);
        }

        return root.ToJsonString(Readable);
    }

    /// <summary>Path and value of a setting.</summary>
    /// <exception cref="ScenarioException">It is no PATH=VALUE.</exception>
    internal static (string Path, string Value) Split(string setting)
    {
        var equals = setting.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? (setting[..equals].Trim(), setting[(equals + 1)..].Trim())
            : throw ScenarioException.Of($"setting '{setting}' is not allowed: PATH=VALUE, such as pricing.stepsShare=0.5");
    }

    // One rate for every deal at every venue, as newspapers and papers give fees.
    private static void SetFeeRate(JsonNode root, string value)
    {
        var isPercent = value.EndsWith('%');
        if (!decimal.TryParse(isPercent ? value[..^1] : value, NumberStyles.Number, CultureInfo.InvariantCulture, out var rate)
            || (rate * (isPercent ? 100 : 10_000)) is var basisPoints && (basisPoints is < 0 or > MostFeeBasisPoints || basisPoints != decimal.Truncate(basisPoints)))
        {
            throw ScenarioException.Of($"setting '{FeeRate}' = {value}: must be a rate from 0% to 50% in whole hundredths of a percent, such as 0.5% or 0.005");
        }

        foreach (var venue in root["venues"] as JsonArray ?? [])
        {
            if (venue?["fee"] is JsonObject fee)
            {
                fee["tiers"] = new JsonArray(new JsonObject { ["fromYuan"] = Assumed(0), ["basisPoints"] = Assumed((int)basisPoints) });
            }
        }

        static JsonObject Assumed(int number) => new() { ["value"] = number, ["provenance"] = "assumed" };
    }

    private static void Set(JsonNode root, string path, string value, Bilingual? note)
    {
        var node = root;
        var (parent, key, walked) = (root, "", "");
        foreach (var step in StepsOf(path))
        {
            (parent, key) = (node, step);
            node = node switch
            {
                JsonObject properties when properties.TryGetPropertyValue(step, out var next) && next is not null => next,
                JsonArray items when Find(items, step) is { } item => item,
                _ => throw ScenarioException.Of($"setting '{path}': {(walked.Length == 0 ? "the scenario" : walked)} has no '{step}'; {Known(node)}"),
            };
            walked = node.GetPath().TrimStart('$', '.');
        }

        if (node is JsonObject figure && figure.ContainsKey("value") && figure["provenance"] is { } provenance)
        {
            if (provenance.GetValue<string>() == "calibrated")
            {
                throw ScenarioException.Of($"setting '{path}' is not allowed: the run solves it from calibration.targets; set those, or demand.level for more demand than the calibrated");
            }

            figure["value"] = ValueOf(value);
            figure["provenance"] = "assumed";
            figure.Remove("source");
            figure.Remove("note");
            if (note is not null)
            {
                figure["note"] = new JsonObject { ["zh"] = note.Zh, ["en"] = note.En };
            }
        }
        else if (node is JsonObject or JsonArray)
        {
            throw ScenarioException.Of($"setting '{path}' is not allowed: it is a group of settings; {Known(node)}");
        }
        else if (parent is JsonObject holder)
        {
            holder[key] = ValueOf(value);
        }
        else
        {
            throw ScenarioException.Of($"setting '{path}' is not allowed: it is an item of a list, and no number with a provenance");
        }
    }

    // a.b[c].d to a, b, c, d.
    private static string[] StepsOf(string path) => path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');

    private static JsonNode? Find(JsonArray items, string step) =>
        items.FirstOrDefault(item => item is JsonObject known && known["id"] is JsonValue id && id.TryGetValue<string>(out var name) && name == step)
        ?? (int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < items.Count ? items[place] : null);

    private static string Known(JsonNode node)
    {
        string[] names = node switch
        {
            JsonObject properties => [.. properties.Select(property => property.Key)],
            JsonArray items => [.. items.Select((item, place) => item is JsonObject known && known["id"] is { } id ? id.ToString() : place.ToString(CultureInfo.InvariantCulture))],
            _ => [],
        };
        return names.Length == 0 ? "it is a single value" : $"there are {string.Join(", ", names.Take(MostNamed))}{(names.Length > MostNamed ? ", …" : "")}";
    }

    /// <summary>A number, true, false or null as JSON has them; everything else is a text.</summary>
    internal static JsonValue? ValueOf(string value)
    {
        try
        {
            return JsonNode.Parse(value) is JsonValue parsed ? parsed : JsonValue.Create(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }
}
