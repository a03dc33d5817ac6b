using System.Collections.Concurrent;
using System.Reflection;
using DataExchange.Domain;

namespace DataExchange.Reports.ReadModels;

internal static class EventNames
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    /// <summary>The name under which a type of event is stored.</summary>
    internal static string Of(Type type) => Names.GetOrAdd(type, key =>
        key.GetCustomAttribute<EventNameAttribute>()?.FullName
        ?? throw new InvalidOperationException($"{key.Name} has no [EventName]."));
}
