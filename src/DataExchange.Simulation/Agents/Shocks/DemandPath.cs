using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents.Shocks;

/// <summary>How much demand there is in a channel from day to day, in shares of what it is at the beginning: what policies and shocks make of it.</summary>
public sealed class DemandPath
{
    private readonly List<(DateOnly From, double Factor)> _steps = [];

    private DemandPath()
    {
    }

    /// <summary>From which day on which factor counts, before the first of them 1.</summary>
    public IReadOnlyList<(DateOnly From, double Factor)> Steps => _steps;

    /// <summary>The largest factor, 1 or more.</summary>
    public double Most => _steps.Aggregate(1.0, (most, step) => Math.Max(most, step.Factor));

    /// <summary>Visits to the shelf.</summary>
    public static DemandPath OfShelf(Scenario scenario) => Of(scenario, "shelf", demand => demand.Level.Value * demand.Shelf.Level.Value);

    /// <summary>Negotiations of contracts.</summary>
    public static DemandPath OfContracts(Scenario scenario) => Of(scenario, "contracts", demand => demand.Level.Value * demand.Contracts.Level.Value);

    /// <summary>The factor on a day.</summary>
    public double On(DateOnly day)
    {
        var factor = 1.0;
        foreach (var step in _steps)
        {
            if (step.From > day)
            {
                break;
            }

            factor = step.Factor;
        }

        return factor;
    }

    private static DemandPath Of(Scenario scenario, string channel, Func<DemandSettings, double> levelOf)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var path = new DemandPath();
        ShockSettings[] shocks = [.. scenario.Shocks.Where(shock => shock.Kind == ShockKind.Demand && (shock.Channel is null || shock.Channel == channel))];
        var level = levelOf(scenario.Demand);
        var days = scenario.Eras.Select(era => era.From)
            .Concat(shocks.Select(shock => shock.At))
            .Concat(shocks.Where(shock => shock.Until is not null).Select(shock => shock.Until!.Value.AddDays(1)));
        foreach (var day in days.Distinct().Order())
        {
            var now = scenario.Eras.LastOrDefault(era => era.From <= day) is { } era ? levelOf(era.Settings.Demand) : level;
            // No scenario has a level of 0.
            var factor = now / level;
            foreach (var shock in shocks.Where(shock => shock.IsOn(day)))
            {
                factor *= shock.Factor!.Value;
            }

            if (factor != (path._steps.Count == 0 ? 1 : path._steps[^1].Factor))
            {
                path._steps.Add((day, factor));
            }
        }

        return path;
    }
}
