using System.Text.Json;

namespace DataExchange.Simulation.Scenarios;

/// <summary>What kind of thing happens on a day.</summary>
public enum ShockKind
{
    /// <summary>Settings of the scenario are others from that day on.</summary>
    Policy,
    /// <summary>A venue cannot be reached.</summary>
    Outage,
    /// <summary>More or less demand.</summary>
    Demand,
    /// <summary>A new provider comes with many products.</summary>
    Entrant,
    /// <summary>Data of some products leak, and others of the category are taken off the shelf.</summary>
    Breach,
    /// <summary>A part of their first purchase is paid for firms that never bought.</summary>
    Subsidy,
    /// <summary>The district recognises gazelle firms and supports them.</summary>
    Gazelle,
    /// <summary>Each of some providers has a commissioner who sees to its applications.</summary>
    Commissioner,
}

/// <summary>
/// Something that happens on a day: a shock, or a lever of policy. Which members a kind has and needs is held by the scenario's rules; docs/scenario.md
/// has them. What it does to the market beyond these numbers is emergent.
/// </summary>
public sealed record ShockSettings
{
    /// <summary>Readable id, once in a scenario.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of thing happens.</summary>
    public required ShockKind Kind { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly At { get; init; }

    /// <summary>Last day; null for what does not end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Settings by path, as <c>--set</c> has them: of a policy.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }

    /// <summary>Venue: of an outage.</summary>
    public string? Venue { get; init; }

    /// <summary>Category of products: of a breach; of an entrant null for all.</summary>
    public string? Category { get; init; }

    /// <summary>Channel of demand, <c>shelf</c> or <c>contracts</c>; null for both.</summary>
    public string? Channel { get; init; }

    /// <summary>Factor on demand: of a demand shock, of a breach (for its category, on the shelf), of gazelle firms (their visits to the shelf).</summary>
    public Figure? Factor { get; init; }

    /// <summary>Products: brought by an entrant, breached; before scaling.</summary>
    public Figure? Products { get; init; }

    /// <summary>Days over which an entrant applies, or the wave of a breach passes.</summary>
    public Figure? Days { get; init; }

    /// <summary>Factor on an entrant's prices.</summary>
    public Figure? Price { get; init; }

    /// <summary>Share: of other products delisted after a breach, of the price that is subsidised, of providers with a commissioner.</summary>
    public Figure? Share { get; init; }

    /// <summary>Most that is paid for a firm, yuan: of a subsidy.</summary>
    public Figure? MostYuan { get; init; }

    /// <summary>All that is paid, yuan, before scaling: of a subsidy and of gazelle firms.</summary>
    public Figure? BudgetYuan { get; init; }

    /// <summary>Recognitions from the first to the last day, before scaling: of gazelle firms.</summary>
    public Figure? Recognitions { get; init; }

    /// <summary>Share of missing evidence that a commissioner has brought in the first place.</summary>
    public Figure? Effect { get; init; }

    /// <summary>Whether a day lies in it.</summary>
    public bool IsOn(DateOnly day) => day >= At && (Until is not { } last || day <= last);
}

/// <summary>The settings of a scenario as they are from a day on.</summary>
/// <param name="From">First day.</param>
/// <param name="Settings">The whole scenario then, neither scaled nor calibrated.</param>
public sealed record SettingsEra(DateOnly From, Scenario Settings);
