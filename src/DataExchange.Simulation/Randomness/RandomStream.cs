namespace DataExchange.Simulation.Randomness;

/// <summary>
/// A reproducible stream of random numbers, told from all others by a seed and a name. The n-th word of a stream depends on its seed,
/// its name and n only: a stream added or drained elsewhere shifts nothing here, and every machine gives the same bits.
/// </summary>
/// <remarks>
/// The words are those of <see cref="Philox4x32"/> with key and upper counter half taken from the identity (seed and names) and the
/// lower counter half counting blocks. Not safe for use by several threads at once: give each its own stream.
/// </remarks>
public sealed partial class RandomStream
{
    private readonly StreamIdentity _identity;
    private ulong _nextBlock;
    private ulong _first;
    private ulong _second;
    private int _wordsLeft;

    /// <summary>Opens the stream of a seed and a name at its first word.</summary>
    /// <param name="seed">Any value; the whole run's seed.</param>
    /// <param name="name">Who draws, e.g. <c>provider/42</c>. Compared by UTF-16 code units.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public RandomStream(ulong seed, string name)
        : this(StreamIdentity.OfSeed(seed).Child(name ?? throw new ArgumentNullException(nameof(name))))
    {
    }

    private RandomStream(StreamIdentity identity) => _identity = identity;

    /// <summary>Opens a stream of its own under this one; how many words were drawn here makes no difference.</summary>
    /// <param name="name">The new stream's name among this one's children.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public RandomStream Derive(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new RandomStream(_identity.Child(name));
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_wordsLeft == 0)
        {
            Span<uint> block = stackalloc uint[Philox4x32.WordsPerBlock];
            Philox4x32.Generate(_nextBlock, _identity.CounterHigh, _identity.Key, block);
            _nextBlock = unchecked(_nextBlock + 1);
            _first = block[0] | ((ulong)block[1] << 32);
            _second = block[2] | ((ulong)block[3] << 32);
            _wordsLeft = Philox4x32.WordsPerBlock;
        }

        var word = unchecked((uint)_first);
        _first = (_first >> 32) | (_second << 32);
        _second >>= 32;
        _wordsLeft--;
        return word;
    }

    /// <summary>The next 64 random bits: two words, the low half first.</summary>
    public ulong NextUInt64()
    {
        ulong low = NextUInt32();
        return low | ((ulong)NextUInt32() << 32);
    }

    /// <summary>A whole number from 0 to <paramref name="exclusiveMax"/> − 1, each equally likely.</summary>
    /// <param name="exclusiveMax">At least 1.</param>
    /// <remarks>Multiplication with rejection: D. Lemire, "Fast Random Integer Generation in an Interval", 2019.</remarks>
    public int NextInt32(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        var range = (uint)exclusiveMax;
        var product = (ulong)NextUInt32() * range;
        if (unchecked((uint)product) < range)
        {
            var threshold = unchecked(0u - range) % range;
            while (unchecked((uint)product) < threshold)
            {
                product = (ulong)NextUInt32() * range;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="maxInclusive"/>, each equally likely.</summary>
    /// <param name="min">Any value.</param>
    /// <param name="maxInclusive">At least <paramref name="min"/>.</param>
    public long NextInt64(long min, long maxInclusive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxInclusive, min);
        var range = unchecked((ulong)maxInclusive - (ulong)min + 1);
        if (range == 0)
        {
            return unchecked((long)NextUInt64());
        }

        var high = Math.BigMul(NextUInt64(), range, out var low);
        if (low < range)
        {
            var threshold = unchecked(0UL - range) % range;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), range, out low);
            }
        }

        return unchecked((long)((ulong)min + high));
    }

    /// <summary>A number in [0, 1): a multiple of 2⁻⁵³, each equally likely.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with the given probability. Draws in every case, so that a changed probability shifts no later draw.</summary>
    /// <param name="probability">From 0 (never) to 1 (always).</param>
    public bool NextBoolean(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies from 0 to 1.");
        }

        return NextDouble() < probability;
    }

    // A number strictly between 0 and 1, so that its logarithm and normal quantile are finite; 52 bits keep k + ½ exact.
    private double NextOpenDouble() => ((NextUInt64() >> 12) + 0.5) * (1.0 / (1UL << 52));
}
