using DataExchange.Services.Messages;
using DataExchange.Services.Telemetry;
using MassTransit;

namespace DataExchange.Services;

/// <summary>
/// The bus between the services: RabbitMQ, or the in-memory transport where all of them run in one process. It belongs to one store, whose id is in the
/// names of its queues and in every message, so that several stores can share a broker.
/// </summary>
public sealed class ServiceBus : IAsyncDisposable
{
    /// <summary>
    /// Messages of a queue that a process has at most: commands of many senders are decided and committed together, and what cannot be handled yet waits
    /// in the broker, on its disk, and not in the memory of the process.
    /// </summary>
    public const ushort Prefetch = 64;

    /// <summary>The header that says which store a message is of.</summary>
    public const string StoreHeader = "dx-store";

    private const string Prefix = "dx-";
    private const int DigitsInNames = 12;
    private const int MostWaiting = 10_000;
    private const string Share = "audit";
    private const string ConsistentHash = "x-consistent-hash";
    private readonly IBusControl _bus;
    private readonly string _prefix;
    private readonly bool _isReplicated;
    private readonly IQueueDepths _depths;

    private ServiceBus(IBusControl bus, string store, bool isReplicated, IQueueDepths depths) =>
        (_bus, Store, _prefix, _isReplicated, _depths) = (bus, store, PrefixOf(store), isReplicated, depths);

    /// <summary>The bus itself.</summary>
    public IBusControl Bus => _bus;

    /// <summary>The store that it belongs to, see <see cref="EventStore.Services.ServiceTables.StoreIdAsync"/>.</summary>
    public string Store { get; }

    /// <summary>Starts the in-memory transport.</summary>
    /// <param name="store">The store's id.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ServiceBus> StartInMemoryAsync(string store, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(store);
        var bus = MassTransit.Bus.Factory.CreateUsingInMemory(configure =>
        {
            configure.ConcurrentMessageLimit = Prefetch;
            Mark(configure, store);
            configure.ConfigureJsonSerializerOptions(Compact);
        });
        var depths = new MemoryQueueDepths();
        bus.ConnectSendObserver(depths);
        bus.ConnectReceiveObserver(depths);
        await bus.StartAsync(cancellation).ConfigureAwait(false);
        return new ServiceBus(bus, store, false, depths);
    }

    /// <summary>Connects to RabbitMQ.</summary>
    /// <param name="brokers">Nodes of the cluster, <c>amqp://user:password@host:port/vhost</c>, one or more.</param>
    /// <param name="isReplicated">Whether the partitions' queues are quorum queues: for a cluster of three nodes or more.</param>
    /// <param name="store">The store's id.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ServiceBus> StartRabbitMqAsync(IReadOnlyList<Uri> brokers, bool isReplicated, string store, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(store);
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
            Mark(configure, store);
            configure.Publish<StreamsGrew>(message => message.ExchangeType = ConsistentHash);
            configure.Send<StreamsGrew>(message => message.UseRoutingKeyFormatter(context => context.Message.Slot.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            configure.ConfigureJsonSerializerOptions(Compact);
        });
        await bus.StartAsync(cancellation).ConfigureAwait(false);
        return new ServiceBus(bus, store, isReplicated, new RabbitQueueDepths(brokers));
    }

    private static string PrefixOf(string store) => $"{Prefix}{store[..Math.Min(DigitsInNames, store.Length)]}-";

    // Both what is sent to a queue and what is told to everybody says whose it is; and what is told to everybody is told to one store's alone.
    private static void Mark(IBusFactoryConfigurator configure, string store)
    {
        configure.ConfigureSend(pipe => pipe.UseExecute(message => message.Headers.Set(StoreHeader, store)));
        configure.ConfigurePublish(pipe => pipe.UseExecute(message => message.Headers.Set(StoreHeader, store)));
        configure.Message<StreamsGrew>(message => message.SetEntityName(PrefixOf(store) + Share));
        configure.Message<FeedProgress>(message => message.SetEntityName(PrefixOf(store) + "feed-progress"));
    }

    // MassTransit indents, which is a third of a message.
    private static System.Text.Json.JsonSerializerOptions Compact(System.Text.Json.JsonSerializerOptions options)
    {
        options.WriteIndented = false;
        return options;
    }

    /// <summary>Whether the broker answers, and messages reach whatever receives here.</summary>
    public bool IsConnected => _bus.CheckHealth().Status == BusHealthStatus.Healthy;

    /// <summary>Name of a partition's queue at the broker.</summary>
    public string QueueOf(string partition) => _prefix + partition;

    /// <summary>What a partition's queue is called in figures, which are of one store anyhow.</summary>
    public static string LabelOf(string partition) => Prefix + partition;

    /// <summary>The store that a message says it is of; null where it says none.</summary>
    public static string? StoreOf(MessageContext message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Headers.TryGetHeader(StoreHeader, out var store) ? store as string : null;
    }

    /// <summary>Where messages to a partition are sent.</summary>
    public Uri AddressOf(string partition) => new((_isReplicated ? "exchange:" : "queue:") + QueueOf(partition));

    // Messages that wait in the queues of some partitions, by what the queue is called in figures; none where the broker does not answer.
    internal async ValueTask<IReadOnlyList<KeyValuePair<string, long>>> DepthsAsync(IEnumerable<string> partitions, CancellationToken cancellation) =>
        [.. (await _depths.ReadAsync(partitions.Select(QueueOf), cancellation).ConfigureAwait(false)).Select(queue => KeyValuePair.Create(LabelOf(queue.Key[_prefix.Length..]), queue.Value))];

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

    /// <summary>
    /// Takes a share of what is published of a kind: at the broker a consistent-hash exchange hands all messages of one routing key to one of those that take a
    /// share, and to another when that one is gone, with whatever waited for it lost. Within a process all get everything.
    /// </summary>
    internal async Task<HostReceiveEndpointHandle> ReceiveShareAsync<T>(Func<ConsumeContext<T>, Task> take)
        where T : class
    {
        var handle = _bus.ConnectReceiveEndpoint($"{_prefix}{Share}-{Guid.NewGuid():N}", endpoint =>
        {
            endpoint.PrefetchCount = Prefetch;
            endpoint.ConcurrentMessageLimit = Prefetch;
            if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            {
                rabbit.ConfigureConsumeTopology = false;
                rabbit.AutoDelete = true;
                // What is dropped is noticed by the next message that is not.
                rabbit.SetQueueArgument("x-max-length", MostWaiting);
                rabbit.Bind(_prefix + Share, binding =>
                {
                    binding.ExchangeType = ConsistentHash;
                    // A consistent-hash exchange takes a binding's key for its weight.
                    binding.RoutingKey = "1";
                });
            }

            endpoint.Handler<T>(context => take(context));
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
            if (StoreOf(context) == Store)
            {
                hear(context.Message);
            }

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
