using System.Globalization;
using System.Text;
using DataExchange.Testing;
using RabbitMQ.Client;

namespace DataExchange.Services.Tests;

/// <summary>
/// What RabbitMQ's consistent-hash exchange does and does not promise: why auditors take their shares by it and commands do not
/// (docs/decisions/0046-auditors-share-streams-by-the-broker-s-hash.md).
/// </summary>
[Collection(BrokerCollection.Name)]
public sealed class ConsistentHashTests(RabbitMqFixture rabbit)
{
    private const int Keys = 1_000;

    [Fact]
    public async Task All_messages_of_a_key_are_in_one_queue_in_order_as_long_as_no_binding_changes()
    {
        await using var broker = await OpenAsync(3);
        var place = new Dictionary<string, string>();
        for (var round = 0; round < 3; round++)
        {
            await PublishAsync(broker.Channel, broker.Name, round);
        }

        foreach (var queue in broker.Queues)
        {
            foreach (var key in (await TakeAsync(broker.Channel, queue)).GroupBy(message => message.Key))
            {
                Assert.True(place.TryAdd(key.Key, queue), $"{key.Key} is in two queues");
                Assert.Equal([0, 1, 2], key.Select(message => message.Round));
            }
        }

        Assert.Equal(Keys, place.Count);
        var spread = broker.Queues.Select(queue => place.Values.Count(at => at == queue)).ToArray();
        Say($"{Keys} keys over 3 queues: {string.Join(", ", spread)}");
        Assert.All(spread, count => Assert.InRange(count, Keys / 6, Keys / 2));
        // It is not by our function: a queue is no partition of ours.
        var map = new PartitionMap(3);
        Assert.Contains(place, key => map.OwnerOf("deal/" + key.Key)[^1] != key.Value[^1]);
    }

    [Fact]
    public async Task A_changed_binding_moves_keys_while_what_was_sent_before_is_where_it_was()
    {
        await using var broker = await OpenAsync(3);
        await PublishAsync(broker.Channel, broker.Name, 0);
        await broker.AddAsync();
        await PublishAsync(broker.Channel, broker.Name, 1);
        // The first queue goes, as that of a process that dies does, with what is in it.
        var before = new Dictionary<string, List<(string Queue, int Round)>>();
        foreach (var queue in broker.Queues)
        {
            foreach (var (key, round) in await TakeAsync(broker.Channel, queue))
            {
                before.TryAdd(key, []);
                before[key].Add((queue, round));
            }
        }

        var torn = before.Count(key => key.Value.Select(one => one.Queue).Distinct().Count() > 1);
        Say($"a fourth queue: {torn} of {Keys} keys are in two queues at once, with the earlier message in one and the later in another");
        Assert.InRange(torn, Keys / 8, Keys / 2);

        await broker.Channel.QueueDeleteAsync(broker.Queues[0], cancellationToken: TestContext.Current.CancellationToken);
        await PublishAsync(broker.Channel, broker.Name, 2);
        var (moved, orphaned) = (0, 0);
        foreach (var queue in broker.Queues.Skip(1))
        {
            foreach (var (key, _) in await TakeAsync(broker.Channel, queue))
            {
                var had = before[key].Single(one => one.Round == 1).Queue;
                orphaned += had == broker.Queues[0] ? 1 : 0;
                moved += had != queue && had != broker.Queues[0] ? 1 : 0;
            }
        }

        Say($"one of four goes: {orphaned} of {Keys} keys were its own, and {moved} others move too");
        Assert.InRange(orphaned, Keys / 8, Keys / 2);
    }

    private static void Say(FormattableString text) => TestContext.Current.SendDiagnosticMessage(text.ToString(CultureInfo.InvariantCulture));

    private static async Task PublishAsync(IChannel channel, string exchange, int round)
    {
        for (var key = 0; key < Keys; key++)
        {
            await channel.BasicPublishAsync(
                exchange, $"D{key}", false, new BasicProperties(), Encoding.UTF8.GetBytes($"D{key} {round}"), TestContext.Current.CancellationToken);
        }
    }

    private static async Task<List<(string Key, int Round)>> TakeAsync(IChannel channel, string queue)
    {
        var taken = new List<(string, int)>();
        while (await channel.BasicGetAsync(queue, autoAck: true, TestContext.Current.CancellationToken) is { } message)
        {
            var parts = Encoding.UTF8.GetString(message.Body.Span).Split(' ');
            taken.Add((parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)));
        }

        return taken;
    }

    private async Task<Exchange> OpenAsync(int queues)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var connection = await new ConnectionFactory { Uri = rabbit.Broker.Uri }.CreateConnectionAsync(cancellation);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellation);
        var exchange = new Exchange(connection, channel, $"hash-{Guid.NewGuid():N}");
        await channel.ExchangeDeclareAsync(exchange.Name, "x-consistent-hash", durable: false, autoDelete: true, cancellationToken: cancellation);
        for (var i = 0; i < queues; i++)
        {
            await exchange.AddAsync();
        }

        return exchange;
    }

    private sealed class Exchange(IConnection connection, IChannel channel, string name) : IAsyncDisposable
    {
        internal IChannel Channel => channel;

        internal string Name => name;

        internal List<string> Queues { get; } = [];

        internal async Task AddAsync()
        {
            var queue = $"{name}-{Queues.Count}";
            await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: TestContext.Current.CancellationToken);
            await channel.QueueBindAsync(queue, name, "1", cancellationToken: TestContext.Current.CancellationToken);
            Queues.Add(queue);
        }

        public async ValueTask DisposeAsync()
        {
            await channel.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
