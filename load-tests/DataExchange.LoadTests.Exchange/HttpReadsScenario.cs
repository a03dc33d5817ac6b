using System.Globalization;
using System.Net;
using DataExchange.Client;

namespace DataExchange.LoadTests.Exchange;

/// <summary>A scenario whose operations are all the same request, which a public tool can make as well.</summary>
public interface IOneRequest
{
    /// <summary>What is asked for.</summary>
    Uri Url { get; }

    /// <summary>The one header that it takes, as <c>Name: value</c>. It holds a key.</summary>
    string Header { get; }
}

/// <summary>The same product again and again, by the plain HTTP client.</summary>
internal sealed class HttpReadsScenario(ExchangeLoadOptions options) : HttpScenario(options), IOneRequest
{
    private const string KeyHeader = "X-Api-Key";
    private HttpClient? _http;
    private string _key = "";
    private long _bytes;

    public override string Name => "http-reads";

    public override string Summary => "One product read again and again over HTTP, a single URL: with --beside hey the same by a public tool";

    public override string Unit => "reads";

    public override LoadProfile DefaultProfile { get; } = LoadProfile.Steady(100, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));

    public Uri Url => new(Address, $"/v1/products/{Market.Products[0]}");

    public string Header => $"{KeyHeader}: {_key}";

    protected override int Products => 1;

    public override async ValueTask InitAsync(LoadProfile profile, CancellationToken cancellation)
    {
        await base.InitAsync(profile, cancellation).ConfigureAwait(false);
        _key = await Market.KeyTextOfAsync($"{Market.VenueName}-reader", Role.Auditor, cancellation).ConfigureAwait(false);
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Options.Connections, PooledConnectionLifetime = Timeout.InfiniteTimeSpan });
        _http.DefaultRequestHeaders.Add(KeyHeader, _key);
    }

    public override async ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation)
    {
        try
        {
            using var response = await _http!.GetAsync(Url, cancellation).ConfigureAwait(false);
            Interlocked.Add(ref _bytes, (await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false)).Length);
            var kind = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => StepResult.Ok,
                HttpStatusCode.TooManyRequests => StepResult.Shed(kind),
                _ => StepResult.Failed(kind),
            };
        }
        catch (HttpRequestException broken)
        {
            return StepResult.Failed($"HTTP {broken.HttpRequestError}");
        }
    }

    public override IReadOnlyDictionary<string, double> Counters() => new Dictionary<string, double>(base.Counters()) { ["bytes read"] = Interlocked.Read(ref _bytes) };

    public override async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override long OrdersOf(LoadProfile profile) => 0;
}
