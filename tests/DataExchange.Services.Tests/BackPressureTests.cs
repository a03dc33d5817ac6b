using System.Collections.Concurrent;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;
using DataExchange.Services.Messages;
using DataExchange.Testing;
using MassTransit;

namespace DataExchange.Services.Tests;

/// <summary>Partitions that cannot keep up: what they have not handled waits in the store, and nobody else waits for them.</summary>
public sealed class BackPressureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_partition_gets_so_many_messages_ahead_and_the_rest_in_order_when_it_has_handled_them()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.PrepareAsync(postgres, false, cancellation);
        await ServiceTables.CreateAsync(services.Database, cancellation: cancellation);
        var got = new ConcurrentQueue<ApplyFacts>();
        var handle = await services.Bus.ReceiveAsync("settlement", endpoint => endpoint.Handler<ApplyFacts>(message =>
        {
            got.Enqueue(message.Message);
            return Task.CompletedTask;
        }));
        var facts = await SmallMarket.FactsAsync();
        using var metrics = new ServiceMetrics();
        using var keys = SmallMarket.Keys();
        await using var sender = new CommandSender(services.Bus, new PartitionMap(1), TimeSpan.FromMinutes(1));
        var options = RunningServices.Options() with { Patience = TimeSpan.FromMinutes(1) };
        using var lanes = new FeedLanes(new ServiceContext(services.Database, services.Bus, new PartitionMap(1), sender, keys, metrics, options), mostAhead: 1);

        // Nobody handles anything: the first message is all that it gets, however much there is, and however often the feed looks.
        await lanes.PrepareAsync(facts.Count, cancellation);
        await lanes.CatchUpAsync(cancellation);
        await UntilAsync(() => !got.IsEmpty, cancellation);
        await Task.Delay(300, cancellation);
        Assert.Single(got);

        for (var expected = 2; got.Last().ToSequence < facts.Count - 50 && expected < 20; expected++)
        {
            await HandleAsync(services, got.Last(), cancellation);
            await lanes.CatchUpAsync(cancellation);
            await UntilAsync(() => got.Count >= expected, cancellation);
            Assert.Equal(expected, got.Count);
        }

        Assert.True(got.Count > 1, "The market is too small for this.");
        var concerned = facts.Select((fact, index) => (Fact: fact, Sequence: (long)index + 1))
            .Where(one => Reactions.To(one.Fact.Data).Any(reaction => new PartitionMap(1).OwnerOf(reaction.Stream) == "settlement")).Select(one => one.Sequence);
        Assert.Equal(concerned.Where(sequence => sequence <= got.Last().ToSequence), got.SelectMany(message => message.Facts).Select(fact => fact.Sequence));
        Assert.Equal(got.SkipLast(1).Select(message => message.ToSequence), got.Skip(1).Select(message => message.FromSequence));
        await handle.StopAsync(cancellation);
    }

    [Fact]
    public async Task A_partition_that_is_further_than_the_feed_knows_holds_nobody_up()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.PrepareAsync(postgres, false, cancellation);
        await ServiceTables.CreateAsync(services.Database, cancellation: cancellation);
        // As after a crash between sending facts and noting that they were sent: one partition has handled all of them by then.
        var facts = await SmallMarket.FactsAsync();
        await using (var ahead = services.Database.CreateCommand(
            $"INSERT INTO {EventStore.Schemas.Default}.service_partition (name, epoch, cursor_sequence, cursor_index) VALUES ('rights', 1, $1, {FeedPosition.Whole})"))
        {
            ahead.Parameters.Add(new() { Value = (long)facts.Count });
            await ahead.ExecuteNonQueryAsync(cancellation);
        }

        var got = new ConcurrentQueue<ApplyFacts>();
        var handle = await services.Bus.ReceiveAsync("settlement", endpoint => endpoint.Handler<ApplyFacts>(message =>
        {
            got.Enqueue(message.Message);
            return Task.CompletedTask;
        }));
        using var metrics = new ServiceMetrics();
        using var keys = SmallMarket.Keys();
        await using var sender = new CommandSender(services.Bus, new PartitionMap(1), TimeSpan.FromMinutes(1));
        using var lanes = new FeedLanes(new ServiceContext(services.Database, services.Bus, new PartitionMap(1), sender, keys, metrics, RunningServices.Options()));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        await Task.Run(() => lanes.PrepareAsync(facts.Count / 2, limit.Token), cancellation).WaitAsync(TimeSpan.FromSeconds(30), cancellation);
        await UntilAsync(() => !got.IsEmpty && got.Last().ToSequence == facts.Count / 2, cancellation);
        await handle.StopAsync(cancellation);
    }

    [Fact]
    public async Task A_message_that_was_lost_does_not_stop_the_ones_behind_it_for_ever()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var services = await RunningServices.PrepareAsync(postgres, false, cancellation);
        await ServiceTables.CreateAsync(services.Database, cancellation: cancellation);
        var got = 0;
        var handle = await services.Bus.ReceiveAsync("settlement", endpoint => endpoint.Handler<ApplyFacts>(_ =>
        {
            Interlocked.Increment(ref got);
            return Task.CompletedTask;
        }));
        using var metrics = new ServiceMetrics();
        using var keys = SmallMarket.Keys();
        await using var sender = new CommandSender(services.Bus, new PartitionMap(1), TimeSpan.FromMinutes(1));
        var options = RunningServices.Options() with { Patience = TimeSpan.FromMilliseconds(500) };
        using var lanes = new FeedLanes(new ServiceContext(services.Database, services.Bus, new PartitionMap(1), sender, keys, metrics, options), mostAhead: 1);
        await lanes.PrepareAsync((await SmallMarket.FactsAsync()).Count, cancellation);
        await UntilAsync(() => Volatile.Read(ref got) >= 1, cancellation);

        await Task.Delay(600, cancellation);
        await lanes.CatchUpAsync(cancellation);

        await UntilAsync(() => Volatile.Read(ref got) >= 2, cancellation);
        await handle.StopAsync(cancellation);
    }

    private static async Task HandleAsync(RunningServices services, ApplyFacts message, CancellationToken cancellation)
    {
        await using var note = services.Database.CreateCommand(
            $"""
            INSERT INTO {EventStore.Schemas.Default}.service_partition (name, epoch, owner, held_until, cursor_sequence, cursor_index)
            VALUES ('settlement', 1, 'a test', now(), $1, $2) ON CONFLICT (name) DO UPDATE SET cursor_sequence = excluded.cursor_sequence, cursor_index = excluded.cursor_index
            """);
        note.Parameters.Add(new() { Value = message.ToSequence });
        note.Parameters.Add(new() { Value = message.ToIndex });
        await note.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task UntilAsync(Func<bool> isSo, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isSo())
        {
            await Task.Delay(20, late.Token);
        }
    }
}
