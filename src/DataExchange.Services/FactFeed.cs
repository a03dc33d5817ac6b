using DataExchange.EventStore.Services;
using DataExchange.Exchange;
using DataExchange.Services.Auditing;
using DataExchange.Services.Messages;
using DataExchange.Services.Telemetry;
using MassTransit;
using Npgsql;

namespace DataExchange.Services;

/// <summary>
/// The event store as outbox: committed facts go, in the order of commits, to the partitions that have to react. Those that this process committed come
/// from its memory (<see cref="RecentFacts"/>), all others from the store, which keeps how far the feed got. Live, they are only sent, many in a message
/// (<see cref="FeedLanes"/>). In lockstep each reaction is waited for before the next is sent, so that the market's order is the one in which a single
/// process would have done it.
/// </summary>
internal sealed class FactFeed(ServiceContext context, LedgerWatch? ledger) : IDisposable
{
    private const int MostFactsAtOnce = 5_000;

    // Another process's commit tells, by a notification; this is for when that is lost with its connection.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // The store tells of a commit of this process as soon as its owner hears of it: who waits a moment need not read what is about to be here.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly FeedLanes _lanes = new(context);
    private readonly AuditFeed _audits = new(context);
    private readonly PartitionReader _reader = new(context.Database);
    private readonly FeedProgressTable _progress = new(context.Database);
    private long _noted = -1;
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

    /// <summary>How far the feed before this one got; a place to begin at, where there was none.</summary>
    public Task<long> ProgressAsync(long begun, CancellationToken cancellation) => _progress.ReadAsync(begun, cancellation);

    /// <summary>Begins where each partition has got to: what was sent to it before and was lost on the way is sent again.</summary>
    public async Task PrepareAsync(long progress, CancellationToken cancellation)
    {
        Volatile.Write(ref _position, progress);
        if (context.Options.IsLockstep)
        {
            // What an earlier feed had done and not noted: it was known to that one alone, and the market does not rest before it is followed.
            Know(await _reader.LastSequenceAsync(cancellation).ConfigureAwait(false));
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
        catch (Exception failure) when (IsPassing(failure))
        {
            Complain(failure);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lanes.Dispose();

    /// <summary>Sends what is committed, as it is committed, until it is stopped.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        context.Recent.Want(true);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var listening = ListenAsync(ended.Token);
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                try
                {
                    if (!await SendNextAsync(cancellation).ConfigureAwait(false))
                    {
                        await context.Recent.WaitAsync(LookEvery, cancellation).ConfigureAwait(false);
                    }
                }
                catch (Exception failure) when (IsPassing(failure))
                {
                    Complain(failure);
                    await Task.Delay(Pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        finally
        {
            context.Recent.Want(false);
            await ended.CancelAsync().ConfigureAwait(false);
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Notes in the store how far it is: whoever comes next goes on from there.</summary>
    public async Task NoteAsync(CancellationToken cancellation)
    {
        var position = Position;
        if (position != _noted)
        {
            await _progress.NoteAsync(position, cancellation).ConfigureAwait(false);
            _noted = position;
        }
    }

    private async Task<bool> SendNextAsync(CancellationToken cancellation)
    {
        var position = Position;
        var facts = await NextAsync(position, cancellation).ConfigureAwait(false);
        if (facts.Count == 0)
        {
            return false;
        }

        ledger?.See(position, facts);
        if (context.Options.IsLockstep)
        {
            foreach (var fact in facts)
            {
                await FollowAsync(fact, cancellation).ConfigureAwait(false);
                Volatile.Write(ref _position, fact.Sequence);
            }

            // Who drives time waits for it; live nobody does, and it is told now and then.
            _ = TellAsync();
        }
        else
        {
            await _lanes.SendAsync(facts, cancellation).ConfigureAwait(false);
            await _audits.TellAsync(facts.Select(fact => (fact.Sequence, fact.Stream)), facts[^1].Sequence, cancellation).ConfigureAwait(false);
            Volatile.Write(ref _position, facts[^1].Sequence);
        }

        return true;
    }

    // Without gaps: the global order is the order of commits, so that what the store shows up to a place is all that there is and will be.
    private async ValueTask<List<FedFact>> NextAsync(long position, CancellationToken cancellation)
    {
        var here = context.Recent.TakeBehind(position, out var next);
        if (here.Count > 0)
        {
            return [.. here.Select((fact, index) => FedFact.Of(fact, position + 1 + index))];
        }

        var last = next < long.MaxValue ? next - 1 : await _reader.LastSequenceAsync(cancellation).ConfigureAwait(false);
        return last <= position
            ? []
            : [.. (await _reader.FactsAsync(position + 1, Math.Min(last, position + MostFactsAtOnce), cancellation).ConfigureAwait(false)).Select(FedFact.Of)];
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await using var connection = await context.Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
                await using (var listen = new NpgsqlCommand(FeedProgressTable.Listen, connection))
                {
                    await listen.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                }

                while (true)
                {
                    await connection.WaitAsync(cancellation).ConfigureAwait(false);
                    await Task.Delay(Moment, cancellation).ConfigureAwait(false);
                    context.Recent.Wake();
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Complain(failure);
                await Task.Delay(Pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static bool IsPassing(Exception failure) => failure is MassTransitException or EventStore.EventStoreException or NpgsqlException;

    private void Complain(Exception failure) => context.Options.Log(new LogLine(LogGrade.Warning, "feed_behind", failure.Message, ServiceOptions.Feed));

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

    private async Task FollowAsync(FedFact followed, CancellationToken cancellation)
    {
        var reactions = Reactions.To(followed.Data);
        var fact = followed.Envelope;
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
