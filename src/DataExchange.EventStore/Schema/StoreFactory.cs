using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using JasperFx;
using JasperFx.Events;
using Marten;
using Marten.Services.Json.Transformations;
using Npgsql;
using Weasel.Core;

namespace DataExchange.EventStore.Schema;

/// <summary>Builds Marten's store the one way that this product uses it.</summary>
public static class StoreFactory
{
    /// <summary>
    /// Builds a store: string stream ids, explicit event names, System.Text.Json as given, no change of the schema behind the
    /// caller's back (<see cref="StoreSchema.ApplyAsync"/> makes it).
    /// </summary>
    /// <param name="dataSource">The database; the caller disposes it after the store.</param>
    /// <param name="configuration">The domain's types.</param>
    /// <exception cref="ArgumentException">Two event types share a name, or a type has two.</exception>
    public static DocumentStore Create(NpgsqlDataSource dataSource, StoreConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        ArgumentNullException.ThrowIfNull(configuration);
        CheckNames(configuration.EventTypes, configuration.FormerEventTypes);
        return DocumentStore.For(options =>
        {
            options.Connection(dataSource);
            options.DatabaseSchemaName = SqlName.Checked(configuration.Schema);
            options.Events.DatabaseSchemaName = configuration.Schema;
            options.Events.StreamIdentity = StreamIdentity.AsString;
            options.AutoCreateSchemaObjects = AutoCreate.None;
            options.DisableNpgsqlLogging = true;
            UseJson(options, configuration.Json);
            foreach (var (type, name) in configuration.EventTypes)
            {
                options.Events.MapEventType(type, name);
            }

            foreach (var (type, name, read) in configuration.FormerEventTypes)
            {
                options.Events.Upcast(type, name, new JsonTransformation(
                    (_, row, field) => read(row.GetString(field)),
                    async (_, row, field, cancellation) => read(await row.GetFieldValueAsync<string>(field, cancellation).ConfigureAwait(false))));
            }

            options.RegisterDocumentTypes(configuration.DocumentTypes);
            configuration.Customize?.Invoke(options);
        });
    }

    // Marten sets naming and enum conversion itself; both are put back to what was given, and told to Marten for its queries.
    private static void UseJson(StoreOptions options, JsonSerializerOptions json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var enumConverters = json.Converters.OfType<JsonStringEnumConverter>().ToArray();
        var enums = enumConverters.Length > 0 ? EnumStorage.AsString : EnumStorage.AsInteger;
        var casing = json.PropertyNamingPolicy switch
        {
            null => Casing.Default,
            var policy when policy == JsonNamingPolicy.CamelCase => Casing.CamelCase,
            var policy when policy == JsonNamingPolicy.SnakeCaseLower => Casing.SnakeCase,
            var policy => throw new ArgumentException(
                $"JSON naming policy {policy.GetType().Name}: allowed are none, camelCase and snake_case, which Marten can query.", nameof(json)),
        };
        options.UseSystemTextJsonForSerialization(json, enums, casing, given =>
        {
            foreach (var added in given.Converters.OfType<JsonStringEnumConverter>().ToArray())
            {
                given.Converters.Remove(added);
            }

            foreach (var converter in enumConverters)
            {
                given.Converters.Add(converter);
            }

            if (given.TypeInfoResolver is not null)
            {
                // A source-generated context knows the domain's types only; Marten has documents of its own.
                given.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
            }
        });
    }

    private static void CheckNames(
        IReadOnlyList<(Type Type, string Name)> eventTypes, IReadOnlyList<(Type Type, string Name, Func<string, object> Read)> formerTypes)
    {
        var names = new Dictionary<string, Type>(StringComparer.Ordinal);
        var types = new HashSet<Type>();
        foreach (var (type, name) in eventTypes)
        {
            if (!names.TryAdd(name, type))
            {
                throw new ArgumentException($"Event name '{name}' is given to {names[name]} and to {type}.", nameof(eventTypes));
            }

            if (!types.Add(type))
            {
                throw new ArgumentException($"Event type {type} has two names.", nameof(eventTypes));
            }
        }

        foreach (var (type, name, _) in formerTypes)
        {
            if (!types.Contains(type))
            {
                throw new ArgumentException($"Event name '{name}' is read as {type}, which is no event type.", nameof(formerTypes));
            }

            if (!names.TryAdd(name, type))
            {
                throw new ArgumentException($"Event name '{name}' is given to {names[name]} and, for an earlier version, to {type}.", nameof(formerTypes));
            }
        }
    }
}
