namespace DataExchange.Reports.Statistics;

/// <summary>Values sorted once and asked often.</summary>
public sealed class Distribution
{
    private readonly long[] _sorted;

    /// <summary>Takes the values; their order does not matter.</summary>
    /// <param name="values">Any.</param>
    public Distribution(IEnumerable<long> values)
    {
        _sorted = [.. values];
        Array.Sort(_sorted);
    }

    /// <summary>How many values there are.</summary>
    public int Count => _sorted.Length;

    /// <summary>The smallest; 0 when there is none.</summary>
    public long Smallest => _sorted.Length == 0 ? 0 : _sorted[0];

    /// <summary>The largest; 0 when there is none.</summary>
    public long Largest => _sorted.Length == 0 ? 0 : _sorted[^1];

    /// <summary>Mean; 0 when there is no value.</summary>
    public double Mean => _sorted.Length == 0 ? 0 : _sorted.Average();

    /// <summary>
    /// Quantile by linear interpolation between order statistics at (n − 1)·p (definition 7 of Hyndman and Fan 1996); 0 when there is no value.
    /// </summary>
    /// <param name="p">0 to 1.</param>
    public double Quantile(double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        if (_sorted.Length == 0)
        {
            return 0;
        }

        var at = (_sorted.Length - 1) * p;
        var below = (int)Math.Floor(at);
        var above = Math.Min(below + 1, _sorted.Length - 1);
        return _sorted[below] + ((at - below) * (_sorted[above] - (double)_sorted[below]));
    }

    /// <summary>
    /// Hill's estimate of the tail index from the k largest: k / Σ ln(x₍ₙ₋ᵢ₊₁₎ / x₍ₙ₋ₖ₎), i = 1..k (Hill 1975). The smaller, the heavier the tail.
    /// Null when fewer than k + 1 values are above zero or the k largest are all alike.
    /// </summary>
    /// <param name="tail">k, 1 or more.</param>
    public double? Hill(int tail)
    {
        if (tail < 1 || tail >= _sorted.Length || _sorted[^(tail + 1)] <= 0)
        {
            return null;
        }

        var threshold = Math.Log(_sorted[^(tail + 1)]);
        var sum = 0d;
        for (var i = 1; i <= tail; i++)
        {
            sum += Math.Log(_sorted[^i]) - threshold;
        }

        return sum > 0 ? tail / sum : null;
    }

    /// <summary>Hill's estimate from the largest tenth of the values above zero.</summary>
    public double? HillOfTopDecile()
    {
        var positive = _sorted.Length - CountBelow(1);
        return Hill(positive / 10);
    }

    /// <summary>
    /// Complementary cumulative distribution: for chosen values x above zero the share of values that are x or more, evenly spread on a
    /// logarithmic scale of x, the largest included.
    /// </summary>
    /// <param name="points">Points at most, 2 or more.</param>
    public IReadOnlyList<(long Value, double Share)> Tail(int points = 120)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        var first = CountBelow(1);
        List<(long, double)> tail = [];
        if (first == _sorted.Length)
        {
            return tail;
        }

        var low = Math.Log(_sorted[first]);
        var high = Math.Log(_sorted[^1]);
        var last = -1;
        for (var p = 0; p < points; p++)
        {
            var wanted = (long)Math.Floor(Math.Exp(low + ((high - low) * p / (points - 1))) + 1e-9);
            var i = p == points - 1 ? CountBelow(_sorted[^1]) : Math.Min(CountBelow(Math.Max(1, wanted)), _sorted.Length - 1);
            if (i != last)
            {
                tail.Add((_sorted[i], (_sorted.Length - CountBelow(_sorted[i])) / (double)_sorted.Length));
                last = i;
            }
        }

        return tail;
    }

    /// <summary>How many values are smaller.</summary>
    public int CountBelow(long value)
    {
        var (low, high) = (0, _sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
