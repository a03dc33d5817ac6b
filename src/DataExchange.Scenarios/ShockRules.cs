using DataExchange.Simulation.Scenarios;

namespace DataExchange.Scenarios;

/// <summary>What each kind of shock needs and may have, beyond the schema.</summary>
internal static class ShockRules
{
    private static readonly (string Name, Func<ShockSettings, object?> Get)[] Members =
    [
        ("until", shock => shock.Until), ("set", shock => shock.Set), ("venue", shock => shock.Venue), ("category", shock => shock.Category),
        ("channel", shock => shock.Channel), ("factor", shock => shock.Factor), ("products", shock => shock.Products), ("days", shock => shock.Days),
        ("price", shock => shock.Price), ("share", shock => shock.Share), ("mostYuan", shock => shock.MostYuan), ("budgetYuan", shock => shock.BudgetYuan),
        ("recognitions", shock => shock.Recognitions), ("effect", shock => shock.Effect),
    ];

    // Besides id, kind and at.
    private static readonly Dictionary<ShockKind, (string[] Needs, string[] May)> Kinds = new()
    {
        [ShockKind.Policy] = (["set"], ["until"]),
        [ShockKind.Outage] = (["venue", "until"], []),
        [ShockKind.Demand] = (["factor"], ["until", "channel"]),
        [ShockKind.Entrant] = (["products", "days", "price"], ["venue", "category"]),
        [ShockKind.Breach] = (["category", "products"], ["share", "days", "factor", "until"]),
        [ShockKind.Subsidy] = (["share", "mostYuan", "budgetYuan"], ["until"]),
        [ShockKind.Gazelle] = (["until", "recognitions", "budgetYuan", "factor"], []),
        [ShockKind.Commissioner] = (["share", "effect"], ["until"]),
    };

    /// <summary>Adds the problems, one line each.</summary>
    public static void Check(List<string> problems, Scenario scenario)
    {
        for (var i = 0; i < scenario.Shocks.Count; i++)
        {
            Check(problems, scenario, scenario.Shocks[i], $"shocks[{i}]");
        }

        foreach (var twice in scenario.Shocks.GroupBy(shock => shock.Id).Where(group => group.Count() > 1))
        {
            problems.Add($"shocks: two have the id \"{twice.Key}\"");
        }
    }

    private static void Check(List<string> problems, Scenario scenario, ShockSettings shock, string path)
    {
        var kind = shock.Kind.ToString().ToLowerInvariant();
        var (needs, may) = Kinds[shock.Kind];
        foreach (var (name, get) in Members)
        {
            if (get(shock) is null && needs.Contains(name))
            {
                problems.Add($"{path}.{name}: is required for the kind {kind}");
            }
            else if (get(shock) is not null && !needs.Contains(name) && !may.Contains(name))
            {
                problems.Add($"{path}.{name}: is not known for the kind {kind}; known are {string.Join(", ", (string[])["id", "kind", "at", .. needs, .. may])}");
            }
        }

        var first = scenario.Venues.Min(venue => venue.Opens);
        if (shock.At <= first || shock.At > scenario.Until)
        {
            problems.Add($"{path}.at = {shock.At:yyyy-MM-dd}: must be after the first venue's first day, {first:yyyy-MM-dd}, and not after until = {scenario.Until:yyyy-MM-dd}");
        }

        if (shock.Until < shock.At)
        {
            problems.Add($"{path}.until = {shock.Until:yyyy-MM-dd}: must not be before at = {shock.At:yyyy-MM-dd}");
        }

        if (shock.Venue is { } venue && scenario.Venues.All(known => known.Id != venue))
        {
            problems.Add($"{path}.venue = \"{venue}\": must be one of {string.Join(", ", scenario.Venues.Select(known => known.Id))}");
        }

        if (shock.Category is { } category && !scenario.Supply.Categories.ContainsKey(category))
        {
            problems.Add($"{path}.category = \"{category}\": must be one of {string.Join(", ", scenario.Supply.Categories.Keys)}");
        }

        foreach (var setting in (shock.Set ?? new Dictionary<string, System.Text.Json.JsonElement>()).Keys.Where(setting => !PolicyChange.IsLive(setting)))
        {
            problems.Add($"{path}.set: {setting} cannot be another from a day on; {PolicyChange.Allowed}");
        }
    }
}
