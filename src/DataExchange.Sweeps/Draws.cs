namespace DataExchange.Sweeps;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed, on every machine. One stream for each purpose, so that none shifts another.</summary>
internal struct Draws(ulong seed, ulong stream)
{
    private ulong _state = unchecked(seed ^ ((stream + 1) * 0xD1342543DE82EF95));

    /// <summary>The next 64 bits.</summary>
    internal ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number from 0 to below 1.</summary>
    internal double Unit() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>A whole number from 0 to below a bound: Lemire's way, with the few draws that would favour some values thrown away.</summary>
    internal int Below(int bound)
    {
        var size = (ulong)bound;
        while (true)
        {
            var high = Math.BigMul(Next(), size, out var low);
            if (low >= size || low >= unchecked(0 - size) % size)
            {
                return (int)high;
            }
        }
    }
}
