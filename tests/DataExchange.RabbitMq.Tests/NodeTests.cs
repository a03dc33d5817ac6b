using DataExchange.Testing;

[assembly: AssemblyFixture(typeof(RabbitMqFixture))]

namespace DataExchange.RabbitMq.Tests;

/// <summary>One node, shared by the tests that leave it as it is.</summary>
public sealed class NodeTests(RabbitMqFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_confirmed_message_is_delivered()
    {
        await using var client = await Client.ConnectAsync(fixture.Broker.Uri);
        await client.DeclareAsync("node-delivered", "classic");
        await client.PublishAsync("node-delivered", 42);
        Assert.Equal([42], await client.TakeAllAsync("node-delivered"));
    }

    [Fact]
    public async Task Queues_are_listed_with_their_messages_and_consumers()
    {
        await using var client = await Client.ConnectAsync(fixture.Broker.Uri);
        await client.DeclareAsync("node-listed", "quorum");
        await client.PublishAsync("node-listed", 1);
        await client.PublishAsync("node-listed", 2);
        var queue = await Eventually(queue => queue.Messages == 2);
        Assert.Equal("quorum", queue.Type);
        Assert.Equal(0, queue.Consumers);
        Assert.Equal("dx1@localhost", queue.Leader);
        Assert.Equal(["dx1@localhost"], queue.Online);

        async Task<BrokerQueue> Eventually(Func<BrokerQueue, bool> isIt)
        {
            for (var tries = 0; ; tries++)
            {
                var found = (await fixture.Broker.ListQueuesAsync(Ct)).SingleOrDefault(one => one.Name == "node-listed");
                if ((found is not null && isIt(found)) || tries == 100)
                {
                    return Assert.IsType<BrokerQueue>(found);
                }

                await Task.Delay(100, Ct);
            }
        }
    }

    [Fact]
    public async Task The_node_says_that_it_is_healthy()
    {
        Assert.True(await fixture.Broker.WaitUntilHealthyAsync(TimeSpan.FromSeconds(30), Ct));
        Assert.Null(fixture.Broker.Diagnose());
        Assert.Matches(@"^\d+\.\d+\.\d+", fixture.Broker.Version);
    }

    [Fact]
    public async Task Metrics_are_there_for_Prometheus()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Contains("rabbitmq_queues", await http.GetStringAsync(fixture.Broker.Nodes[0].PrometheusUri, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_listens_on_loopback_only()
    {
        var node = fixture.Broker.Nodes[0];
        int[] ports = [node.Port, node.DistributionPort, node.ManagementPort, node.PrometheusPort];

        // Lines of /proc/net/tcp: number, local address:port in hexadecimal, remote, state (0A: listening); of tcp6 the same.
        var listeners = (await File.ReadAllLinesAsync("/proc/net/tcp", Ct)).Concat(await File.ReadAllLinesAsync("/proc/net/tcp6", Ct))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields[3] == "0A")
            .Select(fields => fields[1].Split(':')).ToLookup(place => Convert.ToInt32(place[1], 16), place => place[0]);
        Assert.All(ports, port => Assert.Equal(["0100007F"], listeners[port]));
    }

    [Fact]
    public async Task The_well_known_guest_is_not_let_in()
    {
        var guest = new UriBuilder(fixture.Broker.Uri) { UserName = "guest", Password = "guest" }.Uri;
        await Assert.ThrowsAsync<RabbitMQ.Client.Exceptions.BrokerUnreachableException>(() => Client.ConnectAsync(guest));
    }
}
