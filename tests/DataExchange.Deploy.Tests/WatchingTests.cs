using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.EventStore;
using DataExchange.EventStore.Serialization;
using DataExchange.Testing;

namespace DataExchange.Deploy.Tests;

/// <summary>The real exchange, watched by the real Prometheus.</summary>
public sealed partial class WatchingTests(WatchedExchange exchange, RabbitMqFixture rabbit) : IClassFixture<WatchedExchange>
{
    private static IEnumerable<JsonNode> Rules => DeployFiles.Yaml("prometheus/rules/dataexchange.yml")["groups"].Items().SelectMany(group => group["rules"].Items());

    [Fact]
    public async Task What_is_served_is_what_is_listed_with_its_type_and_its_labels()
    {
        // A refused order, and some commits: whatever has to have happened for a histogram to be there.
        await RefusedOrderAsync();
        using var client = new HttpClient { BaseAddress = exchange.Exchange };
        await WatchedExchange.UntilAsync(async () =>
        {
            var text = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
            var served = TypeLine().Matches(text).ToDictionary(type => type.Groups[1].Value, type => (Type: type.Groups[2].Value, Labels: LabelsOf(text, type.Groups[1].Value)));
            string[] wrong =
            [
                .. MetricNames.Listed.Keys.Except(served.Keys).Select(name => $"{name} is listed and not served"),
                .. served.Keys.Except(MetricNames.Listed.Keys).Select(name => $"{name} is served and not listed"),
                .. from one in MetricNames.Listed
                   where served.ContainsKey(one.Key)
                   let found = served[one.Key]
                   where found.Type != one.Value.Type || !found.Labels.SequenceEqual(one.Value.Labels.Order(StringComparer.Ordinal))
                   select $"{one.Key} is served as {found.Type} by [{string.Join(", ", found.Labels)}], listed as {one.Value.Type} by [{string.Join(", ", one.Value.Labels)}]",
            ];
            return wrong.Length == 0 ? null : string.Join('\n', wrong);
        });
    }

    [Fact]
    public async Task A_healthy_exchange_is_seen_whole_and_quiet_and_a_fault_is_told()
    {
        await RefusedOrderAsync();
        await EverythingIsSeenAsync();
        // What was judged before the first figures came is over.
        await WatchedExchange.UntilAsync(async () => await AlertsAsync() is { Length: > 0 } alerts ? string.Join('\n', alerts.Select(one => one.ToJsonString())) : null);

        // Money from nowhere: the books do not take it, and commands about it cannot be handled.
        await SpoilAsync();
        using var nobody = await exchange.BuyerAsync("nobody");
        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, await exchange.GiveAsync("DepositFunds", new JsonObject { ["party"] = "nobody", ["amountFen"] = 1 }, nobody));
        await FiringAsync("LedgerImbalance", "The ledger is off by 5 fen");
        await FiringAsync("LedgerRefuses", "The books do not take 1 facts");
        await FiringAsync("MessagesPutAside", "Partition settlement puts messages aside that it cannot handle");

        await UnreadableAsync();
        LogsNameNobody();
        exchange.CatalogueProcess.Kill();
        await FiringAsync("ProcessDown", $"{exchange.Catalogue.Authority} does not answer");
        foreach (var partition in (string[])["rights", "pricing", "listing"])
        {
            await FiringAsync("PartitionWithoutOwner", $"Partition {partition} has no owner");
        }

        // And nothing else.
        Assert.Equal(
            ["LedgerImbalance", "LedgerRefuses", "MessagesPutAside", "PartitionWithoutOwner", "ProcessDown"],
            (await AlertsAsync()).Select(alert => alert.At("labels", "alertname").Text()!).Distinct().Order(StringComparer.Ordinal));

        await ReadyAsync("200", "ready");
        await rabbit.Broker.KillNodeAsync(0, TestContext.Current.CancellationToken);
        await ReadyAsync("503", "the broker does not answer");
        await rabbit.Broker.StartNodeAsync(0, TestContext.Current.CancellationToken);
        await ReadyAsync("200", "ready");
    }

    [Fact]
    public async Task Traces_go_where_the_variables_of_OpenTelemetry_say_and_name_nobody()
    {
        // An address that names a party.
        await WatchedExchange.UntilAsync(async () => await exchange.GetAsync("/v1/streams/account/payer/events?after=0") is not System.Net.HttpStatusCode.OK and var status ? $"{status}" : null);
        await WatchedExchange.UntilAsync(() => Task.FromResult(
            ((string[])["POST /v1/traces ", "dataexchange", "give DepositFunds", "decide DepositFunds", "commit", "-settlement receive", "Microsoft.AspNetCore", "/v1/streams/{kind}/{name}/events"])
                .FirstOrDefault(name => !exchange.Collector.All.Contains(name, StringComparison.Ordinal))));
        Assert.DoesNotContain("payer", exchange.Collector.All, StringComparison.Ordinal);
    }

    // An object a line, by which nobody learns who does what here.
    private void LogsNameNobody()
    {
        foreach (var line in exchange.ExchangeProcess.Lines.Concat(exchange.CatalogueProcess.Lines).Where(line => line != "ready"))
        {
            var said = JsonNode.Parse(line)!.AsObject();
            Assert.Matches("^(info|warning|error)$", said["level"].Text());
            Assert.Matches("^[a-z_]+$", said["event"].Text());
            Assert.NotEmpty(said["text"].Text()!);
            Assert.All(exchange.Secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.Ordinal));
        }

        var events = exchange.ExchangeProcess.Lines.Where(line => line != "ready").Select(line => JsonNode.Parse(line)!["event"].Text()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "serving", "listening", "traces", "gateway", "partition_taken", "message_put_aside", "message_unreadable", "books_refuse" }, events);
    }

    private async Task<string> ReadinessAsync()
    {
        using var client = new HttpClient { BaseAddress = exchange.Exchange };
        using var response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
    }

    private async Task ReadyAsync(string beginning, string content) => await WatchedExchange.UntilAsync(async () =>
        await ReadinessAsync() is var answer && answer.StartsWith(beginning, StringComparison.Ordinal) && answer.Contains(content, StringComparison.Ordinal) ? null : answer);

    // What the bus cannot read is moved away by the bus itself.
    private async Task UnreadableAsync()
    {
        async Task<double> AsideAsync() => Assert.Single(await exchange.QueryAsync("dx_put_aside_total{partition=\"trust\"}")).Value;
        Assert.Equal(0, await AsideAsync());
        await using (var connection = await new RabbitMQ.Client.ConnectionFactory { Uri = rabbit.Broker.Uri }.CreateConnectionAsync(TestContext.Current.CancellationToken))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            var store = await DataExchange.EventStore.Services.ServiceTables.StoreIdAsync(exchange.Database, TestContext.Current.CancellationToken);
            await RabbitMQ.Client.IChannelExtensions.BasicPublishAsync(channel, "", $"dx-{store[..12]}-trust", "no message"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        await WatchedExchange.UntilAsync(async () => await AsideAsync() is var aside && aside > 0 ? null : "the unreadable message is not counted");
        Assert.Equal(1, await AsideAsync());
    }

    private async Task EverythingIsSeenAsync()
    {
        await WatchedExchange.UntilAsync(async () =>
        {
            var targets = (await exchange.AskAsync("/api/v1/targets?state=active"))["activeTargets"].Items().ToArray();
            return targets.Length == 5 && targets.All(target => target["health"].Text() == "up")
                ? null
                : string.Join('\n', targets.Select(target => $"{target["scrapeUrl"]} {target["health"]} {target["lastError"]}"));
        });
        var loaded = (await exchange.AskAsync("/api/v1/rules"))["groups"].Items().SelectMany(group => group["rules"].Items()).ToArray();
        Assert.Equal(
            Rules.Select(rule => rule["alert"].Text()).Order(StringComparer.Ordinal), loaded.Select(rule => rule["name"].Text()).Order(StringComparer.Ordinal));

        var dashboard = JsonNode.Parse(DeployFiles.Text("grafana/dashboards/dataexchange.json"))!;
        var shown = dashboard["panels"].Items().SelectMany(panel => panel["targets"].Items()).Select(target => target["expr"].Text()!);
        // What a rule compares is there, though the comparison holds of nothing.
        var judged = Rules.SelectMany(rule => MetricNames.In(rule["expr"].Text()!));
        foreach (var expression in shown.Concat(judged).Distinct())
        {
            await WatchedExchange.UntilAsync(async () => (await exchange.QueryAsync(expression)).Count > 0 ? null : $"{expression} has no data");
        }

        Assert.Equal(14, Assert.Single(await exchange.QueryAsync("sum(max by (partition) (dx_partition_owner))")).Value);
        Assert.Equal(0, Assert.Single(await exchange.QueryAsync("max(abs(dx_ledger_imbalance_fen))")).Value);
        await WatchedExchange.UntilAsync(async () => (await exchange.QueryAsync("sum by (queue) (dx_queue_messages)")).Count == 14 ? null : "not every queue is seen");
        await WatchedExchange.UntilAsync(async () =>
            (await exchange.AskAsync("/api/v1/rules"))["groups"].Items().SelectMany(group => group["rules"].Items()).FirstOrDefault(rule => rule["health"].Text() != "ok") is { } rule
                ? $"{rule["name"]} is {rule["health"]}: {rule["lastError"]}"
                : null);
    }

    private async Task FiringAsync(string alert, string summary) => await WatchedExchange.UntilAsync(async () =>
    {
        var alerts = await AlertsAsync();
        return alerts.Any(one => one.At("labels", "alertname").Text() == alert && one["state"].Text() == "firing" && one.At("annotations", "summary").Text() == summary)
            ? null
            : $"{alert} does not fire with '{summary}'; there are: {string.Join('\n', alerts.Select(one => one.ToJsonString()))}";
    });

    // A machine with other work may be slow: that is no fault here.
    private async Task<JsonNode[]> AlertsAsync() =>
        [.. (await exchange.AskAsync("/api/v1/alerts"))["alerts"].Items().Where(alert => alert.At("labels", "alertname").Text() != "CommandsSlow")];

    private async Task RefusedOrderAsync() => Assert.NotEqual(
        System.Net.HttpStatusCode.OK,
        await exchange.GiveAsync("PlaceOrder", new JsonObject
        {
            ["product"] = "P-none", ["deal"] = $"D-{Guid.NewGuid():N}", ["venue"] = "hzdex", ["buyer"] = "payer", ["channel"] = "Shelf", ["quantity"] = 1,
        }));

    // A fact that no decider makes, as somebody with access to the tables would store it.
    private async Task SpoilAsync()
    {
        var impossible = new HoldReleased(new PartyId("nobody"), new DealId("none"), 5) { At = new SimulatedTime(DateTimeOffset.UtcNow.ToUnixTimeSeconds()), By = new PartyId("nobody") };
        await using var connection = await exchange.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var spoil = new Npgsql.NpgsqlCommand(
            $"""
            BEGIN;
            SELECT pg_advisory_xact_lock(hashtext('dataexchange append {Schemas.Default}'));
            INSERT INTO {Schemas.Default}.mt_streams (id, version, timestamp, created, tenant_id, compacted_version, is_archived)
            VALUES ('account/nobody', 1, now(), now(), '*DEFAULT*', 0, false);
            INSERT INTO {Schemas.Default}.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, is_archived)
            SELECT max(seq_id) + 1, gen_random_uuid(), 'account/nobody', 1, '{System.Text.Encoding.UTF8.GetString(EventJson.Write(impossible))}', '{EventRegistry.NameOf(impossible)}', now(), '*DEFAULT*', false
            FROM {Schemas.Default}.mt_events;
            COMMIT
            """, connection);
        await spoil.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static string[] LabelsOf(string text, string metric) =>
    [
        .. Regex.Matches(text, $@"(?m)^{metric}(?:_bucket|_sum|_count)?\{{(.*)\}} ").SelectMany(line => LabelName().Matches(line.Groups[1].Value))
            .Select(label => label.Groups[1].Value).Where(label => label != "le").Distinct().Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"(?m)^# TYPE (\w+) (\w+)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"(\w+)=""")]
    private static partial Regex LabelName();
}
