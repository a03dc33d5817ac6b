using DataExchange.Simulation;
using DataExchange.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace DataExchange.Services.Tests;

public sealed class LockstepTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(1, 0, 500_000)]
    // Streams that are forgotten all the time and read again, from snapshots two facts apart.
    [InlineData(3, 2, 20)]
    public async Task Services_in_lockstep_record_what_one_process_records_in_the_same_order(int tradingPartitions, int snapshotEvery, int streamsInMemory)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(
            postgres, true,
            RunningServices.Options(tradingPartitions, isLockstep: true) with { SnapshotEvery = snapshotEvery, StreamsInMemory = streamsInMemory }, cancellation);
        await using var exchange = await ServicesExchange.OpenAsync(services.Sender, services.Bus, Guid.Parse("00000000-0000-8000-8000-000000000001"));

        await SimulationRun.ExecuteAsync(SmallMarket.Recent, SmallMarket.Source, SmallMarket.Seed, exchange, null, cancellation);
        await exchange.SealAsync(cancellation);

        Assert.Equal(RunningServices.Lines(await SmallMarket.FactsOfAsync(SmallMarket.Recent)), RunningServices.Lines(await services.FactsAsync(cancellation)));
        Assert.Equal(0, await services.CountAsync("service_quarantine", cancellation));
        Assert.Equal(snapshotEvery > 0, await services.CountAsync("service_snapshot", cancellation) > 0);
    }

    /// <summary>As after a crash, or a pause, between what came of a fact and the note that the fact was followed: a feed that knew nothing of it let the next command pass.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(0, true)]
    public async Task A_feed_that_begins_anew_lets_the_market_rest_when_it_has_followed_all_that_is_there(int behind, bool isSettled)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.PrepareAsync(postgres, false, cancellation);
        using var metrics = new ServiceMetrics();
        using var keys = SmallMarket.Keys();
        await using var sender = new CommandSender(services.Bus, new PartitionMap(1), TimeSpan.FromMinutes(1));
        using var feed = new FactFeed(
            new ServiceContext(services.Database, services.Bus, new PartitionMap(1), sender, keys, metrics, RunningServices.Options(isLockstep: true)), null);
        var last = (await SmallMarket.FactsAsync()).Count;

        await feed.PrepareAsync(last - behind, cancellation);

        Assert.Equal(new Messages.FeedProgress(last - behind, isSettled), feed.Progress());
    }
}
