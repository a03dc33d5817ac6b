using DataExchange.LoadTests.Exchange;
using DataExchange.Testing;

namespace DataExchange.LoadTests.Tests;

/// <summary>Whether a long run stays as it is.</summary>
[Collection("an exchange at a time")]
public sealed class SoakTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly LoadProfile Profile = LoadProfile.Steady(100, TimeSpan.FromMinutes(10));

    [Fact]
    public void What_only_varies_is_flat_and_what_leaks_or_slows_down_rises()
    {
        var random = new Random(3);
        var steady = SoakVerdict.Of(Profile, Seconds(random, leakPerSecond: 0, slowPerSecond: 0))!;
        Assert.All(steady.All, one => Assert.Equal((one.Name, TrendKind.Flat), (one.Name, one.Trend.Kind)));

        // 200 MB that grow by 36 MB in ten minutes; a millisecond that becomes two.
        var leaking = SoakVerdict.Of(Profile, Seconds(random, leakPerSecond: 60_000, slowPerSecond: 0))!;
        Assert.Equal((TrendKind.Rises, TrendKind.Rises, TrendKind.Flat, TrendKind.Flat), (leaking.Heap!.Kind, leaking.Memory.Kind, leaking.Middle.Kind, leaking.P99.Kind));
        Assert.InRange(leaking.Heap.Change, 0.8 * 60_000 * 480 * 0.95, 1.2 * 60_000 * 480);
        Assert.StartsWith("RISES: ", leaking.Notes()["trend of managed memory"], StringComparison.Ordinal);
        var slowing = SoakVerdict.Of(Profile, Seconds(random, leakPerSecond: 0, slowPerSecond: 1_700))!;
        Assert.Equal((TrendKind.Flat, TrendKind.Rises, TrendKind.Rises), (slowing.Memory.Kind, slowing.Middle.Kind, slowing.P99.Kind));
    }

    [Fact]
    public void What_varies_too_much_is_not_called_flat_and_a_short_run_is_not_judged()
    {
        var random = new Random(5);
        double[] wild = [.. Enumerable.Range(0, 20).Select(_ => 100 + random.Next(-80, 80))];
        Assert.Equal(TrendKind.Unclear, Trend.Of(wild, 0.05).Kind);
        Assert.Equal(TrendKind.Falls, Trend.Of([.. Enumerable.Range(0, 20).Select(window => 200.0 - window)], 0.05).Kind);
        Assert.Throws<ArgumentException>(() => Trend.Of(wild[..9], 0.05));
        Assert.Null(SoakVerdict.Of(LoadProfile.Steady(1, TimeSpan.FromMinutes(2)), Seconds(random, 0, 0)));
        Assert.Null(SoakVerdict.Of(Profile, Seconds(random, 0, 0)[..300]));
    }

    [Fact]
    public void One_bad_window_is_no_trend()
    {
        double[] windows = [.. Enumerable.Range(0, 20).Select(window => window == 17 ? 5_000.0 : 100 + (window % 3))];
        Assert.Equal(TrendKind.Flat, Trend.Of(windows, 0.05).Kind);
    }

    /// <summary>Ten minutes: in the long lane alone (<c>./dx test --long</c>).</summary>
    [Fact(Explicit = true)]
    public async Task Ten_minutes_of_orders_leave_memory_and_latency_as_they_are()
    {
        // So few streams in memory that every partition has as many as it keeps long before the figures are looked at: Settlement has 200 here, an account for each buyer.
        await using var scenario = new OrdersScenario(
            new ExchangeLoadOptions { Database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), StreamsInMemory = 100 });
        var result = await new OpenLoopRunner().RunAsync(scenario, Profile, new RunnerOptions(), null, TestContext.Current.CancellationToken);
        var verdict = SoakVerdict.Of(Profile, result.Seconds);

        Assert.Equal((Profile.Count, 0, 0), (result.Ok, result.Shed, result.Failed));
        Assert.Empty(result.Problems);
        Assert.NotNull(verdict);
        foreach (var (name, text) in verdict.Notes())
        {
            output.WriteLine($"{name}: {text}");
        }

        Assert.NotNull(verdict.Heap);
        Assert.All(verdict.All, one => Assert.False(one.Trend.Kind == TrendKind.Rises, $"{one.Name} {one.Trend}"));
    }

    private static LoadSecond[] Seconds(Random random, double leakPerSecond, double slowPerSecond) => [.. Enumerable.Range(0, 600).Select(second => new LoadSecond(
        second, 100, 0, 0, (long)(1e6 + (slowPerSecond * second) + random.Next(-100_000, 100_000)), (long)(5e6 + (5 * slowPerSecond * second) + random.Next(-900_000, 900_000)), 9_000_000, 1, 50,
        (long)(300e6 + (leakPerSecond * second) + random.Next(-3_000_000, 3_000_000)), 250_000_000, (long)(200e6 + (leakPerSecond * second) + random.Next(-2_000_000, 2_000_000))))];
}
