using System.Text.Json;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Scenarios;

/// <summary>Makes of a scenario's policies the settings as they are from day to day.</summary>
internal static class ScenarioEras
{
    /// <summary>The eras in order of days; none without policies.</summary>
    /// <param name="scenario">The scenario, checked.</param>
    /// <param name="text">Its JSON.</param>
    /// <param name="read">Reads and checks a text as a scenario, so that what a policy makes of it is checked like a file.</param>
    /// <exception cref="ScenarioException">A policy names no place, or what comes out is not allowed.</exception>
    public static IReadOnlyList<SettingsEra> Of(Scenario scenario, string text, Func<string, string, Scenario> read)
    {
        ShockSettings[] policies = [.. scenario.Shocks.Where(shock => shock.Kind == ShockKind.Policy)];
        var days = policies.Select(policy => policy.At).Concat(policies.Where(policy => policy.Until < scenario.Until).Select(policy => policy.Until!.Value.AddDays(1)));
        var eras = new List<SettingsEra>();
        foreach (var day in days.Distinct().Order())
        {
            var active = policies.Where(policy => policy.IsOn(day)).ToArray();
            string[] settings = [.. active.OrderBy(policy => policy.At).SelectMany(policy => policy.Set!.Select(setting => $"{setting.Key}={TextOf(setting.Value)}"))];
            eras.Add(new SettingsEra(day, read(ScenarioOverrides.Apply(text, settings), $"as of {day:yyyy-MM-dd} ({string.Join(", ", active.Select(policy => policy.Id))})")));
        }

        return eras;
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
