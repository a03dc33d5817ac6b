namespace DataExchange.LoadTests.Exchange;

/// <summary>Operations that do nothing: what is measured is the runner and the machine's own pauses.</summary>
internal sealed class NothingScenario : LoadScenario
{
    private long _begun;

    public override string Name => "nothing";

    public override string Summary => "Operations that do nothing: the runner's own overhead and the machine's own pauses";

    public override string Unit => "operations";

    public override LoadProfile DefaultProfile { get; } = LoadProfile.Steady(50_000, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2));

    public override ValueTask InitAsync(LoadProfile profile, CancellationToken cancellation)
    {
        _begun = 0;
        return default;
    }

    public override ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _begun);
        return new(StepResult.Ok);
    }

    public override IReadOnlyDictionary<string, double> Counters() => new Dictionary<string, double> { ["operations begun"] = _begun };
}
