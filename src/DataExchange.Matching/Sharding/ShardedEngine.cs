using System.Numerics;

namespace DataExchange.Matching.Sharding;

/// <summary>
/// Several engines, one thread each. A pool lives in one of them (pool number modulo their count), and since neither money nor units leave a
/// pool by trading, trades, state and the reports of each instrument are the same for every number of shards. One thread submits.
/// <para>
/// Where a command goes: to the pool of its instrument or account; <see cref="CommandKind.AdvanceTime"/> and
/// <see cref="CommandKind.SetPhase"/> of all instruments everywhere (each shard reports <see cref="ReportKind.Done"/>); a product to the
/// pool of its first instrument and not before there is one, with that instrument's time. All instruments of a product are in one pool.
/// What would join two pools is refused with <see cref="Reason.WrongPool"/> before any engine sees it: an instrument or account named
/// again with another pool, an instrument whose product is in another pool, an account's order for an instrument of another pool.
/// </para>
/// </summary>
public sealed class ShardedEngine<THandler> : IDisposable
    where THandler : IReportHandler
{
    // So many commands become visible to a shard together.
    private const int Batch = 64;

    private readonly Shard<THandler>[] _shards;
    private readonly int[] _unpublished;
    private readonly ShardRouter _router;
    private long _time = long.MinValue;

    /// <summary>Starts the engines and their threads.</summary>
    /// <param name="shards">How many; 1 to 64.</param>
    /// <param name="limits">Bounds of each of them.</param>
    /// <param name="handlerOf">Makes the handler of a shard; it is called on the shard's thread only.</param>
    /// <param name="ring">Commands that may wait in front of a shard; a power of two, 256 to 2²⁰.</param>
    public ShardedEngine(int shards, EngineLimits limits, Func<int, THandler> handlerOf, int ring = 1 << 14)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shards, 64);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(handlerOf);
        if (ring is < 256 or > 1 << 20 || !BitOperations.IsPow2(ring))
        {
            throw new ArgumentOutOfRangeException(nameof(ring), ring, "A power of two from 256 to 1048576 is allowed.");
        }

        _router = new ShardRouter(limits);
        _unpublished = new int[shards];
        _shards = [.. Enumerable.Range(0, shards).Select(number => new Shard<THandler>(number, ring, new MatchingEngine<THandler>(limits, handlerOf(number))))];
    }

    /// <summary>How many engines there are.</summary>
    public int Shards => _shards.Length;

    /// <summary>Resting and waiting orders, once all that was submitted is carried out.</summary>
    public long OrdersResting
    {
        get
        {
            Drain();
            return _shards.Sum(shard => shard.Engine.OrdersResting);
        }
    }

    /// <summary>Hands a command to its shard, which may carry it out at once or only after <see cref="Flush"/> or <see cref="Drain"/>.</summary>
    /// <returns><see cref="Reason.None"/>, or <see cref="Reason.WrongPool"/> when it was refused without a report.</returns>
    public Reason Submit(in Command command)
    {
        var refused = _router.Route(in command, out var pool);
        if (refused != Reason.None)
        {
            return refused;
        }

        if (command.Time < _time)
        {
            SubmitLate(in command, pool);
            return Reason.None;
        }

        _time = command.Time;
        if (command.Kind == CommandKind.DefineInstrument)
        {
            SubmitWaiting(in command, pool);
        }

        Add(in command, pool);
        return Reason.None;
    }

    /// <summary>Lets the shards see all that was submitted.</summary>
    public void Flush()
    {
        for (var number = 0; number < _shards.Length; number++)
        {
            _shards[number].Flush();
            _unpublished[number] = 0;
        }
    }

    /// <summary>Waits until everything that was submitted is carried out.</summary>
    public void Drain()
    {
        Flush();
        foreach (var shard in _shards)
        {
            shard.Drain();
        }
    }

    /// <summary>Brings all shards to the time of the last command, so that what is due is done in each, and waits for it.</summary>
    public void Settle()
    {
        if (_time != long.MinValue && _shards.Length > 1)
        {
            Add(Command.AdvanceTime(_time), ShardRouter.Everywhere);
        }

        Drain();
    }

    /// <summary>Hash of the state of all shards at the time of the last command; that of a single engine with the same pools.</summary>
    public ulong StateHash()
    {
        Settle();
        return _shards.Aggregate(0UL, (sum, shard) => sum + shard.Engine.StateHash());
    }

    /// <summary>Touches all memory that the engines have reserved.</summary>
    public void Prefault()
    {
        Drain();
        foreach (var shard in _shards)
        {
            shard.Engine.Prefault();
        }
    }

    /// <summary>A shard's handler, once all that was submitted is carried out.</summary>
    public ref THandler HandlerOf(int shard)
    {
        Drain();
        return ref _shards[shard].Engine.Handler;
    }

    /// <summary>Ends the threads; commands that were not carried out are lost unless <see cref="Drain"/> was called.</summary>
    public void Dispose()
    {
        foreach (var shard in _shards)
        {
            shard.Dispose();
        }
    }

    // A shard sees only some of the commands: one that comes too late for the whole may not be too late for it. It learns the time first.
    private void SubmitLate(in Command command, int pool)
    {
        if (pool == ShardRouter.Later)
        {
            return;
        }

        Add(Command.AdvanceTime(_time), pool);
        Add(in command, pool);
    }

    private void SubmitWaiting(in Command command, int pool)
    {
        if (_router.TakeWaiting(in command) is not { } waiting)
        {
            return;
        }

        foreach (var product in waiting)
        {
            Add(product with { Time = command.Time }, pool);
        }
    }

    private void Add(in Command command, int pool)
    {
        if (pool >= 0)
        {
            AddTo((int)((uint)pool % (uint)_shards.Length), in command);
            return;
        }

        for (var number = 0; pool == ShardRouter.Everywhere && number < _shards.Length; number++)
        {
            AddTo(number, in command);
        }
    }

    private void AddTo(int number, in Command command)
    {
        _shards[number].Add(in command);
        if (++_unpublished[number] >= Batch)
        {
            _shards[number].Flush();
            _unpublished[number] = 0;
        }
    }
}
