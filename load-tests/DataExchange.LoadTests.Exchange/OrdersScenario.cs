using DataExchange.ServiceBenchmarks;

namespace DataExchange.LoadTests.Exchange;

/// <summary>Orders from the shelf over the bus into Marten: each has its money held in Settlement, is decided in Trading, and is acknowledged after its commit.</summary>
internal sealed class OrdersScenario(ExchangeLoadOptions options) : LoadScenario
{
    private const string Series = "D";
    private AcknowledgedOrders? _orders;
    private long _inARow = 1;
    private IReadOnlyDictionary<string, string> _counts = new Dictionary<string, string>();

    public override string Name => "orders";

    public override string Summary => "Orders over the bus (memory or RabbitMQ) through services into Marten, acknowledged after their commit";

    public override string Unit => "orders";

    public override LoadProfile DefaultProfile { get; } = LoadProfile.Steady(500, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));

    /// <summary>The exchange, for tests of the verification.</summary>
    internal EmbeddedExchange? Exchange { get; private set; }

    public override async ValueTask InitAsync(LoadProfile profile, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(profile);
        _orders = new AcknowledgedOrders(Series, profile.Count);
        // An offer remembers its licences and an account what is held for each: where memory is bounded, one product and one buyer after the other have their orders, and are
        // then forgotten.
        _inARow = options.StreamsInMemory is null ? 1 : Math.Max(1, (long)Math.Ceiling(profile.Count / (double)ServiceMarket.Products));
        Exchange = await EmbeddedExchange.StartAsync(options, ServiceMarket.Options(options.Partitions) with { Log = line => options.Note(line.ToString()) }, withGateway: false, cancellation).ConfigureAwait(false);
        await ServiceMarket.OpenAsync(Exchange.Sender, cancellation).ConfigureAwait(false);
        await Exchange.WatchAsync(cancellation).ConfigureAwait(false);
    }

    public override async ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation)
    {
        var answer = await Exchange!.Sender.SendAsync(Guid.NewGuid(), ServiceMarket.Order(number, Series, number / _inARow), cancellation).ConfigureAwait(false);
        if (answer.Outcome.Rejection is { } rejection)
        {
            return StepResult.Failed(rejection.ToString());
        }

        _orders!.Acknowledge(number);
        return StepResult.Ok;
    }

    public override async ValueTask<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellation)
    {
        var problems = await ExchangeVerification.ProblemsAsync(Exchange!, _orders!, isWhole: false, cancellation).ConfigureAwait(false);
        _counts = await Exchange!.CountsAsync(cancellation).ConfigureAwait(false);
        return problems;
    }

    public override IReadOnlyDictionary<string, string> Notes() => _counts;

    public override IReadOnlyDictionary<string, double> Counters() => Exchange!.Waits();

    public override async ValueTask DisposeAsync()
    {
        if (Exchange is not null)
        {
            await Exchange.DisposeAsync().ConfigureAwait(false);
            Exchange = null;
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }
}
