using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Gateway;
using DataExchange.Services.Telemetry;
using DataExchange.Testing;

namespace DataExchange.Services.Tests;

/// <summary>A deal over HTTP, from the order to its completion, through running services.</summary>
public sealed class TraceTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_happens_to_a_deal_is_one_trace_from_the_request_to_the_store()
    {
        await using var services = await RunningServices.StartAsync(postgres, false, RunningServices.Options(2), Cancellation);
        var facts = await SmallMarket.FactsAsync();
        var offer = Offer(facts);
        using var folder = new Folder();
        await using var gateway = await GatewayServer.StartAsync(
            services.Database, services.Sender, new GatewayOptions { KeyFolder = folder.Path, Clock = new StoppedClock(facts[^1].Data.At.AddSeconds(60)) }, Cancellation);
        using var administrator = Client(gateway, await File.ReadAllTextAsync(Path.Combine(folder.Path, "administrator.key"), Cancellation));
        using var buyer = Client(gateway, await KeyAsync(administrator, "tracer", "Buyer"));
        using var venue = Client(gateway, await KeyAsync(administrator, $"venue-{offer.Venue.Value}", "Venue"));
        using var provider = Client(gateway, await KeyAsync(administrator, offer.Provider.Value, "Provider"));
        using var spans = new Spans();
        await GiveAsync(venue, "AdmitBuyer", new() { ["buyer"] = "tracer", ["admittedFor"] = "Important" });
        await GiveAsync(buyer, "DepositFunds", new() { ["party"] = "tracer", ["amountFen"] = 1_000_000_000 });
        var deal = new DealId("D-traced");

        await GiveAsync(buyer, "PlaceOrder", new()
        {
            ["product"] = offer.Product.Value, ["deal"] = deal.Value, ["venue"] = offer.Venue.Value, ["buyer"] = "tracer", ["channel"] = "Shelf", ["quantity"] = 1,
        });
        await SeenAsync(venue, deal);
        await GiveAsync(buyer, "AgreeContract", Agreement(facts, deal, offer.Contributors));
        await GiveAsync(venue, "RegisterTransaction", new() { ["deal"] = deal.Value, ["feeBasisPoints"] = 500, ["vatBasisPoints"] = 600 });
        await GiveAsync(provider, "CompleteTransfer", new() { ["deal"] = deal.Value, ["acceptBy"] = facts[^1].Data.At.AddDays(9).ToString() });
        await GiveAsync(buyer, "AcceptDelivery", new() { ["deal"] = deal.Value });
        await services.RestAsync(Cancellation);

        Assert.Contains((await services.FactsAsync(Cancellation)).Skip(facts.Count), fact => fact.Data is DealCompleted done && done.Deal == deal);
        var trace = spans.Of(Traces.Of(deal));
        string[] steps =
        [
            "give PlaceOrder", "decide PlaceOrder", "ask HoldFunds", "decide HoldFunds", "feed LicenceGranted", "react MatchOrder",
            "give RegisterTransaction", "decide RegisterTransaction", "react CaptureHold", "react FundEscrow", "give CompleteTransfer", "decide CompleteTransfer",
            "give AcceptDelivery", "decide AcceptDelivery", "feed DeliveryAccepted", "react SettleDeal", "react IssueDataInvoice", "react AnchorInvoice", "react CompleteDeal", "commit",
        ];
        Assert.Empty(steps.Except(trace.Select(span => span.DisplayName)));
        // Whatever follows from a span of the trace says so, and the request that it came with is linked.
        Assert.All(trace, span => Assert.True(span.ParentSpanId == default || trace.Any(other => other.SpanId == span.ParentSpanId), $"{span.DisplayName} follows from nothing"));
        Activity Of(string name) => trace.Single(span => span.DisplayName == name);
        Assert.Equal(
            [default, Of("give PlaceOrder").SpanId, Of("decide PlaceOrder").SpanId, Of("ask HoldFunds").SpanId, Of("feed LicenceGranted").SpanId],
            ((string[])["give PlaceOrder", "decide PlaceOrder", "ask HoldFunds", "decide HoldFunds", "react MatchOrder"]).Select(name => Of(name).ParentSpanId));
        var request = Assert.Single(Of("give PlaceOrder").Links).Context;
        Assert.Contains(spans.Of(request.TraceId), span => span.SpanId == request.SpanId && span.Source.Name == "Microsoft.AspNetCore");
        var message = Assert.Single(Of("decide PlaceOrder").Links).Context;
        Assert.Contains(spans.Of(message.TraceId), span => span.SpanId == message.SpanId && span.Source.Name == "MassTransit");
        // No name of a party is in any of it.
        Assert.DoesNotContain(spans.Ours.SelectMany(span => span.TagObjects), tag => tag.Value?.ToString() is { } value && (value.Contains("tracer", StringComparison.Ordinal) || value == offer.Provider.Value));
        // What is about no deal stays in the trace of its request, and the bus, which works for everybody, in none of them.
        var deposit = spans.Of(spans.Ours.Single(span => span.DisplayName == "give DepositFunds").TraceId);
        Assert.Equal(["commit", "decide DepositFunds", "give DepositFunds"], deposit.Where(span => span.Source.Name == Traces.SourceName).Select(span => span.DisplayName).Order(StringComparer.Ordinal));
        Assert.Equal("Microsoft.AspNetCore", Assert.Single(deposit, span => span.Source.Name != Traces.SourceName).Source.Name);
    }

    [Fact]
    public void While_nobody_listens_there_are_no_spans()
    {
        // Spans of another source are none of ours.
        using var other = new Activity("other").Start();
        Assert.Null(Traces.Begin("give", ActivityKind.Server, new AcceptDelivery(new DealId("D")) { At = default, By = new PartyId("p") }));
        Assert.False(Traces.AreWanted);
    }

    [Fact]
    public void A_deal_has_the_trace_of_its_name_in_every_process() => // printf deal/D-1 | sha256sum
        Assert.Equal("0901b11c36a883bcf06f726ec3acc7ca", Traces.Of(new DealId("D-1")).ToHexString());

    private static (ProductId Product, VenueId Venue, PartyId Provider, IReadOnlyList<ContributorShare> Contributors) Offer(IReadOnlyList<RecordedEvent> facts) =>
    (
        from open in LiveTests.Offers(facts)
        let kind = StreamKind.Of(StreamId.Offer(open.Product))
        let offer = (IssuanceRight)facts.Where(fact => fact.Stream == StreamId.Offer(open.Product)).Aggregate(kind.Initial, (state, fact) => kind.Evolve(state, fact.Data))
        where offer.Terms is { Licence: LicenceKind.OpenEnded }
        select (open.Product, open.Venue, offer.Provider, offer.Contributors)).First();

    private static JsonObject Agreement(IReadOnlyList<RecordedEvent> facts, DealId deal, IReadOnlyList<ContributorShare> contributors)
    {
        var policy = facts.Select(fact => fact.Data).OfType<ContractAgreed>().First().Policy;
        var agreement = JsonNode.Parse(CommandCodec.Write(new AgreeContract(deal, LicenceKind.OpenEnded, 1, policy, facts[^1].Data.At.AddDays(9), contributors)
        {
            At = default, By = new PartyId("p"),
        }))!.AsObject();
        agreement.Remove("at");
        agreement.Remove("by");
        agreement.Remove("stream");
        return agreement;
    }

    private static HttpClient Client(GatewayServer gateway, string key)
    {
        var client = new HttpClient { BaseAddress = new Uri(gateway.Urls[0]) };
        client.DefaultRequestHeaders.Add("X-Api-Key", key.Trim());
        return client;
    }

    private static async Task<string> KeyAsync(HttpClient administrator, string party, string role)
    {
        using var issued = await administrator.PostAsJsonAsync("/v1/keys", new { party, role }, Cancellation);
        return (string)(await issued.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["key"]!;
    }

    // The deal comes into being by a message that follows the order.
    private static async Task SeenAsync(HttpClient client, DealId deal)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        late.CancelAfter(TimeSpan.FromSeconds(20));
        for (var isThere = false; !isThere;)
        {
            using var response = await client.GetAsync(new Uri($"/v1/deals/{deal.Value}", UriKind.Relative), late.Token);
            isThere = response.IsSuccessStatusCode;
            await Task.Delay(20, late.Token);
        }
    }

    private static async Task GiveAsync(HttpClient client, string command, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/commands/{command}") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await client.SendAsync(request, Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{command}: {await response.Content.ReadAsStringAsync(Cancellation)}");
    }

    private sealed class StoppedClock(SimulatedTime at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(at.UnixSeconds);
    }

    private sealed class Folder : IDisposable
    {
        internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"dx-traces-{Guid.NewGuid():N}");

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _ended = new();
        private readonly ActivityListener _listener;

        internal Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is Traces.SourceName or "MassTransit" or "Microsoft.AspNetCore",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        internal IEnumerable<Activity> Ours => _ended.Where(span => span.Source.Name == Traces.SourceName);

        internal IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _ended.Where(span => span.TraceId == trace)];

        public void Dispose() => _listener.Dispose();
    }
}
