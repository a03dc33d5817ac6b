namespace DataExchange.Gateway.Reads;

/// <summary>How many event streams are open: each holds a connection and asks the store several times a second.</summary>
/// <param name="perKey">Most of one key.</param>
/// <param name="all">Most of all keys together.</param>
internal sealed class OpenStreams(int perKey, int all)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, int> _open = [];
    private int _count;

    /// <summary>Opens one more, which ends with what is returned; null where there are too many.</summary>
    internal IDisposable? TryOpen(Guid key)
    {
        lock (_gate)
        {
            var own = _open.GetValueOrDefault(key);
            if (own >= perKey || _count >= all)
            {
                return null;
            }

            (_open[key], _count) = (own + 1, _count + 1);
            return new Opened(this, key);
        }
    }

    private void Close(Guid key)
    {
        lock (_gate)
        {
            _count--;
            if (--_open[key] == 0)
            {
                _open.Remove(key);
            }
        }
    }

    private sealed class Opened(OpenStreams streams, Guid key) : IDisposable
    {
        private int _isClosed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
            {
                streams.Close(key);
            }
        }
    }
}
