namespace DataExchange.Domain;

/// <summary>A recorded fact. It says when it happened in the modelled world and who made it happen.</summary>
public abstract record Event
{
    /// <summary>Simulated time of the fact.</summary>
    public required SimulatedTime At { get; init; }

    /// <summary>The party whose command made it a fact.</summary>
    public required PartyId By { get; init; }
}

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
}
