using System.Text.Json.Serialization;

namespace DataExchange.Simulation.Scenarios;

/// <summary>A market to simulate: who is there, what they do how often, and what the run is calibrated to. See docs/scenario.md.</summary>
public sealed record Scenario
{
    /// <summary>Readable name, such as <c>hangzhou-2025</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the scenario format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Title.</summary>
    public required Bilingual Title { get; init; }

    /// <summary>What it models.</summary>
    public required Bilingual Description { get; init; }

    /// <summary>Last simulated day.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The venues.</summary>
    public required IReadOnlyList<VenueSettings> Venues { get; init; }

    /// <summary>Who takes part.</summary>
    public required PopulationSettings Population { get; init; }

    /// <summary>What providers bring.</summary>
    public required SupplySettings Supply { get; init; }

    /// <summary>How applications fare.</summary>
    public required ReviewSettings Review { get; init; }

    /// <summary>How prices are found.</summary>
    public required PricingSettings Pricing { get; init; }

    /// <summary>How much is bought.</summary>
    public required DemandSettings Demand { get; init; }

    /// <summary>How deals fare.</summary>
    public required DealSettings Deals { get; init; }

    /// <summary>Payouts and late claims.</summary>
    public required SettlementSettings Settlement { get; init; }

    /// <summary>Call packs with an order book.</summary>
    public required OrderBookSettings OrderBooks { get; init; }

    /// <summary>The reform sandbox.</summary>
    public required SandboxSettings Sandbox { get; init; }

    /// <summary>Requirements that firms post.</summary>
    public required RequirementSettings Requirements { get; init; }

    /// <summary>Auctions of licences.</summary>
    public required AuctionSettings Auctions { get; init; }

    /// <summary>Groups of agents that follow a strategy; null for none.</summary>
    public IReadOnlyList<AgentSettings>? Agents { get; init; }

    /// <summary>The venues' logs.</summary>
    public required LogSettings Logs { get; init; }

    /// <summary>What happens on certain days; nothing where there is none. The calibration leaves it out.</summary>
    // A file without them leaves it null.
    public IReadOnlyList<ShockSettings> Shocks { get => field ?? []; init; }

    /// <summary>The settings as policies change them, in order of days; made from <see cref="Shocks"/> when the scenario is read.</summary>
    [JsonIgnore]
    public IReadOnlyList<SettingsEra> Eras { get; init; } = [];

    /// <summary>What the run is calibrated to.</summary>
    public required CalibrationSettings Calibration { get; init; }

    /// <summary>Published and measured aggregates that the report shows beside what was reached.</summary>
    public required IReadOnlyList<Benchmark> Benchmarks { get; init; }
}
