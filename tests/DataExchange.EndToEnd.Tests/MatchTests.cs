using System.Text.Json;

namespace DataExchange.EndToEnd.Tests;

/// <summary>What scripts rely on when they call <c>dx match</c>.</summary>
public sealed class MatchTests
{
    private const string Books = "40";

    // What the same flow gave in other engines; also the names and their order in the output.
    private static readonly string[] Names =
    [
        "operations", "trades", "quantityTraded", "restingOrders", "opsPerSecond", "p50Ns", "p99Ns", "p999Ns", "maxNs", "allocatedBytesPerOp", "stateHash",
    ];

    [Fact]
    public async Task A_flow_is_made_and_matched_with_any_number_of_shards()
    {
        await using var folder = new TemporaryFolder();
        var flow = await FlowAsync(folder);
        var single = (await MatchAsync(flow)).Json();
        Assert.Equal(Names, single.EnumerateObject().Select(property => property.Name));
        Assert.Equal(200_000, single.GetProperty("operations").GetInt64());
        Assert.Equal(1_943_089, single.GetProperty("quantityTraded").GetInt64());
        Assert.Equal(0, single.GetProperty("allocatedBytesPerOp").GetDouble());
        Assert.True(single.GetProperty("opsPerSecond").GetDouble() > 0);
        Assert.True(single.GetProperty("maxNs").GetInt64() >= single.GetProperty("p50Ns").GetInt64());
        Assert.Matches("^[0-9a-f]{16}$", single.GetProperty("stateHash").GetString());
        Same(single, (await MatchAsync(flow, "--shards", "3")).Json());
        Assert.Contains("1,943,089", (await DxProgram.RunAloneAsync("match", flow, "--books", Books, "--rate", "10000000")).WithExitCode(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_resumed_from_a_snapshot_ends_as_one_without()
    {
        await using var folder = new TemporaryFolder();
        var (flow, snapshot) = (await FlowAsync(folder), folder.In("snapshot"));
        var whole = (await MatchAsync(flow)).Json();
        var half = (await MatchAsync(flow, "--snapshot", snapshot, "--at", "70000")).Json();
        Assert.Equal(70_000, half.GetProperty("operations").GetInt64());
        Same(whole, (await MatchAsync(flow, "--resume", snapshot)).Json());

        var bytes = await File.ReadAllBytesAsync(snapshot, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(snapshot, bytes, TestContext.Current.CancellationToken);
        BadInputTests.Refuses(await DxProgram.RunAloneAsync("match", flow, "--books", Books, "--json", "--resume", snapshot), 2, snapshot, "damaged");
        BadInputTests.Refuses(await DxProgram.RunAloneAsync("match", flow, "--books", Books, "--json", "--resume", folder.In("none")), 2, folder.In("none"));
    }

    [Fact]
    public async Task A_run_that_was_killed_goes_on_from_its_journal()
    {
        await using var folder = new TemporaryFolder();
        var (flow, journal) = (await FlowAsync(folder), folder.In("journal"));
        var whole = (await MatchAsync(flow)).Json();
        using (var running = RunningDx.Start("match", flow, "--books", Books, "--json", "--journal", journal, "--durable"))
        {
            while (!running.HasEnded && !(File.Exists(journal) && new FileInfo(journal).Length > 1_000_000))
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }

            running.Signal(RunningDx.Kill);
            await running.EndAsync();
        }

        // Whatever the kill left whole, a torn end is what a crash of the machine leaves.
        await using (var file = new FileStream(journal, FileMode.Open))
        {
            file.SetLength(Math.Max(1_000_000, file.Length - 100_001));
        }

        BadInputTests.Refuses(await DxProgram.RunAloneAsync("match", flow, "--books", Books, "--json", "--journal", journal), 2, journal, "--continue");
        Same(whole, (await MatchAsync(flow, "--journal", journal, "--continue")).Json());
    }

    [Fact]
    public async Task An_illegal_flow_is_refused_and_nothing_is_carried_out()
    {
        await using var folder = new TemporaryFolder();
        var (flow, journal) = (await FlowAsync(folder), folder.In("journal"));
        var bytes = await File.ReadAllBytesAsync(flow, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(flow, bytes[..^1], TestContext.Current.CancellationToken);
        BadInputTests.Refuses(await DxProgram.RunAloneAsync("match", flow, "--books", Books, "--journal", journal), 2, flow, "record 200000", "truncated");
        bytes[(24 * 100_000) + 0] = 3;
        await File.WriteAllBytesAsync(flow, bytes, TestContext.Current.CancellationToken);
        BadInputTests.Refuses(await DxProgram.RunAloneAsync("match", flow, "--books", Books, "--journal", journal), 2, flow, "record 100001", "op is 3");
        BadInputTests.Refuses(await DxProgram.RunAloneAsync("match", flow, "--books", "7", "--json"), 2, flow, "book is", "0 to 6");
        BadInputTests.Refuses(await DxProgram.RunAloneAsync("match", folder.In("none"), "--books", Books, "--json"), 2, folder.In("none"));
        Assert.False(File.Exists(journal), "an illegal flow should leave no journal behind");
    }

    [Theory]
    [InlineData("--books", "0", "--books '0'", "1 to 65536")]
    [InlineData("--shards", "65", "--shards '65'", "1 to 64")]
    [InlineData("--rate", "fast", "--rate 'fast'", "1000 to 100000000")]
    [InlineData("--at", "5", "--snapshot FILE and --at K")]
    [InlineData("--snapshot", "/nowhere/s", "--snapshot FILE and --at K")]
    public async Task An_option_that_is_not_allowed(string option, string value, params string[] told)
    {
        string[] books = option == "--books" ? [] : ["--books", "1"];
        BadInputTests.Refuses(await DxProgram.RunAloneAsync(["match", "/nowhere/flow", option, value, "--json", .. books]), 2, told);
    }

    [Theory]
    [InlineData("--continue")]
    [InlineData("--durable")]
    public async Task An_option_without_the_one_it_belongs_to(string option) =>
        BadInputTests.Refuses(await DxProgram.RunAloneAsync("match", "/nowhere/flow", "--books", "1", option), 2, option, "--journal FILE");

    private static async Task<string> FlowAsync(TemporaryFolder folder)
    {
        var flow = folder.In("flow");
        (await DxProgram.RunAloneAsync("bench", "flow", "200000", Books, "7", flow)).WithExitCode(0);
        return flow;
    }

    private static async Task<DxResult> MatchAsync(string flow, params string[] more) =>
        (await DxProgram.RunAloneAsync(["match", flow, "--books", Books, "--json", "--rate", "10000000", .. more])).WithExitCode(0);

    private static void Same(JsonElement expected, JsonElement actual) => Assert.All(
        ["operations", "trades", "quantityTraded", "restingOrders", "stateHash"],
        name => Assert.Equal(expected.GetProperty(name).GetRawText(), actual.GetProperty(name).GetRawText()));
}
