using RabbitMQ.Client;

namespace DataExchange.RabbitMq.Tests;

/// <summary>Messages that come twice, late and in another order, on a real broker.</summary>
public sealed class DisturbingRelayTests(DataExchange.Testing.RabbitMqFixture fixture)
{
    private const int Messages = 200;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("classic")]
    [InlineData("quorum")]
    public async Task Every_message_comes_some_twice_and_not_in_order_and_afterwards_all_is_as_before(string type)
    {
        var name = "disturbed-" + type;
        await using var client = await Client.ConnectAsync(fixture.Broker.Uri);
        await client.Channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, cancellationToken: Ct);
        await client.DeclareAsync(name, type);
        await client.Channel.QueueBindAsync(name, name, "", cancellationToken: Ct);

        Disturbance done;
        await using (var relay = await DisturbingRelay.BetweenAsync(fixture.Broker.Uris, [name], 7, type == "quorum", Ct))
        {
            for (var number = 0; number < Messages; number++)
            {
                await client.Channel.BasicPublishAsync(name, "", mandatory: true, System.Text.Encoding.UTF8.GetBytes($"{number}"), Ct);
            }

            await relay.DisposeAsync();
            done = relay.Done;
        }

        var taken = await client.TakeAllAsync(name);
        Assert.Equal(Enumerable.Range(0, Messages), taken.Distinct().Order());
        Assert.Equal(Messages, done.Messages);
        Assert.InRange(done.Doubled, 30, 90);
        Assert.Equal(Messages + done.Doubled, taken.Count);
        Assert.True(taken.Zip(taken.Skip(1)).Count(two => two.First > two.Second) > 20);

        await client.Channel.BasicPublishAsync(name, "", mandatory: true, "7"u8.ToArray(), Ct);
        Assert.Equal([7], await client.TakeAllAsync(name));
        Assert.DoesNotContain(await fixture.Broker.ListQueuesAsync(Ct), queue => queue.Name.StartsWith(name + ".", StringComparison.Ordinal));
    }
}
