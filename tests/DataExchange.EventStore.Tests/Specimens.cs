using System.Collections;
using System.Reflection;
using DataExchange.Domain;
using DataExchange.EventStore.Serialization;

namespace DataExchange.EventStore.Tests;

/// <summary>Events with made-up values: two of every type, so that a new type is covered without being named anywhere.</summary>
internal static class Specimens
{
    internal static IEnumerable<Event> All => EventRegistry.All.SelectMany(type => new[] { Full(type.Type), Sparse(type.Type) });

    /// <summary>Every nullable field given, lists with two members, plain text.</summary>
    internal static Event Full(Type type) => (Event)Make(type, "", isFull: true);

    /// <summary>No nullable field given, empty lists, text with everything that JSON might escape, the largest numbers.</summary>
    internal static Event Sparse(Type type) => (Event)Make(type, "", isFull: false);

    private static object Make(Type type, string name, bool isFull)
    {
        if (type == typeof(string))
        {
            return isFull ? $"{name} 数据" : "引号\"反\\斜/\b\t\n\f\r\u0001\u001f\u007f\u0085\u2028 <&>'+`é 𠮷😀";
        }

        if (type == typeof(int))
        {
            return isFull ? 7 + name.Length : int.MaxValue;
        }

        if (type == typeof(long))
        {
            return isFull ? 1_234_500L + name.Length : (1L << 53) - 1;
        }

        if (type == typeof(bool))
        {
            return isFull;
        }

        if (type == typeof(SimulatedTime))
        {
            return isFull ? SimulatedTime.Parse("2024-03-05T10:15:30+08:00") : SimulatedTime.Parse("2025-12-31T23:59:59+08:00");
        }

        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return type.IsDefined(typeof(FlagsAttribute))
                ? Enum.ToObject(type, isFull ? values.Cast<int>().Sum() : 0)
                : values.GetValue(isFull ? 0 : values.Length - 1)!;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var member = type.GetGenericArguments()[0];
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(member))!;
            for (var i = 0; isFull && i < 2; i++)
            {
                list.Add(Make(member, name + i, isFull));
            }

            return list;
        }

        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => OfParameter(parameter, isFull))]);
        if (made is Event)
        {
            type.GetProperty(nameof(Event.At))!.SetValue(made, Make(typeof(SimulatedTime), "", isFull));
            type.GetProperty(nameof(Event.By))!.SetValue(made, new PartyId(isFull ? "exchange" : "买方/\"1\""));
        }

        return made;
    }

    private static object? OfParameter(ParameterInfo parameter, bool isFull)
    {
        var underlying = Nullable.GetUnderlyingType(parameter.ParameterType);
        var mayBeNull = underlying is not null || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        return mayBeNull && !isFull ? null : Make(underlying ?? parameter.ParameterType, parameter.Name!, isFull);
    }
}
