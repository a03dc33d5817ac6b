using System.Globalization;
using System.Text.Json.Nodes;

namespace DataExchange.EndToEnd.Tests;

/// <summary>A sweep of four short runs, made once in one go.</summary>
public sealed class SmallSweep : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal string File => In("sweep.json");

    internal byte[] Results { get; private set; } = [];

    internal DxResult First { get; private set; } = null!;

    internal string In(string name) => _folder.In(name);

    public async ValueTask InitializeAsync()
    {
        await TinyScenario.WriteAsync(_folder);
        await System.IO.File.WriteAllTextAsync(
            File,
            """
            {"formatVersion": 1, "name": "tiny-sweep", "scenario": "tiny.json", "scale": 0.01, "set": ["demand.level=0.2"], "seeds": [1, 2], "design": {"kind": "grid"},
             "parameters": [{"path": "deals.disputed", "values": [0, 0.5]}]}
            """);
        First = (await DxProgram.RunAsync("sweep", File, "--out", In("one-go"), "--workers", "1", "--json")).WithExitCode(0);
        Results = await System.IO.File.ReadAllBytesAsync(In("one-go/results.csv"));
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

/// <summary>A sweep gives the same rows whatever happens to it.</summary>
public sealed class SweepTests(SmallSweep sweep) : IClassFixture<SmallSweep>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_a_run_in_the_order_of_the_design_with_the_digest_of_a_store()
    {
        var json = sweep.First.Json();
        Assert.Equal((4, 4, 0), (json.GetProperty("runs").GetInt32(), json.GetProperty("made").GetInt32(), json.GetProperty("failed").GetInt32()));
        Assert.Equal("", sweep.First.Errors);
        string[][] lines = [.. (await File.ReadAllLinesAsync(sweep.In("one-go/results.csv"), Stop)).Select(line => line.Split(','))];
        Assert.Equal(["run", "point", "seed", "deals.disputed", "products_listed"], lines[0][..5]);
        Assert.Equal([("0", "0", "1", "0"), ("1", "0", "2", "0"), ("2", "1", "1", "0.5"), ("3", "1", "2", "0.5")], lines[1..].Select(cells => (cells[0], cells[1], cells[2], cells[3])));

        await using var folder = new TemporaryFolder();
        var stored = (await DxProgram.RunAsync(
            "simulate", sweep.In("tiny.json"), "--scale", "0.01", "--seed", "2", "--set", "demand.level=0.2", "--set", "deals.disputed=0.5", "--data", folder.Data, "--json")).WithExitCode(0).Json();
        string Cell(string column) => lines[4][Array.IndexOf(lines[0], column)];
        Assert.Equal(stored.GetProperty("digest").GetString(), Cell("digest"));
        foreach (var (column, property) in new[] { ("events", "events"), ("products_listed", "productsListed"), ("transactions_registered", "transactionsRegistered"), ("registered_amount_fen", "registeredAmountFen") })
        {
            Assert.Equal(stored.GetProperty(property).GetInt64().ToString(CultureInfo.InvariantCulture), Cell(column));
        }

        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(sweep.In("one-go/manifest.json"), Stop))!;
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(sweep.Results)), (string?)manifest["results"]![0]!["sha256"]);
        Assert.Equal(lines[0], manifest["columns"]!.AsArray().Select(column => (string)column!["name"]!));
    }

    /// <summary>Read by DuckDB: the same cells as in the CSV, with their types.</summary>
    [Fact]
    public void The_Parquet_file_has_the_cells_of_the_csv_with_their_types_and_units()
    {
        using var duck = new DuckDb();
        duck.Run($"CREATE VIEW p AS FROM '{sweep.In("one-go/results.parquet")}'; CREATE TABLE c AS FROM p LIMIT 0; INSERT INTO c FROM read_csv('{sweep.In("one-go/results.csv")}')");
        Assert.Equal(("4", "4"), (duck.One("SELECT count(*) FROM c"), duck.One("SELECT count(*) FROM (FROM p INTERSECT FROM c)")));
        var types = duck.Query("SELECT column_name, column_type FROM (DESCRIBE p)").Rows.ToDictionary(row => row[0], row => row[1]);
        Assert.Equal(
            ("BIGINT", "DOUBLE", "BIGINT", "DOUBLE", "VARCHAR", "VARCHAR"),
            (types["seed"], types["deals.disputed"], types["registered_amount_fen"], types["provider_gini"], types["digest"], types["error"]));
        Assert.Equal(duck.One("SELECT sum(registered_amount_fen) FROM c"), duck.One("SELECT sum(registered_amount_fen) FROM p"));

        var columns = JsonNode.Parse(duck.One($"SELECT decode(value) FROM parquet_kv_metadata('{sweep.In("one-go/results.parquet")}') WHERE decode(key) = 'columns'"))!.AsArray();
        Assert.Equal(types.Keys, columns.Select(column => (string)column!["name"]!));
        Assert.Equal("fen", (string)columns.Single(column => (string)column!["name"]! == "fees_fen")!["unit"]!);
    }

    [Fact]
    public async Task Interrupted_and_killed_it_goes_on_to_the_same_bytes_without_running_again_what_was_finished()
    {
        var folder = sweep.In("killed");
        using (var interrupted = RunningDx.Start("sweep", sweep.File, "--out", folder, "--workers", "1"))
        {
            await RowsAsync(interrupted, folder, 1);
            interrupted.Signal(RunningDx.Interrupt);
            var ended = (await interrupted.EndAsync()).WithExitCode(130);
            Assert.Contains("of 4 runs are kept in ", ended.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', ended.Errors);
            Assert.False(File.Exists(Path.Combine(folder, "results.csv")));
        }

        BadInputTests.Refuses(await DxProgram.RunAsync("sweep", sweep.File, "--out", folder), 2, folder, "of 4 runs of this sweep: give --resume");
        using (var killed = RunningDx.Start("sweep", sweep.File, "--out", folder, "--workers", "1", "--resume"))
        {
            await RowsAsync(killed, folder, 2);
            killed.Signal(RunningDx.Kill);
            await killed.EndAsync();
        }

        // What a kill in the middle of a line leaves.
        var kept = Rows(folder);
        await File.AppendAllTextAsync(Path.Combine(folder, "runs.ndjson"), "{\"run\":3,\"po", Stop);
        var whole = (await DxProgram.RunAsync("sweep", sweep.File, "--out", folder, "--workers", "2", "--resume", "--json")).WithExitCode(0).Json();
        Assert.Equal(4 - kept, whole.GetProperty("made").GetInt32());
        Assert.Equal(sweep.Results, await File.ReadAllBytesAsync(Path.Combine(folder, "results.csv"), Stop));
    }

    [Fact]
    public async Task Slices_put_together_are_the_same_bytes_and_a_missing_one_is_named()
    {
        foreach (var slice in new[] { "0", "1" })
        {
            (await DxProgram.RunAsync("sweep", sweep.File, "--slice", $"{slice}/2", "--out", sweep.In("part-" + slice), "--json")).WithExitCode(0);
        }

        BadInputTests.Refuses(await DxProgram.RunAsync("sweep", "merge", sweep.In("part-1"), "--out", sweep.In("whole")), 2, "2 of 4 runs are missing: 0, 2");
        (await DxProgram.RunAsync("sweep", "merge", sweep.In("part-1"), sweep.In("part-0"), "--out", sweep.In("whole"))).WithExitCode(0);
        Assert.Equal(sweep.Results, await File.ReadAllBytesAsync(sweep.In("whole/results.csv"), Stop));
        Assert.Equal(await File.ReadAllBytesAsync(sweep.In("one-go/results.parquet"), Stop), await File.ReadAllBytesAsync(sweep.In("whole/results.parquet"), Stop));
        BadInputTests.Refuses(await DxProgram.RunAsync("sweep", "summary", sweep.In("part-0")), 2, "holds 2 of 4 runs");
        (await DxProgram.RunAsync("sweep", "summary", sweep.In("whole"), "--json")).WithExitCode(0);
        Assert.Contains("上架产品", await File.ReadAllTextAsync(sweep.In("whole/summary.html"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_is_made_again_from_its_folder()
    {
        foreach (var file in new[] { "manifest.json", "scenario.json", "sweep.json" })
        {
            Directory.CreateDirectory(sweep.In("published"));
            File.Copy(sweep.In("one-go/" + file), sweep.In("published/" + file));
        }

        var again = (await DxProgram.RunAsync("reproduce", sweep.In("published"), "--json")).WithExitCode(0).Json();
        Assert.Equal((true, 4), (again.GetProperty("identical").GetBoolean(), again.GetProperty("runs").GetInt32()));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(sweep.Results)), again.GetProperty("results")[0].GetProperty("sha256").GetString());
        BadInputTests.Refuses(await DxProgram.RunAsync("reproduce", sweep.In("published"), "--data", sweep.In("d")), 2, "not allowed for the manifest of a sweep");
    }

    [Theory]
    [InlineData("demand.nothing", "1", "parameters[0] demand.nothing = 1: setting 'demand.nothing': demand has no 'nothing'")]
    [InlineData("deals.disputed", "1.5", "parameters[0] deals.disputed = 1.5: ")]
    public async Task A_setting_that_the_scenario_does_not_take_is_refused_before_anything_runs(string path, string value, string told)
    {
        var wrong = JsonNode.Parse(await File.ReadAllTextAsync(sweep.File, Stop))!;
        wrong["parameters"]![0] = JsonNode.Parse($$"""{"path": "{{path}}", "values": [{{value}}]}""");
        var file = sweep.In($"wrong-{value}.json");
        await File.WriteAllTextAsync(file, wrong.ToJsonString(), Stop);
        BadInputTests.Refuses(await DxProgram.RunAsync("sweep", file, "--out", sweep.In("none")), 2, file, told);
        Assert.False(Directory.Exists(sweep.In("none")));
    }

    [Fact]
    public async Task A_folder_of_another_sweep_and_a_slice_that_cannot_be_are_refused()
    {
        var other = JsonNode.Parse(await File.ReadAllTextAsync(sweep.File, Stop))!;
        other["seeds"] = new JsonArray(3);
        await File.WriteAllTextAsync(sweep.In("other.json"), other.ToJsonString(), Stop);
        BadInputTests.Refuses(await DxProgram.RunAsync("sweep", sweep.In("other.json"), "--out", sweep.In("one-go"), "--resume"), 2, "holds another sweep: its sweep file has another content");
        BadInputTests.Refuses(await DxProgram.RunAsync("sweep", sweep.File, "--slice", "0/5"), 2, "--slice '0/5' is not allowed: the sweep has 4 runs");
        BadInputTests.Refuses(await DxProgram.RunAsync("sweep", sweep.In("nothing.json")), 2, "FILE", "cannot be read");
        BadInputTests.Refuses(await DxProgram.RunAsync("sweep", "merge", sweep.In("nothing"), "--out", sweep.In("whole")), 2, "holds no sweep");
    }

    // The first line says what the others are of.
    private static int Rows(string folder)
    {
        using var count = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("wc", ["-l", Path.Combine(folder, "runs.ndjson")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        return int.TryParse(count.StandardOutput.ReadToEnd().Split(' ')[0], CultureInfo.InvariantCulture, out var lines) ? Math.Max(0, lines - 1) : 0;
    }

    private static async Task RowsAsync(RunningDx running, string folder, int rows)
    {
        while (Rows(folder) < rows)
        {
            Assert.False(running.HasEnded, "It ended before it was to be stopped.");
            await Task.Delay(20, Stop);
        }
    }
}
