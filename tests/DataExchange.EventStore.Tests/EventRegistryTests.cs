using DataExchange.Domain;
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
        var lines = EventRegistry.All.Select(type => $"{type.Name} {type.Capability} {type.StreamKind}").ToArray();
        if (RepositoryFiles.Update)
        {
            var gone = File.Exists(Pinned) ? File.ReadAllLines(Pinned).Except(lines).ToArray() : [];
            Assert.True(gone.Length == 0, $"Stored names are for ever; these would go: {string.Join(", ", gone)}.");
            File.WriteAllText(Pinned, string.Join('\n', lines) + '\n');
        }

        Assert.Equal(File.ReadAllLines(Pinned), lines);
    }

    [Fact]
    public void A_type_that_is_no_event_is_an_error_that_names_it() =>
        Assert.Contains("System.String", Assert.Throws<ArgumentException>(() => EventRegistry.Of(typeof(string))).Message, StringComparison.Ordinal);
}
