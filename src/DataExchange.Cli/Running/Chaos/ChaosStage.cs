using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Schema;
using DataExchange.EventStore.Serialization;
using DataExchange.Exchange;
using DataExchange.Postgres;
using DataExchange.PrivateServers;
using DataExchange.RabbitMq;
using DataExchange.Reports.Projections;
using DataExchange.Services;
using Npgsql;

namespace DataExchange.Cli.Running.Chaos;

/// <summary>
/// Real processes to break: PostgreSQL, RabbitMQ, and the services, each in a process of its own, with proxies between them. Trading runs twice, so that
/// one can take over from the other. Everything is on the loopback address and ends with the stage.
/// </summary>
internal sealed partial class ChaosStage : IAsyncDisposable
{
    private const string Gateway = "gateway";
    private readonly string _folder;
    private readonly Action<string> _note;
    private readonly PrivateBroker _broker;
    private readonly FaultProxy _postgresProxy;
    private readonly FaultProxy[] _brokerProxies;
    private IReadOnlyList<(string Name, string Services)> _hosts;
    private readonly List<ServiceProcess> _processes = [];
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly DatabaseDisk _disk;
    private EmbeddedPostgres _postgres;

    private ChaosStage(ChaosStageOptions options, EmbeddedPostgres postgres, DatabaseDisk disk, PrivateBroker broker)
    {
        (_folder, _note, _postgres, _disk, _broker) = (options.Folder, options.Note, postgres, disk, broker);
        _hosts = options.IsGrouped ? Grouped : [.. Plan.Take(InLockstep)];
        _postgresProxy = FaultProxy.To(postgres.Port);
        _brokerProxies = [.. broker.Nodes.Select(node => FaultProxy.To(node.Port))];
    }

    // Who wants to know little is not made to wait until eight processes have started.
    private static IReadOnlyList<(string Name, string Services)> Grouped { get; } =
    [
        ("offers", "rights,pricing,listing"), ("trading a", "trading"), ("trading b", "trading"), ("settlement", "settlement"), ("trust", "trust,feed"),
    ];

    /// <summary>What faults are made to, by name, and the services that it is: a process of its own each, or some of them in one.</summary>
    public static IReadOnlyList<(string Name, string Services)> Plan { get; } =
    [
        ("rights", "rights"), ("pricing", "pricing"), ("listing", "listing"), ("trading a", "trading"), ("trading b", "trading"),
        ("settlement", "settlement"), ("trust", "trust"), ("feed", ServiceOptions.Feed), (Gateway, Gateway),
    ];

    /// <summary>How many of <see cref="Plan"/>, from its beginning, run in lockstep: all but the gateway, which has nothing to do there.</summary>
    public static int InLockstep => Plan.Count - 1;

    /// <summary>Place of a process in <see cref="Plan"/>.</summary>
    public static int PlaceOf(string name) => Plan.Select(process => process.Name).ToList().IndexOf(name);

    /// <summary>Name of the process at a place, counted round.</summary>
    public static string NameOf(int place) => Plan[place % Plan.Count].Name;

    /// <summary>Connects to the store, past the proxy.</summary>
    public NpgsqlDataSource Database { get; private set; } = null!;

    /// <summary>The bus, past the proxies.</summary>
    public ServiceBus Bus { get; private set; } = null!;

    /// <summary>Sends commands.</summary>
    public CommandSender Sender { get; private set; } = null!;

    /// <summary>How often a process died at each step.</summary>
    public Dictionary<string, int> WasReached { get; } = [];

    /// <summary>Builds it.</summary>
    /// <param name="options">Where, and how large.</param>
    /// <param name="identity">What the store is.</param>
    /// <param name="before">Facts that are in it when the services begin.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ChaosStage> BuildAsync(
        ChaosStageOptions options, StoreIdentity identity, IEnumerable<RecordedEvent> before, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(identity);
        var progress = new Progress<string>(options.Note);
        var starting = PrivateBroker.StartAsync(new PrivateBrokerOptions { Folder = options.Folder, Nodes = options.Nodes, Progress = progress }, cancellation);
        var (postgres, disk) = await DatabaseDisk.StartAsync(options.Folder, options.IsKept, new EmbeddedPostgresOptions { Progress = progress }, cancellation).ConfigureAwait(false);
        var broker = await starting.ConfigureAwait(false);
        var stage = new ChaosStage(options, postgres, disk, broker);
        try
        {
            stage.Database = NpgsqlDataSource.Create(postgres.ConnectionString);
            await new StoreIdentityTable(stage.Database).WriteAsync(identity, cancellation).ConfigureAwait(false);
            using (var store = MarketStore.Over(stage.Database))
            {
                await StoreSchema.ApplyAsync(store, cancellation).ConfigureAwait(false);
            }

            await WriteAsync(stage.Database, before, identity.Seed, cancellation).ConfigureAwait(false);
            stage.Bus = await ServicesEngine.ConnectAsync(broker.Uris, stage.Database, cancellation).ConfigureAwait(false);
            stage.Sender = new CommandSender(stage.Bus, new PartitionMap(1), TimeSpan.FromSeconds(2));
            stage._processes.AddRange(stage._hosts.Select(process => stage.Start(process.Name, process.Services)));
            await stage.ReadyAsync(cancellation).ConfigureAwait(false);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Which processes have ended of themselves, and what they said; null where none has.</summary>
    public string? SayEnded()
    {
        string[] ended = [.. _processes.Where(process => process.HasEnded).Select(process => $"The process {process.Name} ended of itself: {process.LastSaid()}")];
        return ended.Length == 0 ? null : string.Join(' ', ended);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask())).ConfigureAwait(false);
        if (Sender is not null)
        {
            await Sender.DisposeAsync().ConfigureAwait(false);
        }

        if (Bus is not null)
        {
            await Bus.DisposeAsync().ConfigureAwait(false);
        }

        if (Database is not null)
        {
            await Database.DisposeAsync().ConfigureAwait(false);
        }

        await _postgresProxy.DisposeAsync().ConfigureAwait(false);
        foreach (var proxy in _brokerProxies)
        {
            await proxy.DisposeAsync().ConfigureAwait(false);
        }

        // Nobody asks for its messages again, and an orderly stop takes a node 7 s.
        await _broker.DiscardAsync().ConfigureAwait(false);
        await _postgres.DisposeAsync().ConfigureAwait(false);
        await _disk.DisposeAsync().ConfigureAwait(false);
        _one.Dispose();
    }

    private static async Task WriteAsync(NpgsqlDataSource database, IEnumerable<RecordedEvent> facts, ulong runKey, CancellationToken cancellation)
    {
        await using var writer = await BulkEventWriter.StartAsync(database, new BulkEventWriterOptions { RunKey = runKey }, cancellation).ConfigureAwait(false);
        foreach (var fact in facts)
        {
            await writer.AppendAsync(
                fact.Stream, fact.Version, EventTypeName.For(fact.Data.GetType(), EventRegistry.NameOf(fact.Data)), EventJson.Write(fact.Data), cancellation).ConfigureAwait(false);
        }

        await writer.CompleteAsync(cancellation).ConfigureAwait(false);
    }

    private ServiceProcess Start(string name, string services, IReadOnlyDictionary<string, string>? environment = null, params string[] more)
    {
        var through = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Host = "127.0.0.1", Port = _postgresProxy.Port };
        var nodes = _broker.Nodes.Select((node, index) => _brokerProxies[index].Through(node.Uri)).ToArray();
        return ServiceProcess.Start(
            name, environment,
            [
                .. ServicesEngine.Arguments(services, through.ConnectionString, null, nodes, !_isLive), "--lease", "1.5", "--patience", "2",
                .. (string[])(services == Gateway ? ["--urls", GatewayUrl.ToString().TrimEnd('/'), "--data", _folder] : []), .. more,
            ]);
    }

    private Task ReadyAsync(CancellationToken cancellation) => Task.WhenAll(_processes.Select(process => process.ReadyAsync(cancellation)));

    // The process that runs what a fault is made to.
    private int HostOf(int target)
    {
        var (name, services) = Plan[target % Plan.Count];
        var same = _hosts.Select(host => host.Name).ToList().IndexOf(name);
        return same >= 0 ? same : _hosts.Select(host => host.Services.Split(',').Contains(services)).ToList().IndexOf(true);
    }
}

/// <summary>How a <see cref="ChaosStage"/> is built.</summary>
/// <param name="Folder">Where the servers keep their data.</param>
/// <param name="IsKept">Whether PostgreSQL's data is wanted afterwards.</param>
/// <param name="Nodes">Nodes of RabbitMQ, 1 or 3.</param>
/// <param name="IsGrouped">Whether some services share a process.</param>
/// <param name="Note">Told what takes time.</param>
internal sealed record ChaosStageOptions(string Folder, bool IsKept, int Nodes, bool IsGrouped, Action<string> Note);
