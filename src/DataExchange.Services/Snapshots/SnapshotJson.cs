using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using DataExchange.Exchange;
using DataExchange.Exchange.Books;

namespace DataExchange.Services.Snapshots;

/// <summary>Streams' snapshots as JSON. They are for the build that wrote them alone, so that their form may be whatever the states are.</summary>
internal static class SnapshotJson
{
    // Not the facts' form: a state may hold what no fact may, such as an id that stands for nobody yet.
    private static readonly JsonSerializerOptions Options = new() { IgnoreReadOnlyProperties = true, Converters = { new PairsConverterFactory() } };

    /// <summary>Names the build: what deciders and states are, and how the matching core saves itself.</summary>
    internal static string Build { get; } = string.Join(
        '-', new[] { typeof(Domain.Event), typeof(StreamTable), typeof(SnapshotJson) }.Select(type => type.Assembly.ManifestModule.ModuleVersionId).Append(BookCore.EngineBuild)
            .Select(id => id.ToString("N")));

    internal static byte[] Write(StreamKind kind, StreamSnapshot snapshot) =>
        JsonSerializer.SerializeToUtf8Bytes(new Saved(JsonSerializer.SerializeToElement(snapshot.State, kind.State, Options), snapshot.Book), Options);

    /// <exception cref="JsonException">It is not what <see cref="Write"/> wrote.</exception>
    internal static StreamSnapshot Read(StreamKind kind, int version, ReadOnlySpan<byte> utf8)
    {
        var saved = JsonSerializer.Deserialize<Saved>(utf8, Options) ?? throw new JsonException("a snapshot is an object, not null");
        return new StreamSnapshot(version, saved.State.Deserialize(kind.State, Options) ?? throw new JsonException("a state is an object, not null"), saved.Book);
    }

    private sealed record Saved(JsonElement State, BookSnapshot? Book);

    // Keys of any type, and text in the order of its units, as the states have it.
    private sealed class PairsConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType
            && (typeToConvert.GetGenericTypeDefinition() == typeof(ImmutableDictionary<,>) || typeToConvert.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => (JsonConverter)Activator.CreateInstance(
            (typeToConvert.GetGenericTypeDefinition() == typeof(ImmutableDictionary<,>) ? typeof(HashedConverter<,>) : typeof(SortedConverter<,>))
                .MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class HashedConverter<TKey, TValue> : JsonConverter<ImmutableDictionary<TKey, TValue>>
        where TKey : notnull
    {
        public override ImmutableDictionary<TKey, TValue> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<Pair<TKey, TValue>[]>(ref reader, options)!.ToImmutableDictionary(pair => pair.Key, pair => pair.Value);

        public override void Write(Utf8JsonWriter writer, ImmutableDictionary<TKey, TValue> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Select(pair => new Pair<TKey, TValue>(pair.Key, pair.Value)), options);
    }

    private sealed class SortedConverter<TKey, TValue> : JsonConverter<ImmutableSortedDictionary<TKey, TValue>>
        where TKey : notnull
    {
        private static readonly IComparer<TKey> Order = StringComparer.Ordinal as IComparer<TKey> ?? Comparer<TKey>.Default;

        public override ImmutableSortedDictionary<TKey, TValue> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<Pair<TKey, TValue>[]>(ref reader, options)!.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value, Order);

        public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<TKey, TValue> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Select(pair => new Pair<TKey, TValue>(pair.Key, pair.Value)), options);
    }

    private readonly record struct Pair<TKey, TValue>(TKey Key, TValue Value);
}
