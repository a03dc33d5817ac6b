using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Domain;

namespace DataExchange.EventStore.Serialization;

/// <summary>
/// The one JSON form of an event. What is written is canonical after RFC 8785 (JCS) by construction: properties in ordinal order of
/// their names, no white space, only integers below 2^53, and no escapes beyond the necessary ones. What is read may have its
/// properties in any order and with white space, as PostgreSQL's jsonb gives it, but must have all of them and no other.
/// </summary>
public static class EventJson
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = CanonicalEncoder.Instance,
        Indented = false,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The serializer's options, also for Marten's serializer. They are read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Writes an event's canonical JSON. One that was read as an earlier version of its type is written as it is stored.</summary>
    /// <param name="output">Where the UTF-8 bytes go.</param>
    /// <param name="event">An event of a registered type.</param>
    /// <exception cref="ArgumentException">The event's type is not registered.</exception>
    /// <exception cref="JsonException">
    /// A value has no JSON form: an integer beyond 2^53, an enumeration's number without a name, an id without text.
    /// </exception>
    public static void Write(IBufferWriter<byte> output, Event @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var (value, type) = @event.StoredAs is { } former ? ((object)former, EventRegistry.Of(former).Json) : (@event, EventRegistry.Of(@event.GetType()).Json);
        var writer = _writer ??= new Utf8JsonWriter(output, WriterOptions);
        writer.Reset(output);
        try
        {
            JsonSerializer.Serialize(writer, value, type);
            writer.Flush();
        }
        finally
        {
            // The writer outlives the call; it must not keep the caller's buffer alive, nor half an event for the next one.
            writer.Reset(Stream.Null);
        }
    }

    /// <summary>An event's canonical JSON as UTF-8 bytes.</summary>
    /// <param name="event">An event of a registered type.</param>
    public static byte[] Write(Event @event)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(buffer, @event);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an event. One stored as an earlier version of its type comes as the type of today, and knows how it is stored.</summary>
    /// <param name="typeName">The name it is stored under: <c>product_registered.v1</c>.</param>
    /// <param name="utf8">Its JSON; canonical form is not asked for.</param>
    /// <exception cref="JsonException">
    /// No event type has that name, or the JSON is not of that type: a field missing, unknown, given twice or out of range.
    /// </exception>
    public static Event Read(string typeName, ReadOnlySpan<byte> utf8)
    {
        var type = EventRegistry.Find(typeName)?.Json ?? EventRegistry.FindFormer(typeName)?.Json
            ?? throw new JsonException($"No event type is stored as '{typeName}'; docs/events.md lists those that are.");
        try
        {
            return JsonSerializer.Deserialize(utf8, type) switch
            {
                Event current => current,
                FormerEvent former => former.ToCurrent(),
                _ => throw new JsonException("An event is an object, not null."),
            };
        }
        catch (JsonException error)
        {
            throw new JsonException($"{typeName}: {error.Message}", error.Path, error.LineNumber, error.BytePositionInLine, error);
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = EventJsonContext.Default.WithAddedModifier(Canonical),
            Encoder = CanonicalEncoder.Instance,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            IgnoreReadOnlyProperties = true,
        };
        Add(options, [
            new TextConverter<ProductId>(text => new(text), id => id.Value),
            new TextConverter<PartyId>(text => new(text), id => id.Value),
            new TextConverter<DealId>(text => new(text), id => id.Value),
            new TextConverter<AuctionId>(text => new(text), id => id.Value),
            new TextConverter<BundleId>(text => new(text), id => id.Value),
            new TextConverter<VenueId>(text => new(text), id => id.Value),
            new TextConverter<RequirementId>(text => new(text), id => id.Value),
            new TextConverter<Handle>(text => new(text), handle => handle.Value),
            new SimulatedTimeConverter(),
            new ExactIntegerConverter(),
            new EnumConverterFactory(),
        ]);
        options.MakeReadOnly();
        return options;
    }

    private static void Add(JsonSerializerOptions options, ReadOnlySpan<JsonConverter> converters)
    {
        foreach (var converter in converters)
        {
            options.Converters.Add(converter);
        }
    }

    /// <summary>Orders the properties, drops what is computed, and asks for all that may not be null.</summary>
    private static void Canonical(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        var properties = type.Properties
            .Where(property => property.Set is not null || property.AssociatedParameter is not null)
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .ToArray();
        type.Properties.Clear();
        foreach (var property in properties)
        {
            property.IsRequired = !MayBeNull(property);
            type.Properties.Add(property);
        }
    }

    private static bool MayBeNull(JsonPropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is not null
        : property.IsGetNullable;
}
