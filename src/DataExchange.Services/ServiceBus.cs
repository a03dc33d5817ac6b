using DataExchange.Services.Telemetry;
using MassTransit;

namespace DataExchange.Services;

/// <summary>The bus between the services: RabbitMQ, or the in-memory transport where all of them run in one process.</summary>
public sealed class ServiceBus : IAsyncDisposable
{
    /// <summary>
    /// Messages of a queue that a process has at most: commands of many senders are decided and committed together, and what cannot be handled yet waits
    /// in the broker, on its disk, and not in the memory of the process.
    /// </summary>
    public const ushort Prefetch = 64;

    private readonly IBusControl _bus;
    private readonly bool _isReplicated;
    private readonly IQueueDepths _depths;

    private ServiceBus(IBusControl bus, bool isReplicated, IQueueDepths depths) => (_bus, _isReplicated, _depths) = (bus, isReplicated, depths);

    /// <summary>The bus itself.</summary>
    public IBusControl Bus => _bus;

    /// <summary>Starts the in-memory transport.</summary>
    public static async Task<ServiceBus> StartInMemoryAsync(CancellationToken cancellation = default)
    {
        var bus = MassTransit.Bus.Factory.CreateUsingInMemory(configure =>
        {
            configure.ConcurrentMessageLimit = Prefetch;
            configure.ConfigureJsonSerializerOptions(Compact);
        });
        var depths = new MemoryQueueDepths();
        bus.ConnectSendObserver(depths);
        bus.ConnectReceiveObserver(depths);
        await bus.StartAsync(cancellation).ConfigureAwait(false);
        return new ServiceBus(bus, false, depths);
    }

    /// <summary>Connects to RabbitMQ.</summary>
    /// <param name="brokers">Nodes of the cluster, <c>amqp://user:password@host:port/vhost</c>, one or more.</param>
    /// <param name="isReplicated">Whether the partitions' queues are quorum queues: for a cluster of three nodes or more.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ServiceBus> StartRabbitMqAsync(IReadOnlyList<Uri> brokers, bool isReplicated, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(brokers);
        ArgumentOutOfRangeException.ThrowIfZero(brokers.Count);
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configure =>
        {
            configure.Host(brokers[0], host =>
            {
                host.PublisherConfirmation = true;
                host.RequestedConnectionTimeout(TimeSpan.FromSeconds(10));
                if (brokers.Count > 1)
                {
                    host.UseCluster(cluster =>
                    {
                        foreach (var broker in brokers)
                        {
                            cluster.Node($"{broker.Host}:{broker.Port}");
                        }
                    });
                }
            });
            configure.PrefetchCount = Prefetch;
            configure.ConfigureJsonSerializerOptions(Compact);
        });
        await bus.StartAsync(cancellation).ConfigureAwait(false);
        return new ServiceBus(bus, isReplicated, new RabbitQueueDepths(brokers));
    }

    // MassTransit indents, which is a third of a message.
    private static System.Text.Json.JsonSerializerOptions Compact(System.Text.Json.JsonSerializerOptions options)
    {
        options.WriteIndented = false;
        return options;
    }

    /// <summary>Whether the broker answers, and messages reach whatever receives here.</summary>
    public bool IsConnected => _bus.CheckHealth().Status == BusHealthStatus.Healthy;

    /// <summary>Name of a partition's queue.</summary>
    public static string QueueOf(string partition) => "dx-" + partition;

    /// <summary>Where messages to a partition are sent.</summary>
    public Uri AddressOf(string partition) => new((_isReplicated ? "exchange:" : "queue:") + QueueOf(partition));

    // Messages that wait in the queues of some partitions, by the queue's name; none where the broker does not answer.
    internal ValueTask<IReadOnlyList<KeyValuePair<string, long>>> DepthsAsync(IEnumerable<string> partitions, CancellationToken cancellation) =>
        _depths.ReadAsync(partitions.Select(QueueOf), cancellation);

    /// <summary>Begins to take a partition's messages.</summary>
    public async Task<HostReceiveEndpointHandle> ReceiveAsync(string partition, Action<IReceiveEndpointConfigurator> configure)
    {
        var handle = _bus.ConnectReceiveEndpoint(QueueOf(partition), endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.PrefetchCount = Prefetch;
            endpoint.ConcurrentMessageLimit = Prefetch;
            if (_isReplicated && endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            {
                rabbit.SetQuorumQueue();
            }

            configure(endpoint);
        });
        await handle.Ready.ConfigureAwait(false);
        return handle;
    }

    /// <summary>Hears what is told to everybody.</summary>
    public async Task<HostReceiveEndpointHandle> ListenAsync<T>(Action<T> hear)
        where T : class
    {
        var handle = _bus.ConnectReceiveEndpoint(new TemporaryEndpointDefinition(), null, endpoint => endpoint.Handler<T>(context =>
        {
            hear(context.Message);
            return Task.CompletedTask;
        }));
        await handle.Ready.ConfigureAwait(false);
        return handle;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _depths.DisposeAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _bus.StopAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A broker that is gone does not answer; the process ends all the same.
        }
    }
}
