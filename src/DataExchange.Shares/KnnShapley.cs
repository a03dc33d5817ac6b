namespace DataExchange.Shares;

/// <summary>
/// Exact Shapley values of the points of a dataset for the K-nearest-neighbour classifier, without enumerating coalitions (Jia and others 2019, "Efficient
/// task-specific data valuation for nearest neighbor algorithms", theorem 1, unweighted). A coalition S is worth v(S) = (1/K) Σ over the min(K, |S|) points of S
/// nearest to the test point of 1[label matches], averaged over the test points. With points ordered by distance: s_N = 1[y_N = y] · min(K, N)/(K N), and
/// sᵢ = sᵢ₊₁ + (1[yᵢ = y] − 1[yᵢ₊₁ = y])/K · min(K, i)/i. Sorting is what takes time: O(N log N) for each test point.
/// </summary>
/// <remarks>
/// Values are kept in whole units of 2^-76, so that they are the same on every machine: each term is rounded down to such a unit, which makes an error below
/// 10^-16 for a million points. Values are no money; <see cref="Split"/> makes money of them.
/// </remarks>
public sealed class KnnShapley
{
    /// <summary>The most points.</summary>
    public const int MostPoints = 1 << 28;

    /// <summary>The most test points.</summary>
    public const int MostTests = 1 << 20;

    /// <summary>One, in the units of a value.</summary>
    public static readonly Int128 One = Int128.One << 76;

    private readonly int _neighbours;
    private readonly Int128[] _sums;
    private readonly double[] _keys;
    private readonly int[] _order;

    /// <summary>Begins with no test point.</summary>
    /// <param name="points">Points of the dataset, 1 to <see cref="MostPoints"/>.</param>
    /// <param name="neighbours">K, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Points or neighbours are out of range.</exception>
    public KnnShapley(int points, int neighbours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points, MostPoints);
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        _neighbours = neighbours;
        (_sums, _keys, _order) = (new Int128[points], new double[points], new int[points]);
    }

    /// <summary>Test points so far.</summary>
    public int Tests { get; private set; }

    /// <summary>Adds a test point. Points that are equally far count in the order of their index.</summary>
    /// <param name="distances">How far each point is from it: 0 or more, in any measure that orders them.</param>
    /// <param name="matches">Whether each point has its label.</param>
    /// <exception cref="ArgumentException">The spans have another length than the dataset, a distance is negative or not a number, or there are too many test points.</exception>
    public void Add(ReadOnlySpan<double> distances, ReadOnlySpan<bool> matches)
    {
        if (distances.Length != _sums.Length || matches.Length != _sums.Length)
        {
            throw new ArgumentException($"{distances.Length} distances and {matches.Length} matches are not allowed: {_sums.Length} each", nameof(distances));
        }

        if (Tests == MostTests)
        {
            throw new ArgumentException($"more than {MostTests} test points are not allowed", nameof(distances));
        }

        for (var i = 0; i < _order.Length; i++)
        {
            if (!(distances[i] >= 0))
            {
                throw new ArgumentException($"distance {distances[i]} of point {i} is not allowed: 0 or more", nameof(distances));
            }

            (_keys[i], _order[i]) = (distances[i], i);
        }

        SortByDistance();
        var farthest = _order.Length;
        var value = matches[_order[farthest - 1]] ? Term(farthest) : 0;
        _sums[_order[farthest - 1]] += value;
        for (var i = farthest - 1; i >= 1; i--)
        {
            var (nearer, farther) = (matches[_order[i - 1]], matches[_order[i]]);
            if (nearer != farther)
            {
                value += nearer ? Term(i) : -Term(i);
            }

            _sums[_order[i - 1]] += value;
        }

        Tests++;
    }

    /// <summary>Adds a test point, with distances by Euclid.</summary>
    /// <param name="features">Of all points, one after the other.</param>
    /// <param name="labels">Of all points.</param>
    /// <param name="testFeatures">Of the test point: this many to a point.</param>
    /// <param name="testLabel">Of the test point.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or a feature is not a number.</exception>
    public void Add(ReadOnlySpan<float> features, ReadOnlySpan<int> labels, ReadOnlySpan<float> testFeatures, int testLabel)
    {
        if (labels.Length != _sums.Length || features.Length != (long)labels.Length * testFeatures.Length)
        {
            throw new ArgumentException(
                $"{labels.Length} labels and {features.Length} features are not allowed: {_sums.Length} labels, and {testFeatures.Length} features to each", nameof(labels));
        }

        var distances = new double[labels.Length];
        var matches = new bool[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            matches[i] = labels[i] == testLabel;
            for (var j = 0; j < testFeatures.Length; j++)
            {
                var apart = (double)features[(i * testFeatures.Length) + j] - testFeatures[j];
                // The square orders points as the distance does.
                distances[i] += apart * apart;
            }
        }

        Add(distances, matches);
    }

    /// <summary>The values in units of <see cref="One"/>, in the order of the points; they sum to the classifier's value but for rounding down.</summary>
    /// <exception cref="InvalidOperationException">There is no test point.</exception>
    public Int128[] Values() => Tests == 0 ? throw new InvalidOperationException("No test point was added.") : Array.ConvertAll(_sums, sum => sum / Tests);

    /// <summary>A value as near as a floating-point number comes: to show and to compare, not to pay.</summary>
    /// <param name="value">One of <see cref="Values"/>.</param>
    public static double Near(Int128 value) => (double)value / (double)One;

    /// <summary>
    /// Splits an amount among the points in proportion to their values, by largest remainder; a point that makes the classifier worse gets nothing.
    /// </summary>
    /// <param name="amountFen">0 to <see cref="LargestRemainder.MostFen"/>.</param>
    /// <returns>Fen, in the order of the points, which sum to the amount; null when no point has a value above 0.</returns>
    public long[]? Split(long amountFen) => LargestRemainder.Split(amountFen, Values());

    private Int128 Term(int rank) => rank >= _neighbours ? One / rank : One / _neighbours;

    // Sorting plain numbers is several times as fast as comparing records; it is not stable, so equal distances are put into order afterwards.
    private void SortByDistance()
    {
        Array.Sort(_keys, _order);
        for (var from = 0; from < _keys.Length;)
        {
            var to = from + 1;
            while (to < _keys.Length && _keys[to] == _keys[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                Array.Sort(_order, from, to - from);
            }

            from = to;
        }
    }
}
