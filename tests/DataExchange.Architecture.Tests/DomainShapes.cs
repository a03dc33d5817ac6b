using System.Reflection;
using DataExchange.Domain;

namespace DataExchange.Architecture.Tests;

/// <summary>The domain's types by what they are for.</summary>
internal static class DomainShapes
{
    internal static readonly Assembly Domain = typeof(Event).Assembly;

    internal static IEnumerable<Type> Events => Domain.GetTypes().Where(type => typeof(Event).IsAssignableFrom(type));

    internal static IEnumerable<Type> Commands => Domain.GetTypes().Where(type => typeof(Command).IsAssignableFrom(type));

    internal static IEnumerable<Type> Deciders => Domain.GetTypes().Where(type => Family(type) is not null);

    internal static IEnumerable<Type> States => Deciders.Select(decider => Family(decider)![1]);

    /// <summary>The types of the domain that these carry in their properties, and those in turn; themselves included.</summary>
    internal static IReadOnlySet<Type> WithWhatTheyCarry(IEnumerable<Type> types)
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>(types);
        while (open.TryPop(out var type))
        {
            if (type.Assembly == Domain && found.Add(type) && !type.IsEnum)
            {
                foreach (var property in Properties(type))
                {
                    Parts(property.PropertyType).ToList().ForEach(open.Push);
                }
            }
        }

        return found;
    }

    internal static PropertyInfo[] Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    /// <summary>A type and the types it is made of: what is nullable, listed or keyed.</summary>
    internal static IEnumerable<Type> Parts(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type) : [type];

    private static Type[]? Family(Type type) => type.GetInterfaces()
        .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDecider<,>))?.GetGenericArguments();
}
