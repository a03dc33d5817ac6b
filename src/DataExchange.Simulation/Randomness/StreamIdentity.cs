namespace DataExchange.Simulation.Randomness;

/// <summary>
/// The 128 bits that tell one random stream from another: they depend on the seed and on the chain of names, and on nothing else.
/// </summary>
/// <remarks>
/// Each half is FNV-1a over the name's UTF-16 code units, started from the parent's half and closed with SplitMix64's finaliser, with
/// a different start for each half. A name of no characters still gives a new identity, because the finaliser is applied to it.
/// </remarks>
internal readonly record struct StreamIdentity(ulong Key, ulong CounterHigh)
{
    private const ulong FnvOffset = 0xCBF29CE484222325;
    private const ulong FnvPrime = 0x00000100000001B3;
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    public static StreamIdentity OfSeed(ulong seed) => new(Mix(seed ^ FnvOffset), Mix(seed ^ GoldenGamma));

    public StreamIdentity Child(string name)
    {
        unchecked
        {
            var key = Key ^ FnvOffset;
            var counter = CounterHigh + GoldenGamma;
            foreach (var unit in name)
            {
                key = (key ^ unit) * FnvPrime;
                counter = (counter ^ unit) * FnvPrime;
            }

            return new StreamIdentity(Mix(key), Mix(counter));
        }
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += GoldenGamma;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
