using System.Globalization;

namespace DataExchange.LoadTests.Exchange;

/// <summary>Whole journeys: a product is registered, certified, priced, listed and sold, the deal settled.</summary>
internal sealed class LifecycleScenario(ExchangeLoadOptions options) : HttpScenario(options)
{
    private readonly List<string> _products = [];
    private long _begun;

    public override string Name => "lifecycle";

    public override string Summary => "Journeys over HTTP: register, certify, price, list, sell, settle; two seconds of each are the time for objections";

    public override string Unit => "journeys";

    public override LoadProfile DefaultProfile { get; } = LoadProfile.Steady(1, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));

    protected override int Products => 1;

    public override async ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _begun);
        var product = string.Create(CultureInfo.InvariantCulture, $"{Market.Series}J{number}");
        return await HttpSteps.OfAsync(async () =>
        {
            await Market.ShelveAsync(product, cancellation).ConfigureAwait(false);
            await Market.DealAsync(product, Orders.DealOf(number), (int)(number % int.MaxValue), cancellation).ConfigureAwait(false);
            Orders.Acknowledge(number);
            lock (_products)
            {
                _products.Add(product);
            }
        }).ConfigureAwait(false);
    }

    public override ValueTask<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellation)
    {
        Market.Add(_products);
        return base.VerifyAsync(cancellation);
    }

    public override IReadOnlyDictionary<string, double> Counters() => new Dictionary<string, double>(base.Counters()) { ["journeys begun"] = _begun };
}
