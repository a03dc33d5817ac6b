using System.Numerics;

namespace DataExchange.Matching.Flow;

/// <summary>
/// Counts durations in fixed buckets: exact below 128 ns, above within 1/64 of the value. Recording allocates nothing and costs a nanosecond or
/// two.
/// </summary>
public sealed class LatencyHistogram
{
    private const int ExactBits = 7;
    private const int Exact = 1 << ExactBits;
    private const int Steps = Exact / 2;
    private readonly long[] _buckets = new long[Exact + (Steps * (63 - ExactBits))];

    /// <summary>How many durations.</summary>
    public long Count { get; private set; }

    /// <summary>The longest of them, exactly.</summary>
    public long Longest { get; private set; }

    /// <summary>Adds a duration; a negative one counts as 0.</summary>
    public void Record(long nanoseconds)
    {
        nanoseconds = Math.Max(0, nanoseconds);
        _buckets[BucketOf(nanoseconds)]++;
        Count++;
        Longest = Math.Max(Longest, nanoseconds);
    }

    /// <summary>Adds all of another.</summary>
    public void Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            _buckets[bucket] += other._buckets[bucket];
        }

        Count += other.Count;
        Longest = Math.Max(Longest, other.Longest);
    }

    /// <summary>The duration that so large a part does not exceed, in nanoseconds; the upper end of its bucket. 0 without any.</summary>
    /// <param name="part">0 to 1.</param>
    public long Percentile(double part)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(part * Count));
        var seen = 0L;
        for (var bucket = 0; bucket < _buckets.Length && Count > 0; bucket++)
        {
            seen += _buckets[bucket];
            if (seen >= wanted)
            {
                return Math.Min(Longest, UpperEndOf(bucket));
            }
        }

        return Longest;
    }

    private static int BucketOf(long nanoseconds)
    {
        if (nanoseconds < Exact)
        {
            return (int)nanoseconds;
        }

        var shift = BitOperations.Log2((ulong)nanoseconds) - ExactBits + 1;
        return Exact + ((shift - 1) * Steps) + (int)(nanoseconds >> shift) - Steps;
    }

    private static long UpperEndOf(int bucket)
    {
        if (bucket < Exact)
        {
            return bucket;
        }

        var shift = ((bucket - Exact) / Steps) + 1;
        return (((long)((bucket - Exact) % Steps) + Steps + 1) << shift) - 1;
    }
}
