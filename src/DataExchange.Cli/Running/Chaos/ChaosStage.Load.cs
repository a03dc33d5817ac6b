using System.Diagnostics;
using System.Globalization;
using DataExchange.Cli.Commands;
using DataExchange.RabbitMq;
using DataExchange.Services;

namespace DataExchange.Cli.Running.Chaos;

/// <content>A process that cannot keep up.</content>
internal sealed partial class ChaosStage
{
    private const long MostGrowthBytes = 128 << 20;
    private static readonly TimeSpan Standing = TimeSpan.FromMilliseconds(90);
    private static readonly TimeSpan Going = TimeSpan.FromMilliseconds(10);

    private async Task<string> SlowDownAsync(ChaosFault fault, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var process = _processes[HostOf(fault.Target)];
            var queue = Bus.QueueOf(new PartitionMap(1).PartitionsOf(Plan[fault.Target % Plan.Count].Services).First());
            var before = MemoryOf(process);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var measuring = MeasureAsync(process, queue, ended.Token);
            var until = Stopwatch.GetTimestamp() + (fault.Milliseconds * Stopwatch.Frequency / 1_000);
            try
            {
                while (Stopwatch.GetTimestamp() < until)
                {
                    _ = Send(process.Id, StopSignal);
                    await Task.Delay(Standing, cancellation).ConfigureAwait(false);
                    _ = Send(process.Id, ContinueSignal);
                    await Task.Delay(Going, cancellation).ConfigureAwait(false);
                }
            }
            finally
            {
                _ = Send(process.Id, ContinueSignal);
                await ended.CancelAsync().ConfigureAwait(false);
            }

            var (memory, waiting, handedOut) = await measuring.ConfigureAwait(false);
            var said = string.Create(CultureInfo.InvariantCulture,
                $"at most {waiting} messages in its queue, {handedOut} of them with it (prefetch {ServiceBus.Prefetch}); memory {before >> 20} MiB before, at most {memory >> 20} MiB");
            return handedOut <= ServiceBus.Prefetch && memory - before <= MostGrowthBytes
                ? said
                : throw new CommandFailedException($"{Plan[fault.Target % Plan.Count].Name} was not held back: {said}");
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<(long Memory, long Waiting, long HandedOut)> MeasureAsync(ServiceProcess process, string queue, CancellationToken cancellation)
    {
        var most = (Memory: 0L, Waiting: 0L, HandedOut: 0L);
        while (!cancellation.IsCancellationRequested)
        {
            most.Memory = Math.Max(most.Memory, MemoryOf(process));
            try
            {
                foreach (var one in (await _broker.ListQueuesAsync(CancellationToken.None).ConfigureAwait(false)).Where(one => one.Name == queue))
                {
                    most = (most.Memory, Math.Max(most.Waiting, one.Messages), Math.Max(most.HandedOut, one.Unacknowledged));
                }
            }
            catch (BrokerUnavailableException)
            {
                // It is asked again.
            }

            await Task.Delay(200, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return most;
    }

    private static long MemoryOf(ServiceProcess process)
    {
        try
        {
            using var seen = Process.GetProcessById(process.Id);
            return seen.WorkingSet64;
        }
        catch (ArgumentException)
        {
            return 0;
        }
    }
}
