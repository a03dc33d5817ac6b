namespace DataExchange.LoadTests;

/// <summary>Managed memory that is in use: what is left after a collection of all of it. Collections are made beside the operations (in the background), as one that stops them would be seen in their latencies.</summary>
/// <param name="isWanted">Whether collections are made at all.</param>
internal sealed class LiveMemory(bool isWanted)
{
    private static readonly int EverySeconds = (int)SoakVerdict.CollectEvery.TotalSeconds;

    /// <summary>Looks, and has the next collection begin when it is time for it.</summary>
    /// <param name="second">Seconds from the start.</param>
    /// <returns>Bytes in use after the last one, 0 before the first.</returns>
    public long Look(int second)
    {
        if (!isWanted)
        {
            return 0;
        }

        var (background, blocking) = (GC.GetGCMemoryInfo(GCKind.Background), GC.GetGCMemoryInfo(GCKind.FullBlocking));
        var last = background.Index > blocking.Index ? background : blocking;
        if (second % EverySeconds == 0)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        }

        return last.Index == 0 ? 0 : last.HeapSizeBytes - last.FragmentedBytes;
    }
}
