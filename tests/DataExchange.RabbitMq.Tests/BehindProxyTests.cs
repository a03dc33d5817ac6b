using DataExchange.Testing;
using RabbitMQ.Client.Exceptions;

namespace DataExchange.RabbitMq.Tests;

/// <summary>What clients of a broker see of faults on the way to it.</summary>
public sealed class BehindProxyTests(RabbitMqFixture fixture) : IAsyncLifetime
{
    private FaultProxy? _proxy;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FaultProxy Proxy => _proxy!;

    private Uri Uri => Proxy.Through(fixture.Broker.Uri);

    public ValueTask InitializeAsync()
    {
        _proxy = FaultProxy.To(fixture.Broker.Nodes[0].Port);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => Proxy.DisposeAsync();

    [Fact]
    public async Task After_a_cut_no_client_gets_through_until_it_is_healed()
    {
        var client = await Client.ConnectAsync(Uri);
        await client.DeclareAsync("proxy-cut", "classic");
        await client.PublishAsync("proxy-cut", 1);
        Proxy.Cut();
        await Assert.ThrowsAnyAsync<Exception>(() => client.PublishAsync("proxy-cut", 2));
        await client.AbandonAsync();
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => Client.ConnectAsync(Uri));

        Proxy.Heal();
        await using var again = await Client.ConnectAsync(Uri);
        await again.PublishAsync("proxy-cut", 3);
        var taken = await again.TakeAllAsync("proxy-cut");
        Assert.Equal([1, 3], taken.Where(number => number != 2));
    }

    [Fact]
    public async Task A_confirm_that_is_held_comes_when_healed_and_the_message_was_there_all_along()
    {
        await using var client = await Client.ConnectAsync(Uri);
        await client.DeclareAsync("proxy-held", "classic");
        Proxy.Freeze(Directions.ToClient);
        var publishing = client.PublishAsync("proxy-held", 1);
        await using (var direct = await Client.ConnectAsync(fixture.Broker.Uri))
        {
            List<int> taken = [];
            for (var tries = 0; taken.Count == 0 && tries < 100; tries++)
            {
                taken = await direct.TakeAllAsync("proxy-held");
                await Task.Delay(20, Ct);
            }

            Assert.Equal([1], taken);
        }

        Assert.False(publishing.IsCompleted);
        Proxy.Heal();
        await publishing;
    }
}
