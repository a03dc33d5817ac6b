using System.Collections.Concurrent;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace DataExchange.Services.Telemetry;

/// <summary>How many messages wait in queues, those that were handed out and not acknowledged left aside.</summary>
internal interface IQueueDepths : IAsyncDisposable
{
    /// <summary>Asks; a queue that is not there is left out, and all are where the broker does not answer.</summary>
    ValueTask<IReadOnlyList<KeyValuePair<string, long>>> ReadAsync(IEnumerable<string> queues, CancellationToken cancellation);
}

/// <summary>The in-memory transport tells nothing of its queues: what is sent less what is taken waits.</summary>
internal sealed class MemoryQueueDepths : IQueueDepths, ISendObserver, IReceiveObserver
{
    private readonly ConcurrentDictionary<string, long> _waiting = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<KeyValuePair<string, long>>> ReadAsync(IEnumerable<string> queues, CancellationToken cancellation) =>
        new([.. queues.Select(queue => KeyValuePair.Create(queue, Math.Max(0, _waiting.GetValueOrDefault(queue))))]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task PostSend<T>(SendContext<T> context)
        where T : class => CountAsync(context.DestinationAddress, 1);

    public Task PreReceive(ReceiveContext context) => CountAsync(context.InputAddress, -1);

    public Task PreSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;

    private Task CountAsync(Uri? address, int messages)
    {
        if (address?.AbsolutePath is { } path)
        {
            _waiting.AddOrUpdate(path[(path.LastIndexOf('/') + 1)..], messages, (_, waiting) => waiting + messages);
        }

        return Task.CompletedTask;
    }
}

/// <summary>RabbitMQ says it when a queue is declared that exists: no management plugin is needed for that.</summary>
/// <param name="brokers">Nodes of the cluster.</param>
internal sealed class RabbitQueueDepths(IReadOnlyList<Uri> brokers) : IQueueDepths
{
    private IConnection? _connection;
    private IChannel? _channel;

    public async ValueTask<IReadOnlyList<KeyValuePair<string, long>>> ReadAsync(IEnumerable<string> queues, CancellationToken cancellation)
    {
        var found = new List<KeyValuePair<string, long>>();
        try
        {
            foreach (var queue in queues)
            {
                var channel = await ChannelAsync(cancellation).ConfigureAwait(false);
                try
                {
                    found.Add(new(queue, (await channel.QueueDeclarePassiveAsync(queue, cancellation).ConfigureAwait(false)).MessageCount));
                }
                catch (OperationInterruptedException failure) when (failure.ShutdownReason?.ReplyCode == 404)
                {
                    // Nobody has taken the partition yet. The server closes the channel with that answer.
                    await CloseChannelAsync().ConfigureAwait(false);
                }
            }

            return found;
        }
        catch (Exception failure) when (failure is RabbitMQClientException or IOException or TimeoutException)
        {
            await DisposeAsync().ConfigureAwait(false);
            return [];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseChannelAsync().ConfigureAwait(false);
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task CloseChannelAsync()
    {
        if (_channel is { } channel)
        {
            _channel = null;
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<IChannel> ChannelAsync(CancellationToken cancellation)
    {
        if (_connection is null)
        {
            var factory = new ConnectionFactory
            {
                Uri = brokers[0], AutomaticRecoveryEnabled = false, RequestedConnectionTimeout = TimeSpan.FromSeconds(5), ContinuationTimeout = TimeSpan.FromSeconds(5),
            };
            _connection = await factory.CreateConnectionAsync(
                [.. brokers.Select(broker => new AmqpTcpEndpoint(broker, factory.Ssl))], "dx queue depths", cancellation).ConfigureAwait(false);
        }

        return _channel ??= await _connection.CreateChannelAsync(cancellationToken: cancellation).ConfigureAwait(false);
    }
}
