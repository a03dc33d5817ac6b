using System.Diagnostics;
using RabbitMQ.Client.Exceptions;

namespace DataExchange.RabbitMq.Tests;

public sealed class ClusterTests
{
    private const int OfAnother = 1_000_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ITestOutputHelper? Output => TestContext.Current.TestOutputHelper;

    [Fact]
    public async Task What_three_nodes_confirmed_is_consumed_after_the_leader_was_killed()
    {
        using var folder = new DataFolder();
        var broker = await PrivateBroker.StartAsync(folder.Options with { Nodes = 3 }, Ct);
        try
        {
            Output?.WriteLine($"started in {broker.StartTime.TotalSeconds:0.0} s");
            Assert.True(await broker.WaitUntilHealthyAsync(TimeSpan.FromSeconds(30), Ct));
            Assert.Equal(3, broker.Uris.Distinct().Count());
            await using (var first = await Client.ConnectAsync(broker.Uris))
            {
                await first.DeclareAsync("kept", "quorum");
            }

            var queue = Assert.Single(await broker.ListQueuesAsync(Ct));
            Assert.Equal(["dx1@localhost", "dx2@localhost", "dx3@localhost"], queue.Members.Order(StringComparer.Ordinal));
            var leader = broker.Nodes.Single(node => node.Name == queue.Leader);
            var others = broker.Nodes.Except([leader]).ToArray();

            // One publishes through the leader, whose connection goes with the queue's leader; another through a node that stays.
            var byLeader = new Numbers();
            var byOther = new Numbers();
            using var stop = new CancellationTokenSource();
            var cut = PublishAsync(leader.Uri, 0, byLeader, stop.Token);
            var going = PublishAsync(others[0].Uri, OfAnother, byOther, stop.Token);
            await Task.WhenAll(byLeader.ReachAsync(200, Ct), byOther.ReachAsync(200, Ct));
            await broker.KillNodeAsync(leader.Index, Ct);
            await cut;
            Assert.False(leader.IsRunning);
            Assert.False(await broker.IsClusterHealthyAsync(Ct));
            Assert.Null(broker.Diagnose());
            await byOther.ReachAsync(byOther.All.Length + 200, Ct);
            await stop.CancelAsync();
            await going;

            await using (var survivor = await Client.ConnectAsync(others.Select(node => node.Uri)))
            {
                var taken = await survivor.TakeAllAsync("kept");
                Output?.WriteLine($"{byLeader.All.Length} and {byOther.All.Length} confirmed, {taken.Count} taken");
                Assert.Empty(byLeader.All.Concat(byOther.All).Except(taken));
                Assert.Equal(taken.Count, taken.Distinct().Count());
            }

            var watch = Stopwatch.StartNew();
            await broker.StartNodeAsync(leader.Index, Ct);
            Assert.True(await broker.WaitUntilHealthyAsync(TimeSpan.FromSeconds(60), Ct));
            Output?.WriteLine($"whole again in {watch.Elapsed.TotalSeconds:0.0} s");
            await using (var back = await Client.ConnectAsync(leader.Uri))
            {
                await back.PublishAsync("kept", 7);
            }

            // As a power cut: all at once, with nobody left who knows what was last.
            await Task.WhenAll(broker.Nodes.Select(node => broker.KillNodeAsync(node.Index, Ct)));
            await Assert.ThrowsAsync<BrokerUnavailableException>(() => broker.ListQueuesAsync(Ct));
            await broker.StartNodesAsync(Ct);
            Assert.True(await broker.WaitUntilHealthyAsync(TimeSpan.FromSeconds(60), Ct));
            await using var last = await Client.ConnectAsync(broker.Uris);
            Assert.Equal([7], await last.TakeAllAsync("kept"));
        }
        finally
        {
            await broker.DiscardAsync();
        }

        Assert.False(Directory.Exists(folder.Broker));
    }

    /// <summary>Publishes one number after the other until told to stop or the connection is gone; notes those that were confirmed.</summary>
    private static async Task PublishAsync(Uri uri, int from, Numbers confirmed, CancellationToken stop)
    {
        var client = await Client.ConnectAsync(uri);
        try
        {
            for (var number = from; !stop.IsCancellationRequested; number++)
            {
                try
                {
                    await client.PublishAsync("kept", number);
                    confirmed.Add(number);
                }
                catch (PublishException)
                {
                    // Refused: it is in the queue or not, nobody said that it was.
                }
            }
        }
        catch (Exception cut) when (cut is AlreadyClosedException or OperationInterruptedException or IOException)
        {
        }
        finally
        {
            await client.AbandonAsync();
        }
    }

    private sealed class Numbers
    {
        private readonly List<int> _all = [];

        public int[] All
        {
            get
            {
                lock (_all)
                {
                    return [.. _all];
                }
            }
        }

        public void Add(int number)
        {
            lock (_all)
            {
                _all.Add(number);
            }
        }

        public async Task ReachAsync(int count, CancellationToken ct)
        {
            for (var left = TimeSpan.FromSeconds(60); All.Length < count; left -= TimeSpan.FromMilliseconds(10))
            {
                Assert.True(left > TimeSpan.Zero, $"{All.Length} of {count} were confirmed in 60 s.");
                await Task.Delay(10, ct);
            }
        }
    }
}
