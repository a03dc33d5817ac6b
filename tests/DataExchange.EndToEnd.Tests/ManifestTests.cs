using System.Text.Json.Nodes;

namespace DataExchange.EndToEnd.Tests;

/// <summary>A report's manifest says which run it is, and the run can be made again from it.</summary>
public sealed class ManifestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_made_again_from_its_report_folder_alone_in_memory_and_stored()
    {
        await using var folder = new TemporaryFolder();
        var scenario = await TinyScenario.WriteAsync(folder);
        string[] simulate = ["simulate", scenario, "--scale", "0.01", "--set", "deals.disputed=0.1", "--seed", "5", "--data", folder.Data, "--out", folder.In("report"), "--json"];
        var run = (await DxProgram.RunAsync(simulate)).WithExitCode(0).Json();
        var manifest = await ManifestAsync(folder.In("report"));
        Assert.Equal(run.GetProperty("digest").GetString(), (string?)manifest["digest"]);
        Assert.Equal(run.GetProperty("events").GetInt64(), (long?)manifest["events"]);
        Assert.Equal(run.GetProperty("logRoot").GetString(), (string?)manifest["logRoot"]);
        Assert.Equal((5, 0.01, "tiny", "derived"), ((int)manifest["seed"]!, (double)manifest["scale"]!, (string)manifest["scenario"]!["name"]!, (string)manifest["keys"]!));
        Assert.Equal(scenario, (string?)manifest["scenario"]!["origin"]);
        Assert.Equal(["deals.disputed=0.1"], manifest["scenario"]!["settings"]!.AsArray().Select(setting => (string)setting!));
        Assert.Equal(simulate, manifest["command"]!.AsArray().Select(word => (string)word!));
        Assert.Matches("^([0-9a-f]{40}|unknown)$", (string)manifest["program"]!["commit"]!);

        File.Delete(scenario);
        var again = (await DxProgram.RunAsync("reproduce", folder.In("report"), "--json")).WithExitCode(0).Json();
        Assert.True(again.GetProperty("identical").GetBoolean());
        Assert.Equal("memory", again.GetProperty("engine").GetString());
        Assert.Equal(run.GetProperty("digest").GetString(), again.GetProperty("digest").GetString());
        Assert.Empty(again.GetProperty("differences").EnumerateArray());
        var stored = (await DxProgram.RunAsync("reproduce", folder.In("report/manifest.json"), "--data", folder.Data, "--json")).WithExitCode(0).Json();
        Assert.Equal(("store", true), (stored.GetProperty("engine").GetString(), stored.GetProperty("identical").GetBoolean()));

        // A changed scenario beside it, and another program: said, and no longer identical.
        var text = await File.ReadAllTextAsync(folder.In("report/scenario.json"), Stop);
        var changed = JsonNode.Parse(text)!;
        changed["demand"]!["level"]!["value"] = 1.5;
        await File.WriteAllTextAsync(folder.In("report/scenario.json"), changed.ToJsonString(), Stop);
        manifest["program"]!["version"] = "0.0.9";
        await File.WriteAllTextAsync(folder.In("report/manifest.json"), manifest.ToJsonString(), Stop);
        var other = (await DxProgram.RunAsync("reproduce", folder.In("report"))).WithExitCode(1);
        Assert.StartsWith("NOT IDENTICAL", other.Output, StringComparison.Ordinal);
        Assert.Contains("Another program version: 0.1.0, in the manifest 0.0.9", other.Output, StringComparison.Ordinal);
        Assert.Contains("Another scenario SHA-256: ", other.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', other.Output + other.Errors);
    }

    [Fact]
    public async Task Two_runs_of_one_command_differ_in_the_time_alone()
    {
        await using var folder = new TemporaryFolder();
        string[] simulate = ["simulate", await TinyScenario.WriteAsync(folder), "--scale", "0.01", "--data", folder.Data];
        (await DxProgram.RunAsync(simulate)).WithExitCode(0);
        var first = await ManifestAsync(folder.In("data/report"));
        (await DxProgram.RunAsync(simulate)).WithExitCode(0);
        var second = await ManifestAsync(folder.In("data/report"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", (string)first["writtenAt"]!);
        first.AsObject().Remove("writtenAt");
        second.AsObject().Remove("writtenAt");
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Theory]
    [InlineData("scale", "0", "scale '0' is not allowed: a number above 0, at most 1000")]
    [InlineData("format", "9", "format '9' is not allowed: 1")]
    [InlineData("kind", "\"report\"", "kind 'report' is not allowed: run, sweep or calibration")]
    [InlineData("kind", "\"sweep\"", "is no manifest of a sweep: ")]
    [InlineData("seed", "-1", "is no manifest of a run: $.seed: ")]
    [InlineData("keys", "\"given\"", "keys 'given' needs the keys that the run was signed with")]
    public async Task A_wrong_manifest(string field, string value, string told)
    {
        await using var folder = new TemporaryFolder();
        var manifest = JsonNode.Parse(
            """
            {"format":1,"kind":"run","program":{"version":"0.1.0","commit":"unknown"},"scenario":{"name":"x","sha256":"","file":"scenario.json","origin":"built-in","settings":[]},
             "seed":1,"scale":1,"keys":"derived","events":1,"digest":"","logRoot":"","command":[],"runtime":{"dotNet":"","os":"","architecture":"","postgreSql":null,"marten":null},"writtenAt":""}
            """)!;
        manifest[field] = JsonNode.Parse(value);
        await File.WriteAllTextAsync(folder.In("manifest.json"), manifest.ToJsonString(), Stop);
        BadInputTests.Refuses(await DxProgram.RunAsync("reproduce", folder.In("manifest.json")), 2, told);
    }

    [Fact]
    public async Task A_manifest_that_is_not_there()
    {
        await using var folder = new TemporaryFolder();
        BadInputTests.Refuses(await DxProgram.RunAsync("reproduce", folder.In("nothing.json")), 2, folder.In("nothing.json"), "cannot be read");
    }

    private static async Task<JsonNode> ManifestAsync(string report) => JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(report, "manifest.json"), Stop))!;
}
