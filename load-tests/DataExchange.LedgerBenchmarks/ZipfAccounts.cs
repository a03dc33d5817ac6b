namespace DataExchange.LedgerBenchmarks;

/// <summary>
/// Draws account numbers by Zipf's law: the r-th most used account has a weight of 1/r. Which number has which rank is shuffled, so that accounts
/// much in use do not lie side by side. The same draws each time.
/// </summary>
internal sealed class ZipfAccounts
{
    private readonly double[] _upTo;
    private readonly long[] _numbers;
    private ulong _state = 20_250_523;

    public ZipfAccounts(int accounts)
    {
        _upTo = new double[accounts];
        _numbers = new long[accounts];
        var sum = 0.0;
        for (var rank = 0; rank < accounts; rank++)
        {
            sum += 1.0 / (rank + 1);
            _upTo[rank] = sum;
            _numbers[rank] = rank + 1;
        }

        for (var rank = accounts - 1; rank > 0; rank--)
        {
            var other = Below(rank + 1);
            (_numbers[rank], _numbers[other]) = (_numbers[other], _numbers[rank]);
        }
    }

    /// <summary>A number from 1 to the count of accounts.</summary>
    public long Next()
    {
        var drawn = Next64() / 18_446_744_073_709_551_616.0 * _upTo[^1];
        var found = Array.BinarySearch(_upTo, drawn);
        return _numbers[Math.Min(found < 0 ? ~found : found + 1, _numbers.Length - 1)];
    }

    public int Below(int limit) => (int)(Next64() % (ulong)limit);

    // SplitMix64.
    private ulong Next64()
    {
        unchecked
        {
            var mixed = _state += 0x9E37_79B9_7F4A_7C15UL;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return mixed ^ (mixed >> 31);
        }
    }
}
