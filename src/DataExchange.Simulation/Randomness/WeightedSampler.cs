using System.Numerics;

namespace DataExchange.Simulation.Randomness;

/// <summary>
/// Draws indexes with probability proportional to their weights, while the weights change. Weights are whole numbers, so sums are exact
/// and the same weights give the same draws whatever the order in which they were set. Setting and drawing take O(log n) (Fenwick tree).
/// </summary>
public sealed class WeightedSampler
{
    private readonly long[] _weights;
    private readonly long[] _tree; // _tree[i] is the sum of the i & −i weights that end at index i − 1.
    private readonly int _topStep;

    /// <summary>Makes a sampler whose weights are all 0.</summary>
    /// <param name="count">Number of indexes, at least 1.</param>
    public WeightedSampler(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _weights = new long[count];
        _tree = new long[count + 1];
        _topStep = (int)(1u << BitOperations.Log2((uint)count));
    }

    /// <summary>Number of indexes.</summary>
    public int Count => _weights.Length;

    /// <summary>Sum of all weights.</summary>
    public long Total { get; private set; }

    /// <summary>The weight of an index.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public long this[int index] => _weights[index];

    /// <summary>Gives an index a new weight.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <param name="weight">At least 0; 0 means never drawn.</param>
    /// <exception cref="OverflowException">All weights together would pass the largest <see cref="long"/>; nothing is changed.</exception>
    public void Set(int index, long weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        var change = weight - _weights[index];
        Total = checked(Total + change);
        _weights[index] = weight;
        for (var node = index + 1; node < _tree.Length; node += node & -node)
        {
            _tree[node] += change;
        }
    }

    /// <summary>Adds to the weight of an index.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <param name="change">May be negative, but the weight may not become so.</param>
    public void Add(int index, long change) => Set(index, checked(_weights[index] + change));

    /// <summary>Draws an index.</summary>
    /// <param name="random">The stream to draw from.</param>
    /// <exception cref="InvalidOperationException">All weights are 0.</exception>
    public int Sample(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ThrowIfEmpty();
        return IndexAt(random.NextInt64(0, Total - 1));
    }

    /// <summary>The index at a fraction of the total weight, for a caller that has its own uniform number.</summary>
    /// <param name="fraction">From 0 to below 1.</param>
    /// <exception cref="InvalidOperationException">All weights are 0.</exception>
    public int Sample(double fraction)
    {
        if (!(fraction >= 0 && fraction < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The fraction must be at least 0 and below 1.");
        }

        ThrowIfEmpty();

        // The product can round up to the total, or past the largest long when the total is near it.
        var point = Math.Floor(fraction * Total);
        return IndexAt(point >= Total ? Total - 1 : (long)point);
    }

    /// <summary>The index whose stretch of the weights, laid end to end, holds a point.</summary>
    /// <param name="point">From 0 to <see cref="Total"/> − 1.</param>
    public int IndexAt(long point)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, Total);
        var node = 0;
        for (var step = _topStep; step > 0; step >>= 1)
        {
            var next = node + step;
            if (next < _tree.Length && _tree[next] <= point)
            {
                point -= _tree[next];
                node = next;
            }
        }

        return node;
    }

    private void ThrowIfEmpty()
    {
        if (Total == 0)
        {
            throw new InvalidOperationException("No index can be drawn: all weights are 0.");
        }
    }
}
