using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DataExchange.Client;
using Role = DataExchange.Gateway.Access.Role;

namespace DataExchange.Gateway.Tests;

public sealed class ReadTests(RunningGateway gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_seen_and_handled_by_those_alone_whom_it_concerns()
    {
        var (owner, venue, product) = (gateway.Name("provider"), gateway.Name("exchange"), gateway.Name("P"));
        using var provider = await gateway.AsAsync(owner, Role.Provider);
        using var rival = await gateway.AsAsync(gateway.Name("provider"), Role.Provider);
        using var its = await gateway.AsAsync("venue-" + venue, Role.Venue);
        using var other = await gateway.AsAsync("venue-" + gateway.Name("exchange"), Role.Venue);
        using var buyer = await gateway.AsAsync(gateway.Name("buyer"), Role.Buyer);
        using var regulator = await gateway.AsAsync(gateway.Name("regulator"), Role.Regulator);
        using var auditor = await gateway.AsAsync(gateway.Name("auditor"), Role.Auditor);
        using var foreign = await rival.GiveAsync("RegisterProduct", Registration(product, owner, venue));
        using var registered = await provider.GiveAsync("RegisterProduct", Registration(product, owner, venue));
        await foreign.AsProblemAsync(403, "not-permitted");
        Assert.Equal(200, (int)registered.StatusCode);

        foreach (var (client, sees) in ((HttpClient, bool)[])[(provider, true), (its, true), (regulator, true), (auditor, true), (rival, false), (other, false), (buyer, false)])
        {
            using var one = await client.GetAsync(Path($"/v1/products/{product}"), Cancellation);
            using var events = await client.GetAsync(Path($"/v1/streams/product/{product}/events"), Cancellation);
            Assert.Equal((sees ? 200 : 404, sees ? 200 : 404), ((int)one.StatusCode, (int)events.StatusCode));
            Assert.Equal(sees, (await ProductsAsync(client)).Contains(product));
        }

        // What one may not see one may not change either, and the record knows who tried.
        const string evidence = """["LawfulSource"]""";
        using var stolen = await rival.GiveAsync("SubmitEvidence", $$"""{"product":"{{product}}","evidence":{{evidence}}}""");
        using var submitted = await provider.GiveAsync("SubmitEvidence", $$"""{"product":"{{product}}","evidence":{{evidence}}}""");
        using var elsewhere = await other.GiveAsync("AcceptApplication", $$"""{"product":"{{product}}"}""");
        using var accepted = await its.GiveAsync("AcceptApplication", $$"""{"product":"{{product}}"}""");
        await stolen.AsProblemAsync(403, "not-permitted");
        await elsewhere.AsProblemAsync(403, "not-permitted");
        Assert.Equal((200, 200), ((int)submitted.StatusCode, (int)accepted.StatusCode));
        var shown = await (await provider.GetAsync(Path($"/v1/products/{product}"), Cancellation)).JsonAsync();
        Assert.Equal((3, "ApplicationAccepted", owner), ((int)shown["version"]!, (string?)shown["stage"], (string?)shown["holder"]));
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var (owner, product) = (gateway.Name("provider"), gateway.Name("P"));
        using var provider = await gateway.AsAsync(owner, Role.Provider);
        using var registered = await provider.GiveAsync("RegisterProduct", Registration(product, owner, "anywhere"));
        using var first = await provider.GetAsync(Path($"/v1/products/{product}"), Cancellation);

        using var same = await AskAsync(provider, product, first.Headers.ETag!);
        using var evidence = await provider.GiveAsync("SubmitEvidence", $$"""{"product":"{{product}}","evidence":["LawfulSource"]}""");
        using var changed = await AskAsync(provider, product, first.Headers.ETag!);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (same.StatusCode, changed.StatusCode));
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
    }

    [Fact]
    public async Task Lists_are_read_page_by_page_without_gap_or_repetition()
    {
        var owner = gateway.Name("provider");
        using var provider = await gateway.AsAsync(owner, Role.Provider);
        var products = Enumerable.Range(0, 5).Select(_ => gateway.Name("P")).ToArray();
        foreach (var product in products)
        {
            using var registered = await provider.GiveAsync("RegisterProduct", Registration(product, owner, "anywhere"));
            Assert.Equal(200, (int)registered.StatusCode);
        }

        for (var fen = 1; fen <= 5; fen++)
        {
            using var deposit = await provider.GiveAsync("DepositFunds", $$"""{"party":"{{owner}}","amountFen":{{fen}}}""");
        }

        var found = await ProductsAsync(provider, limit: 2);
        Assert.Equal(found.Distinct(), found);
        Assert.Empty(products.Except(found));
        var amounts = new List<long>();
        for (long? after = 0; after is not null;)
        {
            var page = (await provider.GetFromJsonAsync<JsonObject>($"/v1/streams/account/{owner}/events?after={after}&limit=2", Cancellation))!;
            amounts.AddRange(page["items"]!.AsArray().Select(item => (long)item!["data"]!["amountFen"]!));
            after = (long?)page["next"];
        }

        Assert.Equal([1, 2, 3, 4, 5], amounts);
    }

    [Theory]
    [InlineData("/v1/products?limit=0", "limit")]
    [InlineData("/v1/products?limit=201", "limit")]
    [InlineData("/v1/products?stage=Nope", "stage")]
    [InlineData("/v1/products?colour=red", "colour")]
    [InlineData("/v1/products?venue=a/b", "venue")]
    [InlineData("/v1/products/P1?limit=5", "limit")]
    [InlineData("/v1/deals?limit=5&limit=6", "limit")]
    [InlineData("/v1/deals?Stage=Requested", "Stage")]
    [InlineData("/v1/parties?role=King", "role")]
    [InlineData("/v1/books/P1?levels=51", "levels")]
    [InlineData("/v1/books/P1/market-data?limit=5", "limit")]
    [InlineData("/v1/events?after=5", "after")]
    [InlineData("/v1/audit?after=x", "after")]
    [InlineData("/v1/streams/product/P1/events?after=-1", "after")]
    [InlineData("/v1/streams/nothing/P1/events", "kind")]
    public async Task A_wrong_question_is_answered_with_what_is_allowed(string path, string field)
    {
        using var auditor = await gateway.AsAsync(gateway.Name("auditor"), Role.Auditor);
        using var response = await auditor.GetAsync(Path(path), Cancellation);

        Assert.Equal(field, (string?)(await response.AsProblemAsync(400, "wrong-input"))["field"]);
    }

    [Fact]
    public async Task A_stranger_sees_no_account_and_no_deal()
    {
        var party = gateway.Name("buyer");
        using var owner = await gateway.AsAsync(party, Role.Buyer);
        using var stranger = await gateway.AsAsync(gateway.Name("buyer"), Role.Buyer);
        using var deposit = await owner.GiveAsync("DepositFunds", $$"""{"party":"{{party}}","amountFen":5}""");

        using var mine = await owner.GetAsync(Path($"/v1/streams/account/{party}/events"), Cancellation);
        using var theirs = await stranger.GetAsync(Path($"/v1/streams/account/{party}/events"), Cancellation);
        using var deal = await stranger.GetAsync(Path("/v1/deals/D-none"), Cancellation);

        Assert.Equal(200, (int)mine.StatusCode);
        await theirs.AsProblemAsync(404, "not-found");
        await deal.AsProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Events_come_as_they_are_recorded_and_again_from_where_the_connection_was_lost()
    {
        var party = gateway.Name("buyer");
        using var buyer = await gateway.AsAsync(party, Role.Buyer);
        using var stranger = await gateway.AsAsync(gateway.Name("buyer"), Role.Buyer);
        using var first = await buyer.GiveAsync("DepositFunds", $$"""{"party":"{{party}}","amountFen":1}""");

        var seen = await StreamAsync(buyer, null, 1, async () => { using var more = await buyer.GiveAsync("DepositFunds", $$"""{"party":"{{party}}","amountFen":2}"""); }, 2);
        var again = await StreamAsync(buyer, seen[0].Id, 1, () => Task.CompletedTask, 1);
        using var foreign = await stranger.GiveAsync("DepositFunds", $$"""{"party":"{{stranger.DefaultRequestHeaders.GetValues("X-Api-Key").First()}}","amountFen":1}""");

        Assert.Equal([1, 2], seen.Select(one => one.Fen));
        Assert.Equal(seen[1], again[0]);
        await foreign.AsProblemAsync(403, "not-permitted");
    }

    [Fact]
    public async Task Nobody_opens_more_event_streams_than_are_allowed_to_a_key_and_to_all()
    {
        await using var narrow = await GatewayServer.StartAsync(
            gateway.Database, gateway.Sender, gateway.Options(6000) with { StreamsPerKey = 2, Streams = 3 }, Cancellation);
        using var one = await NarrowAsync();
        using var other = await NarrowAsync();
        using var first = await OpenAsync(one);
        using var second = await OpenAsync(one);
        using var third = await OpenAsync(one);
        using var fourth = await OpenAsync(other);
        using var fifth = await OpenAsync(other);

        Assert.Equal((200, 200, 200), ((int)first.StatusCode, (int)second.StatusCode, (int)fourth.StatusCode));
        await third.AsProblemAsync(429, "too-many-streams");
        await fifth.AsProblemAsync(429, "too-many-streams");
        Assert.NotNull(fifth.Headers.RetryAfter);

        // A stream that ended makes room for another.
        second.Dispose();
        for (var tries = 0; ; tries++)
        {
            using var again = await OpenAsync(other);
            if (again.IsSuccessStatusCode)
            {
                break;
            }

            Assert.True(tries < 100, "no room after a stream was closed");
            await Task.Delay(100, Cancellation);
        }

        async Task<HttpClient> NarrowAsync()
        {
            using var usual = await gateway.AsAsync(gateway.Name("buyer"), Role.Buyer);
            var client = new HttpClient { BaseAddress = new Uri(narrow.Urls[0]) };
            client.DefaultRequestHeaders.Add("X-Api-Key", usual.DefaultRequestHeaders.GetValues("X-Api-Key"));
            return client;
        }

        static Task<HttpResponseMessage> OpenAsync(HttpClient client) => client.GetAsync(Path("/v1/events"), HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    // Events of the caller's own account: the store is shared with other tests.
    private static async Task<List<(string Id, long Fen)>> StreamAsync(HttpClient client, string? last, int before, Func<Task> meanwhile, int wanted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        var (found, id) = (new List<(string, long)>(), "");
        while (found.Count < wanted && await reader.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonNode.Parse(line[6..])! is var data && (string)data["type"]! == "funds_deposited.v1")
            {
                Assert.Equal(id, data["sequence"]!.ToString());
                found.Add((id, (long)data["data"]!["amountFen"]!));
                if (found.Count == before)
                {
                    await meanwhile();
                }
            }
        }

        return found;
    }

    private static async Task<List<string>> ProductsAsync(HttpClient client, int limit = 200)
    {
        using var http = new HttpClient { BaseAddress = client.BaseAddress };
        var typed = new GatewayClient(http, Credential.OfKey(client.DefaultRequestHeaders.GetValues("X-Api-Key").First()));
        return await typed.ListProductsAsync(limit: limit, cancellation: Cancellation).Select(product => product.Id).ToListAsync(Cancellation);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string product, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/products/{product}");
        request.Headers.IfNoneMatch.Add(tag);
        return await client.SendAsync(request, Cancellation);
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);

    internal static string Registration(string product, string provider, string venue) =>
        $$"""
        {"product":"{{product}}","provider":"{{provider}}","venue":"{{venue}}","title":"气象数据","titleEn":"Weather","form":"Api","category":"weather","subTrack":"weather",
        "securityClass":"General","containsPersonalInformation":false,"isPublicData":false,"useScenario":"农业保险","fingerprint":"sha256-{{product}}"}
        """;
}
