using System.Diagnostics;
using System.Runtime.InteropServices;
using DataExchange.Cli.Commands;
using DataExchange.PrivateServers;
using DataExchange.Services;
using DataExchange.Services.Messages;
using Npgsql;

namespace DataExchange.Cli.Running.Chaos;

/// <content>Processes killed and stopped, servers killed, networks cut.</content>
internal sealed partial class ChaosStage
{
    private const int StopSignal = 19;
    private const int ContinueSignal = 18;

    /// <summary>Makes a fault, and mends it when its time is over.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="isAlone">Whether no other is made at the same time.</param>
    /// <param name="isOver">Ends when the next fault is due: what has not come about by then does not.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What was measured of it, or why it cannot be made here; null where there is nothing to say.</returns>
    /// <exception cref="CommandFailedException">What must hold while the fault lasts did not.</exception>
    public async Task<string?> BreakAsync(ChaosFault fault, bool isAlone, Task isOver, CancellationToken cancellation)
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
            case FaultKind.FillDisk:
                return await FillDiskAsync(fault, isOver, cancellation).ConfigureAwait(false);
            case FaultKind.SkewClock:
                return await SkewClockAsync(fault, isAlone, cancellation).ConfigureAwait(false);
            case FaultKind.DisturbDeliveries:
                return await DisturbDeliveriesAsync(fault, cancellation).ConfigureAwait(false);
            case FaultKind.SlowConsumer:
                return await SlowDownAsync(fault, cancellation).ConfigureAwait(false);
            default:
                throw new UnreachableException();
        }

        return null;
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

    private async Task KillServicesAsync(ChaosFault fault, CancellationToken cancellation)
    {
        var index = HostOf(fault.Target);
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
        var service = step == CrashPoint.Held ? "trading" : step == CrashPoint.Followed ? ServiceOptions.Feed : "settlement";
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            int[] concerned = [.. Enumerable.Range(0, _hosts.Count).Where(index => _hosts[index].Services.Split(',').Contains(service))];
            foreach (var index in concerned)
            {
                _processes[index].Kill();
                await _processes[index].DisposeAsync().ConfigureAwait(false);
            }

            var first = concerned[0];
            _processes[first] = Start(_hosts[first].Name, _hosts[first].Services, null, ServeCommand.DiesAt, step + ":1");
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
    private async Task StartAgainAsync(int index, CancellationToken cancellation, IReadOnlyDictionary<string, string>? environment = null)
    {
        while (true)
        {
            await _processes[index].DisposeAsync().ConfigureAwait(false);
            _processes[index] = Start(_hosts[index].Name, _hosts[index].Services, environment);
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
            Process.GetProcessById(_postgres.ProcessId).Kill();
            await Task.Delay(fault.Milliseconds, cancellation).ConfigureAwait(false);
            await StartPostgresAgainAsync(cancellation).ConfigureAwait(false);
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
