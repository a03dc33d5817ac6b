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
        var choices = eventType.GetProperties().Where(property => property.PropertyType == typeof(bool) || property.PropertyType == typeof(long) || property.PropertyType.IsEnum || MayBeLeftOut(property.PropertyType));
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
        foreach (var list in eventType.GetProperties().Where(property => JsonShape.IsList(property.PropertyType)))
        {
            // One blank member, for commands that follow for each.
            var members = Array.CreateInstance(JsonShape.Inner(list.PropertyType), 1);
            members.SetValue(JsonShape.Inner(list.PropertyType).IsValueType ? members.GetValue(0) : Member(JsonShape.Inner(list.PropertyType)), 0);
            list.SetValue(blank, members);
        }

        choice?.SetValue(blank, value is LeftOut left ? left.Value : value);
        return [.. Reactions.To(blank).Select(command => command.GetType())];
    }

    // A member of a list that has no amount of nothing.
    private static object Member(Type type)
    {
        if (type == typeof(string))
        {
            return "";
        }

        var member = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var amount in type.GetProperties().Where(property => property.PropertyType == typeof(long) && property.CanWrite))
        {
            amount.SetValue(member, 1L);
        }

        return member;
    }

    private static bool MayBeLeftOut(Type type) => type == typeof(bool?) || type == typeof(AuctionId?) || type == typeof(BundleId?) || type == typeof(Domain.Trading.OutbidBid);

    private static IEnumerable<object> ValuesOf(Type type) => 
        type == typeof(bool) ? [false, true]
        // An amount may be none at all.
        : type == typeof(long) ? [0L, 1L]
        : MayBeLeftOut(type) ? [new LeftOut(null), new LeftOut(type == typeof(bool?) ? true : RuntimeHelpers.GetUninitializedObject(Nullable.GetUnderlyingType(type) ?? type))]
        : Enum.GetValues(type).Cast<object>();

    private sealed record LeftOut(object? Value);

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
        LeftOut left => left.Value is null ? "not given" : "given",
        _ => $"`{value}`",
    };

    private static string Shown(Type command) =>
        $"`{command.Name}` ({StreamKind.Deciding((Command)RuntimeHelpers.GetUninitializedObject(command)).Capability})";
}
