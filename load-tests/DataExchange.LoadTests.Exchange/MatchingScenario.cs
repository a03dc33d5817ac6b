using System.Globalization;
using DataExchange.Matching;
using DataExchange.Matching.Flow;

namespace DataExchange.LoadTests.Exchange;

/// <summary>
/// The matching core in process: each operation is journaled in memory, carried out, and its reports are taken. Every worker has an engine and a flow of
/// its own, as shards have; afterwards the invariants are checked and the same flow is carried out again, all at once, to the same state.
/// </summary>
internal sealed class MatchingScenario(MatchingLoad load, ExchangeLoadOptions options) : LoadScenario
{
    private const ulong Seed = 20250523;
    private Shard[] _shards = [];

    public override string Name => load.Name;

    public override string Summary => load.Summary;

    public override string Unit => "commands";

    public override LoadProfile DefaultProfile { get; } = LoadProfile.Steady(50_000, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2));

    /// <summary>The engines, for tests of the verification.</summary>
    internal IReadOnlyList<MatchingEngine<ReportKeeper>> Engines => [.. _shards.Select(shard => shard.Engine)];

    public override ValueTask InitAsync(LoadProfile profile, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var each = load.Preload + (profile.Count / options.Workers) + 1;
        if (each > FlowFile.MostOperations)
        {
            throw new LoadInputException(string.Create(
                CultureInfo.InvariantCulture, $"{profile.Count:N0} operations are too many for {options.Workers} workers: a flow is made before it is carried out, and may have {FlowFile.MostOperations:N0}"));
        }

        Dispose();
        _shards = [.. Enumerable.Range(0, options.Workers).Select(number => new Shard(load.Make((int)each, Seed + (ulong)number), load.Preload))];
        GC.Collect();
        return default;
    }

    public override ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation) => new(_shards[number % _shards.Length].Next());

    public override ValueTask<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellation) =>
        new((IReadOnlyList<string>)[.. _shards.SelectMany((shard, number) => shard.Problems().Select(problem => $"engine {number}: {problem}"))]);

    public override IReadOnlyDictionary<string, double> Counters() => new Dictionary<string, double>
    {
        ["trades"] = _shards.Sum(shard => shard.Engine.Handler.Totals.Trades),
        ["units traded"] = _shards.Sum(shard => shard.Engine.Handler.Totals.Quantity),
        ["orders resting"] = _shards.Sum(shard => shard.Engine.OrdersResting),
    };

    public override ValueTask DisposeAsync()
    {
        Dispose();
        return base.DisposeAsync();
    }

    private void Dispose()
    {
        foreach (var shard in _shards)
        {
            shard.Dispose();
        }

        _shards = [];
    }

    private sealed class Shard : IDisposable
    {
        private const int Chunk = 1_024;
        private readonly Lock _gate = new();
        private readonly EngineFlow _flow;
        private readonly JournalFile _journal = JournalFile.InMemory();
        private int _next;

        public Shard(EngineFlow flow, int preload)
        {
            (_flow, Engine, _next) = (flow, Begin(flow), preload);
            Engine.Apply(flow.Operations.AsSpan(0, preload));
            Engine.Prefault();
        }

        public MatchingEngine<ReportKeeper> Engine { get; }

        // The engine is for one thread; the runner gives a shard to one worker, but another runner may not.
        public StepResult Next()
        {
            lock (_gate)
            {
                ref readonly var command = ref _flow.Operations[_next++];
                var before = Engine.Handler.Totals.Refused;
                _journal.Append(in command);
                Engine.Apply(in command);
                var totals = Engine.Handler.Totals;
                return totals.Refused == before ? StepResult.Ok : StepResult.Failed($"refused, first {totals.FirstReason}");
            }
        }

        public IEnumerable<string> Problems()
        {
            string? broken = null;
            try
            {
                Engine.CheckInvariants();
            }
            catch (InvalidOperationException wrong)
            {
                broken = wrong.Message;
            }

            if (broken is not null)
            {
                yield return broken;
            }

            var again = Begin(_flow);
            for (var at = 0; at < _next; at += Chunk)
            {
                again.Apply(_flow.Operations.AsSpan(at, Math.Min(Chunk, _next - at)));
            }

            if (again.StateHash() != Engine.StateHash() || again.Handler.Totals != Engine.Handler.Totals)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"the same {_next:N0} commands again led to another state: {again.StateHash():x16} instead of {Engine.StateHash():x16}");
            }
        }

        public void Dispose() => _journal.Dispose();

        private static MatchingEngine<ReportKeeper> Begin(EngineFlow flow)
        {
            var engine = new MatchingEngine<ReportKeeper>(flow.Limits, new ReportKeeper());
            foreach (var command in flow.Setup)
            {
                engine.Apply(in command);
            }

            return engine;
        }
    }
}
