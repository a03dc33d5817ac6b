using System.Diagnostics;
using System.Globalization;

namespace DataExchange.RabbitMq;

/// <summary>A private RabbitMQ for one data folder: one node, or a cluster of three, on this machine only.</summary>
/// <remarks>
/// It ends with this handle, and also when the process dies without a word (<c>kill -9</c>). What is durable in it is there again at the
/// next start with the same folder; ports are new then, user and password the same. Keep the handle: a forgotten one may take its broker with it.
/// The methods on nodes may be called from several threads; one call is done at a time.
/// </remarks>
public sealed class PrivateBroker : IAsyncDisposable
{
    private const int Attempts = 4;
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(2);

    private readonly BrokerFolder _folder;
    private readonly BrokerProcesses _processes;
    private readonly ManagementApi _api;
    private readonly FolderLock _lock;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private bool _ended;

    private PrivateBroker(
        BrokerFolder folder, BrokerProcesses processes, ManagementApi api, FolderLock held, IReadOnlyList<BrokerNode> nodes, string version, bool isNew, TimeSpan took)
    {
        _folder = folder;
        _processes = processes;
        _api = api;
        _lock = held;
        Nodes = nodes;
        Version = version;
        IsNew = isNew;
        StartTime = took;
    }

    /// <summary>The data folder, absolute.</summary>
    public string DataFolder => _folder.DataFolder;

    /// <summary>The nodes, running or not.</summary>
    public IReadOnlyList<BrokerNode> Nodes { get; }

    /// <summary>RabbitMQ's version, such as 3.10.8.</summary>
    public string Version { get; }

    /// <summary>True when the broker was made by this start, so that it holds nothing yet.</summary>
    public bool IsNew { get; }

    /// <summary>How long it took from the call to nodes that accept clients.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>Where clients of a single node connect, with user and password; of a cluster, the first node: see <see cref="Uris"/>.</summary>
    public Uri Uri => Nodes[0].Uri;

    /// <summary>Where clients connect, node by node.</summary>
    public IReadOnlyList<Uri> Uris => [.. Nodes.Select(node => node.Uri)];

    /// <summary>The management pages of the first node.</summary>
    public Uri ManagementUri => Nodes[0].ManagementUri;

    /// <summary>Starts the broker of a data folder, making it when there is none.</summary>
    /// <param name="options">Folder, number of nodes, time-outs and where progress is reported.</param>
    /// <param name="ct">Cancels the start; nothing is left running then.</param>
    /// <exception cref="BrokerUnavailableException">It cannot be started, or another dx uses the folder.</exception>
    public static async Task<PrivateBroker> StartAsync(PrivateBrokerOptions options, CancellationToken ct = default)
    {
        options.ThrowIfOutOfRange();
        if (OperatingSystem.IsWindows())
        {
            throw new BrokerUnavailableException("A private RabbitMQ needs Linux (or WSL): give a broker of your own.");
        }

        var watch = Stopwatch.StartNew();
        var folder = new BrokerFolder(options.Folder);
        FolderLock? held = null;
        try
        {
            folder.MakeRoot();
            held = await TakeLockAsync(folder, ct);
            folder.Settle(options.Nodes);
            await BrokerProcesses.EndLeftoversAsync(folder, options);
            var binaries = await BrokerBinaries.FindAsync(options, ct);
            var isNew = !folder.Marker!.IsFormed;
            var broker = await LaunchAsync(folder, binaries, options, (processes, api, nodes) =>
                new PrivateBroker(folder, processes, api, held, nodes, binaries.Version, isNew, watch.Elapsed), ct);
            held = null;
            var nodes = options.Nodes == 1 ? "" : $" ({options.Nodes} nodes)";
            options.Report(string.Create(CultureInfo.InvariantCulture, $"Starting RabbitMQ {binaries.Version}{nodes} … {watch.Elapsed.TotalSeconds:0.0} s"));
            return broker;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BrokerUnavailableException(
                $"The data folder {folder.DataFolder} cannot be used ({refused.Message.TrimEnd('.')}): "
                + "use it as the user who made it, or choose another.", refused);
        }
        finally
        {
            held?.Dispose();
        }
    }

    /// <summary>Why the broker is not whole although nobody asked for it, as a sentence for the user; null while all is well.</summary>
    public string? Diagnose() =>
        Nodes.FirstOrDefault(node => node.Process is not null && !ProcessTable.IsAlive(node.ProcessId)) is { } gone
            ? $"RabbitMQ's node {gone.Name} (process {gone.ProcessId}) ended while it was in use; what is durable is there at the next start (log: {gone.LogFile})."
            : null;

    /// <summary>True when every node runs, accepts clients and sees every other, none is short of memory or disk, and every quorum queue has all its members online.</summary>
    /// <param name="ct">Cancels the question.</param>
    public async Task<bool> IsClusterHealthyAsync(CancellationToken ct = default) =>
        await _processes.IsWholeAsync(ct)
        && await _api.QueuesAsync(Nodes[0], ct) is { } queues
        && queues.All(queue => queue.Type != "quorum" || (queue.Leader is not null && queue.Online.Count == queue.Members.Count));

    /// <summary>Waits until <see cref="IsClusterHealthyAsync"/>.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>False when the time is over.</returns>
    public async Task<bool> WaitUntilHealthyAsync(TimeSpan timeout, CancellationToken ct = default)
    {
        var until = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (!await IsClusterHealthyAsync(ct))
        {
            if (Environment.TickCount64 > until)
            {
                return false;
            }

            await Task.Delay(100, ct);
        }

        return true;
    }

    /// <summary>All queues of the virtual host <c>/</c>, as the first node that answers tells them; the figures are up to two seconds old.</summary>
    /// <param name="ct">Cancels the question.</param>
    /// <exception cref="BrokerUnavailableException">No node answers.</exception>
    public async Task<IReadOnlyList<BrokerQueue>> ListQueuesAsync(CancellationToken ct = default)
    {
        foreach (var node in Nodes.Where(node => node.IsRunning))
        {
            if (await _api.QueuesAsync(node, ct) is { } queues)
            {
                return queues;
            }
        }

        throw new BrokerUnavailableException($"No node of {_folder.Root} answers: {Nodes.Count(node => node.IsRunning)} of {Nodes.Count} run.");
    }

    /// <summary>Ends a node's process at once (<c>kill -9</c>); does nothing to one that is down.</summary>
    /// <param name="index">The node, from 0.</param>
    /// <param name="ct">Cancels the wait for an earlier call.</param>
    public Task KillNodeAsync(int index, CancellationToken ct = default) => OneAtATimeAsync(() => _processes.KillAsync(Node(index)), ct);

    /// <summary>Ends a node in order; does nothing to one that is down.</summary>
    /// <param name="index">The node, from 0.</param>
    /// <param name="ct">Cancels the wait for an earlier call.</param>
    public Task StopNodeAsync(int index, CancellationToken ct = default) => OneAtATimeAsync(() => _processes.EndAsync(Node(index)), ct);

    /// <summary>Starts a node that was killed or stopped, on its old ports, and waits until it accepts clients; does nothing to one that runs.</summary>
    /// <param name="index">The node, from 0.</param>
    /// <param name="ct">Cancels the start; the node is killed then.</param>
    /// <exception cref="BrokerUnavailableException">It does not start.</exception>
    /// <remarks>When fewer than two nodes of a cluster are left, one more waits for the others: use <see cref="StartNodesAsync"/>.</remarks>
    public Task StartNodeAsync(int index, CancellationToken ct = default) => OneAtATimeAsync(() => StartAsync([Node(index)], ct), ct);

    /// <summary>Starts all nodes that are down side by side, on their old ports, and waits until they accept clients.</summary>
    /// <param name="ct">Cancels the start; the nodes are killed then.</param>
    /// <exception cref="BrokerUnavailableException">One does not start.</exception>
    public Task StartNodesAsync(CancellationToken ct = default) => OneAtATimeAsync(() => StartAsync(Nodes, ct), ct);

    /// <summary>Shuts all nodes down in order; what is durable stays in the folder. Does nothing the second time.</summary>
    public Task StopAsync() => EndAsync(discard: false);

    /// <summary>Kills all nodes and deletes the broker with its data: quicker than <see cref="StopAsync"/> where nobody wants them again.</summary>
    public Task DiscardAsync() => EndAsync(discard: true);

    /// <summary>The same as <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static async Task<PrivateBroker> LaunchAsync(
        BrokerFolder folder, BrokerBinaries binaries, PrivateBrokerOptions options,
        Func<BrokerProcesses, ManagementApi, IReadOnlyList<BrokerNode>, PrivateBroker> done, CancellationToken ct)
    {
        var password = folder.Password;
        for (var attempt = 1; ; attempt++)
        {
            var ports = LoopbackPorts.Find(1 + (4 * options.Nodes));
            BrokerNode[] nodes =
            [
                .. ports.Skip(1).Chunk(4).Select((own, index) => new BrokerNode(index, folder.Node(index), own[0], own[1], own[2], own[3], password)),
            ];
            if (await Epmd.StartAsync(folder, binaries, ports[0], ct) is not { } epmd)
            {
                if (attempt == Attempts)
                {
                    throw new BrokerUnavailableException($"Erlang's port mapper {binaries.Epmd} does not start: see {folder.EpmdLog}.");
                }

                continue;
            }

            var api = new ManagementApi(password);
            var processes = new BrokerProcesses(folder, options, new NodeLaunch(folder, binaries, options, epmd.Port), epmd, nodes, api);
            try
            {
                await processes.StartAllAsync(ct);
                folder.NoteFormed();
                return done(processes, api, nodes);
            }
            catch (Exception failure)
            {
                await processes.EndAllAsync(atOnce: true);
                api.Dispose();
                if (attempt == Attempts || failure is not BrokerUnavailableException refusal || !BrokerProcesses.SaysPortTaken(refusal))
                {
                    throw;
                }

                folder.Settle(options.Nodes);
            }
        }
    }

    private static async Task<FolderLock> TakeLockAsync(BrokerFolder folder, CancellationToken ct)
    {
        var until = Environment.TickCount64 + (long)LockPatience.TotalMilliseconds;
        while (true)
        {
            if (FolderLock.TryTake(folder.LockFile, folder.OwnerFile) is { } taken)
            {
                return taken;
            }

            if (Environment.TickCount64 > until)
            {
                throw new BrokerUnavailableException(
                    $"The broker of {folder.DataFolder} is in use by another dx (process {FolderLock.Holder(folder.OwnerFile)}): "
                    + "wait until it ends, or choose another data folder.");
            }

            await Task.Delay(50, ct);
        }
    }

    private async Task StartAsync(IEnumerable<BrokerNode> nodes, CancellationToken ct)
    {
        var down = nodes.Where(node => !node.IsRunning).ToArray();
        await Task.WhenAll(down.Select(_processes.EndAsync));
        try
        {
            await _processes.StartAsync(down, Stopwatch.StartNew(), ct);
        }
        catch
        {
            await Task.WhenAll(down.Select(_processes.KillAsync));
            throw;
        }
    }

    private async Task EndAsync(bool discard)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            await _processes.EndAllAsync(discard);
            if (discard)
            {
                _folder.Delete();
            }

            _api.Dispose();
            _lock.Dispose();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task OneAtATimeAsync(Func<Task> act, CancellationToken ct)
    {
        await _oneAtATime.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            await act();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private BrokerNode Node(int index) =>
        index >= 0 && index < Nodes.Count
            ? Nodes[index]
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"Allowed are 0 to {Nodes.Count - 1}.");
}
