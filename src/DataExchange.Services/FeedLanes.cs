using DataExchange.EventStore.Services;
using DataExchange.Exchange;
using DataExchange.Services.Messages;

namespace DataExchange.Services;

/// <summary>
/// What the feed sends to each partition, live. A partition that cannot keep up, or that nobody runs, gets so many messages ahead and no more: what is
/// behind those waits in the store, where it is anyhow, and not in a queue of the broker; and nobody else waits for it.
/// </summary>
/// <param name="context">What all parts of a process share.</param>
/// <param name="mostAhead">Messages that may be sent to a partition before it has handled the first of them, 1 or more.</param>
internal sealed class FeedLanes(ServiceContext context, int mostAhead = FeedLanes.MostAhead) : IDisposable
{
    internal const int MostAhead = 64;
    private const int MostFactsPerMessage = 500;
    private readonly PartitionReader _reader = new(context.Database);
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);
    private long _position;

    /// <summary>Begins where each partition has got to: what was sent to it before and was lost on the way is sent again.</summary>
    /// <param name="position">How far the feed has got.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task PrepareAsync(long position, CancellationToken cancellation)
    {
        foreach (var partition in context.Map.All)
        {
            _lanes[partition] = new Lane(partition, await _reader.CursorAsync(partition, cancellation).ConfigureAwait(false));
        }

        _position = position;
        await CatchUpAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends facts to those that they concern and that are not too far behind.</summary>
    /// <param name="facts">All facts from where the last ones ended.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task SendAsync(IReadOnlyList<FedFact> facts, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            foreach (var some in facts.Chunk(MostFactsPerMessage))
            {
                var to = some[^1].Sequence;
                var concerned = ByPartition(some);
                foreach (var lane in _lanes.Values.Where(lane => !lane.IsBehind))
                {
                    lane.IsBehind = !await TrySendAsync(lane, concerned, to, cancellation).ConfigureAwait(false);
                }

                _position = Math.Max(_position, to);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Sends what is due to those that were too far behind and have room again.</summary>
    /// <param name="cancellation">Stops it.</param>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            foreach (var lane in _lanes.Values.Where(lane => lane.IsBehind))
            {
                // After a crash a partition may be further than the feed knows to have sent it.
                lane.IsBehind = lane.Looked < _position;
                lane.HasRoom = await HasRoomAsync(lane, cancellation).ConfigureAwait(false);
            }

            while (_lanes.Values.Where(lane => lane.IsBehind && lane.HasRoom).ToArray() is { Length: > 0 } some)
            {
                cancellation.ThrowIfCancellationRequested();
                var from = some.Min(lane => lane.Looked) + 1;
                var to = Math.Min(_position, from + MostFactsPerMessage - 1);
                var concerned = ByPartition(from > to ? [] : (await _reader.FactsAsync(from, to, cancellation).ConfigureAwait(false)).Select(FedFact.Of));
                foreach (var lane in some.Where(lane => lane.Looked <= to))
                {
                    lane.HasRoom = await TrySendAsync(lane, concerned, to, cancellation).ConfigureAwait(false);
                    lane.IsBehind = lane.Looked < _position;
                }
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    // False where there is no room, and nothing was sent.
    private async Task<bool> TrySendAsync(Lane lane, Dictionary<string, List<FactEnvelope>> concerned, long to, CancellationToken cancellation)
    {
        var until = FeedPosition.Behind(to);
        FactEnvelope[] facts = concerned.TryGetValue(lane.Partition, out var all) ? [.. all.Where(fact => fact.Sequence > lane.Looked)] : [];
        if (facts.Length > 0 && until > lane.Sent)
        {
            if (!await HasRoomAsync(lane, cancellation).ConfigureAwait(false))
            {
                return false;
            }

            await SendAsync(lane, new ApplyFacts(lane.Sent.Sequence, lane.Sent.Index, until.Sequence, until.Index, facts), cancellation).ConfigureAwait(false);
            lane.Sent = until;
            if (lane.Ahead.Count == 0)
            {
                lane.StoodStill = TimeProvider.System.GetTimestamp();
            }

            lane.Ahead.Enqueue(until);
        }

        lane.Looked = Math.Max(lane.Looked, to);
        return true;
    }

    // Until it is confirmed, however often the broker loses it: what comes twice is skipped.
    private async Task SendAsync(Lane lane, ApplyFacts message, CancellationToken cancellation)
    {
        while (true)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(context.Options.Patience * 2);
            try
            {
                var endpoint = await context.Bus.Bus.GetSendEndpoint(context.Bus.AddressOf(lane.Partition)).WaitAsync(limit.Token).ConfigureAwait(false);
                await endpoint.Send(message, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // It hung, as it may while a node of the broker dies.
            }
        }
    }

    private Dictionary<string, List<FactEnvelope>> ByPartition(IEnumerable<FedFact> facts)
    {
        var byPartition = new Dictionary<string, List<FactEnvelope>>(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            var targets = Reactions.To(fact.Data).Select(reaction => context.Map.OwnerOf(reaction.Stream))
                .Concat(context.Map.ObserversOf(fact.Stream)).Distinct();
            foreach (var target in targets)
            {
                if (!byPartition.TryGetValue(target, out var concerned))
                {
                    byPartition.Add(target, concerned = []);
                }

                concerned.Add(fact.Envelope);
            }
        }

        return byPartition;
    }

    private async ValueTask<bool> HasRoomAsync(Lane lane, CancellationToken cancellation)
    {
        if (lane.Ahead.Count < mostAhead)
        {
            return true;
        }

        var cursor = await _reader.CursorAsync(lane.Partition, cancellation).ConfigureAwait(false);
        if (lane.Ahead.Peek() > cursor)
        {
            if (TimeProvider.System.GetElapsedTime(lane.StoodStill) < context.Options.Patience)
            {
                return false;
            }

            // The messages may be lost: with the next one the partition reads what it missed.
            lane.Ahead.Dequeue();
        }

        while (lane.Ahead.TryPeek(out var first) && first <= cursor)
        {
            lane.Ahead.Dequeue();
        }

        lane.StoodStill = TimeProvider.System.GetTimestamp();
        return lane.Ahead.Count < mostAhead;
    }

    private sealed class Lane(string partition, FeedPosition cursor)
    {
        public string Partition => partition;

        /// <summary>The positions to which messages reach that are not known to be handled.</summary>
        public Queue<FeedPosition> Ahead { get; } = [];

        /// <summary>To where messages reach.</summary>
        public FeedPosition Sent { get; set; } = cursor;

        /// <summary>The last fact that was sent, or does not concern it.</summary>
        public long Looked { get; set; } = cursor.Index == FeedPosition.Whole ? cursor.Sequence : cursor.Sequence - 1;

        /// <summary>Whether facts were left out that are to be sent when there is room.</summary>
        public bool IsBehind { get; set; } = true;

        public bool HasRoom { get; set; }

        /// <summary>Since when none of those was handled.</summary>
        public long StoodStill { get; set; }
    }
}
