using System.Text;
using System.Text.Json;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.EventStore.Serialization;

namespace DataExchange.EventStore.Tests;

public sealed class EventRegistryTests
{
    private static readonly string Pinned = Path.Combine(RepositoryFiles.Root, "tests/DataExchange.EventStore.Tests/Samples/event-names.txt");

    [Fact]
    public void Every_concrete_event_type_is_registered_once_under_one_name()
    {
        var types = typeof(Event).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Event)) && !type.IsAbstract);
        Assert.Equal(types.OrderBy(type => type.FullName), EventRegistry.All.Select(type => type.Type).OrderBy(type => type.FullName));
        Assert.Equal(EventRegistry.All.Count, EventRegistry.All.Select(type => type.Name).Distinct().Count());
        Assert.All(EventRegistry.All, type => Assert.Same(type, EventRegistry.Find(type.Name)));
        Assert.All(EventRegistry.All, type => Assert.Same(type, EventRegistry.Of(type.Type)));
    }

    [Fact]
    public void Names_are_lower_case_with_a_version() =>
        Assert.All(EventRegistry.All, type => Assert.Matches("^[a-z]+(_[a-z]+)*\\.v[1-9]$", type.Name));

    [Fact]
    public void An_event_lives_in_a_stream_of_the_capability_whose_folder_it_is_in() =>
        Assert.All(EventRegistry.All, type => Assert.EndsWith("." + type.Capability, type.Type.Namespace, StringComparison.Ordinal));

    /// <summary>What is stored can never be renamed: a name that leaves this list makes old stores unreadable.</summary>
    [Fact]
    public void The_names_are_those_that_stores_already_hold()
    {
        var lines = EventRegistry.All.Select(type => (type.Name, Current: type)).Concat(EventRegistry.Former.Select(former => (former.Name, former.Current)))
            .OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => $"{type.Name} {type.Current.Capability} {type.Current.StreamKind}").ToArray();
        if (RepositoryFiles.Update)
        {
            var gone = File.Exists(Pinned) ? File.ReadAllLines(Pinned).Except(lines).ToArray() : [];
            Assert.True(gone.Length == 0, $"Stored names are for ever; these would go: {string.Join(", ", gone)}.");
            File.WriteAllText(Pinned, string.Join('\n', lines) + '\n');
        }

        Assert.Equal(File.ReadAllLines(Pinned), lines);
    }

    [Fact]
    public void An_earlier_version_has_the_name_of_its_type_and_a_lower_version_and_no_gap_is_between_them()
    {
        Assert.NotEmpty(EventRegistry.Former);
        Assert.All(EventRegistry.Former, former => Assert.Null(EventRegistry.Find(former.Name)));
        foreach (var type in EventRegistry.All)
        {
            var version = type.Name[^1] - '0';
            var name = type.Name[..^1];
            Assert.Equal(Enumerable.Range(1, version).Select(number => name + number), EventRegistry.NamesOf(type).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void What_was_stored_as_an_earlier_version_comes_as_todays_and_is_written_as_it_was()
    {
        const string stored = """{"at":"2025-06-03T09:00:00+08:00","by":"p","catalogue":"c0ffee","identifier":"a-1","product":"P1","publisher":"Office","record":7}""";
        var read = EventJson.Read("product_imported.v1", Encoding.UTF8.GetBytes(stored));
        var imported = Assert.IsType<ProductImported>(read);
        Assert.Equal(("", 7, "a-1"), (imported.Format, imported.Record, imported.Identifier));
        Assert.Equal(stored, Encoding.UTF8.GetString(EventJson.Write(read)));
        Assert.Equal("product_imported.v1", EventRegistry.NameOf(read));
        Assert.Equal("product_imported.v1", EventNameAttribute.Of(read));
        Assert.Equal("product_imported.v2", EventRegistry.NameOf(new ProductImported(imported.Product, "c0ffee", 7, "a-1", "Office", "dcat") { At = read.At, By = read.By }));

        // It must have what that version has, no less and no more.
        Assert.Throws<JsonException>(() => EventJson.Read("product_imported.v1", Encoding.UTF8.GetBytes(stored.Replace(",\"record\":7", "", StringComparison.Ordinal))));
        Assert.Throws<JsonException>(() => EventJson.Read("product_imported.v1", Encoding.UTF8.GetBytes(stored.Replace("{", "{\"format\":\"dcat\",", StringComparison.Ordinal))));
        Assert.Throws<JsonException>(() => EventJson.Read("product_imported.v2", Encoding.UTF8.GetBytes(stored)));
    }

    [Fact]
    public void A_type_that_is_no_event_is_an_error_that_names_it() =>
        Assert.Contains("System.String", Assert.Throws<ArgumentException>(() => EventRegistry.Of(typeof(string))).Message, StringComparison.Ordinal);
}
