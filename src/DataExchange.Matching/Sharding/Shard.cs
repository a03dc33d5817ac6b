namespace DataExchange.Matching.Sharding;

/// <summary>One engine and the thread that alone touches it.</summary>
internal sealed class Shard<THandler> : IDisposable
    where THandler : IReportHandler
{
    // So many commands are carried out before their places are given back, and so many turns a waiting thread makes before it sleeps.
    private const int Batch = 256;
    private const int TurnsAwake = 200;

    private readonly CommandRing _ring;
    private readonly Thread _thread;
    private readonly AutoResetEvent _wake = new(false);
    private volatile bool _isStopping;
    private volatile bool _isAsleep;
    private volatile Exception? _fault;

    public Shard(int number, int capacity, MatchingEngine<THandler> engine)
    {
        Engine = engine;
        _ring = new CommandRing(capacity);
        _thread = new Thread(Work) { IsBackground = true, Name = $"matching shard {number}" };
        _thread.Start();
    }

    /// <summary>The engine; others may look at it after <see cref="Drain"/> and before the next command.</summary>
    public MatchingEngine<THandler> Engine { get; }

    /// <summary>Adds a command; waits while the ring is full.</summary>
    public void Add(in Command command)
    {
        if (!_ring.TryAdd(in command))
        {
            AddLate(in command);
        }
    }

    /// <summary>Lets the shard see what was added.</summary>
    public void Flush()
    {
        if (!_ring.HasUnpublished)
        {
            return;
        }

        _ring.Publish();
        // Without this the flag could be read before the thread that is about to sleep can see the new commands.
        Interlocked.MemoryBarrier();
        if (_isAsleep)
        {
            _wake.Set();
        }
    }

    /// <summary>Waits until all that was added is carried out.</summary>
    public void Drain()
    {
        Flush();
        var wait = default(SpinWait);
        while (_ring.Done != _ring.Added)
        {
            ThrowIfFailed();
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    public void Dispose()
    {
        _isStopping = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private void AddLate(in Command command)
    {
        var wait = default(SpinWait);
        do
        {
            Flush();
            ThrowIfFailed();
            wait.SpinOnce(sleep1Threshold: -1);
        }
        while (!_ring.TryAdd(in command));
    }

    private void ThrowIfFailed()
    {
        if (_fault is { } fault)
        {
            throw new InvalidOperationException($"The {_thread.Name} has stopped: {fault.Message}", fault);
        }
    }

    private void Work()
    {
        try
        {
            while (!_isStopping)
            {
                var commands = _ring.Next(Batch);
                if (commands.IsEmpty)
                {
                    WaitForMore();
                    continue;
                }

                Engine.Apply(commands);
                _ring.Release(commands.Length);
            }
        }
        catch (Exception fault)
        {
            // The thread that adds commands has to learn of it; an exception here would end the whole process.
            _fault = fault;
        }
    }

    private void WaitForMore()
    {
        var wait = default(SpinWait);
        while (!_ring.HasMore && !_isStopping)
        {
            if (wait.Count < TurnsAwake)
            {
                wait.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            _isAsleep = true;
            Interlocked.MemoryBarrier();
            if (!_ring.HasMore && !_isStopping)
            {
                _wake.WaitOne();
            }

            _isAsleep = false;
        }
    }
}
