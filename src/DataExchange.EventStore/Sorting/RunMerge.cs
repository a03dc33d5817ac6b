namespace DataExchange.EventStore.Sorting;

/// <summary>The events of several sorted runs in their common order.</summary>
internal sealed class RunMerge : IDisposable
{
    private readonly List<SortRunReader> _open = [];
    private readonly PriorityQueue<SortRunReader, SortRunReader> _waiting = new(Comparer<SortRunReader>.Create((one, other) => one.CompareTo(other)));
    private SortRunReader? _current;

    internal RunMerge(IEnumerable<string> runs)
    {
        try
        {
            foreach (var path in runs)
            {
                var run = new SortRunReader(path);
                _open.Add(run);
                if (run.Next())
                {
                    _waiting.Enqueue(run, run);
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The run that stands at the next event; null when there is none.</summary>
    internal SortRunReader? Next()
    {
        if (_current is { } last)
        {
            if (!last.Next())
            {
                _current = null;
            }
            else if (_waiting.TryPeek(out var first, out _) && first.CompareTo(last) < 0)
            {
                return _current = _waiting.EnqueueDequeue(last, last);
            }
            else
            {
                // Neighbours in a stream are often neighbours in a run.
                return last;
            }
        }

        return _current = _waiting.TryDequeue(out var next, out _) ? next : null;
    }

    public void Dispose()
    {
        foreach (var run in _open)
        {
            run.Dispose();
        }
    }
}
