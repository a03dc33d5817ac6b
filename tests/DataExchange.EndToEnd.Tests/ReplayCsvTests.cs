using System.Globalization;
using DataExchange.Postgres;

namespace DataExchange.EndToEnd.Tests;

/// <summary>Lists of deals and catalogues that become ledgers of their own.</summary>
public sealed class ReplayCsvTests(SpareMarket market) : IClassFixture<SpareMarket>
{
    private const string List =
        """
        成交时间,产品,卖方,买方,价款,venue,category
        2024-06-03 10:00:00,城市路况数据,甲公司,乙公司,125000.50,hzdex,transport
        2024-06-03 10:00:00,城市路况数据,甲公司,丙公司,90000,zjbdec,transport
        2027-09-01,城市路况数据,甲公司,乙公司,1,hzdex,transport
        2024-07-01,P7,乙公司,甲公司,20000,zjbdec,
        """;

    private static readonly string[] Columns =
        ["--column", "registered_at=成交时间", "--column", "product=产品", "--column", "provider=卖方", "--column", "buyer=买方", "--column", "amount_yuan=价款"];

    [Fact]
    public async Task The_deals_of_a_run_become_filed_deals_of_the_same_number_and_amount_by_venue()
    {
        await using var folder = new TemporaryFolder();
        (await DxProgram.RunAsync("export", "--format", "csv", "--out", folder.In("tables"), "--data", market.Data)).WithExitCode(0);
        var lines = await File.ReadAllLinesAsync(Path.Combine(folder.In("tables"), "deals.csv"), TestContext.Current.CancellationToken);
        var titles = lines[0].Split(',').ToList();
        string Of(string line, string title) => line.Split(',')[titles.IndexOf(title)];

        // What was never registered is no deal, and what somebody else sold on is no deal of the provider's.
        var sellers = new Dictionary<string, string>();
        string[] deals =
        [
            .. lines.Skip(1).Where(line => Of(line, "registered_at").Length > 0)
                .Where(line => sellers.TryAdd(Of(line, "product"), Of(line, "provider")) || sellers[Of(line, "product")] == Of(line, "provider")),
        ];
        Assert.InRange(deals.Length, 500, lines.Length - 2);
        await File.WriteAllLinesAsync(folder.In("deals.csv"), [lines[0].Replace("registered_at", "when", StringComparison.Ordinal), .. deals], TestContext.Current.CancellationToken);
        var replayed = (await ReplayAsync(folder, "deals.csv", "--column", "registered_at=when", "--json")).WithExitCode(0).Json();
        Assert.Equal((deals.Length, 0), (replayed.GetProperty("deals").GetInt32(), replayed.GetProperty("badRows").GetInt32()));
        Assert.Contains("quantity", titles);
        Assert.Contains("fee_fen", replayed.GetProperty("ignoredColumns").EnumerateArray().Select(title => title.GetString()));

        await DatabaseCommands.StartStayingAsync(folder.Data, ct: TestContext.Current.CancellationToken);
        var stats = (await DxAsync(folder, "stats", "--json")).Json();
        var venues = stats.GetProperty("venues").EnumerateArray().ToDictionary(venue => venue.GetProperty("venue").GetString()!);
        var given = deals.GroupBy(line => Of(line, "venue")).ToDictionary(group => group.Key, group => (
            (long)group.Count(), group.Sum(line => long.Parse(Of(line, "amount_fen"), CultureInfo.InvariantCulture))));
        Assert.Equal(given.Keys.Order(), venues.Keys.Order());
        Assert.All(given, pair => Assert.Equal(pair.Value, (venues[pair.Key].GetProperty("filedContracts").GetInt64(), venues[pair.Key].GetProperty("filedContractAmountFen").GetInt64())));
        Assert.All(venues.Values, venue => Assert.Equal(venue.GetProperty("filedContracts").GetInt64(), venue.GetProperty("deals").GetInt64()));
        Assert.Equal(0, stats.GetProperty("refusals").GetArrayLength());
        var verified = (await DxAsync(folder, "verify", "--json")).Json();
        Assert.Equal(replayed.GetProperty("eventsAdded").GetInt64(), verified.GetProperty("events").GetInt64());

        // The state of it at a moment, as of any store.
        var first = (await DxAsync(folder, "replay", "--to", "2024-06-30", "--json")).Json();
        Assert.Equal(
            deals.Count(line => string.CompareOrdinal(Of(line, "registered_at"), "2024-06-30T16:00:00Z") < 0),
            first.GetProperty("venues").EnumerateArray().Sum(venue => venue.GetProperty("deals").GetInt64()));
        BadInputTests.Refuses(await ReplayAsync(folder, "deals.csv", "--column", "registered_at=when", "--json"), 2, $"--data '{folder.Data}' holds a store with", "a new one is needed");
    }

    [Fact]
    public async Task A_list_in_the_words_of_others_becomes_a_ledger_that_can_be_looked_at()
    {
        await using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("list.csv"), List, TestContext.Current.CancellationToken);
        var trial = (await ReplayAsync(folder, "list.csv", [.. Columns, "--dry-run"])).WithExitCode(0).Output;
        Assert.Contains("dry run: nothing was stored", trial, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Data));

        var text = (await ReplayAsync(folder, "list.csv", Columns)).WithExitCode(0).Output;
        Assert.Contains("4 行 rows, 采用 taken 4, 略过 left out 0; 2 产品 products, 3 主体 parties, 2024-06-03 – 2027-09-01", text, StringComparison.Ordinal);
        Assert.Contains("every deal is a filed contract", text, StringComparison.Ordinal);
        await DatabaseCommands.StartStayingAsync(folder.Data, ct: TestContext.Current.CancellationToken);
        Assert.True((await DxAsync(folder, "verify", "--json")).Json().GetProperty("verified").GetBoolean());
        var told = (await DxAsync(folder, "show", "deal/D000001")).Output;
        Assert.Contains("甲公司", told, StringComparison.Ordinal);
        Assert.Contains("125,000.50", told, StringComparison.Ordinal);
        var product = (await DxAsync(folder, "show", "product/P7")).Output;
        Assert.Contains("catalogue: ", product, StringComparison.Ordinal);
        var invoice = folder.In("invoice.json");
        await DxAsync(folder, "invoice", "D000004", "--out", invoice);
        (await DxProgram.RunAsync("verify", invoice)).WithExitCode(0);
        Assert.Contains("P7", (await DxAsync(folder, "shelf")).Output, StringComparison.Ordinal);
        await DxAsync(folder, "export", "ledger", "--format", "csv", "--out", folder.In("ledger.csv"));
        Assert.Equal(0, (await DxAsync(folder, "ledger", "trial-balance", "--json")).Json().GetProperty("trialBalanceFen").GetInt64());
    }

    [Fact]
    public async Task Of_a_list_with_bad_rows_nothing_is_written_unless_they_are_left_out()
    {
        await using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.In("bad.csv"), "registered_at,product,provider,buyer,amount_yuan\n2024-06-03,P1,A,B,10\nnever,P1,A,B,10\n2024-06-04,P1,A,B,ten\n2024-06-05,P1,A,C,5\n",
            TestContext.Current.CancellationToken);
        var refused = await ReplayAsync(folder, "bad.csv", "--json");
        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("bad.csv', row 3, column registered_at: 'never' is not allowed", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("bad.csv', row 4, column amount_yuan: 'ten' is not allowed", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("2 of 4 rows are not allowed, so nothing was written; --skip-bad-rows leaves them out", refused.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Data));

        var taken = (await ReplayAsync(folder, "bad.csv", "--skip-bad-rows", "--json")).WithExitCode(0).Json();
        Assert.Equal((2, 2, 1_500L), (taken.GetProperty("deals").GetInt32(), taken.GetProperty("badRows").GetInt32(), taken.GetProperty("amountFen").GetInt64()));
        Assert.Equal([3, 4], taken.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("row").GetInt32()));
        Assert.Equal(2, (await DxAsync(folder, "stats", "--json")).Json().GetProperty("venues")[0].GetProperty("deals").GetInt32());
    }

    [Fact]
    public async Task A_catalogue_becomes_a_store_of_its_own()
    {
        await using var folder = new TemporaryFolder();
        (await DxProgram.RunAsync("export", "catalog", "--out", folder.In("shelf.jsonld"), "--data", market.Data)).WithExitCode(0);
        var replayed = (await DxProgram.RunAsync("replay", "--format", "dcat", folder.In("shelf.jsonld"), "--at", "2025-06-03", "--data", folder.Data, "--json")).WithExitCode(0).Json();
        Assert.InRange(replayed.GetProperty("registered").GetInt32(), 10, 1_000);
        Assert.Equal(0, replayed.GetProperty("eventsBefore").GetInt64());
        Assert.Equal(replayed.GetProperty("eventsAdded").GetInt64(), (await DxAsync(folder, "verify", "--json")).Json().GetProperty("events").GetInt64());
        BadInputTests.Refuses(
            await DxProgram.RunAsync("replay", "--format", "dcat", folder.In("shelf.jsonld"), "--at", "2025-06-04", "--data", folder.Data), 2, "holds a store with", "a new one is needed");
    }

    [Theory]
    [InlineData("--format csv needs one file, FILE; given are 0", "--format", "csv")]
    [InlineData("'nothing.csv' cannot be read", "--format", "csv", "nothing.csv")]
    [InlineData("--venue 'A B' is not allowed", "--format", "csv", "x.csv", "--venue", "A B")]
    [InlineData("--speed is not allowed for --format csv: its options are --venue, --column, --skip-bad-rows, --dry-run", "--format", "csv", "x.csv", "--speed", "1")]
    [InlineData("--at is needed with --format dcat", "--format", "dcat", "x.jsonld")]
    [InlineData("'nothing.jsonld' cannot be read", "--format", "dcat", "nothing.jsonld", "--at", "2025-06-03")]
    [InlineData("--skip-bad-rows is not allowed for --format dcat", "--format", "dcat", "x.jsonld", "--skip-bad-rows")]
    public async Task Wrong_input_is_named(string told, params string[] arguments)
    {
        await using var folder = new TemporaryFolder();
        BadInputTests.Refuses(await DxProgram.RunAsync(["replay", .. arguments, "--data", folder.Data]), 2, told);
        Assert.False(Directory.Exists(folder.Data));
    }

    private static Task<DxResult> ReplayAsync(TemporaryFolder folder, string file, params string[] arguments) =>
        DxProgram.RunAsync(["replay", "--format", "csv", folder.In(file), "--data", folder.Data, .. arguments]);

    private static async Task<DxResult> DxAsync(TemporaryFolder folder, params string[] arguments) => (await DxProgram.RunAsync([.. arguments, "--data", folder.Data])).WithExitCode(0);
}
