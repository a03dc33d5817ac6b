using DataExchange.Domain;
using DataExchange.Domain.Settlement;
using DataExchange.EventStore.Serialization;
using DataExchange.Services.Messages;
using DataExchange.Testing;
using MassTransit;
using RabbitMQ.Client;

namespace DataExchange.Services.Tests;

/// <summary>Two stores' services at one RabbitMQ: neither gets what is the other's, and what is brought to it all the same is put aside for all to see.</summary>
[Collection(BrokerCollection.Name)]
public sealed class StoresAtOneBrokerTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    private static readonly SimulatedTime Now = SimulatedTime.On(new(2026, 3, 2));

    [Fact]
    public async Task Two_stores_at_one_broker_each_get_their_own_commands_and_facts()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var one = await StartAsync("rights", cancellation);
        await using var other = await StartAsync("rights", cancellation);
        var heard = 0L;
        var listening = await other.Bus.ListenAsync<FeedProgress>(progress => Interlocked.Exchange(ref heard, Math.Max(Volatile.Read(ref heard), progress.Sequence)));

        await Task.WhenAll(Enumerable.Range(0, 60).SelectMany(number => ((RunningServices[])[one, other]).Select((services, index) =>
            services.Sender.SendAsync(Guid.NewGuid(), new DepositFunds(Party(index), 100 + number) { At = Now, By = Party(index) }, cancellation))));
        await one.Sender.SendAsync(Guid.NewGuid(), new DepositFunds(Party(0), 1) { At = Now, By = Party(0) }, cancellation);
        await other.RestAsync(cancellation);

        Assert.Equal((61, 60), ((await one.FactsAsync(cancellation)).Count, (await other.FactsAsync(cancellation)).Count));
        Assert.All(await one.FactsAsync(cancellation), fact => Assert.Equal("account/p0", fact.Stream));
        Assert.All(await other.FactsAsync(cancellation), fact => Assert.Equal("account/p1", fact.Stream));
        for (var tries = 0; tries < 100 && Volatile.Read(ref heard) < 60; tries++)
        {
            await Task.Delay(100, cancellation);
        }

        // The feed of the other store, which is one fact further, is not heard here.
        await Task.Delay(1_000, cancellation);
        Assert.Equal(60, Volatile.Read(ref heard));
        Assert.Equal(0, await one.CountAsync("service_quarantine", cancellation));
        Assert.Equal(0, await other.CountAsync("service_quarantine", cancellation));
        await listening.StopAsync(cancellation);
    }

    [Fact]
    public async Task A_message_of_another_store_is_put_aside_and_its_sender_told()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var ours = await StartAsync("rights", cancellation);
        await using var theirs = await RunningServices.PrepareAsync(postgres, true, cancellation, ConnectAsync);
        var command = new CommandEnvelope(
            Guid.NewGuid(), "DepositFunds", new RawJson(CommandCodec.WriteUtf8(new DepositFunds(Party(7), 7) { At = Now, By = Party(7) })));
        var address = ours.Bus.AddressOf("settlement");

        // By a mistake in an address, twice; and facts that would have followed.
        var client = theirs.Bus.Bus.CreateRequestClient<SubmitCommands>(address, TimeSpan.FromSeconds(20));
        var first = await client.GetResponse<CommandAnswers>(new SubmitCommands([command]), cancellation);
        var second = await client.GetResponse<CommandAnswers>(new SubmitCommands([command]), cancellation);
        await (await theirs.Bus.Bus.GetSendEndpoint(address)).Send(new ApplyFacts(0, int.MaxValue, 5, int.MaxValue, []), cancellation);
        for (var tries = 0; tries < 100 && await ours.CountAsync("service_quarantine", cancellation) < 2; tries++)
        {
            await Task.Delay(100, cancellation);
        }

        var shelf = new QuarantineShelf(ours.Database);
        var aside = await shelf.ListAsync(cancellation);
        Assert.Equal(["ApplyFacts", "SubmitCommands"], aside.Select(message => message.Reason.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.All(aside, message => Assert.Equal(("foreign", "settlement"), (message.Kind, message.Partition)));
        Assert.All(aside, message => Assert.Contains($"is of store {theirs.Bus.Store}, and this is store {ours.Bus.Store}", message.Reason, StringComparison.Ordinal));
        Assert.Contains("DepositFunds", Assert.Single(aside, message => message.Reason.StartsWith("Submit", StringComparison.Ordinal)).Content, StringComparison.Ordinal);
        Assert.Equal(aside.First(message => message.Reason.StartsWith("Submit", StringComparison.Ordinal)).Reason, first.Message.Answers[0].Fault);
        Assert.Equal(first.Message.Answers[0].Fault, second.Message.Answers[0].Fault);
        await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => shelf.ReplayAsync(aside[0], ours.Sender, cancellation));

        // Nothing of it was handled, and the partition goes on.
        Assert.Equal(0, await ours.CountAsync("mt_events", cancellation));
        Assert.Equal(0, await ours.CountAsync("service_partition WHERE cursor_sequence > 0", cancellation));
        Assert.True((await ours.Sender.SendAsync(command.Id, new DepositFunds(Party(1), 7) { At = Now, By = Party(1) }, cancellation)).IsAccepted);
    }

    [Fact]
    public async Task A_message_that_names_no_store_is_put_aside()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var ours = await StartAsync("rights", cancellation);
        await using var connection = await new ConnectionFactory { Uri = rabbit.Broker.Uri }.CreateConnectionAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var body = System.Text.Encoding.UTF8.GetBytes(
            """{"messageId":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","messageType":["urn:message:DataExchange.Services.Messages:ApplyFacts"],"message":{"fromSequence":0,"fromIndex":2147483647,"toSequence":3,"toIndex":2147483647,"facts":"W10="},"headers":{}}""");

        await channel.BasicPublishAsync(
            "", ours.Bus.QueueOf("settlement"), false, new BasicProperties { ContentType = "application/vnd.masstransit+json" }, body, cancellation);
        for (var tries = 0; tries < 100 && await ours.CountAsync("service_quarantine", cancellation) == 0; tries++)
        {
            await Task.Delay(100, cancellation);
        }

        Assert.Contains("no store that it names", Assert.Single(await new QuarantineShelf(ours.Database).ListAsync(cancellation)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_do_not_start_on_the_bus_of_another_store()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var ours = await RunningServices.PrepareAsync(postgres, true, cancellation);
        await using var theirs = await RunningServices.PrepareAsync(postgres, true, cancellation);
        using var keys = SmallMarket.Keys();

        var refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            ExchangeServices.StartAsync(ours.Database, theirs.Bus, keys, ours.Metrics, RunningServices.Options(), cancellation));

        Assert.Contains(theirs.Bus.Store, refused.Message, StringComparison.Ordinal);
        Assert.Contains(ours.Bus.Store, refused.Message, StringComparison.Ordinal);
    }

    private static PartyId Party(int number) => new($"p{number}");

    private Task<ServiceBus> ConnectAsync(string store) => ServiceBus.StartRabbitMqAsync(rabbit.Broker.Uris, isReplicated: false, store, TestContext.Current.CancellationToken);

    private async Task<RunningServices> StartAsync(string beside, CancellationToken cancellation)
    {
        var services = await RunningServices.PrepareAsync(postgres, true, cancellation, ConnectAsync);
        await services.StartAsync(RunningServices.Options(services: ["settlement", beside, ServiceOptions.Feed]), cancellation);
        return services;
    }
}
