using System.Text.Json;
using DataExchange.Testing;

namespace DataExchange.EndToEnd.Tests;

/// <summary>Policies of a stored market, and use requests against them, as a user asks.</summary>
public sealed class PolicyTests(SpareMarket market) : IClassFixture<SpareMarket>
{
    [Fact]
    public async Task Offers_and_agreements_are_JSON_LD_to_a_public_processor()
    {
        var events = await EventsAsync();
        string[] names =
        [
            First(events, "contract_agreed.v1", data => data.GetProperty("policy").GetProperty("termDays").GetInt32() > 0), First(events, "usage_reported.v1"),
            First(events, "trade_confirmed.v1"), First(events, "offer_opened.v1"),
        ];
        var documents = new List<string>();
        foreach (var name in names)
        {
            var printed = await DxAsync("policy", name, "--json");
            Assert.Equal("http://www.w3.org/ns/odrl/2/", printed.Json().GetProperty("@context").GetProperty("@vocab").GetString());
            documents.Add(printed.Output);
        }

        var triples = await JsonLdProcessor.ToNQuadsAsync(documents, TestContext.Current.CancellationToken);
        Assert.All(triples.Take(3), of => Assert.Contains(of, line => line.EndsWith("<http://www.w3.org/ns/odrl/2/Agreement> .", StringComparison.Ordinal)));
        Assert.Contains(triples[0], line => line.Contains("<http://www.w3.org/ns/odrl/2/dateTime>", StringComparison.Ordinal));
        Assert.Contains(triples[1], line => line.Contains("<https://dataexchange.invalid/ns/odrl#call>", StringComparison.Ordinal));
        Assert.Contains(triples[2], line => line.Contains("<http://www.w3.org/ns/odrl/2/sell>", StringComparison.Ordinal));
        Assert.Contains($"<info:hdl/86.dex/product.{names[3]}#offer.1> <http://www.w3.org/ns/odrl/2/conflict> <http://www.w3.org/ns/odrl/2/prohibit> .", triples[3]);

        var text = (await DxAsync("policy", "86.dex/deal." + names[0])).WithExitCode(0).Output;
        Assert.Contains("允许 permission: 使用 use [use]", text, StringComparison.Ordinal);
        Assert.Contains("义务 duty: 付款 pay", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_use_is_permitted_or_denied_with_the_rule_that_decided()
    {
        var events = await EventsAsync();
        var deal = First(events, "contract_agreed.v1", data => data.GetProperty("policy").GetProperty("termDays").GetInt32() == 365 && Completed(events, data.GetProperty("deal").GetString()!)
            && !Metered(events, data.GetProperty("deal").GetString()!));
        var agreed = events.First(e => e.GetProperty("type").GetString() == "contract_agreed.v1" && e.GetProperty("data").GetProperty("deal").GetString() == deal);
        var purpose = agreed.GetProperty("data").GetProperty("policy").GetProperty("purpose").GetString()!;
        var during = DateTimeOffset.Parse(agreed.GetProperty("at").GetString()!, System.Globalization.CultureInfo.InvariantCulture).AddDays(100).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        string[] asked = ["policy", "check", deal, "--action", "read", "--purpose", purpose, "--region", "CN-33", "--at", during];

        var permit = (await DxAsync([.. asked, "--json"])).WithExitCode(0).Json();
        Assert.Equal(("permit", "permitted", $"hdl:86.dex/deal.{deal}#policy-use"), (Text(permit, "verdict"), Text(permit, "reason"), Text(permit, "rule")));
        Assert.StartsWith("允许 PERMIT: 有规则允许 a rule permits it", (await DxAsync(asked)).WithExitCode(0).Output, StringComparison.Ordinal);

        await DeniedAsync("conditionNotMet", null, [.. asked.Replace("CN-33", "SG")]);
        await DeniedAsync("conditionNotMet", null, [.. asked.Replace(purpose, "别的用途")]);
        await DeniedAsync("prohibited", $"hdl:86.dex/deal.{deal}#policy-no-distribute", [.. asked.Replace("read", "distribute")]);
        await DeniedAsync("nothingPermits", null, [.. asked, "--as", "venue-hzdex"]);
        await DeniedAsync("notRegistered", null, [.. asked.Replace(during, "2016-01-01")]);
        await DeniedAsync("expired", null, [.. asked.Replace(during, "2030-01-01")]);
    }

    [Fact]
    public async Task Uses_are_counted_and_deals_that_came_to_nothing_permit_nothing()
    {
        var events = await EventsAsync();
        var metered = First(events, "usage_reported.v1");
        var checkedNow = (await DxAsync("policy", "check", metered, "--action", "dx:call", "--count", "1000000000", "--json")).WithExitCode(1).Json();
        Assert.Equal(
            events.Where(e => Text(e, "type") == "usage_reported.v1" && Text(e.GetProperty("data"), "deal") == metered).Sum(e => e.GetProperty("data").GetProperty("calls").GetInt64()),
            checkedNow.GetProperty("usesSoFar").GetInt64());
        await DeniedAsync("dealTerminated", null, ["policy", "check", First(events, "deal_cancelled.v1"), "--action", "read"]);
        await DeniedAsync("dealRefunded", null, ["policy", "check", First(events, "dispute_upheld.v1", data => data.GetProperty("isFull").GetBoolean()), "--action", "read"]);
    }

    [Theory]
    [InlineData("DEAL 'C999999' is no deal of this store; nearest are deal/C", "C999999", "--action", "read")]
    [InlineData("--action 'eat' is no action; nearest are", "C000001", "--action", "eat")]
    [InlineData("--region 'China' is not allowed: an ISO 3166 code", "C000001", "--action", "read", "--region", "China")]
    [InlineData("--count '0' is not allowed: a whole number from 1", "C000001", "--action", "read", "--count", "0")]
    [InlineData("--as 'nobody' is no party of this store; nearest are party/", "C000001", "--action", "read", "--as", "nobody")]
    [InlineData("--at 'tomorrow' is not allowed", "C000001", "--action", "read", "--at", "tomorrow")]
    [InlineData("--action", "C000001")]
    public async Task Wrong_input_is_named_with_what_is_allowed(string message, params string[] arguments)
    {
        var failed = (await DxAsync(["policy", "check", .. arguments])).WithExitCode(2);
        Assert.Contains(message, failed.Errors, StringComparison.Ordinal);
        Assert.Equal("", failed.Output);
    }

    private async Task DeniedAsync(string reason, string? rule, string[] arguments)
    {
        var denied = (await DxAsync([.. arguments, "--json"])).WithExitCode(1).Json();
        Assert.Equal(("deny", reason, rule), (Text(denied, "verdict"), Text(denied, "reason"), Text(denied, "rule")));
        Assert.NotEqual("", Text(denied, "reasonZh"));
    }

    private async Task<JsonElement[]> EventsAsync()
    {
        var printed = (await DxAsync("events", "--limit", "0", "--json")).WithExitCode(0);
        return [.. printed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    /// <summary>The deal, or for an offer the product, of the first event of a type.</summary>
    private static string First(JsonElement[] events, string type, Func<JsonElement, bool>? where = null)
    {
        var data = events.First(e => Text(e, "type") == type && (where is null || where(e.GetProperty("data")))).GetProperty("data");
        return Text(data, data.TryGetProperty("deal", out _) ? "deal" : "product")!;
    }

    private static bool Completed(JsonElement[] events, string deal) => events.Any(e => Text(e, "type") == "deal_completed.v1" && Text(e.GetProperty("data"), "deal") == deal);

    private static bool Metered(JsonElement[] events, string deal) => events.Any(e => Text(e, "type") == "order_matched.v1" && Text(e.GetProperty("data"), "deal") == deal && e.GetProperty("data").GetProperty("units").GetInt32() > 0);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private Task<DxResult> DxAsync(params string[] arguments) => DxProgram.RunAsync([.. arguments, "--data", market.Data]);
}

file static class Arguments
{
    internal static IEnumerable<string> Replace(this IEnumerable<string> arguments, string one, string by) => arguments.Select(argument => argument == one ? by : argument);
}
