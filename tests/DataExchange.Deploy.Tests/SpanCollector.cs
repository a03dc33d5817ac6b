using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DataExchange.Deploy.Tests;

/// <summary>As much of a collector of traces as there has to be: it takes what is posted, OTLP as protobuf over HTTP, and keeps the bytes.</summary>
internal sealed class SpanCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _received = new();
    private readonly string _address;

    internal SpanCollector()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(_address);
        _listener.Start();
        _ = ListenAsync();
    }

    /// <summary>What a process has to have in its environment to send its spans here.</summary>
    internal IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
    };

    /// <summary>All that was received, a character a byte: names in it stand as they are.</summary>
    internal string All => string.Concat(_received);

    public void Dispose() => _listener.Close();

    private async Task ListenAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _received.Enqueue($"{context.Request.HttpMethod} {context.Request.Url?.AbsolutePath} {Encoding.Latin1.GetString(body.ToArray())}\n");
                context.Response.Close();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException or IOException)
            {
                // A process that was killed, or the end.
            }
        }
    }
}
