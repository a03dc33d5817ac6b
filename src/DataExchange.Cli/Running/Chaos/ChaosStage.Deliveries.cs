using System.Globalization;
using DataExchange.RabbitMq;
using DataExchange.Services;

namespace DataExchange.Cli.Running.Chaos;

/// <content>Messages that come twice, late, and in another order.</content>
internal sealed partial class ChaosStage
{
    private async Task<string> DisturbDeliveriesAsync(ChaosFault fault, CancellationToken cancellation)
    {
        // Not while a node is killed on purpose: the relay is part of the network, not of what is tried.
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            Disturbance done;
            await using (var relay = await DisturbingRelay.BetweenAsync(
                _broker.Uris, new PartitionMap(1).All.Select(Bus.QueueOf), fault.Target, _broker.Nodes.Count > 2, cancellation).ConfigureAwait(false))
            {
                await Task.Delay(fault.Milliseconds, cancellation).ConfigureAwait(false);
                await relay.DisposeAsync().ConfigureAwait(false);
                done = relay.Done;
            }

            return string.Create(CultureInfo.InvariantCulture, $"{done.Messages} messages: {done.Doubled} twice, {done.Late} late, {done.Swapped} swapped");
        }
        finally
        {
            _one.Release();
        }
    }
}
