using DataExchange.EventStore.Serialization;
using DataExchange.EventStore.Services;
using DataExchange.Exchange;
using DataExchange.Services.Auditing;
using DataExchange.Services.Messages;
using DataExchange.Services.Telemetry;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;
using MassTransit;
using Event = DataExchange.Domain.Event;
using IEvent = JasperFx.Events.IEvent;

namespace DataExchange.Services;

/// <summary>
/// The event store as outbox: Marten's daemon hands committed facts over in the order of commits and keeps in PostgreSQL how far it got; they go to
/// the partitions that have to react. Live, they are only sent, many in a message (<see cref="FeedLanes"/>). In lockstep each reaction is waited for
/// before the next is sent, so that the market's order is the one in which a single process would have done it.
/// </summary>
internal sealed class FactFeed(ServiceContext context, LedgerWatch? ledger) : ISubscription, IDisposable
{
    private readonly FeedLanes _lanes = new(context);
    private readonly AuditFeed _audits = new(context);
    private long _known;
    private long _position;

    /// <summary>The last fact that was dealt with.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>How far it is, and whether, in lockstep, nothing behind that is known.</summary>
    /// <remarks>
    /// What is known is read last and only ever grows: were the position read again, it might have moved on to a fact whose consequences are not
    /// among what was read before.
    /// </remarks>
    public FeedProgress Progress()
    {
        var position = Position;
        return new FeedProgress(position, Volatile.Read(ref _known) <= position);
    }

    /// <summary>Begins where each partition has got to: what was sent to it before and was lost on the way is sent again.</summary>
    public async Task PrepareAsync(long progress, CancellationToken cancellation)
    {
        Volatile.Write(ref _position, progress);
        if (context.Options.IsLockstep)
        {
            // What an earlier feed had done and not noted: it was known to that one alone, and the market does not rest before it is followed.
            Know(await new PartitionReader(context.Database).LastSequenceAsync(cancellation).ConfigureAwait(false));
        }
        else
        {
            _audits.Begin(progress);
            await _lanes.PrepareAsync(progress, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Sends, live, what is due to partitions that were too far behind and have room again.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        if (context.Options.IsLockstep)
        {
            return;
        }

        try
        {
            await _audits.RemindAsync(cancellation).ConfigureAwait(false);
            await _lanes.CatchUpAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is MassTransitException or EventStore.EventStoreException or Npgsql.NpgsqlException)
        {
            context.Options.Log(new LogLine(LogGrade.Warning, "feed_behind", failure.Message, ServiceOptions.Feed));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lanes.Dispose();

    public async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        ledger?.See(page);
        if (context.Options.IsLockstep)
        {
            foreach (var stored in page.Events)
            {
                await FollowAsync(stored, cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref _position, stored.Sequence);
            }
        }
        else
        {
            await _lanes.SendAsync([.. page.Events.Select(stored => new FedFact(stored.Sequence, stored.StreamKey!, (Event)stored.Data, () => Envelope(stored)))], cancellationToken).ConfigureAwait(false);
        }

        if (!context.Options.IsLockstep)
        {
            await _audits.TellAsync(page.Events.Select(stored => (stored.Sequence, stored.StreamKey!)), page.SequenceCeiling, cancellationToken).ConfigureAwait(false);
        }

        Volatile.Write(ref _position, Math.Max(Position, page.SequenceCeiling));
        _ = TellAsync();
        return NullChangeListener.Instance;
    }

    /// <summary>Tells everybody how far it is.</summary>
    /// <remarks>
    /// It never takes longer than <see cref="ServiceOptions.Patience"/>: what is published while a node of the broker dies may wait for minutes for a
    /// confirmation that does not come, and whoever tells has a lease to renew.
    /// </remarks>
    public async Task TellAsync()
    {
        using var limit = new CancellationTokenSource(context.Options.Patience);
        try
        {
            await context.Bus.Bus.Publish(Progress(), limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is MassTransitException or OperationCanceledException or ObjectDisposedException)
        {
            // It is told again and again; what matters is in the store.
        }
    }

    private void Know(long sequence) => Volatile.Write(ref _known, Math.Max(_known, sequence));

    private static FactEnvelope Envelope(IEvent stored)
    {
        var fact = (Event)stored.Data;
        return new FactEnvelope(stored.Sequence, stored.StreamKey!, (int)stored.Version, EventRegistry.NameOf(fact), new RawJson(EventJson.Write(fact)), Traces.Feed(fact));
    }

    private async Task FollowAsync(IEvent stored, CancellationToken cancellation)
    {
        var reactions = Reactions.To((Event)stored.Data);
        var fact = Envelope(stored);
        for (var index = 0; index < reactions.Count; index++)
        {
            var partition = context.Map.OwnerOf(reactions[index].Stream);
            await ApplyAsync(partition, new ApplyFacts(fact.Sequence, index - 1, fact.Sequence, index, [fact]), cancellation).ConfigureAwait(false);
        }

        foreach (var observer in context.Map.ObserversOf(fact.Stream))
        {
            await ApplyAsync(observer, new ApplyFacts(fact.Sequence, -1, fact.Sequence, FeedPosition.Whole, [fact]), cancellation).ConfigureAwait(false);
        }

        Know(fact.Sequence);
    }

    private async Task ApplyAsync(string partition, ApplyFacts message, CancellationToken cancellation)
    {
        var client = context.Bus.Bus.CreateRequestClient<ApplyFacts>(context.Bus.AddressOf(partition), context.Options.Patience);
        while (true)
        {
            // The request's own time begins when it was sent, and sending may hang while a node of the broker dies.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(context.Options.Patience * 2);
            try
            {
                var applied = await client.GetResponse<FactsApplied>(message, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
                Know(applied.Message.Sequence);
                context.Options.DiesAt?.Reach(CrashPoint.Followed);
                return;
            }
            catch (Exception failure) when (failure is RequestException or MassTransitException or OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                // Its owner is gone or slow; what was applied already is applied once.
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation).ConfigureAwait(false);
            }
        }
    }
}
