using CsCheck;

namespace DataExchange.LoadTests.Tests;

public sealed class FigureTests
{
    private static readonly int[] Workers = [1, 2, 3, 4, 8, 16];

    [Fact]
    public void Operations_begin_in_order_and_as_many_as_the_area_under_the_rate() => Gen.Select(Gen.Double[0, 5_000], Gen.Double[1, 5_000], Gen.Double[0.05, 1]).Array[1, 4].Sample(phases =>
    {
        var profile = new LoadProfile([.. phases.Select(phase => new LoadPhase(phase.Item1, phase.Item2, TimeSpan.FromSeconds(phase.Item3)))]);
        var due = Enumerable.Range(0, (int)profile.Count).Select(number => profile.DueNanoseconds(number)).ToArray();

        Assert.Equal(due.Order(), due);
        Assert.All(due, at => Assert.InRange(at, 0, (long)(profile.Duration.TotalSeconds * 1e9) + 1));
        // By naive summing up: where an operation begins, as many have begun as the rate adds up to.
        var start = 0.0;
        var before = 0L;
        foreach (var phase in profile.Phases)
        {
            var seconds = phase.Duration.TotalSeconds;
            var count = (long)Math.Round((phase.From + phase.To) / 2 * seconds);
            for (var number = 0L; number < count; number += Math.Max(1, count / 7))
            {
                var t = Math.Min(seconds, (due[before + number] / 1e9) - start);
                Assert.Equal(number, (phase.From * t) + ((phase.To - phase.From) * t * t / 2 / seconds), 0.01 + (number * 1e-6));
            }

            (before, start) = (before + count, start + seconds);
        }
    }, iter: 200);

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(-1, 5, 1)]
    [InlineData(double.NaN, 5, 1)]
    [InlineData(5, 5, 0)]
    public void A_phase_without_rate_or_time_is_refused(double from, double to, double seconds) =>
        Assert.Throws<ArgumentException>(() => new LoadProfile(new LoadPhase(from, to, TimeSpan.FromSeconds(seconds))));

    [Fact]
    public void The_scalability_law_is_found_again_from_what_it_gives() => Gen.Select(Gen.Double[10, 1e6], Gen.Double[0, 0.9], Gen.Double[0, 0.1]).Sample((lambda, sigma, kappa) =>
    {
        var law = new Scalability(lambda, sigma, kappa);
        var found = Scalability.Fit([.. Workers.Select(workers => (workers, law.At(workers)))]);

        Assert.Equal(1, found.Lambda / lambda, 1e-6);
        Assert.Equal(sigma, found.Sigma, 1e-6);
        Assert.Equal(kappa, found.Kappa, 1e-6);
    });

    [Fact]
    public void More_than_linear_is_fitted_as_linear_and_too_little_is_refused()
    {
        var law = Scalability.Fit([(1, 100), (2, 230), (4, 500)]);

        Assert.Equal((0, 0), (law.Sigma, law.Kappa));
        Assert.Throws<ArgumentException>(() => Scalability.Fit([(1, 100), (2, 150), (2, 160)]));
        Assert.Throws<ArgumentException>(() => Scalability.Fit([(1, 100), (2, 0), (4, 160)]));
    }

    [Fact]
    public void Two_runs_that_vary_alike_are_not_different_and_one_slower_by_a_fifth_is()
    {
        var random = new Random(7);
        LoadSecond[] Run(double factor) => [.. Enumerable.Range(0, 60).Select(second =>
            new LoadSecond(second, 1_000 + random.Next(-50, 50), 0, 0, (long)(factor * random.Next(900_000, 1_100_000)), (long)(factor * random.Next(4_000_000, 6_000_000)), 9_000_000, 1, 50, 1, 1))];

        var same = LoadComparison.Compare(Run(1), Run(1));
        var slower = LoadComparison.Compare(Run(1), Run(1.2));

        Assert.DoesNotContain(same, figure => figure.IsDifferent);
        Assert.Equal(["p50, ms", "p99, ms"], slower.Where(figure => figure.IsDifferent).Select(figure => figure.Name));
        Assert.All(slower, figure => Assert.InRange(figure.Ratio, figure.Low, figure.High));
        Assert.Throws<ArgumentException>(() => LoadComparison.Compare(Run(1), Run(1)[..14]));
    }

    [Fact]
    public void Seconds_that_are_like_those_beside_them_do_not_make_a_difference_of_what_is_the_same()
    {
        // Latencies that drift: each second has four fifths of what the one before it had. Intervals that take seconds for independent call one of three such pairs different.
        var random = new Random(11);
        var different = Enumerable.Range(0, 15).Count(_ => LoadComparison.Compare(Run(), Run()).Any(figure => figure.IsDifferent));
        Assert.InRange(different, 0, 3);

        LoadSecond[] Run()
        {
            var state = 0.0;
            return [.. Enumerable.Range(0, 60).Select(second =>
            {
                state = (0.8 * state) + (random.NextDouble() - 0.5);
                var factor = Math.Exp(0.4 * state);
                return new LoadSecond(second, 1_000, 0, 0, (long)(1e6 * factor), (long)(5e6 * factor), (long)(9e6 * factor), 1, 50, 1, 1);
            })];
        }
    }

    [Theory]
    [InlineData("p99<20ms", true, 2e7)]
    [InlineData("p99.9 < 1.5s", true, 1.5e9)]
    [InlineData("max<250us", true, 250_000)]
    [InlineData("failed<1", true, 1)]
    [InlineData("rate>500", false, 500)]
    public void A_threshold_is_read(string text, bool isUpper, double limit) => Assert.Equal((isUpper, limit), (LoadThreshold.Parse(text).IsUpper, LoadThreshold.Parse(text).Limit));

    [Theory]
    [InlineData("p99<20")]
    [InlineData("p0<20ms")]
    [InlineData("p101<20ms")]
    [InlineData("failed<1ms")]
    [InlineData("speed>1")]
    [InlineData("")]
    public void What_is_no_threshold_is_refused_with_what_is(string text) => Assert.Contains("p99<20ms", Assert.Throws<FormatException>(() => LoadThreshold.Parse(text)).Message);

    [Fact]
    public async Task A_threshold_holds_for_what_was_measured()
    {
        var clock = new FakeClock();
        var result = await new OpenLoopRunner(clock).RunAsync(
            new FakeTarget(clock, number => number % 100 == 0 ? 900_000 : 100_000), LoadProfile.Steady(500, TimeSpan.FromSeconds(2)), new RunnerOptions(), null, TestContext.Current.CancellationToken);

        Assert.True(LoadThreshold.Parse("p95<200us").IsKeptBy(result));
        Assert.False(LoadThreshold.Parse("max<800us").IsKeptBy(result));
        Assert.True(LoadThreshold.Parse("failed<1").IsKeptBy(result));
        Assert.False(LoadThreshold.Parse("rate>501").IsKeptBy(result));
    }

    [Fact]
    public async Task The_knee_is_found_where_the_target_can_do_no_more()
    {
        // It does 1,000 operations a second; beyond that a queue grows.
        var steps = 0;
        var (found, knee) = await new Saturation(LoadThreshold.Parse("p99<10ms"), async (rate, cancellation) =>
        {
            steps++;
            var clock = new FakeClock();
            return await new OpenLoopRunner(clock).RunAsync(
                new FakeTarget(clock, _ => 1_000_000), LoadProfile.Steady(rate, TimeSpan.FromSeconds(5)), new RunnerOptions(), null, cancellation);
        }).SearchAsync(100, _ => { }, TestContext.Current.CancellationToken);

        Assert.InRange(knee, 890, 1_000);
        Assert.Equal(steps, found.Count);
        Assert.All(found, step => Assert.Equal(step.Rate <= 1_001, step.IsKept));
    }

    [Fact]
    public async Task Throughput_is_what_a_target_does_past_its_capacity_and_not_what_it_is_asked_for()
    {
        var asked = new List<double>();
        var (result, isPast) = await Saturation.OverloadAsync(
            300, async (rate, cancellation) =>
            {
                asked.Add(rate);
                var clock = new FakeClock();
                return await new OpenLoopRunner(clock).RunAsync(new FakeTarget(clock, _ => 1_000_000), LoadProfile.Steady(rate, TimeSpan.FromSeconds(2)), new RunnerOptions(), null, cancellation);
            }, TestContext.Current.CancellationToken);

        Assert.Equal([300, 600, 1_200, 2_400], asked);
        Assert.True(isPast);
        Assert.InRange(result.AchievedRate, 990, 1_010);
    }

    [Fact]
    public async Task A_run_is_kept_read_again_and_shown_in_both_languages()
    {
        var clock = new FakeClock();
        var result = await new OpenLoopRunner(clock).RunAsync(
            new FakeTarget(clock, _ => 1_000_000, number => number == 7 ? StepResult.Failed("<script>") : StepResult.Ok), LoadProfile.Steady(500, TimeSpan.FromSeconds(2)), new RunnerOptions(), null, TestContext.Current.CancellationToken);
        var run = LoadRun.Of(result with { Notes = new Dictionary<string, string> { ["traffic"] = "<b>0f</b>" } }, LoadEnvironment.Here("1.2.3", new Dictionary<string, string> { ["--rate"] = "500" }));
        var again = LoadRun.Parse(run.ToJson());
        var html = LoadReport.Html(again);

        Assert.Equal(run.ToJson(), again.ToJson());
        Assert.Equal(999, again.Ok);
        Assert.Equal("<b>0f</b>", again.Notes["traffic"]);
        Assert.Contains("&lt;b&gt;0f&lt;/b&gt;", html);
        Assert.Contains("负载测试", html);
        Assert.Contains("Load test", html);
        Assert.Contains("&lt;script&gt;", html);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("http", html);
    }

    [Fact]
    public async Task The_histogram_is_written_as_public_plotters_read_it()
    {
        var clock = new FakeClock();
        var result = await new OpenLoopRunner(clock).RunAsync(new FakeTarget(clock, _ => 2_000_000), LoadProfile.Steady(400, TimeSpan.FromSeconds(1)), new RunnerOptions(), null, TestContext.Current.CancellationToken);
        using var text = new StringWriter { NewLine = "\n" };
        LoadRun.WriteHgrm(result, text);
        var lines = text.ToString().Split('\n');

        Assert.Matches(@"^\s*Value\s+Percentile\s+TotalCount\s+1/\(1-Percentile\)$", lines[0].TrimEnd('\r'));
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^\s*200\d\.\d+\s+1\.0+\s+400\s*$"));
        Assert.Contains(lines, line => line.StartsWith("#[Max", StringComparison.Ordinal) && line.Contains("400", StringComparison.Ordinal));
    }
}
