namespace DataExchange.EndToEnd.Tests;

/// <summary>Benchmarks in small: what they print and write, and what they refuse before they begin.</summary>
public sealed class BenchTests
{
    [Fact]
    public async Task The_log_is_measured_beside_raw_hashing_and_written_as_json()
    {
        await using var folder = new TemporaryFolder();
        var file = folder.In("log.json");
        var told = (await DxProgram.RunAloneAsync("bench", "log", "--leaves", "2000", "--rounds", "1", "--out", file)).WithExitCode(0).Output;
        Assert.Contains("raw SHA-256, a call for each hash", told, StringComparison.Ordinal);
        Assert.EndsWith($"Written to {file}\n", told, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(2_000, json.RootElement.GetProperty("leaves").GetInt32());
        var results = json.RootElement.GetProperty("results");
        Assert.Equal(4, results.GetProperty("builds").GetArrayLength());
        Assert.Equal(4, results.GetProperty("proofs").GetArrayLength());
        Assert.True(results.GetProperty("builds")[0].GetProperty("toRaw").GetDouble() > 0);
        Assert.True(results.GetProperty("checkpoints").GetProperty("signedPerSecond").GetDouble() > 1);
    }

    [Fact]
    public async Task Posting_is_measured_as_a_share_of_a_run()
    {
        await using var folder = new TemporaryFolder();
        var file = folder.In("ledger.json");
        (await DxProgram.RunAloneAsync("bench", "ledger", "--count", "10000", "--sql", "100", "--rounds", "1", "--market", "0.02", "--data", folder.In("data"), "--out", file)).WithExitCode(0);
        using var json = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var market = json.RootElement.GetProperty("market");
        Assert.InRange(market.GetProperty("transfers").GetInt32(), 1_000, 1_000_000);
        // How large the share is, is for the benchmark to say: no test asserts a speed.
        Assert.InRange(market.GetProperty("shareOfStoring").GetDouble(), double.Epsilon, 1);
        Assert.InRange(market.GetProperty("shareOfRun").GetDouble(), double.Epsilon, 1);
    }

    [Fact]
    public async Task Messages_between_agents_and_the_exchange_are_counted()
    {
        var told = (await DxProgram.RunAsync("bench", "agents", "--traders", "100", "--orders", "10", "--rounds", "1", "--json")).WithExitCode(0).Json();
        var median = told.GetProperty("median");
        // A hundred traders, a ninth as many who learn, two makers; each thinks of some fifty orders in five days, and most of these become one.
        Assert.Equal(113, median.GetProperty("agents").GetInt32());
        Assert.InRange(median.GetProperty("bookCommands").GetInt64(), 1_000, 200_000);
        Assert.InRange(median.GetProperty("trades").GetInt64(), 100, 20_000);
        Assert.Equal(median.GetProperty("commands").GetInt64() + median.GetProperty("events").GetInt64(), median.GetProperty("messages").GetInt64());
        Assert.Equal(1, told.GetProperty("seconds").GetArrayLength());
    }

    [Fact]
    public async Task Orders_through_services_and_their_way_back_over_both_markets_are_measured()
    {
        await using var folder = new TemporaryFolder();
        var file = folder.In("services.json");
        var told = (await DxProgram.RunAloneAsync(
            "bench", "services", "--seconds", "1", "--in-flight", "100", "--partitions", "2", "--recovery-events", "3000", "--out", file)).WithExitCode(0).Output;
        Assert.EndsWith($"Written to {file}\n", told, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var rates = Assert.Single(json.RootElement.GetProperty("results").EnumerateArray());
        Assert.True(rates.GetProperty("ordersPerSecond").GetDouble() > 0);
        Assert.True(json.RootElement.GetProperty("yardsticks").GetProperty("orderByOrderPerSecond").GetDouble() > 0);
        var recoveries = json.RootElement.GetProperty("recoveries").EnumerateArray().ToArray();
        Assert.Equal(["Shelf", "Books"], recoveries.Select(one => one.GetProperty("market").GetString()!));
        Assert.All(recoveries, one => Assert.InRange(one.GetProperty("events").GetInt64(), 3_000, 10_000));
        Assert.All(recoveries, one => Assert.True(one.GetProperty("withoutSnapshots").GetProperty("factsRead").GetInt64() > 1_000));
    }

    [Theory]
    [InlineData("--leaves '5' is not allowed: a whole number from 1000 to 100000000", "log", "--leaves", "5")]
    [InlineData("--rounds '0' is not allowed: a whole number from 1 to 99", "log", "--rounds", "0")]
    [InlineData("--out '/' is a folder; a file is needed", "log", "--out", "/")]
    [InlineData("--out '/proc/none/log.json' cannot be written", "log", "--out", "/proc/none/log.json")]
    [InlineData("--market '11' is not allowed: a number from 0 to 10", "ledger", "--market", "11")]
    [InlineData("--market 'much' is not allowed: a number from 0 to 10", "ledger", "--market", "much")]
    [InlineData("--out '/' is a folder; a file is needed", "ledger", "--out", "/")]
    public async Task Wrong_input_is_named_before_anything_is_measured(string told, params string[] arguments) =>
        BadInputTests.Refuses(await DxProgram.RunAloneAsync(["bench", .. arguments]), 2, told);
}
