using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Gateway.Access;
using DataExchange.Gateway.Commands;
using DataExchange.Reports.Words;

namespace DataExchange.Gateway.Tests;

public sealed class CommandTests(RunningGateway gateway)
{
    [Fact]
    public async Task A_command_is_executed_once_and_answered_as_often_as_it_is_sent()
    {
        var party = gateway.Name("buyer");
        using var buyer = await gateway.AsAsync(party, Role.Buyer);
        var key = gateway.Name("key");

        using var first = await buyer.GiveAsync("DepositFunds", Deposit(party, 500), key);
        using var second = await buyer.GiveAsync("DepositFunds", $$"""{ "party": "{{party}}", "amountFen": 500 }""", key);
        var (a, b) = (await first.JsonAsync(), await second.JsonAsync());

        Assert.Equal("\"1\"", first.Headers.ETag?.Tag);
        Assert.Equal($"account/{party}", (string?)a["stream"]);
        Assert.Equal("funds_deposited.v1", (string?)a["events"]![0]!["type"]);
        Assert.Equal(party, (string?)a["events"]![0]!["data"]!["by"]);
        Assert.False((bool)a["wasRepeated"]!);
        Assert.True((bool)b["wasRepeated"]!);
        Assert.True(JsonNode.DeepEquals(a["events"], b["events"]));
        Assert.Equal((string?)a["id"], (string?)b["id"]);
    }

    [Theory]
    [InlineData("DepositFunds", 501)]
    [InlineData("RegisterParty", 0)]
    public async Task A_key_that_was_used_for_something_else_is_refused(string command, int fen)
    {
        var party = gateway.Name("buyer");
        using var buyer = await gateway.AsAsync(party, Role.Buyer);
        var key = gateway.Name("key");
        using var first = await buyer.GiveAsync("DepositFunds", Deposit(party, 500), key);

        using var other = await buyer.GiveAsync(
            command, command == "DepositFunds" ? Deposit(party, fen) : $$"""{"party":"{{party}}","name":"甲","nameEn":"A","role":"Buyer"}""", key);

        Assert.Equal(200, (int)first.StatusCode);
        await other.AsProblemAsync(422, "idempotency-key-reused");
    }

    [Theory]
    [InlineData("a\\u0000b", "name")]
    [InlineData("a\\ud800b", "name")]
    [InlineData("long", "name")]
    public async Task A_text_that_cannot_be_kept_is_named_and_puts_nothing_aside(string text, string field)
    {
        var party = gateway.Name("buyer");
        using var buyer = await gateway.AsAsync(party, Role.Buyer);
        var name = text == "long" ? new string('甲', 5_000) : text;

        using var refused = await buyer.GiveAsync("RegisterParty", $$"""{"party":"{{party}}","name":"{{name}}","nameEn":"A","role":"Buyer"}""", gateway.Name("key"));

        var problem = await refused.AsProblemAsync(400, "wrong-body");
        Assert.Equal(field, (string?)problem["field"]);
    }

    [Fact]
    public async Task A_token_makes_no_other_token_whatever_stands_beside_it()
    {
        using var buyer = await gateway.AsAsync(gateway.Name("buyer"), Role.Buyer);
        using var made = await buyer.PostAsync(new Uri("/v1/tokens", UriKind.Relative), null, TestContext.Current.CancellationToken);
        var token = (string)(await made.JsonAsync())["token"]!;
        using var thief = gateway.Anonymous;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/tokens");
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("X-Api-Key", ["junk", "more junk"]);

        using var refused = await thief.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)refused.StatusCode);
    }

    [Fact]
    public async Task An_event_stream_begins_at_a_place_that_there_can_be()
    {
        using var buyer = await gateway.AsAsync(gateway.Name("buyer"), Role.Buyer);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        request.Headers.Add("Last-Event-ID", "9223372036854775807");

        using var refused = await buyer.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)refused.StatusCode);
    }

    [Fact]
    public async Task Two_parties_may_use_the_same_key()
    {
        var (one, other) = (gateway.Name("buyer"), gateway.Name("buyer"));
        using var a = await gateway.AsAsync(one, Role.Buyer);
        using var b = await gateway.AsAsync(other, Role.Buyer);

        using var first = await a.GiveAsync("DepositFunds", Deposit(one, 500), "shared");
        using var second = await b.GiveAsync("DepositFunds", Deposit(other, 700), "shared");

        Assert.Equal((200, 200), ((int)first.StatusCode, (int)second.StatusCode));
    }

    [Theory]
    [InlineData("""{"party":"P","amountFen":-5}""", "AmountInvalid", 422, "amount-invalid")]
    public async Task A_refusal_is_a_problem_that_names_it_in_both_languages(string body, string rejection, int status, string name)
    {
        var party = gateway.Name("buyer");
        using var buyer = await gateway.AsAsync(party, Role.Buyer);
        buyer.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");

        using var response = await buyer.GiveAsync("DepositFunds", body.Replace("\"P\"", $"\"{party}\"", StringComparison.Ordinal));
        var problem = await response.AsProblemAsync(status, name);

        Assert.Equal(rejection, (string?)problem["rejection"]);
        Assert.Equal(RejectionWords.Of(Enum.Parse<Rejection>(rejection)).Zh, (string?)problem["title"]);
        Assert.Equal($"account/{party}", (string?)problem["stream"]);
    }

    [Theory]
    [InlineData("DepositFunds", """{"party":"P"}""", "amountFen", null, "required")]
    [InlineData("DepositFunds", """{"party":"P","amountFen":"many"}""", "amountFen", "\"many\"", "whole number")]
    [InlineData("DepositFunds", """{"party":"P","amountFen":1e400}""", "amountFen", "1e400", "whole number")]
    [InlineData("DepositFunds", """{"party":"P","amountFen":9007199254740993}""", "amountFen", "9007199254740993", "9007199254740991")]
    [InlineData("DepositFunds", """{"party":"P","amountFen":5,"at":"2025-05-31T09:30:00+08:00"}""", "at", "\"2025-05-31T09:30:00", "amountFen")]
    [InlineData("DepositFunds", """{"party":"P","amountFen":5,"by":"else"}""", "by", "\"else\"", "party")]
    [InlineData("DepositFunds", """{"party":"a/b","amountFen":5}""", "party", "a/b", "slash")]
    [InlineData("DepositFunds", """{"party":"P","party":"Q","amountFen":5}""", "$", "{", "one JSON object")]
    [InlineData("DepositFunds", """[1]""", "$", "[1]", "one JSON object")]
    [InlineData("DepositFunds", "", "$", "", "one JSON object")]
    [InlineData("RegisterParty", """{"party":"P","name":"甲","nameEn":"A","role":"King"}""", "role", "\"King\"", "Buyer")]
    [InlineData("PlaceOrder", """{"product":"X","deal":"D","venue":"V","buyer":"P","admittedFor":"Core","channel":"Shelf","quantity":1}""", "admittedFor", "\"Core\"", "quantity")]
    public async Task A_body_that_is_no_command_is_answered_with_field_value_and_what_is_allowed(string command, string body, string field, string? value, string allowed)
    {
        var party = gateway.Name("buyer");
        using var buyer = await gateway.AsAsync(party, Role.Buyer);

        using var response = await buyer.GiveAsync(command, body.Replace("\"P\"", $"\"{party}\"", StringComparison.Ordinal));
        var problem = await response.AsProblemAsync(400, "wrong-body");

        Assert.Equal(field, (string?)problem["field"]);
        Assert.Equal(value is null, problem["value"] is null);
        Assert.Contains(value ?? "", (string?)problem["value"] ?? "", StringComparison.Ordinal);
        Assert.Contains(allowed, (string?)problem["allowed"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_without_its_key_or_name_or_with_too_much_is_refused()
    {
        var party = gateway.Name("buyer");
        using var buyer = await gateway.AsAsync(party, Role.Buyer);
        var cancellation = TestContext.Current.CancellationToken;
        using var body = new StringContent(Deposit(party, 5), Encoding.UTF8, "application/json");

        using var keyless = await buyer.PostAsync(new Uri("/v1/commands/DepositFunds", UriKind.Relative), body, cancellation);
        using var spaced = await buyer.GiveAsync("DepositFunds", Deposit(party, 5), "a b");
        using var unknown = await buyer.GiveAsync("StealFunds", "{}");
        using var large = await buyer.GiveAsync("DepositFunds", $$"""{"party":"{{new string('x', GatewayLimits.BodyBytes)}}"}""");

        Assert.Equal("Idempotency-Key", (string?)(await keyless.AsProblemAsync(400, "wrong-input"))["field"]);
        Assert.Equal("a b", (string?)(await spaced.AsProblemAsync(400, "wrong-input"))["value"]);
        await unknown.AsProblemAsync(404, "not-found");
        await large.AsProblemAsync(413, "body-too-large");
    }

    [Fact]
    public void Every_refusal_has_a_status_words_and_a_name_of_its_own()
    {
        var all = Enum.GetValues<Rejection>();

        Assert.All(all, rejection => Assert.Contains(RejectionStatus.Of(rejection), (int[])[403, 404, 409, 422]));
        Assert.All(all, rejection => Assert.NotEmpty(RejectionWords.Of(rejection).Zh));
        Assert.Equal(all.Length, all.Select(RejectionStatus.NameOf).Distinct().Count());
        Assert.Equal("insufficient-funds", RejectionStatus.NameOf(Rejection.InsufficientFunds));
        Assert.Throws<ArgumentOutOfRangeException>(() => RejectionStatus.Of((Rejection)9_999));
    }

    [Fact]
    public void The_fields_of_a_body_are_those_of_the_command_but_for_time_party_and_what_the_exchange_finds_out()
    {
        Assert.Equal(["amountFen", "party"], CommandBodies.FieldsOf(typeof(Domain.Settlement.DepositFunds)).Order(StringComparer.Ordinal));
        Assert.All(CommandBodies.Types.Values, type =>
        {
            Assert.DoesNotContain("at", CommandBodies.FieldsOf(type));
            Assert.DoesNotContain("by", CommandBodies.FieldsOf(type));
            Assert.DoesNotContain("stream", CommandBodies.FieldsOf(type));
        });
    }

    private static string Deposit(string party, long fen) => $$"""{"party":"{{party}}","amountFen":{{fen}}}""";
}
