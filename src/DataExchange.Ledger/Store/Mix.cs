using System.Numerics;

namespace DataExchange.Ledger.Store;

/// <summary>A running 64-bit hash of whole numbers; for spreading and for telling states apart, not for security.</summary>
internal struct Mix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The hash so far, well spread.</summary>
    public readonly ulong Value => Finish(_state);

    /// <summary>Takes one more number.</summary>
    public void Add(long number) => Add(unchecked((ulong)number));

    /// <summary>Takes one more number.</summary>
    public void Add(ulong number) =>
        _state = unchecked(BitOperations.RotateLeft(_state ^ (number * 0x9E37_79B9_7F4A_7C15UL), 27) * 0x3C79_AC49_2BA7_B653UL);

    /// <summary>Spreads a number over all 64 bits: the finalizer of SplitMix64.</summary>
    public static ulong Finish(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return value ^ (value >> 31);
        }
    }
}
