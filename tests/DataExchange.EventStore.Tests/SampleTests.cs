using System.Text;
using DataExchange.EventStore.Serialization;

namespace DataExchange.EventStore.Tests;

/// <summary>Events as earlier versions of the program stored them: a line has the type's name and, as data, the canonical JSON. Lines are only added.</summary>
public sealed class SampleTests
{
    private static readonly string Sample = Path.Combine(RepositoryFiles.Root, "tests/DataExchange.EventStore.Tests/Samples/events-v1.jsonl");

    [Fact]
    public void Every_stored_sample_is_read_and_written_to_the_same_bytes()
    {
        foreach (var line in Lines())
        {
            var (type, json) = Parse(line);
            Assert.Equal(json, Encoding.UTF8.GetString(EventJson.Write(EventJson.Read(type, Encoding.UTF8.GetBytes(json)))));
        }
    }

    [Fact]
    public void Every_registered_type_is_in_the_sample()
    {
        var known = Lines().Select(line => Parse(line).Type).ToHashSet();
        var missing = EventRegistry.All.Where(type => !known.Contains(type.Name)).ToArray();
        if (RepositoryFiles.Update)
        {
            File.AppendAllLines(Sample, missing.SelectMany(type => new[] { Specimens.Full(type.Type), Specimens.Sparse(type.Type) })
                .Select(specimen => Line(EventRegistry.NameOf(specimen), Encoding.UTF8.GetString(EventJson.Write(specimen)))));
            missing = [];
        }

        Assert.True(missing.Length == 0,
            $"Not in {Sample}: {string.Join(", ", missing.Select(type => type.Name))}. Add them with: {RepositoryFiles.UpdateCommand}");
    }

    private static string Line(string type, string json) => $$"""{"type":"{{type}}","data":{{json}}}""";

    private static (string Type, string Json) Parse(string line)
    {
        const string Middle = "\",\"data\":";
        var middle = line.IndexOf(Middle, StringComparison.Ordinal);
        return (line["{\"type\":\"".Length..middle], line[(middle + Middle.Length)..^1]);
    }

    private static string[] Lines() => File.Exists(Sample) ? File.ReadAllLines(Sample) : [];
}
