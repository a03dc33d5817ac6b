using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DataExchange.EventStore;
using DataExchange.EventStore.Reading;

namespace DataExchange.EndToEnd.Tests;

/// <summary>A whole market's events as CloudEvents: what the specification asks for, and that nothing of the store is lost.</summary>
[Collection(nameof(ExportedTables))]
public sealed partial class CloudEventsTests(ExportedTables exported, MarketToSpoil spoiled)
{
    private static readonly string[] Known = ["specversion", "id", "source", "type", "datacontenttype", "dataschema", "subject", "time", "data", "data_base64"];
    private static readonly string[] Texts = ["id", "source", "type", "subject"];

    [Fact]
    public async Task Every_line_is_a_CloudEvent_and_their_data_give_the_stores_digest()
    {
        await using var folder = new TemporaryFolder();
        var file = folder.In("events.ndjson");
        var written = (await ExportAsync("--out", file, "--json")).Json();
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(exported.Market.Json.GetProperty("events").GetInt64(), lines.Length);
        Assert.Equal(lines.Length, written.GetProperty("events").GetInt64());

        var ids = new HashSet<string>();
        var facts = new SortedDictionary<string, List<(int Version, string Type, string Data)>>(StreamIdOrder.Instance);
        var before = "";
        foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            var all = json.RootElement;
            AssertIsCloudEvent(all);
            Assert.Equal(written.GetProperty("source").GetString(), all.GetProperty("source").GetString());
            Assert.True(ids.Add(all.GetProperty("id").GetString()!), $"twice: {all.GetProperty("id")}");
            Assert.Equal(all.GetProperty("data").GetProperty("at").GetString(), all.GetProperty("time").GetString());

            var sequence = all.GetProperty("sequence").GetString()!;
            Assert.True(string.CompareOrdinal(before, sequence) < 0, $"{sequence} does not come after {before}");
            before = sequence;

            var stream = all.GetProperty("subject").GetString()!;
            if (!facts.TryGetValue(stream, out var of))
            {
                facts.Add(stream, of = []);
            }

            of.Add((all.GetProperty("streamversion").GetInt32(), all.GetProperty("type").GetString()!["invalid.dataexchange.".Length..], all.GetProperty("data").GetRawText()));
            Assert.Equal(of.Count, of[^1].Version);
            Assert.Equal($"{stream}/{of.Count}", all.GetProperty("id").GetString());
        }

        using var digest = new StoreDigest();
        foreach (var (stream, of) in facts)
        {
            digest.BeginStream(stream);
            of.ForEach(fact => digest.Append(fact.Type, Encoding.UTF8.GetBytes(fact.Data)));
        }

        Assert.Equal(exported.Market.Digest, digest.Finish());
        Assert.Equal(string.Join('\n', lines) + "\n", (await ExportAsync()).Output);
    }

    [Fact]
    public async Task An_export_that_fails_leaves_what_was_there()
    {
        await using var folder = new TemporaryFolder();
        var file = folder.In("events.ndjson");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);
        var connection = await spoiled.SpoiledAsync("UPDATE dataexchange.mt_events SET data = data - 'by' WHERE seq_id = 20000");
        BadInputTests.Refuses(await DxProgram.RunAsync("export", "--format", "cloudevents", "--out", file, "--postgres", connection), 1, "cannot be read; './dx verify' names everything that is off");
        Assert.Equal("mine", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("--format 'avro' is not allowed: one of cloudevents, parquet, csv", "--format", "avro")]
    [InlineData("--format is needed: one of cloudevents, parquet, csv, duckdb; or a command must follow: catalog, ledger")]
    [InlineData("--out '/' is a folder; a file is needed", "--format", "cloudevents", "--out", "/")]
    [InlineData("--json needs --out", "--format", "cloudevents", "--json")]
    [InlineData("'parquet' is no command of dx export", "parquet")]
    public async Task Wrong_input_is_named(string told, params string[] arguments) =>
        BadInputTests.Refuses(await DxProgram.RunAsync(["export", .. arguments, "--data", exported.Market.Data]), 2, told);

    // CloudEvents 1.0.2, "Context Attributes", and its JSON format.
    private static void AssertIsCloudEvent(JsonElement found)
    {
        Assert.Equal("1.0", found.GetProperty("specversion").GetString());
        Assert.All(Texts, name => Assert.NotEqual("", found.GetProperty(name).GetString()));
        Assert.True(Uri.TryCreate(found.GetProperty("source").GetString(), UriKind.Absolute, out _));
        Assert.Matches(Rfc3339(), found.GetProperty("time").GetString()!);
        Assert.Equal("application/json", found.GetProperty("datacontenttype").GetString());
        Assert.Equal(JsonValueKind.Object, found.GetProperty("data").ValueKind);
        foreach (var attribute in found.EnumerateObject())
        {
            Assert.True(Known.Contains(attribute.Name) || ExtensionName().IsMatch(attribute.Name), attribute.Name);
            Assert.True(
                attribute.Name == "data" || attribute.Value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False
                || (attribute.Value.ValueKind == JsonValueKind.Number && attribute.Value.TryGetInt32(out _)),
                $"{attribute.Name} is no String, Boolean or Integer (32 bits)");
        }

        Assert.True(found.GetProperty("simulated").GetBoolean());
    }

    private async Task<DxResult> ExportAsync(params string[] arguments) =>
        (await DxProgram.RunAsync(["export", "--format", "cloudevents", .. arguments, "--data", exported.Market.Data])).WithExitCode(0);

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})\z")]
    private static partial Regex Rfc3339();

    [GeneratedRegex(@"\A[a-z0-9]{1,20}\z")]
    private static partial Regex ExtensionName();
}
