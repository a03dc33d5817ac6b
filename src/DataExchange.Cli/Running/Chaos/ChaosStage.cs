using System.Diagnostics;
using System.Runtime.InteropServices;
using DataExchange.Cli.Commands;
using DataExchange.EventStore.Schema;
using DataExchange.Postgres;
using DataExchange.PrivateServers;
using DataExchange.RabbitMq;
using DataExchange.Reports.Projections;
using DataExchange.Services;
using DataExchange.Services.Messages;
using Npgsql;

namespace DataExchange.Cli.Running.Chaos;

/// <summary>
/// Real processes to break: PostgreSQL, RabbitMQ, and the services, with proxies between them. Trading runs twice, so that one can take over from the
/// other. Everything is on the loopback address and ends with the stage.
/// </summary>
internal sealed partial class ChaosStage : IAsyncDisposable
{
    private const int StopSignal = 19;
    private const int ContinueSignal = 18;
    private readonly string _folder;
    private readonly Action<string> _note;
    private readonly PrivateBroker _broker;
    private readonly FaultProxy _postgresProxy;
    private readonly FaultProxy[] _brokerProxies;
    private readonly List<ServiceProcess> _processes = [];
    private readonly SemaphoreSlim _one = new(1, 1);
    private EmbeddedPostgres _postgres;

    private ChaosStage(string folder, Action<string> note, EmbeddedPostgres postgres, PrivateBroker broker)
    {
        (_folder, _note, _postgres, _broker) = (folder, note, postgres, broker);
        _postgresProxy = FaultProxy.To(postgres.Port);
        _brokerProxies = [.. broker.Nodes.Select(node => FaultProxy.To(node.Port))];
    }

    /// <summary>The processes, and what each runs.</summary>
    public static IReadOnlyList<(string Name, string Services)> Plan { get; } =
        [.. ServicesEngine.Processes.SelectMany(process => process.Name == "trading" ? [("trading a", "trading"), ("trading b", "trading")] : new[] { process })];

    /// <summary>Connects to the store, past the proxy.</summary>
    public NpgsqlDataSource Database { get; private set; } = null!;

    /// <summary>The bus, past the proxies.</summary>
    public ServiceBus Bus { get; private set; } = null!;

    /// <summary>Sends commands.</summary>
    public CommandSender Sender { get; private set; } = null!;

    /// <summary>How often a process died at each step.</summary>
    public Dictionary<string, int> WasReached { get; } = [];

    /// <summary>Builds it.</summary>
    /// <param name="folder">Where the servers keep their data.</param>
    /// <param name="identity">What the store is.</param>
    /// <param name="nodes">Nodes of RabbitMQ, 1 or 3.</param>
    /// <param name="note">Told what takes time.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ChaosStage> BuildAsync(string folder, StoreIdentity identity, int nodes, Action<string> note, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var progress = new Progress<string>(note);
        var postgres = await EmbeddedPostgres.StartAsync(folder, new EmbeddedPostgresOptions { Progress = progress }, cancellation).ConfigureAwait(false);
        var broker = await PrivateBroker.StartAsync(new PrivateBrokerOptions { Folder = folder, Nodes = nodes, Progress = progress }, cancellation).ConfigureAwait(false);
        var stage = new ChaosStage(folder, note, postgres, broker);
        try
        {
            stage.Database = NpgsqlDataSource.Create(postgres.ConnectionString);
            await new StoreIdentityTable(stage.Database).WriteAsync(identity, cancellation).ConfigureAwait(false);
            using (var store = MarketStore.Over(stage.Database))
            {
                await StoreSchema.ApplyAsync(store, cancellation).ConfigureAwait(false);
            }

            stage.Bus = await ServicesEngine.ConnectAsync(broker.Uris, cancellation).ConfigureAwait(false);
            stage.Sender = new CommandSender(stage.Bus, new PartitionMap(1), TimeSpan.FromSeconds(2));
            stage._processes.AddRange(Plan.Select(process => stage.Start(process.Name, process.Services)));
            await stage.ReadyAsync(cancellation).ConfigureAwait(false);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes a fault, and mends it when its time is over.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="isOver">Ends when the next fault is due: what has not come about by then does not.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task BreakAsync(ChaosFault fault, Task isOver, CancellationToken cancellation)
    {
        await Task.Delay(fault.AfterMilliseconds, cancellation).ConfigureAwait(false);
        switch (fault.Kind)
        {
            case FaultKind.KillServices:
                await KillServicesAsync(fault, cancellation).ConfigureAwait(false);
                break;
            case FaultKind.DieBetweenSteps:
                await DieAsync(fault, isOver, cancellation).ConfigureAwait(false);
                break;
            case FaultKind.PauseServices:
                await PauseServicesAsync(fault, cancellation).ConfigureAwait(false);
                break;
            case FaultKind.KillPostgres:
                await KillPostgresAsync(fault, cancellation).ConfigureAwait(false);
                break;
            case FaultKind.KillBroker:
                await KillBrokerAsync(fault, cancellation).ConfigureAwait(false);
                break;
            case FaultKind.CutBroker:
                await ForAWhileAsync(_brokerProxies, proxy => proxy.Cut(), fault, cancellation).ConfigureAwait(false);
                break;
            case FaultKind.FreezeBroker:
                await ForAWhileAsync(_brokerProxies, proxy => proxy.Freeze(), fault, cancellation).ConfigureAwait(false);
                break;
            case FaultKind.DelayBroker:
                await ForAWhileAsync(_brokerProxies, proxy => proxy.Delay(TimeSpan.FromMilliseconds(20)), fault, cancellation).ConfigureAwait(false);
                break;
            case FaultKind.CutPostgres:
                await ForAWhileAsync([_postgresProxy], proxy => proxy.Cut(), fault, cancellation).ConfigureAwait(false);
                break;
            case FaultKind.PoisonMessage:
                await PoisonAsync(fault, cancellation).ConfigureAwait(false);
                break;
            default:
                throw new UnreachableException();
        }
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
        _one.Dispose();
    }

    private static async Task ForAWhileAsync(FaultProxy[] proxies, Action<FaultProxy> fault, ChaosFault how, CancellationToken cancellation)
    {
        try
        {
            Array.ForEach(proxies, fault);
            await Task.Delay(how.Milliseconds, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Array.ForEach(proxies, proxy => proxy.Heal());
        }
    }

    private ServiceProcess Start(string name, string services, params string[] more)
    {
        var through = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Host = "127.0.0.1", Port = _postgresProxy.Port };
        var nodes = _broker.Nodes.Select((node, index) => _brokerProxies[index].Through(node.Uri)).ToArray();
        return ServiceProcess.Start(name, [.. ServicesEngine.Arguments(services, through.ConnectionString, null, nodes), "--lease", "1.5", "--patience", "2", .. more]);
    }

    private Task ReadyAsync(CancellationToken cancellation) => Task.WhenAll(_processes.Select(process => process.ReadyAsync(cancellation)));

    private async Task KillServicesAsync(ChaosFault fault, CancellationToken cancellation)
    {
        var index = fault.Target % _processes.Count;
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _processes[index].Kill();
            await Task.Delay(fault.Milliseconds, cancellation).ConfigureAwait(false);
            await StartAgainAsync(index, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    // The step must come to be reached: where two would share the work, one is left.
    private async Task DieAsync(ChaosFault fault, Task isOver, CancellationToken cancellation)
    {
        var step = CrashPoint.All[fault.Target % CrashPoint.All.Count];
        var service = step == CrashPoint.Held ? "trading" : step == CrashPoint.Followed ? "trust" : "settlement";
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            int[] concerned = [.. Enumerable.Range(0, Plan.Count).Where(index => Plan[index].Services.StartsWith(service, StringComparison.Ordinal))];
            foreach (var index in concerned)
            {
                _processes[index].Kill();
                await _processes[index].DisposeAsync().ConfigureAwait(false);
            }

            var first = concerned[0];
            _processes[first] = Start(Plan[first].Name, Plan[first].Services, ServeCommand.DiesAt, step + ":1");
            await Task.WhenAny(_processes[first].EndedAsync(cancellation), isOver).ConfigureAwait(false);
            WasReached[step] = WasReached.GetValueOrDefault(step) + (_processes[first].HasEnded ? 1 : 0);
            await Task.Delay(fault.Milliseconds, cancellation).ConfigureAwait(false);
            foreach (var index in concerned)
            {
                await StartAgainAsync(index, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    // A supervisor starts a process again as often as it fails to start, as when the store is away for the moment.
    private async Task StartAgainAsync(int index, CancellationToken cancellation)
    {
        while (true)
        {
            await _processes[index].DisposeAsync().ConfigureAwait(false);
            _processes[index] = Start(Plan[index].Name, Plan[index].Services);
            try
            {
                await _processes[index].ReadyAsync(cancellation).ConfigureAwait(false);
                return;
            }
            catch (CommandFailedException failure)
            {
                _note(failure.Message);
            }
        }
    }

    private async Task PauseServicesAsync(ChaosFault fault, CancellationToken cancellation)
    {
        // Of the two that Trading has, whichever owns it: the other is there to take over.
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var trading = _processes.Where(process => process.Name.StartsWith("trading", StringComparison.Ordinal) && !process.HasEnded).ToArray();
            var owner = await OwnerAsync(cancellation).ConfigureAwait(false);
            var paused = Array.Find(trading, process => owner.EndsWith($":{process.Id}", StringComparison.Ordinal)) ?? trading[0];
            _ = Send(paused.Id, StopSignal);
            try
            {
                await Task.Delay(fault.Milliseconds, cancellation).ConfigureAwait(false);
            }
            finally
            {
                _ = Send(paused.Id, ContinueSignal);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<string> OwnerAsync(CancellationToken cancellation)
    {
        try
        {
            await using var ask = Database.CreateCommand($"SELECT owner FROM {EventStore.Schemas.Default}.service_partition WHERE name = 'trading-0'");
            return await ask.ExecuteScalarAsync(cancellation).ConfigureAwait(false) as string ?? "";
        }
        catch (NpgsqlException)
        {
            return "";
        }
    }

    private async Task KillPostgresAsync(ChaosFault fault, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var port = _postgres.Port;
            Process.GetProcessById(_postgres.ProcessId).Kill();
            await Task.Delay(fault.Milliseconds, cancellation).ConfigureAwait(false);
            await _postgres.DisposeAsync().ConfigureAwait(false);
            _postgres = await EmbeddedPostgres.StartAsync(_folder, new EmbeddedPostgresOptions { Port = port }, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task KillBrokerAsync(ChaosFault fault, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var node = fault.Target % _broker.Nodes.Count;
            await _broker.KillNodeAsync(node, cancellation).ConfigureAwait(false);
            await Task.Delay(fault.Milliseconds, cancellation).ConfigureAwait(false);
            await _broker.StartNodeAsync(node, cancellation).ConfigureAwait(false);
            await _broker.WaitUntilHealthyAsync(TimeSpan.FromMinutes(1), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task PoisonAsync(ChaosFault fault, CancellationToken cancellation)
    {
        string[] partitions = [.. new PartitionMap(1).All];
        var endpoint = await Bus.Bus.GetSendEndpoint(Bus.AddressOf(partitions[fault.Target % partitions.Length])).ConfigureAwait(false);
        await endpoint.Send(new SubmitCommands([new CommandEnvelope(Guid.NewGuid(), "PlaceOrder", RawJson.Of("""{"product":7}"""))]), cancellation).ConfigureAwait(false);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int processId, int signal);
}
