namespace DataExchange.Services.Telemetry;

/// <summary>What the owner of the feed sees of store and broker.</summary>
/// <param name="LagEvents">Committed events that the feed has not sent yet.</param>
internal sealed record FeedFigures(long LagEvents)
{
    /// <summary>Committed events that are not in a read model yet, by the read model's name.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Projections { get; init; } = [];

    /// <summary>Messages that wait, by queue; none where the broker does not say.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Queues { get; init; } = [];

    /// <summary>Debits less credits of all money accounts, and the money of facts that the books do not take, fen; null before the books are made.</summary>
    public long? ImbalanceFen { get; init; }

    /// <summary>Facts that the books do not take; null before the books are made.</summary>
    public long? RefusedFacts { get; init; }
}
