namespace DataExchange.Simulation.Randomness;

/// <summary>
/// The counter-based generator Philox4x32-10: a keyed bijection of 128-bit counters whose outputs pass the usual test batteries.
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC'11, 2011.
/// </summary>
public static class Philox4x32
{
    /// <summary>Number of 32-bit words in one block of output.</summary>
    public const int WordsPerBlock = 4;

    private const int Rounds = 10;
    private const uint FirstMultiplier = 0xD2511F53;
    private const uint SecondMultiplier = 0xCD9E8D57;

    // The key schedule adds the golden ratio and sqrt(3) − 1, as 32-bit fractions.
    private const uint FirstKeyStep = 0x9E3779B9;
    private const uint SecondKeyStep = 0xBB67AE85;

    /// <summary>Writes the block of output for one counter and one key.</summary>
    /// <param name="counterLow">Words 0 (low half) and 1 (high half) of the counter.</param>
    /// <param name="counterHigh">Words 2 (low half) and 3 (high half) of the counter.</param>
    /// <param name="key">Words 0 (low half) and 1 (high half) of the key.</param>
    /// <param name="block">Receives four words; it must hold at least four.</param>
    public static void Generate(ulong counterLow, ulong counterHigh, ulong key, Span<uint> block)
    {
        unchecked
        {
            var (c0, c1) = ((uint)counterLow, (uint)(counterLow >> 32));
            var (c2, c3) = ((uint)counterHigh, (uint)(counterHigh >> 32));
            var (k0, k1) = ((uint)key, (uint)(key >> 32));
            for (var round = 0; round < Rounds; round++)
            {
                var first = (ulong)FirstMultiplier * c0;
                var second = (ulong)SecondMultiplier * c2;
                (c0, c1, c2, c3) = ((uint)(second >> 32) ^ c1 ^ k0, (uint)second, (uint)(first >> 32) ^ c3 ^ k1, (uint)first);
                k0 += FirstKeyStep;
                k1 += SecondKeyStep;
            }

            block[3] = c3;
            block[2] = c2;
            block[1] = c1;
            block[0] = c0;
        }
    }
}
