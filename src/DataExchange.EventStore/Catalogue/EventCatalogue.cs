using System.Globalization;
using System.Reflection;
using System.Text;
using System.Xml.Linq;
using DataExchange.Domain;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;

namespace DataExchange.EventStore.Catalogue;

/// <summary>
/// The page that lists every stored event, made from the code: fields by reflection, meanings from the XML documentation, the commands that
/// lead to an event from the compiled deciders, the reactions by asking them.
/// </summary>
public static class EventCatalogue
{
    private const string FieldsHead = "| Field | JSON | Meaning |\n|---|---|---|\n";

    private const string Introduction =
        """
        # The events

        Made from the code; do not edit. A test compares it, and renews it with

            DX_UPDATE=1 dotnet test --project tests/DataExchange.EventStore.Tests -c Release

        An event is stored under its name with its version, for ever: a change of meaning is a new version beside the old one. Its data are
        one JSON object in canonical form (RFC 8785): fields in ordinal order, no white space. A field that may be absent is left out when
        there is nothing to say; every other field is always there, and there are no others. Amounts are whole fen (1/100 yuan); every
        integer is below 2^53. A time is China Standard Time to the second, `2025-05-31T09:30:00+08:00`. Every event has, besides the fields
        listed,

        | Field | JSON | Meaning |
        |---|---|---|
        """;

    /// <summary>The page, with the documentation that the compiler put beside the assembly.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string Markdown()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "DataExchange.Domain.xml");
        return File.Exists(path)
            ? Markdown(XDocument.Load(path))
            : throw new FileNotFoundException($"'{path}' holds the meanings of events and fields; it is made by the build.", path);
    }

    /// <summary>The page.</summary>
    /// <param name="documentation">XML documentation of DataExchange.Domain.</param>
    public static string Markdown(XDocument documentation)
    {
        ArgumentNullException.ThrowIfNull(documentation);
        var words = new Documentation(documentation);
        var page = new StringBuilder(Introduction).Append('\n');
        foreach (var name in new[] { nameof(Event.At), nameof(Event.By) })
        {
            AppendField(page, typeof(Event).GetProperty(name)!, words.OfProperty(typeof(Event), name));
        }

        var causes = new EventCauses(Causes.OfEvents(), Causes.OfMatchingCore());
        foreach (var capability in StreamKind.All.GroupBy(kind => kind.Capability))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {capability.Key}\n");
            foreach (var kind in capability)
            {
                AppendStream(page, kind, words, causes);
            }
        }

        AppendTypes(page, words);
        return page.ToString();
    }

    private static void AppendStream(StringBuilder page, StreamKind kind, Documentation words, EventCauses causes)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### Stream `{kind.Name}/…`\n\n{words.OfStream(kind.Name)}")
            .Append(CultureInfo.InvariantCulture, $" Decided by `{kind.Decider.Name}`.\n");
        foreach (var type in EventRegistry.All.Where(type => type.StreamKind == kind.Name))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n#### `{type.Name}`\n\n{words.OfType(type.Type)}\n\n{FieldsHead}");
            foreach (var field in Fields(type.Type))
            {
                AppendField(page, field, words.OfParameter(type.Type, field.Name));
            }

            page.Append(CultureInfo.InvariantCulture, $"\n- Comes from: {OrNone(", ", [.. causes.Of(type.Type)], "no command")}.\n");
            page.Append(CultureInfo.InvariantCulture, $"- Leads to: {OrNone("; ", Consequences.Of(type.Type), "nothing by itself")}.\n");
            foreach (var former in EventRegistry.Former.Where(former => former.Current == type))
            {
                page.Append(CultureInfo.InvariantCulture, $"- Read too: `{former.Name}`. {words.OfType(former.Type)}\n");
            }
        }
    }

    private static string OrNone(string separator, IReadOnlyList<string> texts, string none) =>
        texts.Count == 0 ? none : string.Join(separator, texts);

    private static void AppendTypes(StringBuilder page, Documentation words)
    {
        page.Append("\n## Values\n");
        foreach (var type in NestedTypes())
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {type.Name}\n\n{words.OfType(type)}\n\n");
            if (type.IsEnum)
            {
                page.Append("| Text | Meaning |\n|---|---|\n");
                foreach (var name in Enum.GetNames(type))
                {
                    page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {words.OfField(type, name)} |\n");
                }

                continue;
            }

            page.Append(FieldsHead);
            foreach (var field in Fields(type))
            {
                AppendField(page, field, words.OfParameter(type, field.Name));
            }
        }
    }

    private static void AppendField(StringBuilder page, PropertyInfo field, string meaning) =>
        page.Append(CultureInfo.InvariantCulture, $"| `{JsonShape.NameOf(field)}` | {JsonShape.Of(field)} | {meaning} |\n");

    private static IEnumerable<PropertyInfo> Fields(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(property => property.SetMethod is not null)
        .OrderBy(JsonShape.NameOf, StringComparer.Ordinal);

    private static SortedSet<Type> NestedTypes()
    {
        var found = new SortedSet<Type>(Comparer<Type>.Create((left, right) => string.CompareOrdinal(left.Name, right.Name)));
        var pending = new Queue<Type>(EventRegistry.All.Select(type => type.Type));
        while (pending.TryDequeue(out var owner))
        {
            foreach (var type in Fields(owner).Select(field => JsonShape.Inner(field.PropertyType)).Where(JsonShape.IsNested))
            {
                if (found.Add(type) && !type.IsEnum)
                {
                    pending.Enqueue(type);
                }
            }
        }

        return found;
    }

    /// <summary>Where events come from: commands, and the matching core of an order book.</summary>
    private sealed record EventCauses(ILookup<Type, Type> Commands, IReadOnlySet<Type> OfCore)
    {
        internal IEnumerable<string> Of(Type type) =>
        [
            .. Commands[type].Select(command => command.Name).Order(StringComparer.Ordinal).Select(name => $"`{name}`"),
            .. OfCore.Contains(type) ? ["the book's matching core"] : Array.Empty<string>(),
        ];
    }
}
