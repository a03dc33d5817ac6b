using System.Collections.Concurrent;
using System.Diagnostics;
using HdrHistogram;

namespace DataExchange.LoadTests;

/// <summary>How a run is run.</summary>
/// <param name="Workers">Threads that begin operations, 1 or more.</param>
/// <param name="MostUnderWay">Operations under way at most; a run that would need more is not valid.</param>
public sealed record RunnerOptions(int Workers = 1, int MostUnderWay = 100_000);

/// <summary>
/// The built-in runner: begins each operation at its time, whatever became of those before, and measures it from that time. A worker is a thread that
/// sleeps until the next operation is due, begins it and goes on; what an operation waits for it does not wait for.
/// </summary>
public sealed class OpenLoopRunner : ILoadRunner
{
    private const long Longest = 3_600_000_000_000;
    private const int Digits = 3;
    private const long MostLag = 50_000_000;
    private const long LeastLag = 5_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly LoadClock _clock;

    /// <summary>A runner that goes by the machine's clock.</summary>
    public OpenLoopRunner() => _clock = LoadClock.Machine;

    internal OpenLoopRunner(LoadClock clock) => _clock = clock;

    /// <inheritdoc />
    public async Task<LoadResult> RunAsync(
        LoadScenario scenario, LoadProfile profile, RunnerOptions options, IProgress<LoadSecond>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        await scenario.InitAsync(profile, cancellation).ConfigureAwait(false);
        var run = new Run(scenario, profile, options, _clock, cancellation);
        using var watching = new CancellationTokenSource();
        var started = TimeProvider.System.GetUtcNow();
        var machine = _clock == LoadClock.Machine ? new MachineWatch() : null;
        run.Begin();
        var seconds = _clock == LoadClock.Machine ? Task.Run(() => run.WatchAsync(progress, watching.Token), CancellationToken.None) : Task.FromResult(new List<LoadSecond>());
        var workers = Enumerable.Range(0, options.Workers).Select(worker => Task.Factory.StartNew(
            () => run.Work(worker), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(workers).ConfigureAwait(false);
        await run.EndAsync(Patience).ConfigureAwait(false);
        await watching.CancelAsync().ConfigureAwait(false);
        var counters = new SortedDictionary<string, double>(scenario.Counters().ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in machine?.Counters() ?? new Dictionary<string, double>())
        {
            counters[name] = value;
        }

        var problems = cancellation.IsCancellationRequested ? [] : await scenario.VerifyAsync(cancellation).ConfigureAwait(false);
        return run.Result(started, await seconds.ConfigureAwait(false), counters, problems);
    }

    private sealed class Run(LoadScenario scenario, LoadProfile profile, RunnerOptions options, LoadClock clock, CancellationToken cancellation)
    {
        private readonly LongConcurrentHistogram _latency = new(1, Longest, Digits);
        private readonly LongConcurrentHistogram _lag = new(1, Longest, Digits);
        private readonly ConcurrentDictionary<string, long> _kinds = new(StringComparer.Ordinal);
        private readonly long _firstMeasured = profile.FirstMeasured;
        private LongConcurrentHistogram _second = new(1, Longest, Digits);
        private long _start;
        private long _underWay;
        private long _ok;
        private long _shed;
        private long _failed;
        private long _measuredOk;
        private long _begun;
        private long _lastBegun;
        private long _lastEnd;
        private long _heldBack;

        public void Begin() => _start = clock.Now;

        public void Work(int worker)
        {
            // When a generator that is never late itself would be free again.
            var free = _start;
            for (long number = worker; number < profile.Count && !cancellation.IsCancellationRequested; number += options.Workers)
            {
                var due = _start + profile.DueNanoseconds(number);
                if (clock.Now < due)
                {
                    clock.SleepUntil(due);
                }

                while (Interlocked.Read(ref _underWay) >= options.MostUnderWay && !cancellation.IsCancellationRequested)
                {
                    Interlocked.Increment(ref _heldBack);
                    clock.SleepUntil(clock.Now + 1_000_000);
                }

                var begun = clock.Now;
                // What held the thread in the operations before is the target's time, and counts as latency; the rest is the generator's own, also for those
                // that waited behind an operation that it began late.
                var could = Math.Max(due, free);
                _lag.RecordValue(Math.Max(1, begun - could));
                Interlocked.Increment(ref _begun);
                InterlockedMax(ref _lastBegun, begun);
                Interlocked.Increment(ref _underWay);
                Step(number, due);
                free = could + (clock.Now - begun);
            }
        }

        public async Task EndAsync(TimeSpan patience)
        {
            var waited = Stopwatch.StartNew();
            while (Interlocked.Read(ref _underWay) > 0 && waited.Elapsed < patience && !cancellation.IsCancellationRequested)
            {
                await Task.Delay(1, CancellationToken.None).ConfigureAwait(false);
            }
        }

        public async Task<List<LoadSecond>> WatchAsync(IProgress<LoadSecond>? progress, CancellationToken stop)
        {
            var seconds = new List<LoadSecond>();
            var spare = new LongConcurrentHistogram(1, Longest, Digits);
            var (ok, shed, failed) = (0L, 0L, 0L);
            using var process = Process.GetCurrentProcess();
            var live = new LiveMemory(profile.Duration >= SoakVerdict.Shortest);
            var (used, at) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                var full = Interlocked.Exchange(ref _second, spare);
                // Whoever had taken hold of it before has long recorded.
                await Task.Delay(1, CancellationToken.None).ConfigureAwait(false);
                var (okNow, shedNow, failedNow) = (Interlocked.Read(ref _ok), Interlocked.Read(ref _shed), Interlocked.Read(ref _failed));
                var (usedNow, atNow) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
                process.Refresh();
                var second = new LoadSecond(
                    seconds.Count, okNow - ok, shedNow - shed, failedNow - failed, At(full, 50), At(full, 99), At(full, 100), Interlocked.Read(ref _underWay),
                    100 * (usedNow - used) / Stopwatch.GetElapsedTime(at, atNow), process.WorkingSet64, GC.GetTotalMemory(false), live.Look(seconds.Count));
                seconds.Add(second);
                progress?.Report(second);
                (ok, shed, failed, used, at) = (okNow, shedNow, failedNow, usedNow, atNow);
                full.Reset();
                spare = full;
            }

            return seconds;

            static long At(HistogramBase histogram, double percentile) => histogram.TotalCount == 0 ? 0 : histogram.GetValueAtPercentile(percentile);
        }

        public LoadResult Result(DateTimeOffset started, List<LoadSecond> seconds, IReadOnlyDictionary<string, double> counters, IReadOnlyList<string> problems)
        {
            var measured = Math.Max(1, profile.Count - _firstMeasured);
            var from = profile.DueNanoseconds(Math.Min(_firstMeasured, profile.Count - 1));
            var intended = profile.Duration.TotalSeconds - (from / 1e9);
            var took = Math.Max(intended, (Interlocked.Read(ref _lastEnd) - _start - from) / 1e9);
            return new LoadResult
            {
                Scenario = scenario.Name,
                Unit = scenario.Unit,
                Runner = "builtin",
                StartedAt = started,
                Workers = options.Workers,
                IntendedRate = measured / intended,
                AchievedRate = _measuredOk / took,
                Measured = TimeSpan.FromSeconds(took),
                Ok = _ok,
                Shed = _shed,
                Failed = _failed,
                Kinds = new SortedDictionary<string, long>(_kinds, StringComparer.Ordinal),
                Latency = _latency,
                Lag = _lag,
                Seconds = seconds,
                Counters = counters,
                Notes = scenario.Notes(),
                Invalid = [.. Invalid()],
                Problems = problems,
            };
        }

        private IEnumerable<string> Invalid()
        {
            if (cancellation.IsCancellationRequested)
            {
                yield return $"stopped after {_begun:N0} of {profile.Count:N0} operations";
                yield break;
            }

            if (_heldBack > 0)
            {
                yield return $"more than {options.MostUnderWay:N0} operations would have been under way: operations were held back";
            }

            // Begun late in the end means that the generator was slower than its schedule, whatever held it up.
            var late = _lastBegun - _start - profile.DueNanoseconds(profile.Count - 1);
            var allowed = Math.Max(100_000_000, profile.Duration.TotalSeconds * 1e7);
            if (late > allowed && _lag.GetValueAtPercentile(50) > 1_000_000)
            {
                yield return $"the last operation began {late / 1e6:N0} ms late: the generator could not keep the rate";
            }

            // A latency that is mostly the generator's own says nothing about the target; below some milliseconds any machine has such pauses.
            var (lag, latency) = (_lag.TotalCount == 0 ? 0 : _lag.GetValueAtPercentile(99), _latency.TotalCount == 0 ? 0 : _latency.GetValueAtPercentile(99));
            if (lag > MostLag || (lag > LeastLag && lag > latency / 2))
            {
                yield return $"one operation of a hundred began {lag / 1e6:N0} ms late or later through the generator's own fault";
            }

            if (_underWay > 0)
            {
                yield return $"{_underWay:N0} operations had not ended {Patience.TotalSeconds:N0} s after the last was begun";
            }
        }

        private void Step(long number, long due)
        {
            try
            {
                var step = scenario.StepAsync(number, cancellation);
                if (step.IsCompletedSuccessfully)
                {
                    Record(number, due, step.Result);
                }
                else
                {
                    _ = AwaitAsync(step.AsTask(), number, due);
                }
            }
            catch (Exception failure)
            {
                Record(number, due, StepResult.Failed(failure.GetType().Name));
            }
        }

        private async Task AwaitAsync(Task<StepResult> step, long number, long due)
        {
            StepResult result;
            try
            {
                result = await step.ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                result = StepResult.Failed(failure.GetType().Name);
            }

            Record(number, due, result);
        }

        private void Record(long number, long due, StepResult result)
        {
            var end = clock.Now;
            InterlockedMax(ref _lastEnd, end);
            var isMeasured = number >= _firstMeasured;
            switch (result.Status)
            {
                case StepStatus.Ok:
                    var latency = Math.Clamp(end - due, 1, Longest);
                    Volatile.Read(ref _second).RecordValue(latency);
                    Interlocked.Increment(ref _ok);
                    if (isMeasured)
                    {
                        _latency.RecordValue(latency);
                        Interlocked.Increment(ref _measuredOk);
                    }

                    break;
                case StepStatus.Shed:
                    Interlocked.Increment(ref _shed);
                    _kinds.AddOrUpdate(result.Kind, 1, (_, count) => count + 1);
                    break;
                default:
                    Interlocked.Increment(ref _failed);
                    _kinds.AddOrUpdate(result.Kind, 1, (_, count) => count + 1);
                    break;
            }

            Interlocked.Decrement(ref _underWay);
        }

        private static void InterlockedMax(ref long target, long value)
        {
            for (var seen = Volatile.Read(ref target); seen < value;)
            {
                seen = Interlocked.CompareExchange(ref target, value, seen) is var before && before == seen ? value : before;
            }
        }
    }
}
