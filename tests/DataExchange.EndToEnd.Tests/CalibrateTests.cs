using System.Text.Json.Nodes;

namespace DataExchange.EndToEnd.Tests;

/// <summary><c>dx calibrate</c> on a market so small that it only shows the way.</summary>
public sealed class CalibrateTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await TinyScenario.WriteAsync(_folder);
        await File.WriteAllTextAsync(
            _folder.In("own.json"),
            """{"formatVersion": 1, "name": "own", "moments": [{"figure": "negotiatedShare", "label": {"zh": "面议占比", "en": "Negotiated"}, "unit": "share", "target": 0.3, "standardError": 0.05, "errorFrom": "assumed", "provenance": "assumed"}]}""");
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    [Fact]
    public async Task Stopped_it_goes_on_and_writes_a_scenario_a_page_and_a_manifest_and_the_same_again()
    {
        var output = _folder.In("fitted");
        using (var running = RunningDx.Start([.. Words(output), "--steps", "1"]))
        {
            while (!File.Exists(Path.Combine(output, "runs.ndjson")) || new FileInfo(Path.Combine(output, "runs.ndjson")).Length < 200)
            {
                Assert.False(running.HasEnded, "It ended before it was to be stopped.");
                await Task.Delay(20, Stop);
            }

            running.Signal(RunningDx.Interrupt);
            var stopped = (await running.EndAsync()).WithExitCode(130);
            Assert.Contains("runs are kept in ", stopped.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', stopped.Errors);
            Assert.Equal([Path.Combine(output, "runs.ndjson")], Directory.EnumerateFileSystemEntries(output));
        }

        BadInputTests.Refuses(await DxProgram.RunAsync([.. Words(output), "--steps", "1"]), 2, "--out", "runs of a calibration: give --resume");
        var done = (await DxProgram.RunAsync([.. Words(output), "--steps", "1", "--resume", "--json"])).WithExitCode(0);
        Assert.Equal("", done.Errors);
        var fit = done.Json();
        Assert.True(fit.GetProperty("objective").GetDouble() < fit.GetProperty("objectiveAtStart").GetDouble());
        Assert.Equal("negotiatedShare", fit.GetProperty("fit")[0].GetProperty("figure").GetString());
        Assert.Contains("哪个指标约束哪个参数", await File.ReadAllTextAsync(Path.Combine(output, "calibration.html"), Stop), StringComparison.Ordinal);
        (await DxProgram.RunAsync("scenario", "check", Path.Combine(output, "scenario.json"))).WithExitCode(0);

        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(output, "manifest.json"), Stop))!;
        foreach (var result in manifest["results"]!.AsArray())
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(output, (string)result!["file"]!), Stop);
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), (string)result["sha256"]!);
        }

        // From the runs alone: nothing is run, the same comes out.
        var again = (await DxProgram.RunAsync([.. Words(output), "--steps", "1", "--resume"])).WithExitCode(0);
        Assert.Contains(" 0 runs made now", again.Output, StringComparison.Ordinal);
        Assert.Equal((string)manifest["results"]![0]!["sha256"]!, (string)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(output, "manifest.json"), Stop))!["results"]![0]!["sha256"]!);
    }

    [Fact]
    public async Task It_is_made_again_from_its_folder_alone()
    {
        var output = _folder.In("moved");
        (await DxProgram.RunAsync([.. Words(output), "--steps", "0"])).WithExitCode(0);
        File.Delete(_folder.In("own.json"));
        var again = (await DxProgram.RunAsync("reproduce", output, "--json")).WithExitCode(0).Json();
        Assert.True(again.GetProperty("identical").GetBoolean());
        Assert.Equal(["calibration.json", "scenario.json", "calibration.html"], again.GetProperty("results").EnumerateArray().Select(one => one.GetProperty("file").GetString()));

        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(output, "manifest.json"), Stop))!;
        manifest["seeds"] = new JsonArray(7, 8);
        await File.WriteAllTextAsync(Path.Combine(output, "manifest.json"), manifest.ToJsonString(), Stop);
        Assert.Contains("NOT IDENTICAL  calibration of tiny", (await DxProgram.RunAsync("reproduce", output)).WithExitCode(1).Output, StringComparison.Ordinal);
        BadInputTests.Refuses(await DxProgram.RunAsync("reproduce", output, "--data", _folder.Data), 2, "--data, --keys and --agents are not allowed for the manifest of a calibration");
    }

    [Fact]
    public async Task What_cannot_be_fitted_is_refused_with_field_value_and_what_is_allowed()
    {
        BadInputTests.Refuses(await DxProgram.RunAsync("calibrate", "--moments", _folder.In("nothing.json")), 2, "--moments", "cannot be read");
        BadInputTests.Refuses(await DxProgram.RunAsync("calibrate", "--moments", _folder.In("own.json"), "--out", _folder.In("none")), 2, "--parameter is required: the moments 'own' name no settings");
        BadInputTests.Refuses(await DxProgram.RunAsync("calibrate", "--parameter", "pricing.negotiatedShare"), 2, "--parameter 'pricing.negotiatedShare' is not allowed: PATH=FROM..TO");
        Assert.False(Directory.Exists(_folder.In("none")));
    }

    private string[] Words(string output) =>
    [
        "calibrate", _folder.In("tiny.json"), "--moments", _folder.In("own.json"), "--parameter", "pricing.negotiatedShare=0..0.6", "--seeds", "2", "--scale", "0.01", "--workers", "1",
        "--set", "demand.level=0.01", "--set", "orderBooks.books=0", "--set", "auctions.products=0", "--set", "logs.headDays=3650", "--out", output,
    ];
}
