using CsCheck;

namespace DataExchange.LoadTests.Tests;

/// <summary>The runner against targets whose latencies are known, in time that only they let pass: every figure can be said beforehand.</summary>
public sealed class OpenLoopRunnerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Percentiles_are_those_of_the_latencies_to_the_histograms_precision() => await Gen.Select(
        Gen.Double[100, 20_000], Gen.Long[1, 40_000_000].Array[1, 400]).SampleAsync(async (rate, latencies) =>
    {
        var clock = new FakeClock();
        var target = new FakeTarget(clock, number => latencies[number % latencies.Length]);
        var profile = LoadProfile.Steady(rate, Second);
        var result = await new OpenLoopRunner(clock).RunAsync(target, profile, new RunnerOptions(), null, TestContext.Current.CancellationToken);

        // What an open loop means: each begins at its time, or when the one before lets it, and is late by what it waited.
        var (free, expected) = (0L, new List<long>());
        for (var number = 0L; number < profile.Count; number++)
        {
            var due = profile.DueNanoseconds(number);
            free = Math.Max(free, due) + latencies[number % latencies.Length];
            expected.Add(free - due);
        }

        expected.Sort();
        foreach (var percentile in LoadRun.Percentiles.Where(percentile => percentile > 0))
        {
            // The histogram rounds ranks to the next whole one, and values to three digits.
            var rank = percentile / 100 * expected.Count;
            var (low, high) = (expected[Math.Max(0, (int)Math.Floor(rank) - 1)], expected[Math.Min(expected.Count, (int)Math.Ceiling(rank)) - 1]);
            Assert.InRange(result.At(percentile), low * 0.999, Math.Max(high + 1, high * 1.001));
        }

        Assert.Equal(profile.Count, result.Ok);
        Assert.Equal(Enumerable.Range(0, (int)profile.Count).Select(number => (long)number), target.Numbers);
    }, iter: 60);

    [Fact]
    public async Task A_target_that_stands_still_for_a_second_is_seen_by_all_that_should_have_begun_meanwhile()
    {
        var clock = new FakeClock();
        var target = new FakeTarget(clock, number => number == 5_000 ? 1_000_000_000 : 10_000);
        var result = await new OpenLoopRunner(clock).RunAsync(target, LoadProfile.Steady(1_000, 10 * Second), new RunnerOptions(), null, TestContext.Current.CancellationToken);

        // 10,000 operations, of which some 1,000 waited for up to a second; one that measured from the real start would have found one.
        Assert.InRange(result.At(100), 999_000_000, 1_001_000_000);
        Assert.InRange(result.At(95), 480_000_000, 520_000_000);
        Assert.InRange(result.At(89), 10_000, 10_100);
        Assert.Empty(result.Invalid);
    }

    [Fact]
    public async Task What_warms_up_does_not_count()
    {
        var clock = new FakeClock();
        var result = await new OpenLoopRunner(clock).RunAsync(
            new FakeTarget(clock, number => number < 500 ? 900_000 : 1_000), LoadProfile.Steady(1_000, 2 * Second, ramp: Second), new RunnerOptions(), null, TestContext.Current.CancellationToken);

        Assert.Equal(2_500, result.Ok);
        Assert.Equal(2_000, result.Latency.TotalCount);
        Assert.InRange(result.At(100), 1_000, 1_010);
        Assert.Equal(1_000, result.IntendedRate, 0.5);
        Assert.Equal(1_000, result.AchievedRate, 1.0);
    }

    [Fact]
    public async Task What_is_refused_and_what_fails_is_counted_by_kind_and_is_no_latency()
    {
        var clock = new FakeClock();
        var target = new FakeTarget(clock, _ => 1_000, number => (number % 10) switch
        {
            0 => StepResult.Shed("429"),
            1 => StepResult.Failed("500"),
            2 => throw new TimeoutException(),
            _ => StepResult.Ok,
        }) { Problems = ["one order was lost"] };
        var result = await new OpenLoopRunner(clock).RunAsync(target, LoadProfile.Steady(1_000, Second), new RunnerOptions(), null, TestContext.Current.CancellationToken);

        Assert.Equal((700, 100, 200), (result.Ok, result.Shed, result.Failed));
        Assert.Equal(700, result.Latency.TotalCount);
        Assert.Equal(new Dictionary<string, long> { ["429"] = 100, ["500"] = 100, ["TimeoutException"] = 100 }, result.Kinds);
        Assert.Equal(["one order was lost"], result.Problems);
    }

    [Fact]
    public async Task A_generator_that_cannot_keep_its_schedule_makes_a_run_that_is_not_valid()
    {
        // Each time it wakes up it is 60 ms late, through no fault of the target.
        var clock = new SlowToWake();
        var result = await new OpenLoopRunner(clock).RunAsync(new Nothing(), LoadProfile.Steady(10, 2 * Second), new RunnerOptions(), null, TestContext.Current.CancellationToken);

        Assert.False(result.IsValid);
        Assert.Contains("generator", result.Invalid[0]);
    }

    [Fact]
    public async Task A_pause_of_the_generator_is_its_own_lag_for_all_that_waited_behind_it()
    {
        // Once, at a second, it comes back 300 ms late: 300 of 10,000 operations begin late for it, and the target is as quick as ever.
        var clock = new OncePaused();
        var result = await new OpenLoopRunner(clock).RunAsync(new Nothing(), LoadProfile.Steady(1_000, 10 * Second), new RunnerOptions(), null, TestContext.Current.CancellationToken);

        Assert.InRange(result.Lag.GetValueAtPercentile(98.5), 100_000_000, 200_000_000);
        Assert.InRange(result.Lag.GetValueAtPercentile(96), 1, 1_000);
        Assert.Contains("generator", Assert.Single(result.Invalid));
    }

    [Fact]
    public async Task More_operations_under_way_than_allowed_make_a_run_that_is_not_valid()
    {
        using var opened = new SemaphoreSlim(0);
        var run = new OpenLoopRunner().RunAsync(new Gate(opened), LoadProfile.Steady(1_000, Second / 4), new RunnerOptions(MostUnderWay: 50), null, TestContext.Current.CancellationToken);
        await Task.Delay(600, TestContext.Current.CancellationToken);
        opened.Release(250);
        var result = await run;

        Assert.Equal(250, result.Ok);
        Assert.Contains("held back", Assert.Single(result.Invalid, reason => reason.Contains("50")));
    }

    [Fact]
    public async Task Several_workers_begin_each_operation_once_at_the_rate_asked_for_or_say_that_they_did_not()
    {
        var target = new Numbers();
        var profile = LoadProfile.Steady(4_000, Second);
        var result = await new OpenLoopRunner().RunAsync(target, profile, new RunnerOptions(Workers: 3), null, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 4_000).Select(number => (long)number), target.Seen.Order());
        Assert.Equal(4_000, result.Ok);
        Assert.True(!result.IsValid || Math.Abs(result.AchievedRate - 4_000) <= 0.2 * 4_000, $"{result.AchievedRate}");
        Assert.NotEmpty(result.Seconds);
    }

    [Fact]
    public async Task A_run_that_is_stopped_says_so_and_keeps_what_it_has()
    {
        using var stop = new CancellationTokenSource();
        var clock = new FakeClock();
        var target = new FakeTarget(clock, number =>
        {
            if (number == 300)
            {
                stop.Cancel();
            }

            return 1_000;
        });
        var result = await new OpenLoopRunner(clock).RunAsync(target, LoadProfile.Steady(1_000, Second), new RunnerOptions(), null, stop.Token);

        Assert.Equal(301, result.Ok);
        Assert.Contains("stopped after 301 of 1,000", Assert.Single(result.Invalid));
    }

    private sealed class OncePaused : LoadClock
    {
        private long _now;
        private bool _wasPaused;

        public override long Now => _now;

        public override void SleepUntil(long nanoseconds)
        {
            _now = nanoseconds;
            if (nanoseconds >= 1_000_000_000 && !_wasPaused)
            {
                (_wasPaused, _now) = (true, nanoseconds + 300_000_000);
            }
        }
    }

    private sealed class SlowToWake : LoadClock
    {
        private long _now;

        public override long Now => _now;

        public override void SleepUntil(long nanoseconds) => _now = nanoseconds + 60_000_000;
    }

    private class Nothing : LoadScenario
    {
        public override string Name => "nothing";

        public override string Summary => "Nothing.";

        public override string Unit => "nothings";

        public override LoadProfile DefaultProfile => LoadProfile.Steady(1, Second);

        public override ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation) => new(StepResult.Ok);
    }

    private sealed class Numbers : Nothing
    {
        internal System.Collections.Concurrent.ConcurrentBag<long> Seen { get; } = [];

        public override async ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation)
        {
            Seen.Add(number);
            await Task.Yield();
            return StepResult.Ok;
        }
    }

    private sealed class Gate(SemaphoreSlim opened) : Nothing
    {
        public override async ValueTask<StepResult> StepAsync(long number, CancellationToken cancellation)
        {
            await opened.WaitAsync(cancellation);
            return StepResult.Ok;
        }
    }
}
