using System.Text;
using System.Text.Json;

namespace DataExchange.EndToEnd.Tests;

/// <summary>Catalogues of others are imported into a store that a run completed: what was stored stays as it is, what is added holds like the rest.</summary>
public sealed class CatalogueImportTests
{
    private const string Nasty = """
        {"@context":"https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld","conformsTo":"https://project-open-data.cio.gov/v1.1/schema","dataset":[
          {"identifier":"w-1","title":"Wells of the county","description":"<p>All <b>wells</b> &amp; springs.</p>","publisher":{"name":"County Office"},"accessLevel":"public",
           "modified":"R/P1Y","spatial":null,"keyword":"water, wells;springs","distribution":[{"downloadURL":"http://Marketing Summaries","mediaType":"text/csv"},null,{}]},
          {"identifier":"w-1","title":"Wells of the county","description":"<p>All <b>wells</b> &amp; springs.</p>","publisher":{"name":"County Office"},"accessLevel":"public",
           "modified":"R/P1Y","spatial":null,"keyword":"water, wells;springs","distribution":[{"downloadURL":"http://Marketing Summaries","mediaType":"text/csv"},null,{}]},
          {"identifier":"w-1","title":"Another under the same identifier","description":"Other wells","publisher":{"name":" county  office "},"accessLevel":"non-public"},
          {"title":"","identifier":"https://example.org/no title","description":"Named by its identifier"},
          {"title":"Nobody says what it is for"},
          null, 7, "reference to nothing", {}, [],
          {"title":{"zh":"门诊量","en":"Visits"},"identifier":5,"description":"By day\u0000","theme":["http://publications.europa.eu/resource/authority/data-theme/HEAL"]},
        ],}
        """;

    [Fact]
    public async Task A_catalogue_is_added_to_a_completed_run_and_everything_still_verifies()
    {
        await using var folder = new TemporaryFolder();
        var file = folder.In("data.json");
        await File.WriteAllTextAsync(file, "\uFEFF" + Nasty, new UTF8Encoding(false), TestContext.Current.CancellationToken);
        var run = (await SmallMarket.CopyAsync(folder.Data)).Json;
        var (runEvents, runDigest) = (run.GetProperty("events").GetInt64(), run.GetProperty("digest").GetString());

        // A trial tells the same and stores nothing.
        var trial = await ImportAsync(folder, file, "--dry-run", "--venue", "hzdex");
        var untouched = await VerifyAsync(folder);
        Assert.Equal((runEvents, runDigest), (untouched.GetProperty("events").GetInt64(), untouched.GetProperty("digest").GetString()));

        var report = await ImportAsync(folder, file, "--venue", "hzdex");
        Assert.Equal(11, report.GetProperty("records").GetInt32());
        Assert.Equal(4, report.GetProperty("registered").GetInt32());
        Assert.Equal(2, report.GetProperty("refused").GetInt32());
        Assert.Equal(5, report.GetProperty("skipped").GetInt32());
        Assert.Equal(["NotStrictJson", "ByteOrderMark"], report.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("code").GetString()!).OrderDescending());
        var items = report.GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("record").GetInt32());
        Assert.Equal(Enumerable.Range(1, 11), items.Keys.Order());
        Assert.Equal(("Refused", "DuplicateOfEarlierRegistration"), Of(items[2]));
        Assert.Equal(("Refused", "NoUseScenario"), Of(items[5]));
        Assert.Equal(("Skipped", "NotAnObject"), Of(items[6]));
        Assert.Equal(items.Values.Select(Of), trial.GetProperty("items").EnumerateArray().OrderBy(item => item.GetProperty("record").GetInt32()).Select(Of));
        string[] notes = [.. items[1].GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("code").GetString()!)];
        Assert.Superset(new HashSet<string> { "MarkupRemoved", "SpatialUnusable", "DateIsInterval", "KeywordsSplit", "AddressInvalid", "UseScenarioAssumed" }, notes.ToHashSet());

        var added = report.GetProperty("eventsAdded").GetInt64();
        var verified = await VerifyAsync(folder);
        Assert.Equal((runEvents + added, runEvents), (verified.GetProperty("events").GetInt64(), verified.GetProperty("runEvents").GetInt64()));
        Assert.Equal(runDigest, verified.GetProperty("runDigest").GetString());
        Assert.NotEqual(runDigest, verified.GetProperty("digest").GetString());
        await AssertTracesAsync(folder, items[1].GetProperty("product").GetString()!, report.GetProperty("catalogue").GetString()!);

        // The same run still finds itself, and says that more was added.
        var again = await DxProgram.RunAsync("simulate", "--scale", "0.02", "--data", folder.Data);
        Assert.Contains("holds this run already", again.WithExitCode(0).Errors, StringComparison.Ordinal);
        Assert.Contains($"digest of the run's own events {runDigest}", again.Output, StringComparison.Ordinal);
        await AssertTwiceAsync(folder, file, verified);
    }

    private static async Task AssertTracesAsync(TemporaryFolder folder, string product, string catalogue)
    {
        var shown = (await DxProgram.RunAsync("show", "product/" + product, "--data", folder.Data)).WithExitCode(0).Output;
        Assert.Contains($"catalogue: {catalogue} · record: 1 · identifier: w-1 · publisher: County Office", shown, StringComparison.Ordinal);
        var events = (await DxProgram.RunAsync("events", "--stream", "product/" + product, "--data", folder.Data)).WithExitCode(0).Output;
        Assert.Contains($"\"catalogue\":\"{catalogue}\"", events, StringComparison.Ordinal);
        Assert.Contains("\"identifier\":\"w-1\"", events, StringComparison.Ordinal);
        var proof = folder.In("proof.json");
        (await DxProgram.RunAsync("log", "prove", $"product/{product}@2", "--out", proof, "--data", folder.Data)).WithExitCode(0);
        Assert.Contains("proved", (await DxProgram.RunAsync("log", "check", proof)).WithExitCode(0).Output, StringComparison.Ordinal);
        Assert.Contains("events were added to the run's", (await DxProgram.RunAsync("stats", "--data", folder.Data)).WithExitCode(0).Output, StringComparison.Ordinal);
    }

    private static async Task AssertTwiceAsync(TemporaryFolder folder, string file, JsonElement before)
    {
        var twice = await ImportAsync(folder, file, "--venue", "hzdex");
        Assert.Equal((0L, 4, 2, 5), (
            twice.GetProperty("eventsAdded").GetInt64(), twice.GetProperty("alreadyRegistered").GetInt32(), twice.GetProperty("refused").GetInt32(), twice.GetProperty("skipped").GetInt32()));
        Assert.Equal(before.GetProperty("digest").GetString(), (await VerifyAsync(folder)).GetProperty("digest").GetString());
        BadInputTests.Refuses(await DxProgram.RunAsync("import", "catalog", file, "--at", "2020-01-01", "--json", "--data", folder.Data), 2, "--at", "2020-01-01", "time does not run backwards");
        BadInputTests.Refuses(await DxProgram.RunAsync("import", "catalog", file, "--venue", "nowhere", "--json", "--data", folder.Data), 2, "--venue 'nowhere'", "one of hzdex, zjbdec");
    }

    [Fact]
    public async Task Killed_in_the_middle_it_leaves_whole_commands_and_the_same_import_registers_the_rest()
    {
        const int records = 20_000;
        await using var folder = new TemporaryFolder();
        var file = folder.In("large.json");
        await File.WriteAllTextAsync(
            file, "{\"dataset\":[" + string.Join(",\n", Enumerable.Range(1, records).Select(i => $$"""{"identifier":"{{i}}","title":"Set {{i}}","description":"d","publisher":"P{{i % 7}}"}""")) + "]}",
            TestContext.Current.CancellationToken);
        string[] import = ["import", "catalog", file, "--at", "2025-06-03", "--data", folder.Data, "--json"];
        using (var running = RunningDx.Start(import))
        {
            await ServerNote.OnceStoredAsync(running, folder.Data, 1);
            running.Signal(RunningDx.Kill);
            await running.EndAsync();
        }

        var partly = await VerifyAsync(folder);
        Assert.InRange(partly.GetProperty("events").GetInt64(), 1, 3 * records);
        var rest = (await DxProgram.RunAsync(import)).WithExitCode(0).Json();
        Assert.Equal(records, rest.GetProperty("registered").GetInt32() + rest.GetProperty("alreadyRegistered").GetInt32());
        Assert.InRange(rest.GetProperty("alreadyRegistered").GetInt32(), 1, records - 1);
        // 20,000 products of three facts each, seven publishers, the venue and its log.
        Assert.Equal((3 * records) + 7 + 2, (await VerifyAsync(folder)).GetProperty("events").GetInt64());
        Assert.Equal(records, (await DxProgram.RunAsync([.. import, "--dry-run"])).WithExitCode(0).Json().GetProperty("alreadyRegistered").GetInt32());
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("<html></html>", "the file is no JSON, from line 1")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[]}", "is JSON but no catalogue")]
    [InlineData("{\"dataset\":[{}]}", "--at is needed")]
    public async Task What_is_no_catalogue_changes_nothing(string content, string told)
    {
        await using var folder = new TemporaryFolder();
        var file = folder.In("x.json");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        BadInputTests.Refuses(await DxProgram.RunAsync("import", "catalog", file, "--data", folder.Data), 2, told);
        Assert.False(Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task Other_wrong_input_is_named_too()
    {
        await using var folder = new TemporaryFolder();
        BadInputTests.Refuses(await DxProgram.RunAsync("import", "catalog", folder.In("none.json"), "--data", folder.Data), 2, "none.json", "cannot be read");
        BadInputTests.Refuses(await DxProgram.RunAsync("import", "catalog", folder.Path, "--data", folder.Data), 2, folder.Path, "cannot be read");
        BadInputTests.Refuses(await DxProgram.RunAsync("import", "catalog", "x.json", "--venue", "A B", "--data", folder.Data), 2, "--venue 'A B'", "small letters");
        Assert.False(Directory.Exists(folder.Data));
    }

    private static (string, string?) Of(JsonElement item) => (item.GetProperty("outcome").GetString()!, item.GetProperty("reason").GetString());

    private static async Task<JsonElement> ImportAsync(TemporaryFolder folder, string file, params string[] arguments) =>
        (await DxProgram.RunAsync(["import", "catalog", file, .. arguments, "--data", folder.Data, "--json"])).WithExitCode(0).Json();

    private static async Task<JsonElement> VerifyAsync(TemporaryFolder folder)
    {
        var result = await DxProgram.RunAsync("verify", "--json", "--data", folder.Data);
        return result.WithExitCode(0).Json();
    }
}
