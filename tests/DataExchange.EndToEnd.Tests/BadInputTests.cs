using DataExchange.EventStore;

namespace DataExchange.EndToEnd.Tests;

/// <summary>What users get wrong is answered with one sentence on standard error that names the field, the value and what is allowed.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("nowhere-2052", "nowhere-2052", "hangzhou-2025")]
    [InlineData("", "''", "hangzhou-2025")]
    public async Task An_unknown_scenario(string scenario, params string[] told)
    {
        await using var folder = new TemporaryFolder();
        Refuses(await DxProgram.RunAloneAsync("simulate", scenario, "--json", "--data", folder.Data), 2, told);
        Assert.False(Directory.Exists(folder.Data), "a wrong scenario should leave no data folder behind");
    }

    [Theory]
    [InlineData("--seed", "many", "0 to 9223372036854775807")]
    [InlineData("--seed", "-1", "0 to 9223372036854775807")]
    [InlineData("--seed", "1.5", "0 to 9223372036854775807")]
    [InlineData("--seed", "9223372036854775808", "0 to 9223372036854775807")]
    [InlineData("--scale", "0", "above 0")]
    [InlineData("--scale", "-1", "above 0")]
    [InlineData("--scale", "abc", "above 0")]
    [InlineData("--scale", "NaN", "above 0")]
    [InlineData("--scale", "1e9", "at most 1000")]
    [InlineData("--scale", "0,02", "such as 0.02")]
    [InlineData("--threads", "0", "from 1 to 64")]
    public async Task An_option_out_of_range(string option, string value, string allowed)
    {
        await using var folder = new TemporaryFolder();
        Refuses(await DxProgram.RunAloneAsync("simulate", option, value, "--json", "--data", folder.Data), 2, option, $"'{value}'", allowed);
        Assert.False(Directory.Exists(folder.Data), "a wrong option should leave no data folder behind");
    }

    [Fact]
    public async Task Strategies_of_ones_own_that_are_not_there_and_a_project_where_there_is_one()
    {
        await using var folder = new TemporaryFolder();
        var missing = folder.In("Mine.dll");
        Refuses(await DxProgram.RunAloneAsync("simulate", "--agents", missing, "--data", folder.Data), 2, "--agents", missing, "cannot be read");
        Assert.False(Directory.Exists(folder.Data), "a wrong option should leave no data folder behind");
        var project = folder.In("mine");
        Assert.Contains("MyAgents.csproj", (await DxProgram.RunAsync("agents", "new", project)).WithExitCode(0).Output, StringComparison.Ordinal);
        Assert.Equal(["Momentum.cs", "MyAgents.csproj"], Directory.GetFiles(project).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Refuses(await DxProgram.RunAsync("agents", "new", project), 2, "FOLDER", project, "a new or an empty folder is needed");
    }

    [Fact]
    public async Task A_scenario_with_an_error_in_its_JSON()
    {
        await using var folder = new TemporaryFolder();
        var file = folder.In("mine.json");
        await File.WriteAllTextAsync(file, "{\n  \"name\": \"mine\",\n  \"until\": oops\n}", TestContext.Current.CancellationToken);
        Refuses(await DxProgram.RunAloneAsync("simulate", file, "--json", "--data", folder.Data), 2, file, "line 3, column 12");
    }

    [Fact]
    public async Task A_market_too_small_for_its_targets()
    {
        await using var folder = new TemporaryFolder();
        Refuses(await DxProgram.RunAloneAsync("simulate", "--scale", "0.005", "--json", "--data", folder.Data), 1, "--scale", "demand.shelf.orders = 115200", "target 522");
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made()
    {
        await using var folder = new TemporaryFolder();
        var file = folder.In("file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var data = Path.Combine(file, "data");
        Refuses(await DxProgram.RunAloneAsync("simulate", "--scale", "0.01", "--json", "--data", data), 1, data, "--data");
    }

    [Fact]
    public async Task A_data_folder_that_is_not_there_to_be_verified()
    {
        await using var folder = new TemporaryFolder();
        Refuses(await DxProgram.RunAloneAsync("verify", "--json", "--data", folder.Data), 1, folder.Data, "dx simulate");
        Assert.False(Directory.Exists(folder.Data));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=somebody;Password=geheim;Database=market")]
    [InlineData("postgres://somebody:geheim@127.0.0.1:1/market")]
    [InlineData("Host=127.0.0.1;Password=geheim;Prot=1")]
    public async Task A_server_that_does_not_answer(string connection)
    {
        foreach (var command in new[] { "simulate", "verify" })
        {
            var refused = await DxProgram.RunAloneAsync(command, "--json", "--postgres", connection);
            Refuses(refused, 1, "--postgres");
            Assert.DoesNotContain("geheim", refused.Output + refused.Errors, StringComparison.Ordinal);
        }
    }

    internal static void Refuses(DxResult result, int exitCode, params string[] told)
    {
        result.WithExitCode(exitCode);
        Assert.Equal("", result.Output);
        Assert.StartsWith("dx: ", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.All(told, text => Assert.Contains(text, result.Errors, StringComparison.Ordinal));
    }
}

/// <summary>A store that belongs to something else is refused and stays as it is.</summary>
public sealed class OtherStoreTests(MarketToSpoil market)
{
    [Theory]
    [InlineData("SELECT 1", "--seed", "7", "seed is 20250531, this run's is 7")]
    [InlineData("SELECT 1", "--scale", "0.03", "scale is 0.02, this run's is 0.03")]
    [InlineData($"UPDATE {Schemas.Default}.store_identity SET scenario_name = 'shanghai'", "--seed", "20250531", "scenario is shanghai, this run's is hangzhou-2025")]
    [InlineData($"UPDATE {Schemas.Default}.store_identity SET scenario_hash = 'ff'", "--seed", "20250531", "SHA-256")]
    [InlineData($"UPDATE {Schemas.Default}.store_identity SET format_version = 99, created_with = '9.9.9'", "--seed", "20250531", "newer version (9.9.9")]
    [InlineData($"UPDATE {Schemas.Default}.store_identity SET format_version = 1, created_with = '0.1.0'", "--seed", "20250531", "older version (0.1.0")]
    public async Task Of_another_run_or_version(string sql, string option, string value, string told)
    {
        var connection = await market.SpoiledAsync(sql);
        var before = await StateAsync(connection);
        string[] arguments = option == "--scale" ? [option, value] : ["--scale", "0.02", option, value];
        BadInputTests.Refuses(
            await DxProgram.RunAloneAsync(["simulate", .. arguments, "--json", "--postgres", connection, "--out", "/nowhere/at/all"]), 1, told, "--reset");
        Assert.Equal(before, await StateAsync(connection));
    }

    [Fact]
    public async Task A_newer_store_cannot_be_verified_but_reset_makes_it_anew()
    {
        await using var folder = new TemporaryFolder();
        var connection = await market.SpoiledAsync($"UPDATE {Schemas.Default}.store_identity SET format_version = 99");
        BadInputTests.Refuses(await DxProgram.RunAloneAsync("verify", "--json", "--postgres", connection), 1, "newer version");
        var made = await DxProgram.RunAloneAsync(
            [.. SmallMarket.Simulate, "--reset", "--postgres", connection, "--out", folder.In("report")]);
        Assert.Equal(market.Digest, made.WithExitCode(0).Json().GetProperty("digest").GetString());
    }

    [Fact]
    public async Task An_empty_database_holds_no_market_to_verify()
    {
        var connection = await market.SpoiledAsync($"DROP SCHEMA {Schemas.Default} CASCADE");
        BadInputTests.Refuses(await DxProgram.RunAloneAsync("verify", "--json", "--postgres", connection), 1, "dx simulate");
    }

    private static Task<string> StateAsync(string connection) => MarketToSpoil.ReadAsync<string>(
        connection,
        $"SELECT md5(string_agg(e::text, ',' ORDER BY seq_id)) || (SELECT s::text FROM {Schemas.Default}.store_identity s) FROM {Schemas.Default}.mt_events e");
}
