using System.Buffers.Binary;
using DataExchange.EventStore.Services;
using DataExchange.Services;
using DataExchange.Trust;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>How messages travel between services.</summary>
internal enum ServiceTransport
{
    /// <summary>Within this process.</summary>
    Memory,

    /// <summary>Over RabbitMQ, to processes of their own.</summary>
    RabbitMq,
}

/// <summary>The services that a simulation is driven through: in this process, or as processes that it starts.</summary>
internal sealed class ServicesEngine : IAsyncDisposable
{
    /// <summary>What runs in which process.</summary>
    public static readonly IReadOnlyList<(string Name, string Services)> Processes =
    [
        ("offers", "rights,pricing,listing"),
        ("trading", "trading"),
        ("settlement", "settlement"),
        ("trust", "trust,feed"),
    ];

    private readonly ServiceBus _bus;
    private readonly ServiceMetrics _metrics = new();
    private readonly List<ServiceProcess> _processes = [];
    private readonly CommandSender _sender;
    private ExchangeServices? _inProcess;

    private ServicesEngine(ServiceBus bus, CommandSender sender) => (_bus, _sender) = (bus, sender);

    /// <summary>The market.</summary>
    public ServicesExchange Exchange { get; private set; } = null!;

    /// <summary>The processes that were started.</summary>
    public IReadOnlyList<ServiceProcess> Started => _processes;

    /// <summary>Starts the services.</summary>
    /// <param name="connection">Connects to the store's database.</param>
    /// <param name="database">The same.</param>
    /// <param name="keys">The venues' keys.</param>
    /// <param name="keysFolder">Their folder; null for throw-away ones.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="broker">Nodes of RabbitMQ; none to stay in this process.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ServicesEngine> StartAsync(
        string connection, NpgsqlDataSource database, VenueKeys keys, string? keysFolder, ulong seed, IReadOnlyList<Uri> broker, CancellationToken cancellation)
    {
        var options = new ServiceOptions
        {
            Services = [.. PartitionMap.Services, ServiceOptions.Feed], IsLockstep = true, WithProjections = false, RunKey = seed,
        };
        var bus = await ConnectAsync(broker, database, cancellation).ConfigureAwait(false);
        var engine = new ServicesEngine(bus, new CommandSender(bus, new PartitionMap(options.TradingPartitions), options.Patience));
        try
        {
            if (broker.Count == 0)
            {
                engine._inProcess = await ExchangeServices.StartAsync(database, bus, keys, engine._metrics, options, cancellation).ConfigureAwait(false);
                await engine._inProcess.WaitUntilOwnerAsync(cancellation).ConfigureAwait(false);
            }
            else
            {
                engine._processes.AddRange(Processes.Select(process => ServiceProcess.Start(
                    process.Name, Arguments(process.Services, connection, keysFolder, broker))));
                await Task.WhenAll(engine._processes.Select(process => process.ReadyAsync(cancellation))).ConfigureAwait(false);
            }

            engine.Exchange = await ServicesExchange.OpenAsync(engine._sender, bus, RunId(seed)).ConfigureAwait(false);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Connects to the bus. In a cluster the partitions' queues are quorum queues, in every process alike.</summary>
    /// <param name="broker">Nodes of RabbitMQ; none to stay in this process.</param>
    /// <param name="database">The store that the bus belongs to; its tables are there.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ServiceBus> ConnectAsync(IReadOnlyList<Uri> broker, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var store = await ServiceTables.StoreIdAsync(database, cancellation).ConfigureAwait(false);
        return await (broker.Count == 0
            ? ServiceBus.StartInMemoryAsync(store, cancellation)
            : ServiceBus.StartRabbitMqAsync(broker, broker.Count > 2, store, cancellation)).ConfigureAwait(false);
    }

    /// <summary>Arguments of <c>dx serve</c> for a process of a simulated market.</summary>
    public static IEnumerable<string> Arguments(string services, string connection, string? keysFolder, IReadOnlyList<Uri> broker, bool isLockstep = true) =>
    [
        "--services", services, "--postgres", connection, "--transport", "rabbitmq", .. (string[])(isLockstep ? ["--lockstep"] : []),
        .. broker.SelectMany(node => (string[])["--broker", node.ToString()]),
        .. (string[])(keysFolder is null ? [] : ["--keys", keysFolder]),
    ];

    /// <summary>Stops the services that were started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Exchange is not null)
        {
            await Exchange.DisposeAsync().ConfigureAwait(false);
        }

        if (_inProcess is not null)
        {
            await _inProcess.DisposeAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask())).ConfigureAwait(false);
        await _sender.DisposeAsync().ConfigureAwait(false);
        await _bus.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
    }

    private static Guid RunId(ulong seed)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        // A UUID of version 8, RFC 9562.
        bytes[6] = 0x80;
        bytes[8] = 0x80;
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(seed >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], (uint)seed);
        return new Guid(bytes, bigEndian: true);
    }
}
