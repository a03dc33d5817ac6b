using DataExchange.Gateway.Access;

namespace DataExchange.Gateway.Tests;

public sealed class HealthTests(RunningGateway gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_and_metrics_are_for_everybody_and_nothing_else_is()
    {
        using var anonymous = gateway.Anonymous;
        foreach (var (path, status) in ((string, int)[])[("/health/live", 200), ("/health/ready", 200), ("/metrics", 200), ("/v1/products", 401), ("/v1/nothing", 401), ("/", 401)])
        {
            using var response = await anonymous.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            Assert.Equal((path, status), (path, (int)response.StatusCode));
        }
    }

    [Fact]
    public async Task What_the_services_count_is_told_under_its_own_names()
    {
        var party = gateway.Name("buyer");
        using var buyer = await gateway.AsAsync(party, Role.Buyer);
        using var deposit = await buyer.GiveAsync("DepositFunds", $$"""{"party":"{{party}}","amountFen":5}""");
        using var anonymous = gateway.Anonymous;

        var text = await anonymous.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancellation);

        Assert.Contains("# TYPE dx_commands_total counter\n", text, StringComparison.Ordinal);
        Assert.Matches("""(?m)^dx_commands_total\{partition="settlement",outcome="accepted"\} [1-9]""", text);
        Assert.Contains("dx_partition_owner{partition=\"settlement\"} 1\n", text, StringComparison.Ordinal);
        Assert.Matches("""(?m)^dx_commit_seconds_bucket\{partition="settlement",le="\+Inf"\} [1-9]""", text);
    }

    [Fact]
    public async Task What_goes_wrong_is_told_by_its_route_without_whom_it_was_about()
    {
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var database = Npgsql.NpgsqlDataSource.Create(gateway.Database.ConnectionString);
        await using var server = await GatewayServer.StartAsync(database, gateway.Sender, gateway.Options(60) with { Warn = lines.Enqueue }, Cancellation);
        using var owner = await gateway.AsAsync("firm-secret", Role.Provider);
        using var client = new HttpClient { BaseAddress = new Uri(server.Urls[0]) };
        client.DefaultRequestHeaders.Add("X-Api-Key", owner.DefaultRequestHeaders.GetValues("X-Api-Key"));
        await database.DisposeAsync();

        using var failed = await client.GetAsync(new Uri("/v1/streams/account/firm-secret/events", UriKind.Relative), Cancellation);

        await failed.AsProblemAsync(500, "defect");
        var line = Assert.Single(lines);
        Assert.StartsWith("GET /v1/streams/{kind}/{name}/events: System.ObjectDisposedException", line, StringComparison.Ordinal);
        Assert.DoesNotContain("firm-secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_without_the_gateway_tells_its_health_alone_and_says_when_it_is_not_ready()
    {
        var isReady = false;
        await using var server = await GatewayServer.StartHealthAsync(gateway.Database, new GatewayOptions { Hindrance = () => isReady ? null : "nothing runs yet" }, Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(server.Urls[0]) };

        using var before = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);
        isReady = true;
        using var after = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);
        using var products = await client.GetAsync(new Uri("/v1/products", UriKind.Relative), Cancellation);

        Assert.Equal("This process cannot serve: nothing runs yet.", (string?)(await before.AsProblemAsync(503, "not-ready"))["detail"]);
        Assert.Equal((200, 404), ((int)after.StatusCode, (int)products.StatusCode));
    }
}
