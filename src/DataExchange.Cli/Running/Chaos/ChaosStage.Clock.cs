using System.Globalization;
using DataExchange.Cli.Commands;
using Npgsql;

namespace DataExchange.Cli.Running.Chaos;

/// <content>Clocks that are off.</content>
internal sealed partial class ChaosStage
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private async Task<string> SkewClockAsync(ChaosFault fault, bool isAlone, CancellationToken cancellation)
    {
        if (FalseClock.Library is null)
        {
            return $"cannot be run here because {FalseClock.Missing}";
        }

        var index = HostOf(fault.Target);
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _processes[index].Kill();
            await StartAgainAsync(index, cancellation, FalseClock.Environment(fault.Skew)).ConfigureAwait(false);
            // It takes what is its own first.
            await Task.Delay(Settling, cancellation).ConfigureAwait(false);
            var before = await EpochsAsync(cancellation).ConfigureAwait(false);
            await Task.Delay(fault.Milliseconds, cancellation).ConfigureAwait(false);
            var after = await EpochsAsync(cancellation).ConfigureAwait(false);
            var changes = after.Sum(partition => partition.Value - before.GetValueOrDefault(partition.Key, partition.Value));
            // One may be this machine's fault: an owner that gets no processor for longer than its lease loses it, whatever the clocks say.
            if (isAlone && changes > 1)
            {
                throw new CommandFailedException(string.Create(
                    CultureInfo.InvariantCulture, $"partitions changed hands {changes} times while the clock of {_hosts[index].Name} was off: its clock decided on leases"));
            }

            _processes[index].Kill();
            await StartAgainAsync(index, cancellation).ConfigureAwait(false);
            return string.Create(CultureInfo.InvariantCulture, $"{changes} partitions changed hands");
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<Dictionary<string, long>> EpochsAsync(CancellationToken cancellation)
    {
        var epochs = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            await using var ask = Database.CreateCommand($"SELECT name, epoch FROM {EventStore.Schemas.Default}.service_partition");
            await using var rows = await ask.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            {
                epochs[rows.GetString(0)] = rows.GetInt64(1);
            }
        }
        catch (NpgsqlException)
        {
            // Another fault at the same time.
        }

        return epochs;
    }
}
