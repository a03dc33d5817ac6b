namespace DataExchange.Simulation.Scenarios;

/// <summary>A group of agents that follow one strategy: see docs/agents.md.</summary>
public sealed record AgentSettings
{
    /// <summary>Id, such as <c>zi</c>: its members are the parties <c>zi-01</c>, <c>zi-02</c>, …</summary>
    public required string Id { get; init; }

    /// <summary>Name of the strategy: in small letters one that is built in, otherwise that of a class in an assembly of one's own.</summary>
    public required string Strategy { get; init; }

    /// <summary>Members, before scaling.</summary>
    public required Figure Count { get; init; }

    /// <summary>First day on which they act.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day on which they act; null for the end of the history.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Id of the only venue whose shelf and books they see; null for all.</summary>
    public string? Venue { get; init; }

    /// <summary>The strategy's parameters by name; what is left out has the strategy's own value. Null for none.</summary>
    public IReadOnlyDictionary<string, Figure>? Parameters { get; init; }
}
