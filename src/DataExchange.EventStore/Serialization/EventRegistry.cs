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

/// <summary>An earlier version of a type of event, which stores may hold (docs/event-versions.md).</summary>
/// <param name="Name">The name it is stored under: <c>product_imported.v1</c>.</param>
/// <param name="Type">The type in the code that its fields are read into.</param>
/// <param name="Current">The type that says the same today.</param>
public sealed record FormerEventType(string Name, Type Type, EventType Current)
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

    /// <summary>Earlier versions of them, which are only read, in ordinal order of their names.</summary>
    public static IReadOnlyList<FormerEventType> Former { get; } =
    [
        .. typeof(FormerEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(FormerEvent)) && !type.IsAbstract)
            .Select(type => new FormerEventType(NameOf(type), type, ByType[type.BaseType!.GenericTypeArguments[0]]))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, FormerEventType> FormerByName = Former.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
    private static readonly FrozenDictionary<Type, FormerEventType> FormerByType = Former.ToFrozenDictionary(type => type.Type);

    /// <summary>The earlier version that is stored under a name; null when there is none.</summary>
    public static FormerEventType? FindFormer(string name) => FormerByName.GetValueOrDefault(name);

    /// <summary>Every name that a store may hold such an event under: the one of today and those of earlier versions.</summary>
    /// <param name="type">The type of today.</param>
    public static IEnumerable<string> NamesOf(EventType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Former.Where(former => former.Current == type).Select(former => former.Name).Append(type.Name);
    }

    /// <summary>The earlier version that an event was read from.</summary>
    internal static FormerEventType Of(FormerEvent former) => FormerByType[former.GetType()];

    /// <summary>The type stored under a name; null when there is none.</summary>
    public static EventType? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The stored type of an event.</summary>
    /// <exception cref="ArgumentException">It is no event type.</exception>
    public static EventType Of(Type type) => ByType.TryGetValue(type, out var found)
        ? found
        : throw new ArgumentException($"{type} is no event type: those are the concrete subtypes of {typeof(Event)}.", nameof(type));

    /// <summary>The name that an event is stored under: that of an earlier version, when it was read as one.</summary>
    public static string NameOf(Event @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        return @event.StoredAs is { } former ? Of(former).Name : Of(@event.GetType()).Name;
    }

    private static EventType Describe(Type type)
    {
        var kind = EventHome.KindOf(type);
        return new EventType(NameOf(type), type, kind.Capability, kind.Name);
    }

    private static string NameOf(Type type) => type.GetCustomAttribute<EventNameAttribute>()?.FullName
        ?? throw new InvalidOperationException($"{type} has no {nameof(EventNameAttribute)}, so it has no name to be stored under.");
}
