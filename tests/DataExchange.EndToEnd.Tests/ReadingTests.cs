using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataExchange.EndToEnd.Tests;

/// <summary>The commands that read a stored market, as a user runs them.</summary>
public sealed class ReadingTests(SpareMarket market) : IClassFixture<SpareMarket>
{
    [Fact]
    public async Task A_products_timeline_comes_from_all_its_streams_in_order_of_time_with_names_and_its_deals()
    {
        var best = (await DxAsync("shelf", "--limit", "1", "--json")).Json().GetProperty("entries")[0];
        var product = best.GetProperty("product").GetString()!;
        var shown = (await DxAsync("show", "product/" + product, "--json")).Json();
        var events = shown.GetProperty("events").EnumerateArray().ToArray();
        Assert.Equal(
            [$"listing/{product}", $"offer/{product}", $"pricing/{product}", $"product/{product}"],
            events.Select(row => row.GetProperty("stream").GetString()!).Distinct().Order(StringComparer.Ordinal));
        var times = events.Select(row => row.GetProperty("at").GetString()!).ToArray();
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
        Assert.Equal("product_registered.v1", events[0].GetProperty("event").GetString());
        Assert.All(events, row => Assert.True(row.GetProperty("byName").GetString() is { Length: > 0 }, row.ToString()));
        Assert.True(shown.GetProperty("deals").GetArrayLength() >= best.GetProperty("deals").GetInt32());

        var text = await DxAsync("show", "product/" + product);
        Assert.Contains("确权发证 Rights certified", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("licence_granted", text.Output, StringComparison.Ordinal);
        Assert.Contains("licence_granted", (await DxAsync("show", "product/" + product, "--all")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Surveillance_of_an_ordinary_market_looks_at_all_deals_and_measures_itself()
    {
        var found = (await DxAsync("surveillance", "--json")).Json();
        Assert.True(found.GetProperty("deals").GetInt32() > 1_000);
        Assert.True(found.GetProperty("hasTruth").GetBoolean());
        Assert.Equal(0, found.GetProperty("scores")[0].GetProperty("known").GetInt32());
        Assert.InRange(found.GetProperty("findings").GetArrayLength(), 0, 1);
        Assert.Contains("A finding is a reason to ask, not a proof.", (await DxAsync("surveillance")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_products_valuation_is_explained_from_its_inputs_to_its_band()
    {
        var product = (await DxAsync("shelf", "--limit", "1", "--json")).Json().GetProperty("entries")[0].GetProperty("product").GetString()!;
        var explained = (await DxAsync("value", product, "--json")).Json();
        var valuation = explained.GetProperty("valuations")[0];
        var estimates = valuation.GetProperty("estimates").EnumerateArray().ToArray();
        Assert.Equal(10_000, estimates.Sum(estimate => estimate.GetProperty("weightBasisPoints").GetInt32()));
        var cost = estimates.Single(estimate => estimate.GetProperty("approach").GetString() == "Cost");
        decimal Of(string input) => cost.GetProperty("cost").GetProperty(input).GetDecimal();
        Assert.Equal(
            decimal.Round(
                Of("historicalCostFen") * Of("priceIndexBasisPoints") / 10_000 * (1 + (Of("marginBasisPoints") / 10_000)) * (1 - (Of("obsolescenceBasisPoints") / 10_000))
                * Of("qualityBasisPoints") / 10_000 / Of("expectedUnits"), MidpointRounding.AwayFromZero),
            cost.GetProperty("unitValueFen").GetDecimal());
        var mean = estimates.Sum(estimate => estimate.GetProperty("unitValueFen").GetDecimal() * estimate.GetProperty("weightBasisPoints").GetInt32()) / 10_000;
        Assert.Equal(decimal.Round(mean, MidpointRounding.AwayFromZero), valuation.GetProperty("valueFen").GetDecimal());

        var text = (await DxAsync("value", product)).WithExitCode(0).Output;
        Assert.Contains("成本法 cost: ", text, StringComparison.Ordinal);
        Assert.Contains("定价 price ", text, StringComparison.Ordinal);
        Assert.Contains("is no product of this store", (await DxProgram.RunAsync("value", "P99", "--data", market.Data)).WithExitCode(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_products_prices_are_shown_by_quantity_and_are_free_of_arbitrage()
    {
        var product = (await DxAsync("shelf", "--limit", "1", "--json")).Json().GetProperty("entries")[0];
        var id = product.GetProperty("product").GetString()!;
        var menu = (await DxAsync("menu", "show", id, "--json")).Json();
        var prices = menu.GetProperty("prices").EnumerateArray().ToArray();
        var minimum = menu.TryGetProperty("minimumFen", out var least) && least.ValueKind == JsonValueKind.Number ? least.GetInt64() : 0;
        var isTiered = menu.GetProperty("tiers").GetArrayLength() > 0;
        Assert.All(prices, price =>
        {
            var amount = price.GetProperty("amountFen").GetInt64();
            var atUnitPrice = Math.Max(minimum, price.GetProperty("quantity").GetInt64() * price.GetProperty("unitPriceFen").GetInt64() * menu.GetProperty("unitsPerPack").GetInt32());
            Assert.True(isTiered ? amount <= atUnitPrice : amount == atUnitPrice, $"{price}");
        });
        Assert.Equal(0, menu.GetProperty("arbitrage").GetArrayLength());
        Assert.Contains("no arbitrage", (await DxAsync("menu", "show", id)).Output, StringComparison.Ordinal);
        Assert.Contains("had its first price on", (await DxProgram.RunAsync("menu", "show", id, "--at", "2001-01-01", "--data", market.Data)).WithExitCode(2).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"items":[{"name":"one","priceFen":10000,"units":{"P":1}},{"name":"ten","priceFen":120000,"units":{"P":10}}]}""", 1, "ten: 1,200.00 yuan, but 1,000.00 yuan as 10 × one")]
    [InlineData("""{"items":[{"name":"one","priceFen":10000,"units":{"P":1}},{"name":"ten","priceFen":90000,"units":{"P":10}}]}""", 0, "no arbitrage")]
    [InlineData("""{"items":[{"name":"one","priceFen":-1,"units":{"P":1}}]}""", 2, "price -1 of 'one' is not allowed: 0 to")]
    [InlineData("""{"items":[{"name":"one","priceFen":1}]}""", 2, "items[0].units is missing")]
    [InlineData("""{"itens":[]}""", 2, "is no menu in JSON")]
    [InlineData("""{}""", 2, "has no items")]
    public async Task A_menu_of_ones_own_is_checked_for_arbitrage(string json, int exitCode, string told)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);
        var result = (await DxProgram.RunAsync("menu", "check", file)).WithExitCode(exitCode);
        Assert.Contains(told, result.Output + result.Errors, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Theory]
    [InlineData("demand", "--stage", "None")]
    [InlineData("demand", "--stage", "4")]
    [InlineData("menu show P000001", "--at", "yesterday")]
    public async Task A_wrong_choice_is_told_with_what_is_allowed(string command, string option, string value)
    {
        var refused = (await DxProgram.RunAsync([.. command.Split(' '), option, value, "--data", market.Data])).WithExitCode(2);
        Assert.Contains($"{option} '{value}' is not allowed: ", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deals_timeline_has_its_contract_its_money_and_its_place_in_the_chain()
    {
        var shown = (await DxAsync("show", "deal/C000001", "--json")).Json();
        var deal = shown.GetProperty("deal");
        var streams = shown.GetProperty("events").EnumerateArray().Select(row => row.GetProperty("stream").GetString()!).Distinct().ToArray();
        Assert.Contains("deal/C000001", streams);
        if (deal.GetProperty("status").GetString() == "Completed")
        {
            Assert.Contains("settlement/C000001", streams);
            Assert.Contains(streams, stream => stream.StartsWith("chain/", StringComparison.Ordinal));
            Assert.Contains("offer/" + deal.GetProperty("product").GetString(), streams);
        }

        Assert.All(shown.GetProperty("events").EnumerateArray(), row => Assert.Equal("C000001", row.GetProperty("data").GetProperty("deal").GetString()));
    }

    [Fact]
    public async Task The_channel_that_the_register_gives_a_contract_is_the_one_it_was_registered_in()
    {
        var shown = (await DxAsync("show", "deal/C000001", "--json")).Json();
        var asked = shown.GetProperty("events").EnumerateArray().First(row => row.GetProperty("event").GetString() == "contract_requested.v1");
        Assert.Equal(asked.GetProperty("data").GetProperty("channel").GetString(), shown.GetProperty("deal").GetProperty("channel").GetString());
    }

    [Theory]
    [InlineData(1, "show", "product/P12", "there is no stream 'product/P12'", "product/P000012")]
    [InlineData(1, "events", "--stream=deal/C0000001", "there is no stream 'deal/C0000001'", "deal/C000001")]
    [InlineData(2, "show", "prodct/P000012", "'prodct/P000012' is no stream id", "did you mean product/P000012?")]
    [InlineData(2, "show", "P000012", "'P000012' is no stream id", "product/P000042")]
    [InlineData(2, "shelf", "--venue=hzdx", "--venue 'hzdx' is not allowed", "hzdex, zjbdec")]
    [InlineData(2, "shelf", "--category=x", "--category 'x' is not allowed", "energy")]
    public async Task What_does_not_exist_is_named_with_what_does(int code, string command, string argument, string problem, string hint)
    {
        var refused = (await DxProgram.RunAsync(command, argument, "--data", market.Data)).WithExitCode(code);
        Assert.Equal("", refused.Output);
        Assert.StartsWith("dx: " + problem, refused.Errors, StringComparison.Ordinal);
        Assert.Contains(hint, refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statistics_agree_with_the_run_and_with_each_other()
    {
        var stats = (await DxAsync("stats", "--json")).Json();
        var run = market.Json;
        Assert.Equal(run.GetProperty("events").GetInt64(), stats.GetProperty("eventCount").GetInt64());
        Assert.Equal(run.GetProperty("productsListed").GetInt64(), stats.GetProperty("productsListed").GetInt64());
        Assert.Equal(run.GetProperty("transactionsRegistered").GetInt64(), Sum("venues", "deals"));
        Assert.Equal(run.GetProperty("registeredAmountFen").GetInt64(), Sum("venues", "amountFen"));
        Assert.Equal(Sum("venues", "feesFen"), Sum("years", "feesFen"));
        Assert.Equal(run.GetProperty("seed").GetInt64(), stats.GetProperty("run").GetProperty("seed").GetInt64());
        Assert.True(stats.GetProperty("run").GetProperty("isCompleted").GetBoolean());

        long Sum(string rows, string field) => stats.GetProperty(rows).EnumerateArray().Sum(row => row.GetProperty(field).GetInt64());
    }

    [Fact]
    public async Task An_order_book_stands_as_its_last_facts_left_it_and_its_trades_are_deals()
    {
        var unknown = (await DxProgram.RunAsync("book", "P999999", "--data", market.Data)).WithExitCode(2);
        var product = Regex.Match(unknown.Errors, "P[0-9]{6}(?<!P999999)").Value;
        var book = (await DxAsync("book", product, "--json")).Json();
        Assert.Equal("Closed", book.GetProperty("phase").GetString());
        var last = book.GetProperty("trades")[0];
        var deal = last.GetProperty("deal").GetString()!;
        Assert.Equal($"{product}-T{book.GetProperty("tradeCount").GetInt32():000000}", deal);
        var course = (await DxAsync("events", "--stream", "deal/" + deal, "--json")).Output.TrimEnd('\n').Split('\n')
            .Select(line => JsonElement.Parse(line)).ToArray();
        Assert.Equal(
            ["trade_confirmed.v1", "transaction_registered.v1", "transfer_completed.v1", "delivery_accepted.v1", "deal_completed.v1"],
            course.Select(e => e.GetProperty("type").GetString()));
        Assert.Equal(book.GetProperty("lastPriceFen").GetInt64(), course[0].GetProperty("data").GetProperty("unitPriceFen").GetInt64());
        // On the morning of the day it opened nothing had traded yet.
        var first = JsonElement.Parse((await DxAsync("events", "--stream", "book/" + product, "--json")).Output.Split('\n')[0]);
        var opened = (await DxAsync("book", product, "--at", first.GetProperty("at").GetString()![..10] + "T09:14", "--json")).Json();
        Assert.Equal(0, opened.GetProperty("tradeCount").GetInt32());
    }

    [Fact]
    public async Task Shares_follow_from_recorded_values_and_what_was_paid_by_them_is_what_settlements_say()
    {
        var explained = new List<JsonElement>();
        foreach (var listed in (await DxAsync("shelf", "--all", "--limit", "0", "--json")).Json().GetProperty("entries").EnumerateArray())
        {
            explained.Add((await DxAsync("shares", listed.GetProperty("product").GetString()!, "--json")).Json());
            if (explained.Any(IsComputed) && explained.Any(WasPaid))
            {
                break;
            }
        }

        var coalitions = explained.First(IsComputed).GetProperty("coalitions").EnumerateArray().ToArray();
        Assert.Equal(1 << coalitions[^1].GetProperty("members").GetArrayLength(), coalitions.Length + 1);
        Assert.All(explained, one => Assert.Equal(10_000, one.GetProperty("parties").EnumerateArray().Sum(party => party.GetProperty("shareBasisPoints").GetInt32())));
        var shares = explained.First(WasPaid);
        var parties = shares.GetProperty("parties").EnumerateArray().ToArray();
        Assert.Equal(shares.GetProperty("paidFen").GetInt64(), parties.Sum(party => party.GetProperty("paidFen").GetInt64()));

        var product = shares.GetProperty("product").GetString()!;
        var settled = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var deal in (await DxAsync("show", "product/" + product, "--json")).Json().GetProperty("deals").EnumerateArray())
        {
            foreach (var line in (await DxProgram.RunAsync("events", "--stream", "settlement/" + deal.GetProperty("id").GetString(), "--limit", "0", "--json", "--data", market.Data))
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var e = JsonElement.Parse(line);
                foreach (var (list, party, sign) in e.GetProperty("type").GetString() switch
                {
                    "deal_settled.v1" or "period_settled.v1" => new[] { ("postings", "credit", 1) },
                    "deal_charged_back.v1" => [("shares", "party", -1)],
                    _ => [],
                })
                {
                    foreach (var part in e.GetProperty("data").GetProperty(list).EnumerateArray())
                    {
                        var who = part.GetProperty(party).GetString()!;
                        settled[who[(who.LastIndexOf(':') + 1)..]] = settled.GetValueOrDefault(who[(who.LastIndexOf(':') + 1)..]) + (sign * part.GetProperty("amountFen").GetInt64());
                    }
                }
            }
        }

        Assert.All(parties, party => Assert.Equal(settled.GetValueOrDefault(party.GetProperty("party").GetString()!), party.GetProperty("paidFen").GetInt64()));
        Assert.Contains("合计 total", (await DxAsync("shares", "product/" + product)).Output, StringComparison.Ordinal);
        var unknown = (await DxProgram.RunAsync("shares", "P999999", "--data", market.Data)).WithExitCode(2);
        Assert.Contains("PRODUCT 'P999999' is no product", unknown.Errors, StringComparison.Ordinal);

        static bool IsComputed(JsonElement one) => one.GetProperty("basis").GetString() == "ShapleyValue";
        static bool WasPaid(JsonElement one) => one.GetProperty("parties").EnumerateArray()
            .Any(party => party.GetProperty("role").GetString() == "Contributor" && party.GetProperty("paidFen").GetInt64() > 0);
    }

    [Fact]
    public async Task The_sandbox_shows_conditions_use_and_refusals_and_its_deals_are_registered_deals()
    {
        var sandbox = (await DxAsync("sandbox", "--json")).Json();
        var trials = sandbox.GetProperty("trials").EnumerateArray().ToArray();
        Assert.Equal(trials.Length, sandbox.GetProperty("count").GetInt32());
        Assert.NotEmpty(trials);
        Assert.All(trials, trial =>
        {
            Assert.True(trial.GetProperty("admittedAt").GetString()!.CompareTo("2024-04-08", StringComparison.Ordinal) >= 0);
            Assert.True(trial.GetProperty("grantedFen").GetInt64() <= trial.GetProperty("mostAmountFen").GetInt64());
            Assert.True(trial.GetProperty("buyers").GetInt32() <= trial.GetProperty("mostBuyers").GetInt32());
        });

        var sold = trials.First(trial => trial.GetProperty("dealCount").GetInt32() > 0);
        var product = sold.GetProperty("product").GetString()!;
        foreach (var deal in sold.GetProperty("deals").EnumerateArray().Where(deal => deal.GetProperty("registeredAt").ValueKind == JsonValueKind.String))
        {
            var shown = (await DxAsync("show", "deal/" + deal.GetProperty("deal").GetString(), "--json")).Json().GetProperty("deal");
            Assert.Equal(
                (product, deal.GetProperty("buyer").GetString(), deal.GetProperty("amountFen").GetInt64()),
                (shown.GetProperty("product").GetString()!, shown.GetProperty("buyer").GetString(), shown.GetProperty("amountFen").GetInt64()));
        }

        // At the moment of the admission nothing was sold yet; before it there was no trial; in the end all is as without a moment.
        var admitted = sold.GetProperty("admittedAt").GetString()!;
        var then = (await DxAsync("sandbox", product, "--at", admitted, "--json")).Json().GetProperty("trials")[0];
        Assert.Equal((0, "OnTrial"), (then.GetProperty("dealCount").GetInt32(), then.GetProperty("state").GetString()));
        Assert.Equal(sold.ToString(), (await DxAsync("sandbox", product, "--at", "2030-01-01", "--json")).Json().GetProperty("trials")[0].ToString());
        var early = (await DxProgram.RunAsync("sandbox", product, "--at", "2024-01-01", "--data", market.Data)).WithExitCode(2);
        Assert.Contains($"{product} was admitted to the sandbox on {admitted[..10]}", early.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await DxAsync("sandbox", "--at", "2024-01-01", "--json")).Json().GetProperty("count").GetInt32());

        var unknown = (await DxProgram.RunAsync("sandbox", "P999999", "--data", market.Data)).WithExitCode(2);
        Assert.Contains("'P999999' was never in the sandbox; products that were:", unknown.Errors, StringComparison.Ordinal);
        Assert.Contains("买方 buyers", (await DxAsync("sandbox", product)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requirements_are_listed_and_a_ranking_is_explained_part_by_part()
    {
        var all = (await DxAsync("demand", "--json")).Json();
        var requirements = all.GetProperty("requirements").EnumerateArray().ToArray();
        Assert.Equal(requirements.Length, all.GetProperty("count").GetInt32());
        Assert.NotEmpty(requirements);
        var lapsed = (await DxAsync("demand", "--stage", "Lapsed", "--json")).Json().GetProperty("requirements").EnumerateArray().ToArray();
        Assert.Equal(requirements.Count(one => one.GetProperty("stage").GetString() == "Lapsed"), lapsed.Length);
        Assert.All(lapsed, one => Assert.Equal(JsonValueKind.String, one.GetProperty("lapseReason").ValueKind));

        foreach (var proposed in requirements.SelectMany(one => one.GetProperty("ranking").EnumerateArray()))
        {
            int Part(string name) => proposed.GetProperty(name).GetInt32();
            Assert.Equal(
                ((4_500 * Part("text")) + (2_500 * Part("chain")) + (1_500 * Part("category")) + (1_000 * Part("quality")) + (500 * Part("price"))) / 10_000, Part("score"));
            Assert.NotEqual(JsonValueKind.Null, proposed.GetProperty("titleZh").ValueKind);
        }

        var first = requirements[0].GetProperty("requirement").GetString()!;
        Assert.Contains("预算 budget", (await DxAsync("demand", "requirement/" + first)).Output, StringComparison.Ordinal);
        Assert.Equal(requirements[0].ToString(), (await DxAsync("demand", first, "--json")).Json().GetProperty("requirements")[0].ToString());
        var unknown = (await DxProgram.RunAsync("demand", "R999999", "--data", market.Data)).WithExitCode(2);
        Assert.Contains("REQUIREMENT 'R999999' was never posted; posted are", unknown.Errors, StringComparison.Ordinal);
        var both = (await DxProgram.RunAsync("demand", first, "--stage", "Met", "--data", market.Data)).WithExitCode(2);
        Assert.Contains("--stage 'Met' is not allowed with REQUIREMENT", both.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_printed_event_by_event_in_canonical_JSON()
    {
        var lines = (await DxAsync("events", "--stream", "deal/C000001", "--json")).Output.TrimEnd('\n').Split('\n');
        var versions = lines.Select(line => JsonElement.Parse(line).GetProperty("version").GetInt32()).ToArray();
        Assert.Equal(Enumerable.Range(1, versions.Length), versions);
        var last = (await DxAsync("events", "--stream", "deal/C000001", "--limit", "2")).Output.TrimEnd('\n').Split('\n');
        Assert.Equal(2, last.Length);
        Assert.StartsWith($"{versions.Length}  ", last[1], StringComparison.Ordinal);
        Assert.Contains("\"deal\":\"C000001\"", last[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_events_of_the_store_end_with_its_last()
    {
        var total = market.Json.GetProperty("events").GetInt64();
        var lines = (await DxAsync("events", "--limit", "3", "--json")).Output.TrimEnd('\n').Split('\n');
        Assert.Equal([total - 2, total - 1, total], lines.Select(line => JsonElement.Parse(line).GetProperty("sequence").GetInt64()));
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_it_quietly()
    {
        var script = $"set -o pipefail; dotnet '{Path.Combine(AppContext.BaseDirectory, "dx.dll")}' events --limit 0 --data '{market.Data}' | head -n 1";
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
        Assert.Single(output.TrimEnd('\n').Split('\n'));
        Assert.Equal("", await errors);
    }

    [Fact]
    public async Task Without_a_command_it_prints_the_help_and_exits_with_2()
    {
        var nothing = (await DxProgram.RunAsync()).WithExitCode(2);
        Assert.Equal("", nothing.Output);
        Assert.Contains("First steps", nothing.Errors, StringComparison.Ordinal);
        Assert.Equal(nothing.Errors, (await DxProgram.RunAsync("--help")).WithExitCode(0).Output);
    }

    [Fact]
    public async Task A_built_in_scenario_can_be_copied_and_checked()
    {
        await using var folder = new TemporaryFolder();
        var copy = folder.In("my.json");
        var text = (await DxProgram.RunAsync("scenario", "show", "hangzhou-2025")).WithExitCode(0).Output;
        await File.WriteAllTextAsync(copy, text, TestContext.Current.CancellationToken);
        Assert.StartsWith("Valid:", (await DxProgram.RunAsync("scenario", "check", copy)).WithExitCode(0).Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(copy, "{ \"name\": 1 }", TestContext.Current.CancellationToken);
        Assert.Contains("problem(s)", (await DxProgram.RunAsync("scenario", "check", copy)).WithExitCode(2).Errors, StringComparison.Ordinal);
    }

    private async Task<DxResult> DxAsync(params string[] arguments) =>
        (await DxProgram.RunAsync([.. arguments, "--data", market.Data])).WithExitCode(0);
}
