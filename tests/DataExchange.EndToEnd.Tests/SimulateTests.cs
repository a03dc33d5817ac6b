using System.Text.Json;

namespace DataExchange.EndToEnd.Tests;

/// <summary>The contract for scripts: what <c>dx simulate --json</c> and <c>dx verify --json</c> print, and that it does not depend on the machine.</summary>
public sealed class SimulateTests(SmallMarket market)
{
    [Fact]
    public void The_last_line_of_output_is_one_object_with_everything_a_script_needs()
    {
        var json = market.Json;
        Assert.Equal("hangzhou-2025", json.GetProperty("scenario").GetString());
        Assert.Equal(20250531, json.GetProperty("seed").GetInt64());
        Assert.InRange(json.GetProperty("productsListed").GetInt64(), 78, 80);
        Assert.InRange(json.GetProperty("transactionsRegistered").GetInt64(), 1_500, 3_000);
        Assert.InRange(json.GetProperty("registeredAmountFen").GetInt64(), 18_600_000_000, 18_800_000_000);
        Assert.InRange(json.GetProperty("events").GetInt64(), 20_000, 60_000);
        Assert.Matches("^[0-9a-f]{64}$", json.GetProperty("digest").GetString());
        Assert.True(json.GetProperty("seconds").GetDouble() > 0);
        var rate = json.GetProperty("events").GetInt64() / json.GetProperty("seconds").GetDouble();
        Assert.InRange(json.GetProperty("eventsPerSecond").GetDouble(), rate * 0.9, rate * 1.1);
        Assert.Equal(JsonValueKind.True, json.GetProperty("verified").ValueKind);
    }

    [Fact]
    public void With_json_nothing_but_the_object_is_printed()
    {
        Assert.Single(market.First.Output.TrimEnd('\n').Split('\n'));
        Assert.Equal("", market.First.Errors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Threads_and_data_folder_do_not_change_the_digest(int threads)
    {
        await using var folder = new TemporaryFolder();
        var run = await DxProgram.RunAloneAsync([.. SmallMarket.Simulate, "--data", folder.Data, "--threads", $"{threads}"]);
        Assert.Equal(market.Digest, run.WithExitCode(0).Json().GetProperty("digest").GetString());
    }

    [Fact]
    public async Task A_store_is_kept_for_its_run_and_made_anew_with_reset()
    {
        await using var folder = new TemporaryFolder();
        string[] small = ["simulate", "--scale", "0.02", "--json", "--data", folder.Data];
        var first = (await DxProgram.RunAsync(small)).WithExitCode(0).Json();
        var again = (await DxProgram.RunAsync(small)).WithExitCode(0).Json();
        var reset = (await DxProgram.RunAsync([.. small, "--reset"])).WithExitCode(0).Json();
        var other = (await DxProgram.RunAsync([.. small, "--reset", "--seed", "2"])).WithExitCode(0).Json();

        Assert.Equal(Digest(first), Digest(again));
        Assert.Equal(Digest(first), Digest(reset));
        Assert.NotEqual(Digest(first), Digest(other));
        Assert.Equal(2, other.GetProperty("seed").GetInt64());
        Assert.True(other.GetProperty("verified").GetBoolean());

        static string Digest(JsonElement json) => json.GetProperty("digest").GetString()!;
    }

    [Fact]
    public async Task Verify_reads_the_same_digest_from_the_store()
    {
        await using var folder = new TemporaryFolder();
        var made = (await SmallMarket.CopyAsync(folder.Data)).Json;
        var verified = (await DxProgram.RunAloneAsync("verify", "--json", "--data", folder.Data)).WithExitCode(0);

        Assert.Equal("", verified.Errors);
        Assert.Single(verified.Output.TrimEnd('\n').Split('\n'));
        var json = verified.Json();
        Assert.True(json.GetProperty("verified").GetBoolean());
        Assert.Equal(made.GetProperty("events").GetInt64(), json.GetProperty("events").GetInt64());
        Assert.Equal(made.GetProperty("digest").GetString(), json.GetProperty("digest").GetString());
        Assert.Empty(json.GetProperty("problems").EnumerateArray());

        var told = (await DxProgram.RunAloneAsync("verify", "--data", folder.Data)).WithExitCode(0);
        Assert.StartsWith("Verified: ", told.Output, StringComparison.Ordinal);
        Assert.Contains(json.GetProperty("digest").GetString()!, told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_people_results_go_to_output_and_the_slow_steps_to_standard_error()
    {
        await using var folder = new TemporaryFolder();
        var run = (await DxProgram.RunAloneAsync("simulate", "--scale", "0.02", "--data", folder.Data)).WithExitCode(0);
        Assert.Contains("products listed", run.Output, StringComparison.Ordinal);
        Assert.Contains("calibration", run.Output, StringComparison.Ordinal);
        Assert.Contains("Verified", run.Output, StringComparison.Ordinal);
        Assert.Contains("Simulated, stored and projected", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Simulated, stored and projected", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output + run.Errors);
    }
}
