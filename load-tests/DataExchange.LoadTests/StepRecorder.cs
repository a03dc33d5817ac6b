using System.Collections.Concurrent;
using System.Diagnostics;
using HdrHistogram;

namespace DataExchange.LoadTests;

/// <summary>
/// Counts and times operations that another runner begins when it likes. It does not know when they were to begin: latencies count from when they did, and
/// what a target that stands still holds up is not among them, unlike with <see cref="OpenLoopRunner"/>.
/// </summary>
/// <param name="scenario">The scenario, made ready.</param>
/// <param name="profile">The profile that the other runner follows; operations beyond its count are not carried out.</param>
public sealed class StepRecorder(LoadScenario scenario, LoadProfile profile)
{
    private const long Longest = 3_600_000_000_000;
    private const int Digits = 3;
    private readonly LongConcurrentHistogram _latency = new(1, Longest, Digits);
    private readonly ConcurrentDictionary<string, long> _kinds = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _started = TimeProvider.System.GetUtcNow();
    private readonly long _firstMeasured = profile.FirstMeasured;
    private long _next = -1;
    private long _ok;
    private long _shed;
    private long _failed;
    private long _measuredFrom;
    private long _lastEnd;

    /// <summary>Carries out the next operation.</summary>
    /// <param name="cancellation">The run was given up.</param>
    /// <returns>How it ended; null when there are no more.</returns>
    public async Task<StepResult?> NextAsync(CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref _next);
        if (number >= profile.Count)
        {
            return null;
        }

        var begun = Stopwatch.GetTimestamp();
        if (number == _firstMeasured)
        {
            Volatile.Write(ref _measuredFrom, begun);
        }

        StepResult result;
        try
        {
            result = await scenario.StepAsync(number, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            result = StepResult.Failed(failure.GetType().Name);
        }

        Volatile.Write(ref _lastEnd, Stopwatch.GetTimestamp());
        if (result.Status == StepStatus.Ok)
        {
            Interlocked.Increment(ref _ok);
            if (number >= _firstMeasured)
            {
                _latency.RecordValue(Math.Clamp((long)Stopwatch.GetElapsedTime(begun).TotalNanoseconds, 1, Longest));
            }

            return result;
        }

        _ = result.Status == StepStatus.Shed ? Interlocked.Increment(ref _shed) : Interlocked.Increment(ref _failed);
        _kinds.AddOrUpdate(result.Kind, 1, (_, count) => count + 1);
        return result;
    }

    /// <summary>What it came to.</summary>
    /// <param name="runner">What began the operations.</param>
    /// <param name="problems">What verification found.</param>
    public LoadResult Result(string runner, IReadOnlyList<string> problems)
    {
        var begun = Math.Min(Interlocked.Read(ref _next) + 1, profile.Count);
        var took = _measuredFrom == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_measuredFrom, _lastEnd);
        return new LoadResult
        {
            Scenario = scenario.Name,
            Unit = scenario.Unit,
            Runner = runner,
            StartedAt = _started,
            Workers = 1,
            IntendedRate = profile.Phases[^1].To,
            AchievedRate = took > TimeSpan.Zero ? _latency.TotalCount / took.TotalSeconds : 0,
            Measured = took,
            Ok = _ok,
            Shed = _shed,
            Failed = _failed,
            Kinds = new SortedDictionary<string, long>(_kinds, StringComparer.Ordinal),
            Latency = _latency,
            Lag = new LongHistogram(1, Longest, Digits),
            Seconds = [],
            Counters = scenario.Counters(),
            Notes = scenario.Notes(),
            Invalid = begun < profile.Count ? [FormattableString.Invariant($"{runner} began {begun:N0} of {profile.Count:N0} operations")] : [],
            Problems = problems,
        };
    }
}
