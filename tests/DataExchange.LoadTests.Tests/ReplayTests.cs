using System.Globalization;
using DataExchange.EventStore;
using DataExchange.LoadTests.Exchange;
using DataExchange.LoadTests.Exchange.Replay;
using DataExchange.Testing;

namespace DataExchange.LoadTests.Tests;

/// <summary>A recorded hour against real services: the same traffic each time, answered as it was recorded, and found out where it is not.</summary>
[Collection("an exchange at a time")]
public sealed class ReplayTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recorded_hour_is_replayed_with_the_answers_and_the_facts_that_it_had()
    {
        var options = new ExchangeLoadOptions { Database = await postgres.CreateDatabaseAsync(Cancellation), Scale = 0.02, Speed = 3_600 };
        await using var scenario = new ReplayScenario(options);
        var profile = await scenario.OwnProfileAsync(Cancellation);
        var result = await new OpenLoopRunner().RunAsync(scenario, profile!, new RunnerOptions(), null, Cancellation);

        Assert.Equal((scenario.Hour!.Commands.Count, 0, 0), (result.Ok, result.Shed, result.Failed));
        Assert.Empty(result.Problems);
        // The traffic of this seed and scale: it changes when agents do something else, as digests of simulations do.
        Assert.Equal("2024-11-25T09:00:00+08:00", scenario.Hour.Begins.ToString());
        Assert.Equal(scenario.Hour.Digest, result.Notes["traffic, SHA-256"]);

        // A fact of the hour taken away is a difference to what was recorded.
        await using var tamper = scenario.Exchange!.Database.CreateCommand(string.Create(
            CultureInfo.InvariantCulture, $"DELETE FROM {Schemas.Default}.mt_events WHERE seq_id > {scenario.Hour.Before} AND type = 'funds_deposited.v1'"));
        Assert.NotEqual(0, await tamper.ExecuteNonQueryAsync(Cancellation));
        Assert.Contains(await scenario.VerifyAsync(Cancellation), problem => problem.Contains("not as it was recorded", StringComparison.Ordinal));

        // Recorded again it is the same, down to the digest.
        using var keys = Trust.VenueKeys.Derive(RecordedHour.Scenario, ReplayScenario.Seed, options.Scale);
        var again = await RecordedHour.RecordAsync(ReplayScenario.Seed, options.Scale, keys, Cancellation);
        Assert.Equal(scenario.Hour.Digest, again.Digest);
    }

    [Fact]
    public async Task Operations_begin_at_their_own_instants_and_no_other()
    {
        var clock = new FakeClock();
        long[] milliseconds = [0, 5, 5, 1_000, 1_001];
        var profile = LoadProfile.At([.. milliseconds.Select(at => TimeSpan.FromMilliseconds(at))]);
        var begun = new List<long>();
        var start = clock.Now;
        var target = new FakeTarget(clock, _ =>
        {
            begun.Add((clock.Now - start) / 1_000_000);
            return 1;
        });
        var result = await new OpenLoopRunner(clock).RunAsync(target, profile, new RunnerOptions(), null, Cancellation);

        Assert.Equal(milliseconds, begun);
        Assert.Equal((5, 0), (result.Ok, profile.FirstMeasured));
        Assert.Empty(result.Invalid);
    }

    [Theory]
    [InlineData]
    [InlineData(-1L)]
    [InlineData(5L, 4L)]
    public void Instants_that_are_none_or_not_in_order_are_refused(params long[] milliseconds) =>
        Assert.Throws<ArgumentException>(() => LoadProfile.At([.. milliseconds.Select(at => TimeSpan.FromMilliseconds(at))]));
}
