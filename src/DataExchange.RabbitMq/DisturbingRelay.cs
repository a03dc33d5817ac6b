using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace DataExchange.RabbitMq;

/// <summary>What a <see cref="DisturbingRelay"/> did.</summary>
/// <param name="Messages">Messages that went through it.</param>
/// <param name="Doubled">Of these, how many came twice, the second time up to two seconds later and so behind others.</param>
/// <param name="Late">How many were held for a while, so that those behind them overtook them.</param>
/// <param name="Swapped">How many came after the one behind them.</param>
public sealed record Disturbance(long Messages, long Doubled, long Late, long Swapped);

/// <summary>
/// Stands between exchanges and the queues of the same names on a real broker, and hands messages on twice, late, and in another order, as a seed says.
/// Nothing is lost: a message is acknowledged when it has been handed on.
/// </summary>
/// <remarks>
/// The bindings from exchange to queue are replaced by one to a queue of its own, and put back at the end. Whoever binds the queue again meanwhile gets
/// messages on both ways. Of the draws only the seed decides; in which order messages come to them is the broker's doing.
/// </remarks>
public sealed class DisturbingRelay : IAsyncDisposable
{
    private const string Suffix = ".disturbed";
    private static readonly TimeSpan LongestSwap = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);
    private readonly IReadOnlyList<Uri> _nodes;
    private readonly string[] _queues;
    private readonly Dictionary<string, object?> _kind;
    private readonly Random _random;
    private readonly Lock _guard = new();
    private readonly List<Task> _underWay = [];
    private readonly Dictionary<string, TaskCompletionSource> _held = new(StringComparer.Ordinal);
    private IConnection _connection = null!;
    private IChannel _channel = null!;
    private bool _isDisposed;
    private long _messages;
    private long _doubled;
    private long _late;
    private long _swapped;

    private DisturbingRelay(IReadOnlyList<Uri> nodes, IEnumerable<string> queues, int seed, bool isReplicated)
    {
        (_nodes, _queues) = (nodes, [.. queues]);
        _kind = new Dictionary<string, object?> { ["x-queue-type"] = isReplicated ? "quorum" : "classic" };
        // System.Random with a seed gives the same numbers on every machine and version.
        _random = new Random(seed);
    }

    /// <summary>What it did so far.</summary>
    public Disturbance Done => new(Interlocked.Read(ref _messages), Interlocked.Read(ref _doubled), Interlocked.Read(ref _late), Interlocked.Read(ref _swapped));

    /// <summary>Steps between some exchanges and the queues of the same names.</summary>
    /// <param name="nodes">Nodes of the broker, one or more.</param>
    /// <param name="queues">Names of durable queues, each bound to an exchange of the same name by an empty key.</param>
    /// <param name="seed">What the draws are made from.</param>
    /// <param name="isReplicated">Whether its own queues are quorum queues, as in a cluster of which a node may fail.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="BrokerUnavailableException">No node can be reached.</exception>
    public static async Task<DisturbingRelay> BetweenAsync(
        IReadOnlyList<Uri> nodes, IEnumerable<string> queues, int seed, bool isReplicated, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentOutOfRangeException.ThrowIfZero(nodes.Count);
        var relay = new DisturbingRelay(nodes, queues, seed, isReplicated);
        try
        {
            await relay.ConnectAsync(cancellation).ConfigureAwait(false);
            foreach (var queue in relay._queues)
            {
                await relay.StepBetweenAsync(queue, cancellation).ConfigureAwait(false);
            }

            return relay;
        }
        catch (Exception failure) when (failure is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException)
        {
            await relay.DisposeAsync().ConfigureAwait(false);
            throw new BrokerUnavailableException($"The way of messages cannot be disturbed: {failure.Message}");
        }
    }

    /// <summary>Steps aside: bindings are as before, and every message is handed on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        using var limit = new CancellationTokenSource(LongestEnd);
        while (!limit.IsCancellationRequested)
        {
            try
            {
                if (_connection is not { IsOpen: true } || _channel is not { IsOpen: true })
                {
                    await ConnectAsync(limit.Token).ConfigureAwait(false);
                }

                await StepAsideAsync(limit.Token).ConfigureAwait(false);
                break;
            }
            catch (Exception failure) when (failure is RabbitMQClientException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // A node that was killed: another one answers, or this one does again.
                await Task.Delay(200, CancellationToken.None).ConfigureAwait(false);
            }
        }

        if (_connection is not null)
        {
            await _connection.AbortAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            _connection.Dispose();
        }
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        if (_connection is not null)
        {
            await _connection.AbortAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            _connection.Dispose();
        }

        var factory = new ConnectionFactory { Uri = _nodes[0], RequestedConnectionTimeout = TimeSpan.FromSeconds(5), NetworkRecoveryInterval = TimeSpan.FromMilliseconds(200) };
        _connection = await factory.CreateConnectionAsync(_nodes.Select(node => new AmqpTcpEndpoint(node)), cancellation).ConfigureAwait(false);
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellation).ConfigureAwait(false);
        await _channel.BasicQosAsync(0, 256, false, cancellation).ConfigureAwait(false);
    }

    private async Task StepBetweenAsync(string queue, CancellationToken cancellation)
    {
        await _channel.QueueDeclareAsync(queue + Suffix, durable: true, exclusive: false, autoDelete: false, _kind, cancellationToken: cancellation).ConfigureAwait(false);
        await ConsumeAsync(queue, cancellation).ConfigureAwait(false);
        await _channel.QueueBindAsync(queue + Suffix, queue, "", cancellationToken: cancellation).ConfigureAwait(false);
        await _channel.QueueUnbindAsync(queue, queue, "", cancellationToken: cancellation).ConfigureAwait(false);
    }

    private Task<string> ConsumeAsync(string queue, CancellationToken cancellation)
    {
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            // Bodies and properties are only lent until this returns.
            Take(queue, message.DeliveryTag, new BasicProperties(message.BasicProperties), message.Body.ToArray());
            return Task.CompletedTask;
        };
        return _channel.BasicConsumeAsync(queue + Suffix, autoAck: false, consumer, cancellation);
    }

    private void Take(string queue, ulong tag, BasicProperties properties, byte[] body)
    {
        lock (_guard)
        {
            Interlocked.Increment(ref _messages);
            // The one that was held back goes when this one has gone.
            var behind = _held.Remove(queue, out var held) ? held : null;
            var wait = Task.CompletedTask;
            switch (_random.Next(10))
            {
                case < 2:
                    Interlocked.Increment(ref _late);
                    wait = Task.Delay(10 + _random.Next(400));
                    break;
                case < 4:
                    Interlocked.Increment(ref _swapped);
                    var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    _held[queue] = mine;
                    wait = Task.WhenAny(mine.Task, Task.Delay(LongestSwap));
                    break;
            }

            TimeSpan? again = _random.Next(10) < 3 ? TimeSpan.FromMilliseconds(_random.Next(2_000)) : null;
            _underWay.RemoveAll(task => task.IsCompleted);
            _underWay.Add(HandOnAsync(queue, tag, properties, body, wait, behind, again));
        }
    }

    private async Task HandOnAsync(
        string queue, ulong tag, BasicProperties properties, byte[] body, Task wait, TaskCompletionSource? behind, TimeSpan? again)
    {
        var channel = _channel;
        try
        {
            await wait.ConfigureAwait(false);
            await channel.BasicPublishAsync("", queue, mandatory: true, properties, body).ConfigureAwait(false);
            behind?.TrySetResult();
            await channel.BasicAckAsync(tag, multiple: false).ConfigureAwait(false);
            if (again is { } later)
            {
                Interlocked.Increment(ref _doubled);
                await Task.Delay(later).ConfigureAwait(false);
                await channel.BasicPublishAsync("", queue, mandatory: true, properties, body).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is RabbitMQClientException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // A node was killed: what was not acknowledged comes again.
            behind?.TrySetResult();
        }
    }

    private async Task StepAsideAsync(CancellationToken cancellation)
    {
        foreach (var queue in _queues)
        {
            await _channel.QueueBindAsync(queue, queue, "", cancellationToken: cancellation).ConfigureAwait(false);
            await _channel.QueueDeclareAsync(queue + Suffix, durable: true, exclusive: false, autoDelete: false, _kind, cancellationToken: cancellation).ConfigureAwait(false);
            await _channel.QueueUnbindAsync(queue + Suffix, queue, "", cancellationToken: cancellation).ConfigureAwait(false);
        }

        foreach (var queue in _queues)
        {
            await EmptyAsync(queue, cancellation).ConfigureAwait(false);
        }
    }

    // What it still holds, handed out and not, and the second copies that are due.
    private async Task EmptyAsync(string queue, CancellationToken cancellation)
    {
        while (await _channel.MessageCountAsync(queue + Suffix, cancellation).ConfigureAwait(false) > 0 || IsAnyUnderWay())
        {
            await Task.Delay(20, cancellation).ConfigureAwait(false);
            if (await _channel.ConsumerCountAsync(queue + Suffix, cancellation).ConfigureAwait(false) == 0)
            {
                await ConsumeAsync(queue, cancellation).ConfigureAwait(false);
            }
        }

        await _channel.QueueDeleteAsync(queue + Suffix, cancellationToken: cancellation).ConfigureAwait(false);
    }

    private bool IsAnyUnderWay()
    {
        lock (_guard)
        {
            return _underWay.Exists(task => !task.IsCompleted);
        }
    }
}
