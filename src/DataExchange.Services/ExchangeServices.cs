using DataExchange.EventStore.Services;
using DataExchange.Services.Auditing;
using DataExchange.Trust;
using Npgsql;

namespace DataExchange.Services;

/// <summary>Some services of the exchange, running in this process.</summary>
public sealed class ExchangeServices : IAsyncDisposable
{
    private const string PartitionsSetting = "trading partitions";
    private readonly CancellationTokenSource _stop = new();
    private readonly CommandSender _sender;
    private readonly ServiceBus _bus;
    private readonly List<PartitionHost> _partitions = [];
    private readonly FeedHost? _feed;
    private readonly AuditHost? _audit;
    private readonly List<Task> _running = [];

    private ExchangeServices(ServiceContext context, CommandSender sender)
    {
        (_sender, _bus) = (sender, context.Bus);
        Map = context.Map;
        foreach (var service in context.Options.Services)
        {
            if (service == ServiceOptions.Feed)
            {
                _feed = new FeedHost(context);
                _running.Add(Task.Run(() => _feed.RunAsync(_stop.Token)));
                continue;
            }

            if (service == ServiceOptions.Audit)
            {
                _audit = new AuditHost(context);
                _running.Add(Task.Run(() => _audit.RunAsync(_stop.Token)));
                continue;
            }

            foreach (var partition in context.Map.PartitionsOf(service).Where((_, number) => service != "trading" || IsHere(context.Options.Partitions, number)))
            {
                var host = new PartitionHost(context, partition);
                _partitions.Add(host);
                _running.Add(Task.Run(() => host.RunAsync(_stop.Token)));
            }
        }

        if (_running.Count == 0)
        {
            // A gateway alone: it only sends, and is there until it is stopped.
            _running.Add(UntilStoppedAsync(_stop.Token));
        }
    }

    /// <summary>Sends commands to whichever process owns their streams.</summary>
    public ICommandSender Sender => _sender;

    /// <summary>Commands that were given to <see cref="Sender"/> and are not answered yet.</summary>
    public long Unanswered => _sender.Unanswered;

    /// <summary>Which partition owns what.</summary>
    public PartitionMap Map { get; }

    /// <summary>Whether everything that was to run here runs here, and is not standing by.</summary>
    public bool OwnsAll => _partitions.All(partition => partition.IsOwner) && (_feed is null || _feed.IsOwner) && (_audit is null || _audit.IsReceiving);

    /// <summary>
    /// What keeps this process from serving, for whoever asks whether it is ready; null when nothing does. Partitions that another process owns do not:
    /// standing by is what a second process is there for.
    /// </summary>
    public string? Hindrance =>
        _running.Exists(running => running.IsCompleted) ? "a service has ended"
        : _partitions.Find(partition => !partition.IsOwner && !partition.IsStandingBy) is { } waiting ? $"partition {waiting.Name} has no owner yet"
        : _feed is { IsOwner: false, IsStandingBy: false } ? "the feed has no owner yet"
        : _audit is { IsReceiving: false } ? "streams are not audited yet"
        : !_bus.IsConnected ? "the broker does not answer"
        : null;

    /// <summary>Ends when the services were stopped, or fails with the first of them that did.</summary>
    public Task Completion => UntilEndedAsync(_running);

    /// <summary>Starts services on a store whose schema is applied.</summary>
    /// <param name="database">The database.</param>
    /// <param name="bus">The bus; it is not disposed of with the services.</param>
    /// <param name="keys">The venues' keys.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="options">What is to run.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <exception cref="ArgumentException">A service is unknown, the bus is another store's, or the store was begun with another number of partitions.</exception>
    /// <exception cref="EventStore.EventStoreUnavailableException">The server cannot be reached.</exception>
    public static async Task<ExchangeServices> StartAsync(
        NpgsqlDataSource database, ServiceBus bus, VenueKeys keys, ServiceMetrics metrics, ServiceOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var service in options.Services.Where(service => service is not (ServiceOptions.Feed or ServiceOptions.Audit) && !PartitionMap.Services.Contains(service)))
        {
            throw new ArgumentException(
                $"'{service}' is no service; allowed are {string.Join(", ", PartitionMap.Services)}, {ServiceOptions.Feed} and {ServiceOptions.Audit}.", nameof(options));
        }

        var map = new PartitionMap(options.TradingPartitions);
        if (await ServiceTables.StoreIdAsync(database, cancellation).ConfigureAwait(false) is var store && store != bus.Store)
        {
            throw new ArgumentException($"The bus is of store {bus.Store}, and this is store {store}: messages of one are nothing to the other.", nameof(bus));
        }

        var wanted = options.TradingPartitions.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var fixedAt = await ServiceTables.FixAsync(database, PartitionsSetting, wanted, cancellation).ConfigureAwait(false);
        if (fixedAt != wanted)
        {
            throw new ArgumentException(
                $"The store was begun with {fixedAt} partitions of Trading, not {wanted}: streams would change hands between processes that do not know of it.", nameof(options));
        }

        var sender = new CommandSender(bus, map, options.Patience);
        return new ExchangeServices(new ServiceContext(database, bus, map, sender, keys, metrics, options), sender);
    }

    private static async Task UntilEndedAsync(IEnumerable<Task> running)
    {
        await foreach (var ended in Task.WhenEach(running).ConfigureAwait(false))
        {
            await ended.ConfigureAwait(false);
        }
    }

    private static async Task UntilStoppedAsync(CancellationToken stop) =>
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>With how many partitions of Trading services were begun on a store; 1 where none were.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<int> PartitionsAsync(NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        await ServiceTables.CreateAsync(database, cancellation: cancellation).ConfigureAwait(false);
        return int.Parse(
            await ServiceTables.FixAsync(database, PartitionsSetting, "1", cancellation).ConfigureAwait(false), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until everything that was to run here runs here.</summary>
    /// <param name="cancellation">Stops the waiting.</param>
    public async Task WaitUntilOwnerAsync(CancellationToken cancellation)
    {
        while (!OwnsAll)
        {
            if (_running.Find(task => task.IsFaulted) is { } failed)
            {
                await failed.ConfigureAwait(false);
            }

            await Task.Delay(20, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Brings what runs here to rest before it is stopped: the facts are sent and in the read models, and the logs' heads are signed and stored. Nothing
    /// breaks without; the next start goes on from there.
    /// </summary>
    /// <param name="cancellation">Stops the waiting.</param>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        _partitions.ForEach(partition => partition.Rest());
        if (_feed is not null)
        {
            await _feed.DrainAsync(cancellation).ConfigureAwait(false);
        }

        if (_partitions.Find(partition => partition.Name == "trust") is { } trust)
        {
            await trust.SealAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Stops the services; what was committed is committed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_audit is not null)
        {
            await _audit.DisposeAsync().ConfigureAwait(false);
        }

        await _sender.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private static bool IsHere((int First, int Last)? range, int number) => range is not { } here || (number >= here.First && number <= here.Last);
}
