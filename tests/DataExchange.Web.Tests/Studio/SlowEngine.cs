using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;
using DataExchange.Web.Studio;

namespace DataExchange.Web.Tests.Studio;

/// <summary>An engine whose runs end when they are told to.</summary>
internal sealed class SlowEngine : IScenarioEngine
{
    private readonly Dictionary<ulong, TaskCompletionSource<StudioOutcome>> _ends = [];

    public string Name => "slow";

    public Text Title => Text.Same("slow");

    public IReadOnlyList<StudioField> Fields { get; } =
        [new("deals.late", new("迟", "late"), 0.25, "assumed", 0, 1, false), new("demand.orders", new("单", "orders"), 900, "calibrated", 0, null, true)];

    public void Check(StudioOrder order)
    {
        if (order.Settings.Contains("wrong=1"))
        {
            throw new StudioRefusedException("wrong = 1: is unknown");
        }
    }

    public async Task<StudioOutcome> RunAsync(StudioOrder order, Action<double, int, DateOnly> progress, CancellationToken cancellation)
    {
        progress(0.5, 2, new DateOnly(2024, 5, 1));
        return await EndOf(order.Seed).Task.WaitAsync(cancellation);
    }

    internal void End(ulong seed) => EndOf(seed).TrySetResult(new StudioOutcome(7, "digest", new ReadModelSet([], [], [], [])));

    internal void Fail(ulong seed) => EndOf(seed).TrySetException(new InvalidOperationException("It broke."));

    private TaskCompletionSource<StudioOutcome> EndOf(ulong seed)
    {
        lock (_ends)
        {
            return _ends.TryGetValue(seed, out var end) ? end : _ends[seed] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
