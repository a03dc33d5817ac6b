using System.Threading.Channels;
using DataExchange.Exchange;

namespace DataExchange.Services;

/// <summary>
/// What the partitions of this process committed a moment ago, by its place in the global order: the feed takes from here what it would else read from
/// the store, and from the store what is not here. It holds nothing that is not committed, and nobody may rely on its holding anything.
/// </summary>
/// <param name="most">The most facts that it holds, 1 or more.</param>
internal sealed class RecentFacts(int most = RecentFacts.MostFacts)
{
    private const int MostFacts = 50_000;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, RecordedEvent[]> _commits = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private bool _isWanted;
    private int _count;

    /// <summary>Begins to hold facts, or ceases to and forgets them: where no feed runs nobody takes them away.</summary>
    public void Want(bool isWanted)
    {
        lock (_gate)
        {
            _isWanted = isWanted;
            Forget();
        }
    }

    /// <summary>Holds the facts of a commit.</summary>
    /// <param name="last">Place of the last of them in the global order.</param>
    /// <param name="facts">The facts, in order.</param>
    public void Put(long last, IReadOnlyList<RecordedEvent> facts)
    {
        lock (_gate)
        {
            if (!_isWanted || facts.Count == 0)
            {
                return;
            }

            if (_count + facts.Count > most)
            {
                Forget();
            }

            _commits[last - facts.Count + 1] = [.. facts];
            _count += facts.Count;
        }

        Wake();
    }

    /// <summary>Wakes whoever waits: there may be something, here or in the store.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Waits until there may be something, and no longer than a time.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(longest);
        try
        {
            await _signal.Reader.ReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Whoever looks now and then misses nothing.
        }
    }

    /// <summary>Takes the facts that come right behind a place, as far as they are here, and forgets those before it.</summary>
    /// <param name="place">The place; what is at it is not taken.</param>
    /// <param name="next">Place of the first fact that is here and does not come right behind; the highest number where there is none.</param>
    public List<RecordedEvent> TakeBehind(long place, out long next)
    {
        var taken = new List<RecordedEvent>();
        lock (_gate)
        {
            next = long.MaxValue;
            while (_commits.Count > 0)
            {
                var (first, facts) = _commits.First();
                if (first > place + 1)
                {
                    next = first;
                    break;
                }

                _commits.Remove(first);
                _count -= facts.Length;
                // What is behind the place already came from the store.
                for (var i = place + 1 - first; i < facts.Length; i++)
                {
                    taken.Add(facts[i]);
                    place++;
                }
            }
        }

        return taken;
    }

    private void Forget()
    {
        _commits.Clear();
        _count = 0;
    }
}
