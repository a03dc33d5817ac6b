using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using DataExchange.Cli.Commands;
using Npgsql;

namespace DataExchange.Cli.Running.Chaos;

/// <content>The same services live: side by side, with read models and a gateway.</content>
internal sealed partial class ChaosStage
{
    // A live process brings the read models up to date and signs the logs before it ends.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ShortestEnd = TimeSpan.FromSeconds(20);
    private bool _isLive;

    /// <summary>Where the gateway listens, when the services are live.</summary>
    public Uri GatewayUrl { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>Ends the processes of the lockstep, and starts them live.</summary>
    public async Task GoLiveAsync(CancellationToken cancellation)
    {
        await EndProcessesAsync().ConfigureAwait(false);
        _isLive = true;
        _hosts = [.. _hosts, (Gateway, Gateway)];
        _processes.AddRange(_hosts.Select(process => Start(process.Name, process.Services)));
        await ReadyAsync(cancellation).ConfigureAwait(false);
        if (SayEnded() is { } ended)
        {
            throw new CommandFailedException(ended);
        }
    }

    /// <summary>Ends the processes in order, so that the venues' logs are signed as they are.</summary>
    /// <remarks>First those that record, then the one that signs.</remarks>
    public async Task EndProcessesAsync()
    {
        foreach (var isLast in (bool[])[false, true])
        {
            await Task.WhenAll(_processes.Where((_, index) => _hosts[index].Services.Split(',').Contains("trust") == isLast).Select(process => process.EndAsync(_isLive ? LongestEnd : ShortestEnd).AsTask()))
                .ConfigureAwait(false);
        }

        _processes.Clear();
    }

    /// <summary>A client of the gateway with a key for a buyer.</summary>
    /// <param name="party">The buyer.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<HttpClient> BuyerAsync(string party, CancellationToken cancellation)
    {
        var administrator = await File.ReadAllTextAsync(Path.Combine(_folder, Gateway, "administrator.key"), cancellation).ConfigureAwait(false);
        // Never by a proxy, which the environment may name: it would look for 127.0.0.1 on its own machine.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = GatewayUrl };
        http.DefaultRequestHeaders.Add("X-Api-Key", administrator.Trim());
        using var issued = await http.PostAsJsonAsync("/v1/keys", new { party, role = "Buyer" }, cancellation).ConfigureAwait(false);
        var body = await issued.Content.ReadFromJsonAsync<JsonElement>(cancellation).ConfigureAwait(false);
        var buyer = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = GatewayUrl, Timeout = TimeSpan.FromSeconds(20) };
        buyer.DefaultRequestHeaders.Add("X-Api-Key", body.GetProperty("key").GetString());
        return buyer;
    }

    /// <summary>Waits until nothing is recorded any more, and the feed and the read models have everything.</summary>
    /// <exception cref="CommandFailedException">It goes on and on.</exception>
    public async Task RestAsync(CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(TimeSpan.FromMinutes(2));
        try
        {
            for (var (last, still) = (-1L, 0); still < 6;)
            {
                await Task.Delay(150, late.Token).ConfigureAwait(false);
                var now = await BehindAsync(late.Token).ConfigureAwait(false);
                (still, last) = now.Behind == 0 && now.Last == last ? (still + 1, last) : (0, now.Last);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailedException($"The market did not come to rest within two minutes. {SayEnded()}");
        }
    }

    private async Task<(long Last, long Behind)> BehindAsync(CancellationToken cancellation)
    {
        try
        {
            await using var ask = Database.CreateCommand(
                $"""
                SELECT last, last - coalesce((SELECT min(last_seq_id) FROM {EventStore.Schemas.Default}.mt_event_progression WHERE name <> 'HighWaterMark'), 0)
                FROM (SELECT coalesce(max(seq_id), 0) AS last FROM {EventStore.Schemas.Default}.mt_events) AS stored
                """);
            await using var row = await ask.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await row.ReadAsync(cancellation).ConfigureAwait(false);
            return (row.GetInt64(0), row.GetInt64(1));
        }
        catch (NpgsqlException)
        {
            return (-1, -1);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
