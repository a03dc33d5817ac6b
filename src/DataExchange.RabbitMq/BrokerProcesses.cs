using System.Diagnostics;
using System.Globalization;

namespace DataExchange.RabbitMq;

/// <summary>The processes of one broker: its port mapper and its nodes.</summary>
internal sealed class BrokerProcesses(
    BrokerFolder folder, PrivateBrokerOptions options, NodeLaunch launch, Epmd epmd, IReadOnlyList<BrokerNode> nodes, ManagementApi api)
{
    private const int NodeAttempts = 4;

    /// <summary>Starts all nodes and waits until they are one cluster.</summary>
    /// <exception cref="BrokerUnavailableException">One does not start; the message and the log lines say why.</exception>
    public async Task StartAllAsync(CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        if (folder.Marker!.IsFormed)
        {
            // The node that was stopped last knows most and has to come up for the others to follow: nobody knows which that was.
            await StartAsync(nodes, watch, ct);
        }
        else
        {
            // New nodes join the first they find; the first must not find itself alone beside another first.
            await StartAsync([nodes[0]], watch, ct);
            await StartAsync([.. nodes.Skip(1)], watch, ct);
        }

        while (!await IsWholeAsync(ct))
        {
            ThrowIfLate(watch, nodes[0], "does not see all other nodes");
            await Task.Delay(50, ct);
        }
    }

    /// <summary>Starts some nodes side by side and waits until each listens for clients.</summary>
    public async Task StartAsync(IReadOnlyList<BrokerNode> some, Stopwatch watch, CancellationToken ct)
    {
        // Nodes that start side by side may ask each other before the other can answer, and then give up (seen with 3.10.8): again, then.
        await Task.WhenAll(some.Select(async node =>
        {
            for (var attempt = 1; ; attempt++)
            {
                await launch.StartAsync(node, ct);
                NoteRunning();
                try
                {
                    await WaitUntilReadyAsync(node, watch, ct);
                    return;
                }
                catch (BrokerUnavailableException failure) when (
                    attempt < NodeAttempts && options.Nodes > 1 && !ProcessTable.IsAlive(node.ProcessId) && !SaysPortTaken(failure))
                {
                    await EndAsync(node);
                }
            }
        }));
    }

    /// <summary>True when every node is up and sees every other.</summary>
    public async Task<bool> IsWholeAsync(CancellationToken ct)
    {
        var names = nodes.Select(node => node.Name).ToHashSet();
        foreach (var node in nodes)
        {
            if (!node.IsRunning || !await api.IsReadyAsync(node, ct) || await api.SoundNodesAsync(node, ct) is not { } sound || !names.IsSubsetOf(sound))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ends a node's process at once, as a power cut would.</summary>
    public async Task KillAsync(BrokerNode node)
    {
        if (node.Process is not null)
        {
            ProcessTable.Signal(node.ProcessId, ProcessTable.Kill);
            await EndAsync(node);
        }
    }

    /// <summary>Ends a node in order; kills it when that takes longer than the options allow.</summary>
    public async Task EndAsync(BrokerNode node)
    {
        if (node.Process is not { } shell)
        {
            return;
        }

        shell.StandardInput.Close();
        await shell.WaitForExitAsync();

        // Only needed when somebody killed the supervising shell: then the node is still there.
        await EndLeftoverAsync(node.ProcessId, folder.Marker!.Id, options);
        shell.Dispose();
        node.Process = null;
        NoteRunning();
    }

    /// <summary>Ends everything; the nodes side by side, the port mapper last.</summary>
    public async Task EndAllAsync(bool atOnce)
    {
        await Task.WhenAll(nodes.Select(node => atOnce ? KillAsync(node) : EndAsync(node)));
        await epmd.EndAsync();
        folder.NoteStopped();
    }

    /// <summary>Ends what an interrupted dx left behind when its supervising shells were killed too, or waits for them to end it.</summary>
    public static async Task EndLeftoversAsync(BrokerFolder folder, PrivateBrokerOptions options)
    {
        if (folder.FindRunning() is not { } running)
        {
            return;
        }

        var id = folder.Marker!.Id;
        if (running.NodeProcessIds.Any(pid => ProcessTable.IsServerOf(pid, id)))
        {
            options.Report("Ending the broker that an interrupted dx left behind …");
        }

        await Task.WhenAll(running.NodeProcessIds.Select(pid => EndLeftoverAsync(pid, id, options)));
        await EndLeftoverAsync(running.EpmdProcessId, running.EpmdPort.ToString(CultureInfo.InvariantCulture), options);
        folder.NoteStopped();
    }

    private static async Task EndLeftoverAsync(int pid, string argument, PrivateBrokerOptions options)
    {
        bool Runs() => pid > 0 && ProcessTable.IsStillServerOf(pid, argument);
        if (!Runs())
        {
            return;
        }

        ProcessTable.Signal(pid, ProcessTable.Terminate);
        if (!await ProcessTable.WaitForEndAsync(Runs, options.StopTimeout, CancellationToken.None))
        {
            ProcessTable.Signal(pid, ProcessTable.Kill);
            if (!await ProcessTable.WaitForEndAsync(Runs, TimeSpan.FromSeconds(10), CancellationToken.None))
            {
                throw new BrokerUnavailableException($"Process {pid} of an earlier broker does not end: end it as the user who started it.");
            }
        }
    }

    private async Task WaitUntilReadyAsync(BrokerNode node, Stopwatch watch, CancellationToken ct)
    {
        var nextReport = watch.Elapsed + TimeSpan.FromSeconds(10);
        while (!await api.IsReadyAsync(node, ct))
        {
            if (!ProcessTable.IsAlive(node.ProcessId))
            {
                throw new BrokerUnavailableException($"RabbitMQ's node {node.Name} did not start: {Reason(node)} (log: {node.LogFile}).")
                {
                    LogLines = new ServerLog(node.ConsoleFile, 0).Tail(20),
                };
            }

            ThrowIfLate(watch, node, "is not ready");
            if (watch.Elapsed > nextReport)
            {
                nextReport += TimeSpan.FromSeconds(10);
                options.Report(string.Create(CultureInfo.InvariantCulture, $"Waiting for {node.Name} … {watch.Elapsed.TotalSeconds:0} s"));
            }

            await Task.Delay(50, ct);
        }
    }

    /// <summary>True when a node gave as its reason not to start that another program has one of its ports.</summary>
    public static bool SaysPortTaken(BrokerUnavailableException failure) =>
        failure.LogLines.Any(line => line.Contains("eaddrinuse", StringComparison.Ordinal) || line.Contains("already in use", StringComparison.Ordinal));

    private static string Reason(BrokerNode node)
    {
        // What matters follows the line "BOOT FAILED" and its underlining, up to a line without words; an Erlang term may take several lines.
        var lines = new ServerLog(node.ConsoleFile, 0).Tail(200).Select(line => line.Trim()).ToArray();
        var reason = lines.SkipWhile(line => !line.Contains("BOOT FAILED", StringComparison.Ordinal)).Skip(2).Where(line => line.Length > 0).Take(5);
        var text = string.Join(' ', reason) is { Length: > 0 } said ? said : lines.LastOrDefault() ?? "it printed nothing";
        return (text.Length > 300 ? text[..300] + " …" : text).TrimEnd('.');
    }

    private void ThrowIfLate(Stopwatch watch, BrokerNode node, string what)
    {
        if (watch.Elapsed > options.StartTimeout)
        {
            throw new BrokerUnavailableException(
                $"RabbitMQ's node {node.Name} {what} after {options.StartTimeout.TotalSeconds:0} s, which StartTimeout allows (log: {node.LogFile}).")
            {
                LogLines = new ServerLog(node.LogFile, 0).Tail(),
            };
        }
    }

    private void NoteRunning()
    {
        // Nodes end side by side.
        lock (nodes)
        {
            folder.NoteRunning(new RunningBroker(epmd.ProcessId, epmd.Port, [.. nodes.Select(node => node.Process is null ? 0 : node.ProcessId)]));
        }
    }
}
