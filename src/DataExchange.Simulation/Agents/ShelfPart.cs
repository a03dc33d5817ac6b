using DataExchange.Domain;

namespace DataExchange.Simulation.Agents;

/// <summary>Some products of a shelf, in the order of their first listing, kept up to date by what changes: a draw of one of them looks at no other.</summary>
/// <param name="shelf">The shelf.</param>
/// <param name="belongs">Whether a product belongs here, by what stands on the shelf of it; for what else it depends on see <see cref="LookAgainAt"/>.</param>
public sealed class ShelfPart(ShelfView shelf, Func<ShelfProduct, bool> belongs)
{
    // By place on the shelf, 1 for a product that belongs here.
    private readonly ShelfWeights _members = new();
    private int _places;
    private int _read;

    /// <summary>How many there are now.</summary>
    public int Count
    {
        get
        {
            Read();
            return (int)_members.Total;
        }
    }

    /// <summary>One of them.</summary>
    /// <param name="rank">From 0 to <see cref="Count"/> − 1.</param>
    public ShelfProduct At(int rank)
    {
        Read();
        return shelf.Products[_members.At(rank)];
    }

    /// <summary>Something changed about a product that does not stand on the shelf.</summary>
    /// <param name="product">A product that was listed.</param>
    public void LookAgainAt(ProductId product)
    {
        Read();
        Look(shelf.PlaceOf(product));
    }

    private void Read()
    {
        for (; _places < shelf.Products.Count; _places++)
        {
            _members.Add(_places);
        }

        for (; _read < shelf.Changes.Count; _read++)
        {
            Look(shelf.Changes[_read]);
        }
    }

    private void Look(int place) => _members.Set(place, belongs(shelf.Products[place]) ? 1 : 0);
}
