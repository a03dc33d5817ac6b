using System.Collections.Concurrent;
using System.Reflection;
using DataExchange.Domain;

namespace DataExchange.Reports.ReadModels;

internal static class EventNames
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    /// <summary>The name under which an event is stored: that of an earlier version, when it was read as one.</summary>
    internal static string Of(Event @event) => Names.GetOrAdd(@event.StoredAs?.GetType() ?? @event.GetType(), key =>
        key.GetCustomAttribute<EventNameAttribute>()?.FullName
        ?? throw new InvalidOperationException($"{key.Name} has no [EventName]."));
}
