namespace DataExchange.LoadTests.Exchange;

/// <summary>Orders through the gateway.</summary>
internal sealed class HttpOrdersScenario(ExchangeLoadOptions options) : HttpScenario(options)
{
    public override string Name => "http-orders";

    public override string Summary => "Orders through the gateway, by buyers with keys of their own; 429, and 503 with a time to come back, count as load that was shed";

    public override string Unit => "orders";

    public override LoadProfile DefaultProfile { get; } = LoadProfile.Steady(100, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));

    public override ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation) => HttpSteps.OfAsync(() => PlaceAsync(number, cancellation));
}
