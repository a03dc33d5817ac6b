namespace DataExchange.Domain;

/// <summary>A recorded fact. It says when it happened in the modelled world and who made it happen.</summary>
public abstract record Event
{
    /// <summary>Simulated time of the fact.</summary>
    public required SimulatedTime At { get; init; }

    /// <summary>The party whose command made it a fact.</summary>
    public required PartyId By { get; init; }

    /// <summary>How it is stored, where it was read from a store as an earlier version of its type; null for one of today. It is no field of the event.</summary>
    public FormerEvent? StoredAs { get; private init; }

    internal Event ReadFrom(FormerEvent former) => this with { StoredAs = former };
}

/// <summary>
/// An event as an earlier version of the program stored it. It is only ever read: nothing new is stored under its name. Its fields and its name stay as
/// they were, so that what is stored is written again to the same bytes, and digests and logs stay what they are.
/// </summary>
public abstract record FormerEvent
{
    /// <summary>Simulated time of the fact.</summary>
    public required SimulatedTime At { get; init; }

    /// <summary>The party whose command made it a fact.</summary>
    public required PartyId By { get; init; }

    /// <summary>The event of today that says the same; it knows how it is stored.</summary>
    public Event ToCurrent() => Upcast().ReadFrom(this);

    /// <summary>The same fact in today's fields. What was not recorded then gets the value that says so, never a guess.</summary>
    protected abstract Event Upcast();
}

/// <summary>An event as an earlier version of the program stored it, with the type that says it today.</summary>
/// <typeparam name="TCurrent">The type of today.</typeparam>
public abstract record FormerEvent<TCurrent> : FormerEvent
    where TCurrent : Event;

/// <summary>A wish: a decider turns it into facts or refuses it.</summary>
public abstract record Command
{
    /// <summary>Simulated time at which it is given.</summary>
    public required SimulatedTime At { get; init; }

    /// <summary>The party that gives it.</summary>
    public required PartyId By { get; init; }

    /// <summary>The one stream it is decided from and that its facts are appended to.</summary>
    public abstract string Stream { get; }
}

/// <summary>The name under which an event type is stored, for ever: a change of meaning is a new version beside the old one.</summary>
/// <param name="name">Lower case with underscores: <c>product_registered</c>.</param>
/// <param name="version">1 or more.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventNameAttribute(string name, int version = 1) : Attribute
{
    /// <summary>The name without its version.</summary>
    public string Name { get; } = name;

    /// <summary>The version of the fields' meaning.</summary>
    public int Version { get; } = version;

    /// <summary>The name as stored: <c>product_registered.v1</c>.</summary>
    public string FullName => $"{Name}.v{Version}";

    /// <summary>The name that an event is stored under: that of an earlier version, when it was read as one.</summary>
    /// <param name="event">The event.</param>
    public static string Of(Event @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var type = @event.StoredAs?.GetType() ?? @event.GetType();
        return ((EventNameAttribute)GetCustomAttribute(type, typeof(EventNameAttribute))!).FullName;
    }
}
