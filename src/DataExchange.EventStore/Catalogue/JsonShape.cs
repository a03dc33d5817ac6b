using System.Reflection;
using System.Text.Json;
using DataExchange.Domain;

namespace DataExchange.EventStore.Catalogue;

/// <summary>How a field looks in JSON.</summary>
internal static class JsonShape
{
    internal static string NameOf(PropertyInfo field) => JsonNamingPolicy.CamelCase.ConvertName(field.Name);

    internal static string Of(PropertyInfo field)
    {
        var mayBeAbsent = Nullable.GetUnderlyingType(field.PropertyType) is not null
            || new NullabilityInfoContext().Create(field).WriteState == NullabilityState.Nullable;
        return Of(field.PropertyType) + (mayBeAbsent ? ", may be absent" : "");
    }

    /// <summary>The type itself, or that of the members or of the value that may be absent.</summary>
    internal static Type Inner(Type type) => Nullable.GetUnderlyingType(type) ?? (IsList(type) ? type.GetGenericArguments()[0] : type);

    /// <summary>Whether the type is described in a section of its own.</summary>
    internal static bool IsNested(Type type) =>
        type.IsEnum || (type.Namespace!.StartsWith("DataExchange.", StringComparison.Ordinal) && !IsText(type));

    internal static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    private static bool IsText(Type type) =>
        type == typeof(ProductId) || type == typeof(PartyId) || type == typeof(DealId) || type == typeof(VenueId) || type == typeof(RequirementId) || type == typeof(BundleId) || type == typeof(Handle)
        || type == typeof(SimulatedTime);

    private static string Of(Type type)
    {
        var inner = Inner(type);
        var link = $"[{inner.Name}](#{inner.Name.ToLowerInvariant()})";
        return IsList(type) ? $"array of {(IsNested(inner) ? link : Of(inner))}"
            : inner == typeof(string) ? "text"
            : inner == typeof(SimulatedTime) ? "text, a time"
            : IsText(inner) ? $"text, a {inner.Name}"
            : inner == typeof(bool) ? "boolean"
            : inner == typeof(int) || inner == typeof(long) ? "integer"
            : inner.IsEnum ? (inner.IsDefined(typeof(FlagsAttribute)) ? $"array of text, {link}" : $"text, {link}")
            : $"object, {link}";
    }
}
