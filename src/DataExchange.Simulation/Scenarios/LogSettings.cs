namespace DataExchange.Simulation.Scenarios;

/// <summary>The venues' logs.</summary>
public sealed record LogSettings
{
    /// <summary>Days from one head of a log to the next.</summary>
    public required Figure HeadDays { get; init; }

    /// <summary>Years after which a venue changes the key of its log; 0 for never.</summary>
    public required Figure KeyYears { get; init; }
}
