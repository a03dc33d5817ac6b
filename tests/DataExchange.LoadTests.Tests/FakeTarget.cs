namespace DataExchange.LoadTests.Tests;

/// <summary>Time that passes only where a test says so.</summary>
internal sealed class FakeClock : LoadClock
{
    private long _now = 1_000_000;

    public override long Now => _now;

    public override void SleepUntil(long nanoseconds) => _now = Math.Max(_now, nanoseconds);

    internal void Pass(long nanoseconds) => _now += nanoseconds;
}

/// <summary>A target whose latency for each operation is known; one operation at a time.</summary>
internal sealed class FakeTarget(FakeClock clock, Func<long, long> latency, Func<long, StepResult>? result = null) : LoadScenario
{
    public override string Name => "fake";

    public override string Summary => "A target whose latencies are known.";

    public override string Unit => "operations";

    public override LoadProfile DefaultProfile => LoadProfile.Steady(1_000, TimeSpan.FromSeconds(1));

    internal List<long> Numbers { get; } = [];

    internal IReadOnlyList<string> Problems { get; init; } = [];

    public override ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation)
    {
        Numbers.Add(number);
        clock.Pass(latency(number));
        return new(result?.Invoke(number) ?? StepResult.Ok);
    }

    public override ValueTask<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellation) => new(Problems);
}
