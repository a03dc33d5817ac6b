using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DataExchange.Domain;

namespace DataExchange.EventStore.Serialization;

/// <summary>
/// Commands as JSON, for messages between processes. They are wishes, not facts: nothing stores them for long, and their names are those of the
/// types in the code. What only the exchange itself may say in a command (what a matching core made of it) is not carried.
/// </summary>
public static class CommandCodec
{
    private static readonly FrozenDictionary<string, Type> Types =
        typeof(Command).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract)
            .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Options = Create();

    /// <summary>The name of a command's type.</summary>
    public static string NameOf(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.GetType().Name;
    }

    /// <summary>A command as JSON.</summary>
    public static string Write(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return JsonSerializer.Serialize(command, command.GetType(), Options);
    }

    /// <summary>A command as JSON in UTF-8.</summary>
    public static byte[] WriteUtf8(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return JsonSerializer.SerializeToUtf8Bytes(command, command.GetType(), Options);
    }

    /// <summary>Reads a command.</summary>
    /// <param name="name">The name of its type.</param>
    /// <param name="json">Its JSON, UTF-8.</param>
    /// <exception cref="JsonException">No command has that name, or the JSON is not of that type.</exception>
    public static Command Read(string name, ReadOnlySpan<byte> json) => Types.TryGetValue(name, out var type)
        ? (Command)(JsonSerializer.Deserialize(json, type, Options) ?? throw new JsonException($"{name}: a command is an object, not null."))
        : throw new JsonException($"'{name}' is no command of this exchange.");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(EventJson.Options)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutResults } },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void WithoutResults(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].PropertyType == typeof(IReadOnlyList<Event>))
            {
                type.Properties.RemoveAt(i);
            }
        }
    }
}
