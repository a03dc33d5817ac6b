using DataExchange.Client;

namespace DataExchange.LoadTests.Exchange;

/// <summary>Reads of the shelf while orders are placed.</summary>
internal sealed class ShelfReadsScenario(ExchangeLoadOptions options) : HttpScenario(options)
{
    private const int WritesPerSecond = 20;
    private readonly CancellationTokenSource _stop = new();
    private Task _writing = Task.CompletedTask;
    private Tagged<Product>?[] _known = [];
    private long _written;
    private long _refused;

    public override string Name => "shelf-reads";

    public override string Summary => "Reads of the shelf over HTTP, pages and single products with their tags, while 20 orders a second are placed";

    public override string Unit => "reads";

    public override LoadProfile DefaultProfile { get; } = LoadProfile.Steady(100, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));

    public override async ValueTask InitAsync(LoadProfile profile, CancellationToken cancellation)
    {
        await base.InitAsync(profile, cancellation).ConfigureAwait(false);
        _known = new Tagged<Product>?[Products];
        _writing = Task.Run(() => WriteAsync(OrdersOf(profile)), CancellationToken.None);
    }

    public override ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation) => HttpSteps.OfAsync(async () =>
    {
        var buyer = Market.Buyers[(int)(number % Market.Buyers.Count)].Client;
        if (number % 2 == 0)
        {
            await foreach (var _ in buyer.ListProductsAsync(limit: 50, venue: Market.VenueName, cancellation: cancellation).ConfigureAwait(false))
            {
                // The first page is what a shelf shows.
                break;
            }

            return;
        }

        var product = (int)(number / 2 % Products);
        _known[product] = await buyer.ReadProductAsync(Market.Products[product], _known[product], cancellation).ConfigureAwait(false);
    });

    public override async ValueTask<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellation)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        return await base.VerifyAsync(cancellation).ConfigureAwait(false);
    }

    public override IReadOnlyDictionary<string, double> Counters() => new Dictionary<string, double>(base.Counters()) { ["orders placed meanwhile"] = _written, ["orders refused meanwhile"] = _refused };

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    // As long as the run, and what its last operations take.
    protected override long OrdersOf(LoadProfile profile) => (long)((profile.Duration.TotalSeconds + 60) * WritesPerSecond);

    private async Task WriteAsync(long most)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / WritesPerSecond));
        for (var number = 0L; number < most; number++)
        {
            try
            {
                await clock.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false);
                await PlaceAsync(number, _stop.Token).ConfigureAwait(false);
                _written++;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure) when (failure is GatewayException or HttpRequestException)
            {
                _refused++;
            }
        }
    }
}
