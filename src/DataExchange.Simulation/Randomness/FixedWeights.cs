namespace DataExchange.Simulation.Randomness;

/// <summary>
/// Weights that many indexes are drawn from: prepared once, each draw takes O(log n), and gives the very index that
/// <see cref="RandomStream.PickWeighted(ReadOnlySpan{double})"/> gives for the same weights.
/// </summary>
public sealed class FixedWeights
{
    private readonly double[] _weights;
    private readonly double[] _sums;
    private readonly double _doubt;
    private readonly int _last = -1;

    /// <summary>Prepares weights.</summary>
    /// <param name="weights">Finite, none negative, at least one positive; copied.</param>
    public FixedWeights(ReadOnlySpan<double> weights)
    {
        _weights = weights.ToArray();
        _sums = new double[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && double.IsFinite(weights[i])))
            {
                throw new ArgumentOutOfRangeException(nameof(weights), weights[i], $"Weight {i} must be finite and at least 0.");
            }

            Total += weights[i];
            _sums[i] = Total;
            _last = weights[i] > 0 ? i : _last;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(_last, nameof(weights));
        // Each of n additions or subtractions is off by at most half a unit in the last place of the total, here and in IndexOneByOne;
        // four times their sum is certainly enough.
        _doubt = Total * weights.Length * Math.ScaleB(1, -50);
    }

    /// <summary>The sum of the weights, added in their order.</summary>
    public double Total { get; }

    /// <summary>The index whose stretch of the weights, laid end to end, holds a point.</summary>
    /// <param name="point">From 0 to <see cref="Total"/>.</param>
    public int IndexAt(double point)
    {
        var found = Array.BinarySearch(_sums, point);
        var index = found < 0 ? ~found : found;
        // Near a border the roundings of sums and of differences may part: there only the differences count.
        return index < _last && Math.Abs(_sums[index] - point) > _doubt && (index == 0 || Math.Abs(point - _sums[index - 1]) > _doubt)
            ? index
            : IndexOneByOne(_weights, _last, point);
    }

    /// <summary>The same, going through the weights: what defines the index.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="last">The last index with a weight above 0.</param>
    /// <param name="point">From 0 to the sum of the weights.</param>
    public static int IndexOneByOne(ReadOnlySpan<double> weights, int last, double point)
    {
        for (var i = 0; i < last; i++)
        {
            point -= weights[i];
            if (point < 0)
            {
                return i;
            }
        }

        // Rounding may leave a crumb of the point over: it belongs to the last index that can be drawn.
        return last;
    }
}
