using System.Text;

namespace DataExchange.EventStore.Appending;

/// <summary>
/// How one kind of event is named in the store: the stable, versioned name and the .NET type that carries it today.
/// Both are kept as UTF-8 too, because they are written once per event.
/// </summary>
public sealed class EventTypeName
{
    /// <summary>Names a kind of event.</summary>
    /// <param name="name">The stable name with its version, such as <c>rights_certified.v1</c>; 1 to 500 characters.</param>
    /// <param name="dotNetTypeName">The .NET type as Marten writes it: full name, comma, space, assembly name.</param>
    /// <exception cref="ArgumentException">A name is empty, or <paramref name="name"/> is longer than the column's 500 characters.</exception>
    public EventTypeName(string name, string dotNetTypeName)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(dotNetTypeName);
        if (name.Length > MaximumLength)
        {
            throw new ArgumentException($"An event type name has at most {MaximumLength} characters; this has {name.Length}.", nameof(name));
        }

        Name = name;
        DotNetTypeName = dotNetTypeName;
        NameUtf8 = Encoding.UTF8.GetBytes(name);
        DotNetTypeNameUtf8 = Encoding.UTF8.GetBytes(dotNetTypeName);
    }

    /// <summary>The longest name the column <c>mt_events.type</c> takes.</summary>
    public const int MaximumLength = 500;

    /// <summary>The stable, versioned name.</summary>
    public string Name { get; }

    /// <summary>The .NET type as Marten writes it into <c>mt_dotnet_type</c>.</summary>
    public string DotNetTypeName { get; }

    internal byte[] NameUtf8 { get; }

    internal byte[] DotNetTypeNameUtf8 { get; }

    /// <summary>Names the kind of event that <paramref name="eventType"/> carries.</summary>
    /// <param name="eventType">The .NET type of the event's data.</param>
    /// <param name="name">Its stable, versioned name.</param>
    public static EventTypeName For(Type eventType, string name)
    {
        ArgumentNullException.ThrowIfNull(eventType);
        return new EventTypeName(name, $"{eventType.FullName}, {eventType.Assembly.GetName().Name}");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
