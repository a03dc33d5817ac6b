using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataExchange.EndToEnd.Tests;

/// <summary>A tiny market, and two forks of it: with nothing changed, and with a change.</summary>
public sealed class ForkedMarket : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal string Data => _folder.Data;

    internal string Changed => _folder.In("changed");

    internal string Scenario { get; private set; } = "";

    internal JsonElement Run { get; private set; }

    internal JsonElement Same { get; private set; }

    internal JsonElement Other { get; private set; }

    internal string In(string name) => _folder.In(name);

    public async ValueTask InitializeAsync()
    {
        Scenario = await TinyScenario.WriteAsync(_folder);
        Run = (await DxProgram.RunAsync("simulate", Scenario, "--scale", "0.01", "--data", Data, "--json")).WithExitCode(0).Json();
        // What the store was made from is in the store.
        File.Move(Scenario, Scenario + ".gone");
        Same = (await DxProgram.RunAsync("fork", Data, "--at", "2024-03-01", "--json")).WithExitCode(0).Json();
        Other = (await DxProgram.RunAsync(
            "fork", Data, "--at", "2024-03-01", "--set", "fee.rate=0.5%", "--shock", """{"id": "more", "kind": "demand", "at": "2024-05-01", "factor": {"value": 2, "provenance": "assumed"}}""",
            "--into", Changed, "--json")).WithExitCode(0).Json();
        File.Move(Scenario + ".gone", Scenario);
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

/// <summary>The same market again, other from a day on, and what differs.</summary>
public sealed class ForkTests(ForkedMarket market) : IClassFixture<ForkedMarket>
{
    private const string Day = "2024-03-01";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_fork_with_nothing_changed_has_the_same_digest()
    {
        Assert.True(market.Same.GetProperty("identical").GetBoolean());
        Assert.True(market.Same.GetProperty("pastIsShared").GetBoolean());
        Assert.Equal(market.Run.GetProperty("digest").GetString(), market.Same.GetProperty("digest").GetString());
        Assert.Equal(market.Run.GetProperty("events").GetInt64(), market.Same.GetProperty("sharedEvents").GetInt64());
        Assert.Equal(market.Data + "-fork", market.Same.GetProperty("fork").GetString());
    }

    [Fact]
    public async Task A_fork_has_the_past_of_its_store_and_differs_from_the_day_on()
    {
        var other = market.Other;
        Assert.Equal((false, true, true), (other.GetProperty("identical").GetBoolean(), other.GetProperty("pastIsShared").GetBoolean(), other.GetProperty("verified").GetBoolean()));
        Assert.True(string.CompareOrdinal(other.GetProperty("firstDifference").GetProperty("b").GetProperty("at").GetString(), Day) >= 0);
        var (before, after) = (await LinesAsync(market.Data), await LinesAsync(market.Changed));
        Assert.Equal(other.GetProperty("sharedEvents").GetInt64(), before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count());
        Assert.Contains(after, line => line.Contains("transaction_registered.v1", StringComparison.Ordinal) && line.Contains("\"feeBasisPoints\":50,", StringComparison.Ordinal));

        static async Task<string[]> LinesAsync(string data) =>
            [.. (await DxProgram.RunAsync("export", "--format", "cloudevents", "--data", data)).WithExitCode(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonNode.Parse(line)!).Select(e => $"{e["subject"]} {e["type"]} {e["data"]!.ToJsonString()}")];
    }

    [Fact]
    public async Task A_fork_is_reproduced_from_its_manifest_and_can_be_forked_again()
    {
        var again = (await DxProgram.RunAsync("reproduce", Path.Combine(market.Changed, "report"), "--json")).WithExitCode(0).Json();
        Assert.True(again.GetProperty("identical").GetBoolean());
        var twice = (await DxProgram.RunAsync("fork", market.Changed, "--at", "2024-06-03", "--set", "deals.late=1", "--into", market.In("twice"), "--json")).WithExitCode(0).Json();
        Assert.True(twice.GetProperty("pastIsShared").GetBoolean());
        var shocks = JsonNode.Parse(await File.ReadAllTextAsync(market.In("twice/report/scenario.json"), Stop))!["shocks"]!.AsArray();
        Assert.Equal(["more", "fork-2024-03-01", "fork-2024-06-03"], shocks.Select(shock => (string)shock!["id"]!));
    }

    [Fact]
    public async Task Two_stores_are_compared_as_they_are()
    {
        var compared = (await DxProgram.RunAsync("compare", market.Data, market.Changed, "--json")).WithExitCode(0).Json();
        Assert.False(compared.GetProperty("identical").GetBoolean());
        Assert.Equal(["shocks"], compared.GetProperty("settings").EnumerateArray().Select(setting => setting.GetProperty("path").GetString()));
        Assert.Equal(market.Other.GetProperty("sharedEvents").GetInt64(), compared.GetProperty("sharedEvents").GetInt64());
        var figures = compared.GetProperty("figures").EnumerateArray().ToDictionary(figure => figure.GetProperty("figure").GetString()!);
        Assert.Equal(market.Run.GetProperty("transactionsRegistered").GetDouble(), figures["transactions_registered"].GetProperty("a").GetDouble());
        Assert.True(figures["shelf_transactions"].GetProperty("b").GetDouble() > figures["shelf_transactions"].GetProperty("a").GetDouble());
        var same = (await DxProgram.RunAsync("compare", market.Data, market.Data + "-fork")).WithExitCode(0).Output;
        Assert.Contains("Settings are the same", same, StringComparison.Ordinal);
        Assert.Contains($"Identical: all {market.Run.GetProperty("events").GetInt64():N0} events", same, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_seeds_the_difference_comes_with_its_paired_interval()
    {
        var compared = (await DxProgram.RunAsync("compare", market.Scenario, market.Changed, "--seeds", "1-3", "--scale", "0.01", "--workers", "2", "--json")).WithExitCode(0).Json();
        var names = compared.GetProperty("figureNames").EnumerateArray().Select(name => name.GetString()).ToList();
        var pairs = compared.GetProperty("pairs").EnumerateArray().ToArray();
        Assert.Equal([1, 2, 3], pairs.Select(pair => pair.GetProperty("seed").GetInt32()));
        var fees = compared.GetProperty("paired").EnumerateArray().Single(row => row.GetProperty("figure").GetString() == "fees_fen");
        var differences = pairs.Select(pair => Figure(pair, "b") - Figure(pair, "a")).ToArray();
        var mean = differences.Average();
        Assert.Equal(mean, fees.GetProperty("difference").GetDouble(), 6);
        // t for two degrees of freedom, from the tables.
        var half = 4.30265272974946 * Math.Sqrt(differences.Sum(difference => (difference - mean) * (difference - mean)) / 2) / Math.Sqrt(3);
        Assert.Equal(mean + half, fees.GetProperty("high").GetDouble(), Math.Abs(half) * 1e-9);
        // One market alone with a seed is the same run: its digest is that of a store.
        var alone = (await DxProgram.RunAsync("simulate", market.Scenario, "--scale", "0.01", "--seed", "2", "--data", market.In("alone"), "--json")).WithExitCode(0).Json();
        Assert.Equal(alone.GetProperty("digest").GetString(), pairs[1].GetProperty("digestA").GetString());

        double Figure(JsonElement pair, string side) => pair.GetProperty(side)[names.IndexOf("fees_fen")].GetDouble();
    }

    [Theory]
    [InlineData("--at '2016-01-01' is not allowed: after the first venue's first day, 2016-01-04", "--at", "2016-01-01")]
    [InlineData("--at 'soon' is not allowed: a date such as 2024-07-01", "--at", "soon")]
    [InlineData("population.firms cannot be another from a day on", "--at", Day, "--set", "population.firms=3")]
    [InlineData("'deals.later': deals has no 'later'", "--at", Day, "--set", "deals.later=3")]
    [InlineData("--shock '{' is no JSON", "--at", Day, "--shock", "{")]
    [InlineData("--shock early: at = 2024-02-01 is not allowed: not before --at, 2024-03-01", "--at", Day, "--shock", """{"id": "early", "kind": "demand", "at": "2024-02-01"}""")]
    [InlineData("--shock '/nowhere.json'", "--at", Day, "--shock", "/nowhere.json")]
    public async Task What_cannot_be_forked_is_refused_and_makes_nothing(string told, params string[] options)
    {
        var refused = await DxProgram.RunAsync(["fork", market.Data, .. options, "--into", market.In("none")]);
        Assert.Contains(told, refused.WithExitCode(2).Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(market.In("none")));
    }
}
