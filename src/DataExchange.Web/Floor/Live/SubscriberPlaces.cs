namespace DataExchange.Web.Floor.Live;

/// <summary>How many may listen at a time, to all broadcasters of a host together.</summary>
/// <param name="most">1 or more.</param>
internal sealed class SubscriberPlaces(int most)
{
    /// <summary>The usual bound: twice what a hall of 500 needs.</summary>
    internal const int Usual = 1_000;

    private int _taken;

    /// <summary>The bound.</summary>
    internal int Most => most;

    /// <summary>How many listen.</summary>
    internal int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes a place.</summary>
    /// <returns>False when none is free.</returns>
    internal bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref _taken);
        return false;
    }

    /// <summary>Gives one back.</summary>
    internal void GiveBack() => Interlocked.Decrement(ref _taken);
}
