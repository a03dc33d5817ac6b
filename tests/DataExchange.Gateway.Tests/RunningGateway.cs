using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DataExchange.Client;
using DataExchange.Domain;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Services;
using DataExchange.Gateway.Access;
using Role = DataExchange.Gateway.Access.Role;
using DataExchange.Reports.Projections;
using DataExchange.Services;
using DataExchange.Testing;
using DataExchange.Trust;
using Npgsql;

[assembly: AssemblyFixture(typeof(DataExchange.Gateway.Tests.RunningGateway))]

namespace DataExchange.Gateway.Tests;

/// <summary>All services in this process over an empty store, and a gateway before them, for all tests: each works with parties and products of its own.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();
    private readonly ServiceMetrics _metrics = new();
    private readonly VenueKeys _keys = Keys();
    private readonly Lock _gate = new();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dx-gateway-{Guid.NewGuid():N}");
    private NpgsqlDataSource? _database;
    private ServiceBus? _bus;
    private ExchangeServices? _services;
    private GatewayServer? _gateway;
    private Task<TradedMarket>? _market;
    private HttpClient? _http;
    private int _made;

    internal NpgsqlDataSource Database => _database!;

    internal string Folder => _folder;

    internal ICommandSender Sender => _services!.Sender;

    internal Uri Address => new(_gateway!.Urls[0]);

    internal HttpClient Anonymous => new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };

    public async ValueTask InitializeAsync()
    {
        await _postgres.InitializeAsync();
        _database = NpgsqlDataSource.Create(await _postgres.CreateDatabaseAsync());
        using (var store = MarketStore.Over(_database))
        {
            await StoreSchema.ApplyAsync(store);
        }

        _bus = await ServiceBus.StartInMemoryAsync(await ServiceTables.StoreIdAsync(_database));
        _services = await ExchangeServices.StartAsync(_database, _bus, _keys, _metrics, new ServiceOptions
        {
            Services = [.. PartitionMap.Services, ServiceOptions.Feed], WithProjections = false, RunKey = 7, Patience = TimeSpan.FromSeconds(2),
        });
        await _services.WaitUntilOwnerAsync(CancellationToken.None);
        _gateway = await GatewayServer.StartAsync(_database, Sender, Options(6000));
    }

    internal GatewayOptions Options(int requestsPerMinute) => new() { KeyFolder = _folder, WithDemoKeys = true, RequestsPerMinute = requestsPerMinute };

    /// <summary>A client with a key of its own.</summary>
    internal async Task<HttpClient> AsAsync(string party, Role role)
    {
        var key = await new ApiKeys(Database).IssueAsync(new PartyId(party), role, TestContext.Current.CancellationToken);
        var client = Anonymous;
        client.DefaultRequestHeaders.Add("X-Api-Key", key.Text);
        return client;
    }

    /// <summary>The typed client with a key of its own.</summary>
    internal async Task<GatewayClient> ClientAsync(string party, Role role)
    {
        var key = await new ApiKeys(Database).IssueAsync(new PartyId(party), role, TestContext.Current.CancellationToken);
        return new GatewayClient(_http ??= Anonymous, Credential.OfKey(key.Text));
    }

    /// <summary>A market with a venue and two products on its shelf, opened once.</summary>
    internal Task<TradedMarket> MarketAsync()
    {
        lock (_gate)
        {
            return _market ??= TradedMarket.OpenAsync(this);
        }
    }

    /// <summary>The venues' keys.</summary>
    internal static VenueKeys Keys() => VenueKeys.Derive("gateway", 7, 1);

    /// <summary>A name that no other test uses.</summary>
    internal string Name(string kind) => $"{kind}-{Interlocked.Increment(ref _made)}";

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        if (_bus is not null)
        {
            await _bus.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await _postgres.DisposeAsync();
        _keys.Dispose();
        _metrics.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}

internal static class Http
{
    internal static async Task<HttpResponseMessage> GiveAsync(this HttpClient client, string command, string body, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/commands/{command}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    internal static async Task<JsonObject> JsonAsync(this HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;

    internal static async Task<JsonObject> AsProblemAsync(this HttpResponseMessage response, int status, string name)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!.AsObject();
        Assert.Equal($"/problems/{name}", (string?)problem["type"]);
        Assert.Equal(status, (int?)problem["status"]);
        Assert.NotEqual("", (string?)problem["titles"]!["zh"] ?? "");
        Assert.NotEqual("", (string?)problem["titles"]!["en"] ?? "");
        return problem;
    }
}
