using DataExchange.Client;

namespace DataExchange.LoadTests.Exchange;

/// <summary>What scenarios over HTTP have in common: a target, a market of the run's own in it, orders that are verified afterwards.</summary>
internal abstract class HttpScenario(ExchangeLoadOptions options) : LoadScenario
{
    private const int MostBuyers = 64;
    private HttpTarget? _target;
    private IReadOnlyDictionary<string, string> _counts = new Dictionary<string, string>();

    /// <summary>Products on the market's shelf.</summary>
    protected virtual int Products => 8;

    /// <summary>The options.</summary>
    protected ExchangeLoadOptions Options => options;

    /// <summary>The market.</summary>
    protected HttpMarket Market { get; private set; } = null!;

    /// <summary>The orders that were acknowledged.</summary>
    protected AcknowledgedOrders Orders { get; private set; } = null!;

    /// <summary>The exchange made for the run, for tests of the verification.</summary>
    internal EmbeddedExchange? Exchange => _target?.Embedded;

    /// <summary>The gateway's address.</summary>
    protected Uri Address => _target!.Address;

    /// <inheritdoc />
    public override async ValueTask InitAsync(LoadProfile profile, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(profile);
        _target = await HttpTarget.OpenAsync(options, cancellation).ConfigureAwait(false);
        try
        {
            Market = await HttpMarket.OpenAsync(_target, options.Connections, Math.Min(options.Connections, MostBuyers), Products, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is GatewayException or HttpRequestException or TimeoutException)
        {
            throw new LoadInputException($"the market of the run could not be made at {Address}: {failure.Message}");
        }

        Orders = new AcknowledgedOrders(Market.Series, OrdersOf(profile));
        await (Exchange?.WatchAsync(cancellation) ?? Task.CompletedTask).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async ValueTask<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellation)
    {
        // Over HTTP first, as anybody can; what only the store can say comes on top.
        await Market.CountAsync(Orders, cancellation).ConfigureAwait(false);
        string[] seen = [.. Orders.Problems()];
        if (Exchange is null || seen.Length > 0)
        {
            return seen;
        }

        await Market.PublishAsync(cancellation).ConfigureAwait(false);
        var problems = await ExchangeVerification.ProblemsAsync(Exchange, Orders, isWhole: true, cancellation).ConfigureAwait(false);
        _counts = await Exchange.CountsAsync(cancellation).ConfigureAwait(false);
        return problems;
    }

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, string> Notes() => _counts;

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, double> Counters() => Exchange?.Waits() ?? base.Counters();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        Market?.Dispose();
        if (_target is not null)
        {
            await _target.DisposeAsync().ConfigureAwait(false);
            _target = null;
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>How many orders there may be.</summary>
    protected virtual long OrdersOf(LoadProfile profile) => profile.Count;

    /// <summary>Places an order and notes that it was acknowledged.</summary>
    protected async Task PlaceAsync(long number, CancellationToken cancellation)
    {
        await Market.PlaceAsync(number, Orders.DealOf(number), cancellation).ConfigureAwait(false);
        Orders.Acknowledge(number);
    }
}
