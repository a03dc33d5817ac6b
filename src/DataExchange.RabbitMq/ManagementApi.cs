using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace DataExchange.RabbitMq;

/// <summary>Asks the nodes' management API.</summary>
internal sealed class ManagementApi : IDisposable
{
    private readonly HttpClient _http;

    public ManagementApi(string password)
    {
        // Never by a proxy, which the environment may name: it would look for 127.0.0.1 on its own machine.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.FromSeconds(30) })
        {
            Timeout = TimeSpan.FromSeconds(10),
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{BrokerNode.UserName}:{password}")));
    }

    /// <summary>True when the node has finished starting and listens for clients.</summary>
    public async Task<bool> IsReadyAsync(BrokerNode node, CancellationToken ct) =>
        await AskAsync(node, FormattableString.Invariant($"api/health/checks/port-listener/{node.Port}"), ct) is { } answer && Ends(answer);

    /// <summary>The nodes that this node sees running, without those it is parted from or that are short of memory or disk; null when it does not answer.</summary>
    public async Task<IReadOnlySet<string>?> SoundNodesAsync(BrokerNode node, CancellationToken ct)
    {
        using var answer = await AskAsync(node, "api/nodes", ct);
        return answer?.RootElement.EnumerateArray().Where(IsSound).Select(entry => entry.GetProperty("name").GetString()!).ToHashSet();
    }

    /// <summary>All queues of the virtual host <c>/</c>; null when the node does not answer.</summary>
    public async Task<IReadOnlyList<BrokerQueue>?> QueuesAsync(BrokerNode node, CancellationToken ct)
    {
        using var answer = await AskAsync(node, "api/queues/%2F", ct);
        return answer?.RootElement.EnumerateArray().Select(Queue).ToArray();
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument?> AskAsync(BrokerNode node, string path, CancellationToken ct)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(node.ManagementUri, path), ct);
            return response.StatusCode == HttpStatusCode.OK ? JsonDocument.Parse(await response.Content.ReadAsStreamAsync(ct)) : null;
        }
        catch (Exception down) when (down is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            // The API's own time-out: a node that does not answer in ten seconds is as good as down.
            return null;
        }
    }

    private static bool Ends(JsonDocument answer)
    {
        answer.Dispose();
        return true;
    }

    private static bool IsSound(JsonElement node) =>
        IsTrue(node, "running") && !IsTrue(node, "mem_alarm") && !IsTrue(node, "disk_free_alarm")
        && (!node.TryGetProperty("partitions", out var partitions) || partitions.GetArrayLength() == 0);

    // A node that has just started is listed before its figures are: what is not there yet is no alarm.
    private static bool IsTrue(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static BrokerQueue Queue(JsonElement queue)
    {
        var type = Word(queue, "type") ?? "classic";
        var leader = Word(queue, "leader") ?? Word(queue, "node");
        IReadOnlyList<string> alone = leader is null ? [] : [leader];
        return new BrokerQueue(
            Word(queue, "name")!, type, Number(queue, "messages"), Number(queue, "messages_unacknowledged"),
            (int)Number(queue, "consumers"), leader, Words(queue, "members") ?? alone, Words(queue, "online") ?? alone);
    }

    private static long Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;

    private static string? Word(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } word ? word : null;

    private static string[]? Words(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : null;
}
