using DataExchange.Simulation.Agents.Strategies;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Scenarios;

/// <summary>What a schema cannot say of groups of agents.</summary>
internal static class AgentRules
{
    // Parties that are there without them.
    private static readonly string[] Taken =
        ["assessor", "authority", "bidder", "bundler", "clearing", "firm", "maker", "objector", "pilot", "provider", "seeker", "valuer", "venue"];

    /// <summary>Adds the problems, one line each. Strategies of one's own are checked when they are there.</summary>
    public static void Check(List<string> problems, Scenario scenario)
    {
        var groups = scenario.Agents ?? [];
        var first = scenario.Venues.Min(venue => venue.Opens);
        foreach (var group in groups)
        {
            var place = $"agents[{group.Id}]";
            if (Taken.Contains(group.Id))
            {
                problems.Add($"{place}.id = \"{group.Id}\": is taken; not allowed are {string.Join(", ", Taken)}");
            }

            if (group.From < first || group.From > scenario.Until)
            {
                problems.Add($"{place}.from = {group.From:yyyy-MM-dd}: must be from the first venue's first day, {first:yyyy-MM-dd}, to until = {scenario.Until:yyyy-MM-dd}");
            }

            if (group.Until < group.From)
            {
                problems.Add($"{place}.until = {group.Until:yyyy-MM-dd}: must not be before from = {group.From:yyyy-MM-dd}");
            }

            if (group.Venue is { } only && scenario.Venues.All(venue => venue.Id != only))
            {
                problems.Add($"{place}.venue = \"{only}\": must be one of {string.Join(", ", scenario.Venues.Select(venue => venue.Id))}");
            }
        }

        foreach (var twice in groups.GroupBy(group => group.Id).Where(same => same.Count() > 1))
        {
            problems.Add($"agents: two groups have the id {twice.Key}");
        }

        problems.AddRange(StrategyCatalogue.BuiltIn.Problems(scenario, withOwn: false));
    }
}
