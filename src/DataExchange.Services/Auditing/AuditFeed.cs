using DataExchange.Services.Messages;
using DataExchange.Services.Telemetry;
using MassTransit;

namespace DataExchange.Services.Auditing;

/// <summary>
/// Tells auditors which streams grew, a message a slot; the broker hands a slot's messages to one of them. Messages may be lost, and who gets a slot may change
/// between two of them: each says from where to where it reaches, and whoever gets the next one reads from the store what lies between. What waits for too
/// long is told of again.
/// </summary>
internal sealed class AuditFeed(ServiceContext context)
{
    private readonly AuditTable _table = new(context.Database);
    private readonly long[] _told = new long[AuditTable.Slots];
    private readonly long[] _grew = new long[AuditTable.Slots];
    private long[]? _audited;
    private long _looked;

    /// <summary>Begins at the feed's position.</summary>
    public void Begin(long progress)
    {
        lock (_told)
        {
            Array.Fill(_told, progress);
            Array.Fill(_grew, progress);
        }
    }

    /// <summary>Tells of the facts that the feed sees.</summary>
    /// <param name="facts">All facts from where the last ones ended.</param>
    /// <param name="to">To where they reach.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task TellAsync(IEnumerable<(long Sequence, string Stream)> facts, long to, CancellationToken cancellation)
    {
        var messages = new List<StreamsGrew>();
        lock (_told)
        {
            foreach (var slot in facts.GroupBy(fact => AuditTable.SlotOf(fact.Stream)))
            {
                _grew[slot.Key] = slot.Max(fact => fact.Sequence);
                if (_audited is not null)
                {
                    messages.Add(new StreamsGrew(slot.Key, _told[slot.Key], to, [.. slot.Select(fact => fact.Stream).Distinct()]));
                    _told[slot.Key] = to;
                }
            }
        }

        await PublishAsync(messages, cancellation).ConfigureAwait(false);
    }

    /// <summary>Looks now and then how far the auditors are, and tells again of what they have not come to meanwhile.</summary>
    public async Task RemindAsync(CancellationToken cancellation)
    {
        if (_looked != 0 && TimeProvider.System.GetElapsedTime(_looked) < context.Options.Patience)
        {
            return;
        }

        _looked = TimeProvider.System.GetTimestamp();
        try
        {
            var (before, now) = (_audited, await _table.ReadAsync(isThere: true, cancellation).ConfigureAwait(false));
            var messages = new List<StreamsGrew>();
            lock (_told)
            {
                _audited = now;
                for (var slot = 0; slot < AuditTable.Slots && now is not null; slot++)
                {
                    if (now[slot] < _grew[slot] && (before is null || before[slot] == now[slot]))
                    {
                        _told[slot] = Math.Max(_told[slot], _grew[slot]);
                        messages.Add(new StreamsGrew(slot, _told[slot], _told[slot], []));
                    }
                }
            }

            await PublishAsync(messages, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is EventStore.EventStoreException or Npgsql.NpgsqlException)
        {
            context.Options.Log(new LogLine(LogGrade.Warning, "store_unavailable", failure.Message, ServiceOptions.Feed));
        }
    }

    // The messages of a page are of one slot each: their order among each other is no matter.
    private Task PublishAsync(IEnumerable<StreamsGrew> messages, CancellationToken cancellation) => Task.WhenAll(messages.Select(async message =>
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(context.Options.Patience);
        try
        {
            await context.Bus.Bus.Publish(message, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is MassTransitException or OperationCanceledException or ObjectDisposedException)
        {
            // It is told of again.
        }
    }));
}
