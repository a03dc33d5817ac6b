using DataExchange.EventStore.Reading;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Serialization;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;
using DataExchange.Gateway;
using DataExchange.Postgres;
using DataExchange.RabbitMq;
using DataExchange.Reports.Projections;
using DataExchange.Services;
using DataExchange.Trust;
using Npgsql;

namespace DataExchange.LoadTests.Exchange;

/// <summary>An exchange made for a run: services in this process over a PostgreSQL of its own, with a private RabbitMQ and a gateway where they are asked for.</summary>
public sealed class EmbeddedExchange : IAsyncDisposable
{
    /// <summary>Folder of its private servers in the run's folder.</summary>
    public const string ServerFolder = "data";

    private const int EveryKey = 100_000_000;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(60);
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly ServiceMetrics _metrics = new();
    private ExchangeServices? _services;
    private WaitWatch? _waits;
    private ServerCounts? _counts;
    private PrivateBroker? _broker;

    private readonly bool _ownsKeys;
    private bool _withCounts;

    private EmbeddedExchange(VenueKeys? keys) => (Keys, _ownsKeys) = (keys ?? VenueKeys.Derive("load", 1, 1), keys is null);

    /// <summary>Its database.</summary>
    public NpgsqlDataSource Database { get; private set; } = null!;

    /// <summary>Sends commands.</summary>
    public ICommandSender Sender => _services!.Sender;

    /// <summary>The gateway's address; null without one.</summary>
    public Uri? Address { get; private set; }

    /// <summary>The bus.</summary>
    public ServiceBus Bus { get; private set; } = null!;

    /// <summary>The venues' keys.</summary>
    internal VenueKeys Keys { get; }

    /// <summary>Starts one.</summary>
    /// <param name="options">Where, and with what.</param>
    /// <param name="services">What runs in it.</param>
    /// <param name="withGateway">Whether a gateway listens.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <param name="keys">The venues' keys, which outlive it; null for keys of its own.</param>
    /// <param name="fill">Puts what there is to be beforehand into the store, before services come to it; null for nothing.</param>
    /// <exception cref="PostgresUnavailableException">There is no PostgreSQL; the message says what to install.</exception>
    /// <exception cref="BrokerUnavailableException">There is no RabbitMQ; the message says what to install.</exception>
    public static async Task<EmbeddedExchange> StartAsync(
        ExchangeLoadOptions options, ServiceOptions services, bool withGateway, CancellationToken cancellation, VenueKeys? keys = null,
        Func<NpgsqlDataSource, CancellationToken, Task>? fill = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        var exchange = new EmbeddedExchange(keys);
        try
        {
            services = services with { StreamsInMemory = options.StreamsInMemory ?? services.StreamsInMemory };
            await exchange.BeginAsync(options, services, withGateway, fill, cancellation).ConfigureAwait(false);
            return exchange;
        }
        catch
        {
            await exchange.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Begins to look at what the database's sessions wait for, and at what the servers count.</summary>
    /// <param name="cancellation">Stops it.</param>
    internal async Task WatchAsync(CancellationToken cancellation)
    {
        _counts = !_withCounts ? null : await ServerCounts.BeginAsync(Database, Bus.Bus, _broker?.Nodes[0].PrometheusUri, cancellation).ConfigureAwait(false);
        _waits = new WaitWatch(Database);
        _parts.Push(_waits);
    }

    /// <summary>What the servers counted since <see cref="WatchAsync"/> beside what was counted here, in words; asked when nothing happens any more.</summary>
    /// <param name="cancellation">Stops it.</param>
    internal async Task<IReadOnlyDictionary<string, string>> CountsAsync(CancellationToken cancellation) =>
        _counts is null ? new Dictionary<string, string>() : await _counts.NotesAsync(cancellation).ConfigureAwait(false);

    /// <summary>What the database's sessions waited for since <see cref="WatchAsync"/>.</summary>
    internal IReadOnlyDictionary<string, double> Waits() => _waits?.Counters() ?? new Dictionary<string, double>();

    /// <summary>Waits until nothing is added any more, a minute at most.</summary>
    /// <param name="cancellation">Stops the waiting.</param>
    public async Task RestAsync(CancellationToken cancellation)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var (last, still) = (-1L, 0); still < 4 && System.Diagnostics.Stopwatch.GetElapsedTime(started) < LongestRest;)
        {
            await Task.Delay(250, cancellation).ConfigureAwait(false);
            var now = await CountAsync("mt_events", cancellation).ConfigureAwait(false);
            (still, last) = now == last ? (still + 1, last) : (0, now);
        }
    }

    /// <summary>Rows of one of the store's tables.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<long> CountAsync(string table, CancellationToken cancellation)
    {
        await using var count = Database.CreateCommand($"SELECT count(*) FROM {EventStore.Schemas.Default}.{table}");
        return (long)(await count.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    /// <summary>All facts, in the order of commits.</summary>
    /// <param name="cancellation">Stops it.</param>
    public async IAsyncEnumerable<RecordedEvent> FactsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var raw in new RawEventReader(Database).ReadBySequenceAsync(cancellation: cancellation).ConfigureAwait(false))
        {
            yield return new RecordedEvent(raw.StreamId, (int)raw.Version, EventJson.Read(raw.TypeName, raw.Json.Span));
        }
    }

    /// <summary>Stops everything; the folder is left to the caller.</summary>
    public async ValueTask DisposeAsync()
    {
        _counts?.Dispose();
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync().ConfigureAwait(false);
        }

        _metrics.Dispose();
        if (_ownsKeys)
        {
            Keys.Dispose();
        }
    }

    private async Task BeginAsync(
        ExchangeLoadOptions options, ServiceOptions services, bool withGateway, Func<NpgsqlDataSource, CancellationToken, Task>? fill, CancellationToken cancellation)
    {
        _withCounts = options.WithServerCounts;
        var connection = options.Database;
        if (connection is null)
        {
            var server = await EmbeddedPostgres.StartAsync(
                Path.Combine(options.Folder, ServerFolder), new EmbeddedPostgresOptions { Progress = new Telling(options.Note) }, cancellation).ConfigureAwait(false);
            _parts.Push(server);
            connection = server.ConnectionString;
        }

        Database = NpgsqlDataSource.Create(connection);
        _parts.Push(Database);
        using (var store = MarketStore.Over(Database))
        {
            await StoreSchema.ApplyAsync(store, cancellation).ConfigureAwait(false);
        }

        await (fill?.Invoke(Database, cancellation) ?? Task.CompletedTask).ConfigureAwait(false);
        var id = await ServiceTables.StoreIdAsync(Database, cancellation).ConfigureAwait(false);
        if (options.Transport == LoadTransport.RabbitMq)
        {
            _broker = await PrivateBroker.StartAsync(
                new PrivateBrokerOptions { Folder = Path.Combine(options.Folder, "broker"), Progress = new Telling(options.Note) }, cancellation).ConfigureAwait(false);
            _parts.Push(_broker);
            Bus = await ServiceBus.StartRabbitMqAsync(_broker.Uris, isReplicated: false, id, cancellation).ConfigureAwait(false);
        }
        else
        {
            Bus = await ServiceBus.StartInMemoryAsync(id, cancellation).ConfigureAwait(false);
        }

        _parts.Push(Bus);
        _services = await ExchangeServices.StartAsync(Database, Bus, Keys, _metrics, services, cancellation).ConfigureAwait(false);
        _parts.Push(_services);
        await _services.WaitUntilOwnerAsync(cancellation).ConfigureAwait(false);
        if (withGateway)
        {
            // What is measured is the exchange, not the limit that keeps a single caller from using all of it.
            var gateway = await GatewayServer.StartAsync(
                Database, Sender,
                new GatewayOptions
                {
                    KeyFolder = Path.Combine(options.Folder, "keys"), RequestsPerMinute = EveryKey, StreamsPerKey = 2 * options.Connections, Streams = 2 * options.Connections,
                    CommandsInFlight = options.CommandsInFlight,
                }, cancellation).ConfigureAwait(false);
            _parts.Push(gateway);
            Address = new Uri(gateway.Urls[0]);
        }
    }

    private sealed class Telling(Action<string> note) : IProgress<string>
    {
        public void Report(string value) => note(value);
    }
}
