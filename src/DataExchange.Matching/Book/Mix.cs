namespace DataExchange.Matching.Book;

/// <summary>A running 64-bit hash of whole numbers; for telling states apart, not for security.</summary>
internal struct Mix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The hash so far, well spread.</summary>
    public readonly ulong Value
    {
        get
        {
            // The finalizer of SplitMix64.
            var value = _state;
            value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return value ^ (value >> 31);
        }
    }

    /// <summary>Takes one more number.</summary>
    public void Add(long number) =>
        _state = System.Numerics.BitOperations.RotateLeft(_state ^ ((ulong)number * 0x9E37_79B9_7F4A_7C15UL), 27) * 0x3C79_AC49_2BA7_B653UL;
}
