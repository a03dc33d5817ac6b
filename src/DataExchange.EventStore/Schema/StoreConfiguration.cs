using System.Text.Json;
using Marten;

namespace DataExchange.EventStore.Schema;

/// <summary>What the event store has to know about the domain, without depending on it.</summary>
public sealed record StoreConfiguration
{
    /// <summary>Each .NET event type with its stable, versioned name. A name is never used for two types.</summary>
    public required IReadOnlyList<(Type Type, string Name)> EventTypes { get; init; }

    /// <summary>Earlier versions of event types, which are only read: the .NET type that they become, the name that stores hold them under, and how their JSON is read.</summary>
    public IReadOnlyList<(Type Type, string Name, Func<string, object> Read)> FormerEventTypes { get; init; } = [];

    /// <summary>The read models kept as documents.</summary>
    public IReadOnlyList<Type> DocumentTypes { get; init; } = [];

    /// <summary>How events and documents become JSON; naming policy, converters and source-generated contexts are kept.</summary>
    public required JsonSerializerOptions Json { get; init; }

    /// <summary>The schema for all tables.</summary>
    public string Schema { get; init; } = Schemas.Default;

    /// <summary>Further settings of Marten: projections, indexes of documents.</summary>
    public Action<StoreOptions>? Customize { get; init; }
}
