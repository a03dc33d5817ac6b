using System.Text.Json;

namespace DataExchange.EndToEnd.Tests;

/// <summary>A stored market as it was at any moment.</summary>
public sealed class ReplayTests(SpareMarket market, MarketToSpoil spoiled) : IClassFixture<SpareMarket>
{
    private const string EmptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Middle = "2024-12-10T11:30";

    [Fact]
    public async Task At_the_end_it_says_what_the_store_says()
    {
        var replay = await ReplayAsync();
        var stats = (await DxProgram.RunAsync("stats", "--json", "--data", market.Data)).WithExitCode(0).Json();
        Assert.Equal(market.Digest, replay.GetProperty("digest").GetString());
        Assert.Equal(stats.GetProperty("eventCount").GetInt64(), replay.GetProperty("events").GetInt64());
        AssertSameFigures(stats, replay);
        Assert.True(replay.GetProperty("isEnd").GetBoolean());
        Assert.Equal(0, replay.GetProperty("trialBalanceFen").GetInt64());
        Assert.Equal(
            (await DxProgram.RunAsync("ledger", "trial-balance", "--data", market.Data)).WithExitCode(0).Output.Split("\n\n")[0].Split('\n').Skip(1).Select(row => row.Split(' ')[0]),
            replay.GetProperty("money").EnumerateArray().Select(row => row.GetProperty("name").GetString()));
        Assert.Contains(market.Digest, (await DxProgram.RunAsync("replay", market.Data)).WithExitCode(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_a_moment_it_says_what_a_store_cut_there_says()
    {
        var replay = await ReplayAsync("--to", Middle);
        var events = replay.GetProperty("events").GetInt64();
        Assert.InRange(events, 1_000, market.Json.GetProperty("events").GetInt64() - 1_000);
        Assert.Equal((false, Middle + ":00+08:00"), (replay.GetProperty("isEnd").GetBoolean(), replay.GetProperty("to").GetString()));
        Assert.InRange(replay.GetProperty("openDeals").GetInt64(), 1, long.MaxValue);

        var whole = await spoiled.UntouchedAsync();
        Assert.Equal(events, await MarketToSpoil.ReadAsync<long>(whole, "SELECT count(*) FROM dataexchange.mt_events WHERE data->>'at' <= '2024-12-10T11:30:00+08:00'"));
        foreach (var venue in replay.GetProperty("venues").EnumerateArray())
        {
            Assert.Equal(
                (await MarketToSpoil.ReadAsync<string>(
                    whole,
                    "SELECT concat(count(*), '/', coalesce(sum((data->>'amountFen')::numeric), 0)) FROM dataexchange.mt_events WHERE type LIKE 'transaction_registered.%' "
                    + $"AND data->>'venue' = '{venue.GetProperty("venue").GetString()}' AND data->>'at' <= '2024-12-10T11:30:00+08:00'")),
                $"{venue.GetProperty("deals").GetInt64()}/{venue.GetProperty("amountFen").GetInt64()}");
        }

        var cut = await spoiled.SpoiledAsync(
            $"""
            DELETE FROM dataexchange.mt_events WHERE seq_id > {events};
            DELETE FROM dataexchange.mt_streams s WHERE NOT EXISTS (SELECT FROM dataexchange.mt_events e WHERE e.stream_id = s.id);
            UPDATE dataexchange.mt_streams s SET version = (SELECT max(version) FROM dataexchange.mt_events e WHERE e.stream_id = s.id);
            DELETE FROM dataexchange.mt_event_progression;
            """);
        var stats = (await DxProgram.RunAsync("stats", "--json", "--postgres", cut)).WithExitCode(0).Json();
        AssertSameFigures(stats, replay);
        Assert.Equal(replay.GetProperty("digest").GetString(), (await DxProgram.RunAsync("replay", "--json", "--postgres", cut)).WithExitCode(0).Json().GetProperty("digest").GetString());
        // What else is kept beside the events, as the logs, was not cut, so the store is off; its digest is said all the same.
        Assert.Equal(replay.GetProperty("digest").GetString(), (await DxProgram.RunAsync("verify", "--json", "--postgres", cut)).Json().GetProperty("digest").GetString());
        var balance = (await DxProgram.RunAsync("ledger", "trial-balance", "--at", Middle, "--json", "--data", market.Data)).WithExitCode(0).Json();
        Assert.Equal(
            balance.GetProperty("accounts").GetInt32(),
            await CountAccountsAsync(cut));
        await AssertBooksAsync(replay);
    }

    [Fact]
    public async Task Before_the_first_event_there_is_nothing_and_after_the_last_nothing_more()
    {
        var before = await ReplayAsync("--to", "2001-01-01");
        Assert.Equal((0L, EmptyDigest), (before.GetProperty("events").GetInt64(), before.GetProperty("digest").GetString()));
        Assert.Equal(JsonValueKind.Null, before.GetProperty("at").ValueKind);
        Assert.Empty(before.GetProperty("venues").EnumerateArray());
        Assert.Contains("the moment is before the first event, at 2016-", await TextAsync("--to", "2001-01-01"), StringComparison.Ordinal);

        var after = await ReplayAsync("--to", "2100-01-01", "--from", "2099-01-01");
        Assert.Equal((market.Digest, 0L), (after.GetProperty("digest").GetString(), after.GetProperty("sinceFrom").GetProperty("events").GetInt64()));
        Assert.Contains("the store has no later event than that at 20", await TextAsync("--to", "2100-01-01"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_and_events_add_up_to_what_came_about()
    {
        var result = await DxProgram.RunAsync("replay", "--from", "2025-03-01", "--to", "2025-03-31", "--days", "--json", "--data", market.Data);
        var days = result.WithExitCode(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipLast(1).Select(Parse).ToArray();
        var (state, since) = (result.Json(), result.Json().GetProperty("sinceFrom"));
        Assert.All(days, day => Assert.StartsWith("2025-03-", day.GetProperty("day").GetString(), StringComparison.Ordinal));
        Assert.Equal(since.GetProperty("events").GetInt64(), days.Sum(day => day.GetProperty("events").GetInt64()));
        var earlier = await ReplayAsync("--to", "2025-02-28");
        Assert.Equal(state.GetProperty("events").GetInt64() - earlier.GetProperty("events").GetInt64(), since.GetProperty("events").GetInt64());
        foreach (var figure in (string[])["listed", "deals", "amountFen"])
        {
            long Of(JsonElement rows) => rows.EnumerateArray().Sum(row => row.GetProperty(figure).GetInt64());
            var came = Of(state.GetProperty("venues")) - Of(earlier.GetProperty("venues"));
            Assert.InRange(came, 1, long.MaxValue);
            Assert.Equal((came, came), (Of(since.GetProperty("venues")), days.Sum(day => Of(day.GetProperty("venues")))));
        }

        var told = (await TextAsync("--from", "2025-05-30", "--events")).Split("\n\n")[0].Split('\n');
        var last = (await DxProgram.RunAsync("events", "--limit", $"{told.Length}", "--data", market.Data)).WithExitCode(0).Output.TrimEnd('\n').Split('\n');
        Assert.Equal(last, told);
    }

    [Fact]
    public async Task Played_at_a_speed_it_takes_its_time_and_can_be_stopped()
    {
        // Thirty-one days at twenty a second.
        var played = await DxProgram.RunAsync("replay", "--from", "2025-03-01", "--to", "2025-03-31", "--speed", "1728000", "--data", market.Data);
        var days = played.WithExitCode(0).Output.Split("\n\n")[0].Split('\n');
        Assert.StartsWith("2025-03-0", days[0], StringComparison.Ordinal);
        Assert.InRange(played.Took.TotalSeconds, 1.2, double.MaxValue);

        using var running = RunningDx.Start("replay", "--from", "2025-03-01", "--speed", "172800", "--data", market.Data);
        await running.SaysAsync(days[0]);
        running.Signal(RunningDx.Interrupt);
        var stopped = await running.EndAsync();
        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("dx: the replay was at event ", stopped.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("摘要 digest", stopped.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--to 'noon' is not allowed: a date or a date and time in China", "--to", "noon")]
    [InlineData("--from '2025-02-30' is not allowed: a date", "--from", "2025-02-30")]
    [InlineData("--from '2025-03-01T00:00:00+08:00' is not allowed: not after --to, 2025-02-01T23:59:59+08:00", "--from", "2025-03-01", "--to", "2025-02-01")]
    [InlineData("--speed '0' is not allowed: a number above 0", "--speed", "0")]
    [InlineData("PATH 'here' and --data both name a store: one of them is allowed", "here")]
    [InlineData("'there' is one path too many: a store is one data folder; files need --format", "here", "there")]
    [InlineData("--levels is not allowed for --format store: its options are --to, --from", "--levels", "5")]
    [InlineData("--format 'xml' is not allowed: one of store, lobster, csv, dcat", "--format", "xml")]
    public async Task Wrong_input_is_named(string told, params string[] arguments) =>
        BadInputTests.Refuses(await DxProgram.RunAsync(["replay", .. arguments, "--data", market.Data]), 2, told);

    [Fact]
    public async Task Without_a_store_there_is_nothing_to_replay() =>
        BadInputTests.Refuses(await DxProgram.RunAsync("replay", "/no/such/store"), 1, "'/no/such/store': there is no such folder");

    private static void AssertSameFigures(JsonElement stats, JsonElement replay)
    {
        Assert.Equal(stats.GetProperty("venues").GetRawText(), replay.GetProperty("venues").GetRawText());
        Assert.Equal(stats.GetProperty("refusals").GetRawText(), replay.GetProperty("refusals").GetRawText());
        Assert.Equal(stats.GetProperty("productsListed").GetInt64(), replay.GetProperty("productsListed").GetInt64());
    }

    private static async Task<int> CountAccountsAsync(string connection) =>
        (await DxProgram.RunAsync("ledger", "trial-balance", "--json", "--postgres", connection)).WithExitCode(0).Json().GetProperty("accounts").GetInt32();

    private async Task AssertBooksAsync(JsonElement replay)
    {
        var book = replay.GetProperty("books").EnumerateArray().First(one => one.GetProperty("trades").GetInt64() > 0 && one.GetProperty("bestAskFen").ValueKind == JsonValueKind.Number);
        var alone = (await DxProgram.RunAsync("book", book.GetProperty("product").GetString()!, "--at", Middle, "--json", "--data", market.Data)).WithExitCode(0).Json();
        foreach (var field in (string[])["phase", "bestBidFen", "bestAskFen", "lastPriceFen"])
        {
            Assert.Equal(alone.GetProperty(field).GetRawText(), book.GetProperty(field).GetRawText());
        }
    }

    private static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    private async Task<JsonElement> ReplayAsync(params string[] arguments) =>
        (await DxProgram.RunAsync(["replay", .. arguments, "--json", "--data", market.Data])).WithExitCode(0).Json();

    private async Task<string> TextAsync(params string[] arguments) =>
        (await DxProgram.RunAsync(["replay", .. arguments, "--data", market.Data])).WithExitCode(0).Output;
}
