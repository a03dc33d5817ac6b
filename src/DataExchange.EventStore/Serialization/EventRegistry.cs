using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Domain;
using DataExchange.Exchange;

namespace DataExchange.EventStore.Serialization;

/// <summary>A type of event as it is stored.</summary>
/// <param name="Name">The name it is stored under: <c>product_registered.v1</c>.</param>
/// <param name="Type">The type in the code.</param>
/// <param name="Capability">
/// The capability that records it: <c>Rights</c>, <c>Pricing</c>, <c>Listing</c>, <c>Trading</c> or <c>Settlement</c>.
/// </param>
/// <param name="StreamKind">The kind of stream it is in, what stands before the slash of the stream's id.</param>
public sealed record EventType(string Name, Type Type, string Capability, string StreamKind)
{
    internal JsonTypeInfo Json { get; } = EventJson.Options.GetTypeInfo(Type);
}

/// <summary>Every type of event that may be stored, by its name and by its type in the code.</summary>
public static class EventRegistry
{
    /// <summary>All of them, in ordinal order of their names.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        .. typeof(Event).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Event)) && !type.IsAbstract)
            .Select(Describe)
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, EventType> ByName = All.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
    private static readonly FrozenDictionary<Type, EventType> ByType = All.ToFrozenDictionary(type => type.Type);

    /// <summary>The type stored under a name; null when there is none.</summary>
    public static EventType? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The stored type of an event.</summary>
    /// <exception cref="ArgumentException">It is no event type.</exception>
    public static EventType Of(Type type) => ByType.TryGetValue(type, out var found)
        ? found
        : throw new ArgumentException($"{type} is no event type: those are the concrete subtypes of {typeof(Event)}.", nameof(type));

    /// <summary>The name that an event is stored under.</summary>
    public static string NameOf(Event @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        return Of(@event.GetType()).Name;
    }

    private static EventType Describe(Type type)
    {
        var name = type.GetCustomAttribute<EventNameAttribute>()
            ?? throw new InvalidOperationException($"{type} has no {nameof(EventNameAttribute)}, so it has no name to be stored under.");
        var kind = EventHome.KindOf(type);
        return new EventType(name.FullName, type, kind.Capability, kind.Name);
    }
}
