using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.EventStore;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Serialization;
using DataExchange.EventStore.Services;
using DataExchange.Testing;

namespace DataExchange.Services.Tests;

/// <summary>Who may append what.</summary>
public sealed class OwnershipTests(PostgresFixture postgres)
{
    [Fact]
    public async Task An_owner_that_was_paused_for_too_long_cannot_write_when_it_comes_back()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var store = await StoreAsync(cancellation);
        var first = await PartitionLease.TryTakeAsync(store.Database, "settlement", "a", TimeSpan.FromMinutes(5), cancellation: cancellation);
        await using var paused = await OwnedAppender.OpenAsync(store.Database, first!, ["account"], 1, cancellation: cancellation);
        Assert.Null(await PartitionLease.TryTakeAsync(store.Database, "settlement", "b", TimeSpan.FromSeconds(9), cancellation: cancellation));
        Assert.True(await first!.RenewAsync(store.Database, TimeSpan.FromMilliseconds(1), cancellation: cancellation));
        await Task.Delay(100, cancellation);
        var second = await PartitionLease.TryTakeAsync(store.Database, "settlement", "b", TimeSpan.FromSeconds(9), cancellation: cancellation);
        await using var owner = await OwnedAppender.OpenAsync(store.Database, second!, ["account"], 1, cancellation: cancellation);
        await owner.CommitAsync(Commit("account/p", 1), cancellation);

        var refused = await Assert.ThrowsAsync<OwnershipException>(() => paused.CommitAsync(Commit("account/q", 1), cancellation));

        Assert.Contains("later owner than epoch 1", refused.Message);
        Assert.Equal(2, second!.Epoch);
        Assert.False(await first!.RenewAsync(store.Database, TimeSpan.FromSeconds(9), cancellation: cancellation));
        Assert.Equal(1, await store.CountAsync("mt_events", cancellation));
    }

    [Fact]
    public async Task A_service_appends_to_its_own_kinds_of_stream_alone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var store = await StoreAsync(cancellation);
        foreach (var partition in new PartitionMap(2).All)
        {
            var kinds = PartitionMap.StreamKindsOf(partition);
            var lease = await PartitionLease.TryTakeAsync(store.Database, partition, "a", TimeSpan.FromSeconds(9), cancellation: cancellation);
            await using var appender = await OwnedAppender.OpenAsync(store.Database, lease!, kinds, 1, cancellation: cancellation);
            foreach (var kind in Exchange.StreamKind.All.Select(kind => kind.Name).Except(kinds))
            {
                var refused = await Assert.ThrowsAsync<OwnershipException>(() => appender.CommitAsync(Commit($"{kind}/x", 1), cancellation));
                Assert.Contains($"stream {kind}/x", refused.Message);
            }
        }

        Assert.Equal(0, await store.CountAsync("mt_events", cancellation));
    }

    [Fact]
    public async Task A_command_that_was_recorded_as_handled_is_not_recorded_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var store = await StoreAsync(cancellation);
        var lease = await PartitionLease.TryTakeAsync(store.Database, "settlement", "a", TimeSpan.FromSeconds(9), cancellation: cancellation);
        await using var appender = await OwnedAppender.OpenAsync(store.Database, lease!, ["account"], 1, cancellation: cancellation);
        var handled = new InboxRow(Guid.NewGuid(), "account/p", 1, 1, null);
        await appender.CommitAsync(Commit("account/p", 1) with { Handled = [handled] }, cancellation);

        await Assert.ThrowsAsync<EventConcurrencyException>(() => appender.CommitAsync(Commit("account/p", 2) with { Handled = [handled] }, cancellation));

        Assert.Equal(1, await store.CountAsync("mt_events", cancellation));
        Assert.Equal(2, await appender.CommitAsync(Commit("account/p", 2), cancellation));
    }

    [Fact]
    public async Task A_simulation_does_not_write_into_a_store_that_services_run_on()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.StartAsync(postgres, true, RunningServices.Options(services: ["rights"]), cancellation);

        var refused = await Assert.ThrowsAsync<EventConcurrencyException>(() =>
            BulkEventWriter.StartAsync(services.Database, new BulkEventWriterOptions(), cancellation));

        Assert.Contains("services are running", refused.Message);
    }

    private Task<RunningServices> StoreAsync(CancellationToken cancellation) => PreparedAsync(postgres, cancellation);

    private static async Task<RunningServices> PreparedAsync(PostgresFixture postgres, CancellationToken cancellation)
    {
        var store = await RunningServices.PrepareAsync(postgres, true, cancellation);
        await ServiceTables.CreateAsync(store.Database, cancellation: cancellation);
        return store;
    }

    private static PartitionCommit Commit(string stream, int version)
    {
        var fact = new FundsDeposited(new PartyId("p"), 5) { At = SimulatedTime.On(new(2025, 1, 2)), By = new PartyId("p") };
        var batch = new EventBatch(1, 256);
        batch.Add(stream, version, EventTypeName.For(fact.GetType(), EventRegistry.NameOf(fact)), EventJson.Write(fact));
        return new PartitionCommit(batch, [], FeedPosition.Start, [], 0);
    }
}
