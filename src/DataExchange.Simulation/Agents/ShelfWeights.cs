using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents;

/// <summary>How much products are wanted, in the order in which they were added: one more or a changed weight costs no look at the others.</summary>
internal sealed class ShelfWeights
{
    private const int FirstSize = 16;
    private readonly List<int> _products = [];
    private WeightedSampler _weights = new(FirstSize);

    /// <summary>Sum of all weights.</summary>
    public long Total => _weights.Total;

    /// <summary>Adds a product with weight 0.</summary>
    /// <param name="product">Its number.</param>
    /// <returns>Its place here, from 0 without gaps.</returns>
    public int Add(int product)
    {
        if (_products.Count == _weights.Count)
        {
            var grown = new WeightedSampler(_weights.Count * 2);
            for (var i = 0; i < _weights.Count; i++)
            {
                grown.Set(i, _weights[i]);
            }

            _weights = grown;
        }

        _products.Add(product);
        return _products.Count - 1;
    }

    /// <summary>Gives a place a new weight.</summary>
    public void Set(int place, long weight) => _weights.Set(place, weight);

    /// <summary>The product whose stretch of the weights, laid end to end, holds a point.</summary>
    /// <param name="point">From 0 to <see cref="Total"/> − 1.</param>
    public int At(long point) => _products[_weights.IndexAt(point)];
}

/// <summary>Products that cannot be bought at present, in the order in which they became so.</summary>
internal sealed class UnavailableProducts
{
    private readonly ShelfWeights _order = new();
    private readonly Dictionary<int, int> _places = [];

    /// <summary>How many there are.</summary>
    public int Count => _places.Count;

    /// <summary>Notes whether a product is one of them.</summary>
    public void Put(int product, bool isUnavailable)
    {
        if (!isUnavailable)
        {
            if (_places.Remove(product, out var left))
            {
                _order.Set(left, 0);
            }
        }
        else if (!_places.ContainsKey(product))
        {
            var place = _order.Add(product);
            _places.Add(product, place);
            _order.Set(place, 1);
        }
    }

    /// <summary>The product at a rank.</summary>
    /// <param name="rank">From 0 to <see cref="Count"/> − 1.</param>
    public int At(int rank) => _order.At(rank);
}
