namespace DataExchange.LoadTests.Tests;

public sealed class StepRecorderTests
{
    [Fact]
    public async Task What_another_runner_begins_is_counted_by_kind_and_no_more_than_the_profile_has()
    {
        var target = new FakeTarget(new FakeClock(), _ => 0, number => (number % 4) switch { 0 => StepResult.Shed("429"), 1 => throw new TimeoutException(), _ => StepResult.Ok });
        var recorder = new StepRecorder(target, LoadProfile.Steady(8, TimeSpan.FromSeconds(1)));
        for (var number = 0; number < 7; number++)
        {
            Assert.NotNull(await recorder.NextAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(["other began 7 of 8 operations"], recorder.Result("other", []).Invalid);
        Assert.NotNull(await recorder.NextAsync(TestContext.Current.CancellationToken));
        Assert.Null(await recorder.NextAsync(TestContext.Current.CancellationToken));
        var result = recorder.Result("other", ["lost"]);

        Assert.Equal((4, 2, 2, 4), (result.Ok, result.Shed, result.Failed, result.Latency.TotalCount));
        Assert.Equal(new Dictionary<string, long> { ["429"] = 2, ["TimeoutException"] = 2 }, result.Kinds);
        Assert.Equal(["lost"], result.Problems);
        Assert.Empty(result.Invalid);
        Assert.Equal(Enumerable.Range(0, 8).Select(number => (long)number), target.Numbers);
    }
}
