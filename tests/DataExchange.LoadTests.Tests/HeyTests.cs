using DataExchange.LoadTests.Exchange;
using DataExchange.Testing;

namespace DataExchange.LoadTests.Tests;

/// <summary>The same requests by a public tool.</summary>
[Collection("an exchange at a time")]
public sealed class HeyTests(PostgresFixture postgres)
{
    private const string Lines =
        "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n"
        + "0.0500,0.0003,0.0000,0.0000,0.0496,0.0001,200,0.0010\n0.0020,0.0000,0.0000,0.0000,0.0018,0.0001,200,0.1010\n0.0010,0.0000,0.0000,0.0000,0.0009,0.0000,503,0.2000\n0.0030,0.0000,0.0000,0.0000,0.0028,0.0001,200,0.3010\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void What_it_prints_is_read_and_beside_figures_like_it_and_unlike_it() => Assert.Equal(
        new HeyRun(Rate: 1.5, Ok: 3, Other: 1, P50: 3_000_000, P99: 50_000_000), HeyRun.Of(Lines, TimeSpan.FromSeconds(2)));

    [Theory]
    [InlineData(100, 2_100_000, "they agree", "they agree")]
    [InlineData(100, 40_000_000, "they agree", "they DIFFER")]
    [InlineData(60, 2_100_000, "they DIFFER", "they agree")]
    public async Task Figures_that_are_alike_agree_and_others_differ(double rate, long nanoseconds, string rates, string medians)
    {
        var clock = new FakeClock();
        var ours = await new OpenLoopRunner(clock).RunAsync(
            new FakeTarget(clock, _ => 2_000_000), LoadProfile.Steady(100, TimeSpan.FromSeconds(2)), new RunnerOptions(), null, Cancellation);
        var notes = new HeyRun(rate, 200, 0, nanoseconds, nanoseconds).Notes(ours);

        Assert.EndsWith(rates, notes["hey / here: good answers a second"], StringComparison.Ordinal);
        Assert.EndsWith(medians, notes["hey / here: 50 %"], StringComparison.Ordinal);
    }

    /// <summary>In the long lane (<c>./dx test --long</c>).</summary>
    [Fact(Explicit = true)]
    public async Task It_gets_as_many_good_answers_from_the_same_gateway()
    {
        Assert.SkipUnless(HeyRun.IsInstalled, "hey is not installed: 'apt-get install -y hey'");
        var folder = Directory.CreateTempSubdirectory("dx-load-").FullName;
        try
        {
            await using var scenario = new HttpReadsScenario(new ExchangeLoadOptions { Database = await postgres.CreateDatabaseAsync(Cancellation), Connections = 1, Folder = folder });
            var profile = LoadProfile.Steady(20, TimeSpan.FromSeconds(2));
            var ours = await new OpenLoopRunner().RunAsync(scenario, profile, new RunnerOptions(), null, Cancellation);
            var hey = await HeyRun.RunAsync(scenario, 20, TimeSpan.FromSeconds(2), 1, Cancellation);

            Assert.Equal((40, 0, 0), (ours.Ok, ours.Shed, ours.Failed));
            Assert.Empty(ours.Problems);
            // It begins a tick late; how fast it was is nobody's business here.
            Assert.InRange(hey.Ok, 20, 41);
            Assert.Equal(0, hey.Other);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
