using System.Reflection;
using System.Runtime.CompilerServices;
using DataExchange.Domain;
using DataExchange.Exchange;

namespace DataExchange.EventStore.Catalogue;

/// <summary>
/// The commands that follow from an event, found by asking <see cref="Reactions"/> with blank events, once for each value of each choice.
/// </summary>
internal static class Consequences
{
    internal static IReadOnlyList<string> Of(Type eventType)
    {
        var always = Ask(eventType, null, null);
        var conditions = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var choices = eventType.GetProperties().Where(property => property.PropertyType == typeof(bool) || property.PropertyType == typeof(long) || property.PropertyType.IsEnum);
        foreach (var choice in choices)
        {
            var answers = ValuesOf(choice.PropertyType).Select(value => (Value: value, Commands: Ask(eventType, choice, value))).ToArray();
            foreach (var command in answers.SelectMany(answer => answer.Commands).Distinct())
            {
                var values = answers.Where(answer => answer.Commands.Contains(command)).Select(answer => Shown(answer.Value)).ToArray();
                if (values.Length < answers.Length)
                {
                    always.Remove(command);
                    Add(conditions, command, $"`{JsonShape.NameOf(choice)}` is {string.Join(" or ", values)}");
                }
            }
        }

        return
        [
            .. always.Select(Shown),
            .. conditions.Select(entry => $"{entry.Key} when {string.Join(" and ", entry.Value)}"),
        ];
    }

    private static List<Type> Ask(Type eventType, PropertyInfo? choice, object? value)
    {
        var blank = (Event)RuntimeHelpers.GetUninitializedObject(eventType);
        foreach (var list in eventType.GetProperties().Where(property => JsonShape.IsList(property.PropertyType) && JsonShape.Inner(property.PropertyType).IsValueType))
        {
            // One blank member, for commands that follow for each.
            list.SetValue(blank, Array.CreateInstance(JsonShape.Inner(list.PropertyType), 1));
        }

        choice?.SetValue(blank, value);
        return [.. Reactions.To(blank).Select(command => command.GetType())];
    }

    private static IEnumerable<object> ValuesOf(Type type) => 
        type == typeof(bool) ? [false, true]
        // An amount may be none at all.
        : type == typeof(long) ? [0L, 1L]
        : Enum.GetValues(type).Cast<object>();

    private static void Add(SortedDictionary<string, List<string>> conditions, Type command, string condition)
    {
        if (!conditions.TryGetValue(Shown(command), out var list))
        {
            conditions.Add(Shown(command), list = []);
        }

        list.Add(condition);
    }

    private static string Shown(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        long amount => amount == 0 ? "0" : "not 0",
        _ => $"`{value}`",
    };

    private static string Shown(Type command) =>
        $"`{command.Name}` ({StreamKind.Deciding((Command)RuntimeHelpers.GetUninitializedObject(command)).Capability})";
}
