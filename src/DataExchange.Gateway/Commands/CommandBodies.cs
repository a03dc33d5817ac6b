using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Domain.Settlement;
using DataExchange.Domain.Trading;
using DataExchange.Domain.Trust;
using DataExchange.EventStore.Serialization;

namespace DataExchange.Gateway.Commands;

/// <summary>A body that is no command: which field, what it holds, what is allowed.</summary>
/// <param name="place">The field, as <c>terms.kind</c>; <c>$</c> for the whole body.</param>
/// <param name="value">What it holds, shortened; null when it is missing.</param>
/// <param name="allowed">What is allowed.</param>
public sealed class WrongBodyException(string place, string? value, string allowed)
    : Exception($"{place}: {(value is null ? "missing" : $"{value} is not allowed")}; allowed is {allowed}")
{
    /// <summary>The field.</summary>
    public string Field => place;

    /// <summary>What it holds; null when it is missing.</summary>
    public string? Value => value;

    /// <summary>What is allowed.</summary>
    public string Allowed => allowed;
}

/// <summary>
/// Bodies of requests as commands. They have the fields of the command's type but for the time, the party, and what only the exchange can say: those
/// are never taken from outside.
/// </summary>
public static partial class CommandBodies
{
    private const int LongestId = 128;
    private const int LongestShown = 80;

    // Names and descriptions of products are far shorter; what is recorded is kept for ever.
    private const int LongestText = 4_096;

    // What the exchange finds out itself before it decides, and a reader of its tables could otherwise be told.
    private static readonly FrozenSet<(Type Command, string Field)> Found = new (Type, string)[]
    {
        (typeof(PlaceOrder), "admittedFor"), (typeof(EnterBookOrder), "admittedFor"), (typeof(OrderBundle), "admittedFor"), (typeof(OfferBundle), "found"),
        (typeof(CommitBid), "admittedFor"), (typeof(PlaceBid), "admittedFor"), (typeof(RevealBid), "opens"), (typeof(CloseAuction), "outcome"),
        (typeof(RegisterProduct), "fingerprintIsTaken"), (typeof(RegisterProduct), "source"), (typeof(ReviseProduct), "claimedBy"),
        (typeof(PayOutProceeds), "proceedsFen"), (typeof(ChargeBackProceeds), "proceedsFen"),
        (typeof(ListProduct), "fairShares"),
        (typeof(OpenLog), "origin"), (typeof(OpenLog), "key"), (typeof(RotateLogKey), "key"), (typeof(PublishTreeHead), "head"),
    }.ToFrozenSet();

    private static readonly JsonSerializerOptions Options = Create();

    /// <summary>Every command of the Domain, by the name of its type.</summary>
    public static IReadOnlyDictionary<string, Type> Types { get; } = typeof(Command).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Command)) && !type.IsAbstract && type.IsPublic)
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>The fields that a body may have.</summary>
    /// <param name="command">Type of the command.</param>
    public static IReadOnlyList<string> FieldsOf(Type command) =>
        [.. Options.GetTypeInfo(command).Properties.Select(property => property.Name).Where(name => !Found.Contains((command, name)))];

    /// <summary>Adds a body's schema, and those of what is in it, to the named ones.</summary>
    /// <param name="command">Type of the command.</param>
    /// <param name="schemas">The named schemas.</param>
    internal static void AddSchema(Type command, JsonObject schemas) =>
        new BodySchemas(Options, schemas, Description.Examples.MeaningOf).Add(command, name => !Found.Contains((command, name)));

    /// <summary>Reads a body.</summary>
    /// <param name="type">Type of the command.</param>
    /// <param name="utf8">The body.</param>
    /// <param name="at">When it is given.</param>
    /// <param name="by">Who gives it.</param>
    /// <exception cref="WrongBodyException">It is not the command's JSON.</exception>
    public static Command Read(Type type, ReadOnlyMemory<byte> utf8, SimulatedTime at, PartyId by)
    {
        ArgumentNullException.ThrowIfNull(type);
        JsonNode? body;
        try
        {
            body = JsonNode.Parse(utf8.Span, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 32 });
        }
        catch (JsonException failure)
        {
            throw new WrongBodyException("$", Short(System.Text.Encoding.UTF8.GetString(utf8.Span)), $"one JSON object ({failure.Message})");
        }

        if (WrongText(body, "") is { } wrong)
        {
            throw new WrongBodyException(wrong.Length == 0 ? "$" : wrong, null, $"a text of at most {LongestText} characters, without U+0000 and without half of a character");
        }

        if (body is not JsonObject fields)
        {
            throw new WrongBodyException("$", Short(body?.ToJsonString() ?? "null"), "one JSON object");
        }

        var allowed = FieldsOf(type);
        if (fields.Select(field => field.Key).FirstOrDefault(name => !allowed.Contains(name)) is { } unknown)
        {
            throw new WrongBodyException(unknown, Short(fields[unknown]?.ToJsonString() ?? "null"), $"only {(allowed.Count == 0 ? "no field" : string.Join(", ", allowed))}");
        }

        try
        {
            var command = (Command)body.Deserialize(type, Options)! with { At = at, By = by };
            CheckIds(fields, type);
            return command;
        }
        catch (JsonException failure)
        {
            throw Wrong(failure, body, type);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            // A type that refuses its own values, and says why.
            throw new WrongBodyException("$", Short(body.ToJsonString()), failure.Message);
        }
    }

    // PostgreSQL stores no U+0000 in JSON, and half of a character is none in UTF-8. The path of the first text that is not to be had; null for none.
    private static string? WrongText(JsonNode? node, string path) => node switch
    {
        JsonObject fields => fields.Select(field => IsText(field.Key) ? WrongText(field.Value, path.Length == 0 ? field.Key : $"{path}.{field.Key}") : path).FirstOrDefault(wrong => wrong is not null),
        JsonArray items => items.Select((item, index) => WrongText(item, $"{path}[{index}]")).FirstOrDefault(wrong => wrong is not null),
        JsonValue value => IsWhole(value) ? null : path,
        _ => null,
    };

    private static bool IsWhole(JsonValue value)
    {
        try
        {
            return value.GetValueKind() != JsonValueKind.String || IsText(value.GetValue<string>());
        }
        catch (InvalidOperationException)
        {
            // The reader does not make a text of half a character.
            return false;
        }
    }

    private static bool IsText(string text)
    {
        if (text.Length > LongestText || text.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static void CheckIds(JsonObject fields, Type type)
    {
        foreach (var property in Options.GetTypeInfo(type).Properties)
        {
            var kind = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var isName = kind == typeof(ProductId) || kind == typeof(PartyId) || kind == typeof(DealId) || kind == typeof(VenueId) || kind == typeof(RequirementId) || kind == typeof(BundleId) || property.Name == "fingerprint";
            if (isName && fields[property.Name] is JsonValue value && value.TryGetValue<string>(out var text)
                && (text.Length is 0 or > LongestId || text.Any(letter => letter == '/' || char.IsControl(letter) || char.IsWhiteSpace(letter) || char.IsSurrogate(letter))))
            {
                throw new WrongBodyException(property.Name, Short(text), $"1 to {LongestId} letters, digits and signs, without a slash, white space or control characters");
            }
        }
    }

    private static WrongBodyException Wrong(JsonException failure, JsonNode body, Type type)
    {
        if (MissingFields().Match(failure.Message) is { Success: true } missing)
        {
            var field = $"{Path(failure.Path)}{missing.Groups[1].Value}";
            return new WrongBodyException(field, null, $"a value: the field is required ({type.Name} has {string.Join(", ", FieldsOf(type))})");
        }

        var path = Path(failure.Path).TrimEnd('.');
        var message = failure.Message.Split(" Path: ")[0];
        if (message.Contains("could not be converted to", StringComparison.Ordinal))
        {
            message = Allowed(TypeAt(type, failure.Path));
        }

        return new WrongBodyException(path.Length == 0 ? "$" : path, Short(Find(body, failure.Path)?.ToJsonString() ?? "null"), message);
    }

    private static string Allowed(Type type) => type == typeof(int) ? $"a whole number from {int.MinValue} to {int.MaxValue}"
        : type == typeof(long) ? "a whole number up to 2^53 - 1 on either side of zero"
        : type == typeof(bool) ? "true or false"
        : type == typeof(string) ? "a text"
        : Options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } fields ? $"an object with {string.Join(", ", fields.Properties.Select(property => property.Name))}"
        : Options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Enumerable ? "an array"
        : $"a {type.Name}";

    // The serializer names the type around a value that it could not read.
    private static Type TypeAt(Type type, string? path)
    {
        foreach (var step in Steps(path))
        {
            var at = Options.GetTypeInfo(type);
            type = at.Kind == JsonTypeInfoKind.Enumerable ? at.ElementType ?? type
                : at.Properties.FirstOrDefault(property => property.Name == step)?.PropertyType ?? type;
            type = Nullable.GetUnderlyingType(type) ?? type;
        }

        return type;
    }

    private static string[] Steps(string? path) => (path ?? "$").TrimStart('$').Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries);

    private static string Path(string? path) => path is null or "$" ? "" : path.TrimStart('$').TrimStart('.') + ".";

    private static JsonNode? Find(JsonNode? node, string? path)
    {
        foreach (var step in Steps(path))
        {
            node = node switch
            {
                JsonObject fields => fields[step],
                JsonArray items when int.TryParse(step, out var index) && index < items.Count => items[index],
                _ => node,
            };
        }

        return node;
    }

    private static string Short(string text) => text.Length > LongestShown ? text[..LongestShown] + "…" : text;

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(EventJson.Options)
        {
            MaxDepth = 32,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { FromOutside } },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void FromOutside(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var property = type.Properties[i];
            if (property.AssociatedParameter is null
                && (property.Set is null || (property.Name is "at" or "by" && type.Type.IsSubclassOf(typeof(Command))) || property.PropertyType == typeof(IReadOnlyList<Event>)))
            {
                type.Properties.RemoveAt(i);
                continue;
            }

            property.IsRequired = !Found.Contains((type.Type, property.Name)) && property.AssociatedParameter is not { HasDefaultValue: true } && !MayBeNull(property);
        }
    }

    private static bool MayBeNull(JsonPropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is not null
        : property.IsGetNullable;

    [GeneratedRegex("missing required properties including: '([^']+)'")]
    private static partial Regex MissingFields();
}
