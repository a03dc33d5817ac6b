using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DataExchange.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
[assembly: AssemblyFixture(typeof(RabbitMqFixture))]

namespace DataExchange.Deploy.Tests;

/// <summary>
/// The exchange in two processes over RabbitMQ, with somebody who pays money in all the time, and a Prometheus of Debian's that watches both and the
/// broker with the files of <c>deploy/prometheus</c>: addresses and times are other ones, nothing else.
/// </summary>
public sealed class WatchedExchange(PostgresFixture postgres, RabbitMqFixture rabbit) : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dx-watched-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
    private readonly CancellationTokenSource _stop = new();
    private readonly List<StartedProcess> _started = [];
    private NpgsqlDataSource? _database;
    private HttpClient? _prometheus;
    private HttpClient? _buyer;
    private Task _paying = Task.CompletedTask;

    /// <summary>Everything but the catalogue.</summary>
    internal Uri Exchange { get; private set; } = null!;

    /// <summary>Rights, pricing and listing.</summary>
    internal Uri Catalogue { get; private set; } = null!;

    internal StartedProcess ExchangeProcess => _started[0];

    internal StartedProcess CatalogueProcess => _started[1];

    /// <summary>Takes the traces of both.</summary>
    internal SpanCollector Collector { get; } = new();

    /// <summary>What no log may tell: names of parties, keys, passwords.</summary>
    internal List<string> Secrets { get; } = ["payer", "nobody"];

    internal NpgsqlDataSource Database => _database!;

    /// <summary>How often everything is asked and judged, and how long what an alert waits for must last.</summary>
    internal static TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        Secrets.Add(rabbit.Broker.Uri.UserInfo.Split(':')[1]);
        var connection = await postgres.CreateDatabaseAsync();
        _database = NpgsqlDataSource.Create(connection);
        Exchange = await ServeAsync(connection, "trading,settlement,trust,feed,gateway");
        Catalogue = await ServeAsync(connection, "rights,pricing,listing");
        var administrator = await File.ReadAllTextAsync(Path.Combine(_folder, "data", "gateway", "administrator.key"));
        _buyer = await BuyerAsync("payer", administrator.Trim());
        _paying = PayAsync();
        await StartPrometheusAsync();
    }

    /// <summary>What a query of Prometheus answers: label sets with their values.</summary>
    internal async Task<IReadOnlyList<(JsonObject Labels, double Value)>> QueryAsync(string expression)
    {
        var answer = await AskAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}");
        return [.. answer["result"].Items().Select(one => (one["metric"]!.AsObject(), double.Parse(one["value"]![1].Text()!, CultureInfo.InvariantCulture)))];
    }

    /// <summary>The data of an answer of Prometheus' API.</summary>
    internal async Task<JsonObject> AskAsync(string path)
    {
        var answer = JsonNode.Parse(await _prometheus!.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken))!;
        Assert.Equal("success", answer["status"].Text());
        return answer["data"]!.AsObject();
    }

    /// <summary>Waits until something holds of Prometheus, and says what is there where it does not come to it.</summary>
    internal static async Task UntilAsync(Func<Task<string?>> missing)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromSeconds(60));
        while (await missing() is { } what)
        {
            Assert.False(late.IsCancellationRequested, what);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Gives a command as the buyer.</summary>
    internal async Task<HttpStatusCode> GiveAsync(string command, JsonObject body, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/commands/{command}") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await (by ?? _buyer!).SendAsync(request, _stop.Token);
        return response.StatusCode;
    }

    /// <summary>Reads as the buyer.</summary>
    internal async Task<HttpStatusCode> GetAsync(string path)
    {
        using var response = await _buyer!.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>A buyer of another name.</summary>
    internal async Task<HttpClient> BuyerAsync(string party) =>
        await BuyerAsync(party, (await File.ReadAllTextAsync(Path.Combine(_folder, "data", "gateway", "administrator.key"))).Trim());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _paying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var started in _started)
        {
            started.Dispose();
        }

        _buyer?.Dispose();
        Collector.Dispose();
        _prometheus?.Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
        _stop.Dispose();
    }

    private async Task<Uri> ServeAsync(string connection, string services)
    {
        var process = StartedProcess.Dx(
        [
            "serve", "--services", services, "--partitions", "0-7/8", "--transport", "rabbitmq", "--broker", rabbit.Broker.Uri.ToString(), "--postgres", connection,
            "--data", Path.Combine(_folder, "data"), "--urls", "http://127.0.0.1:0", "--lease", "2",
            "--log-format", "json",
        ], Collector.Variables);
        _started.Add(process);
        var address = new Uri(await process.SaysAsync(@"Listening on (http://127\.0\.0\.1:\d+)"));
        await process.SaysAsync("^ready$");
        return address;
    }

    private async Task<HttpClient> BuyerAsync(string party, string administrator)
    {
        using var keys = new HttpClient { BaseAddress = Exchange };
        keys.DefaultRequestHeaders.Add("X-Api-Key", administrator);
        using var issued = await keys.PostAsJsonAsync("/v1/keys", new { party, role = "Buyer" });
        issued.EnsureSuccessStatusCode();
        var client = new HttpClient { BaseAddress = Exchange };
        var key = (await issued.Content.ReadFromJsonAsync<JsonObject>())!["key"].Text()!;
        Secrets.AddRange([administrator, key]);
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    private async Task PayAsync()
    {
        for (var number = 1; !_stop.IsCancellationRequested; number++)
        {
            // What a test breaks meanwhile is its own business.
            await GiveAsync("DepositFunds", new JsonObject { ["party"] = "payer", ["amountFen"] = number });
            await Task.Delay(Interval / 4, _stop.Token);
        }
    }

    private async Task StartPrometheusAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "rules"));
        // The node of the broker stands for three: a private cluster would show nothing more.
        var broker = string.Concat(Enumerable.Range(1, 3).Select(node => $"      - targets: [\"{rabbit.Broker.Nodes[0].PrometheusUri.Authority}\"]\n        labels: {{ instance: node-{node} }}\n"));
        var configuration = DeployFiles.Text("prometheus/prometheus.yml");
        configuration = Regex.Replace(configuration, @"(_interval): \w+", $"$1: {Interval.TotalSeconds}s");
        configuration = Regex.Replace(configuration, @"targets: \[""catalogue[^\]]*\]", $"targets: [\"{Catalogue.Authority}\", \"{Exchange.Authority}\"]");
        configuration = Regex.Replace(configuration, @" +- targets: \[""rabbitmq[^\]]*\]\n", broker);
        await File.WriteAllTextAsync(Path.Combine(_folder, "prometheus.yml"), configuration);
        var rules = Regex.Replace(DeployFiles.Text("prometheus/rules/dataexchange.yml"), @"(?m)^( +for): \w+", $"$1: {Interval.TotalSeconds}s");
        await File.WriteAllTextAsync(Path.Combine(_folder, "rules", "dataexchange.yml"), rules);
        var port = FreePort();
        _started.Add(StartedProcess.Start("prometheus",
        [
            $"--config.file={Path.Combine(_folder, "prometheus.yml")}", $"--storage.tsdb.path={Path.Combine(_folder, "tsdb")}",
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
        ]));
        _prometheus = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        await _started[^1].SaysAsync("(Server is ready)");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
