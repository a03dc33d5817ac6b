using DataExchange.Domain;

namespace DataExchange.Simulation.Agents;

/// <summary>
/// What providers have together at a venue, two products or more, ordered by the first of them on the shelf and then by its venues: the groups of which a bundle can be made. Kept up to
/// date by what changes on the shelf, so that a bundle looks at no other group.
/// </summary>
/// <param name="shelf">The shelf.</param>
/// <param name="suits">Whether a product can be in a bundle, by what stands on the shelf of it; for what else it depends on see <see cref="LookAgainAt"/>.</param>
public sealed class BundleGroups(ShelfView shelf, Func<ShelfProduct, bool> suits)
{
    private readonly Dictionary<(PartyId Provider, VenueId Venue), SortedSet<int>> _groups = [];

    // By place on the shelf: the venues by which the product is in groups, and of how many groups of two or more it is the first.
    private readonly List<VenueId[]> _venues = [];
    private readonly List<int> _firsts = [];
    private readonly ShelfWeights _ranks = new();
    private int _read;

    /// <summary>Groups of two products or more.</summary>
    public int Count
    {
        get
        {
            Read();
            return (int)_ranks.Total;
        }
    }

    /// <summary>One of them.</summary>
    /// <param name="rank">From 0 to <see cref="Count"/> − 1.</param>
    /// <returns>The venue, and the products in the order of their first listing.</returns>
    public (VenueId Venue, IEnumerable<ShelfProduct> Products) At(int rank)
    {
        Read();
        var first = _ranks.At(rank);
        var earlier = 0;
        while (earlier < rank && _ranks.At(rank - earlier - 1) == first)
        {
            earlier++;
        }

        var provider = shelf.Products[first].Plan.Provider;
        var venue = _venues[first].Where(venue => FirstOf(_groups[(provider, venue)]) == first).ElementAt(earlier);
        return (venue, _groups[(provider, venue)].Select(place => shelf.Products[place]));
    }

    /// <summary>Something changed about a product that does not stand on the shelf.</summary>
    /// <param name="product">A product that was listed.</param>
    public void LookAgainAt(ProductId product)
    {
        Read();
        Look(shelf.PlaceOf(product));
    }

    private static int FirstOf(SortedSet<int> group) => group.Count > 1 ? group.Min : -1;

    private void Read()
    {
        while (_venues.Count < shelf.Products.Count)
        {
            _ranks.Add(_venues.Count);
            _venues.Add([]);
            _firsts.Add(0);
        }

        for (; _read < shelf.Changes.Count; _read++)
        {
            Look(shelf.Changes[_read]);
        }
    }

    private void Look(int place)
    {
        var product = shelf.Products[place];
        foreach (var venue in _venues[place])
        {
            Change((product.Plan.Provider, venue), group => group.Remove(place));
        }

        _venues[place] = suits(product) ? [.. product.Venues.Where(venue => !product.Suspended.Contains(venue))] : [];
        foreach (var venue in _venues[place])
        {
            Change((product.Plan.Provider, venue), group => group.Add(place));
        }
    }

    private void Change((PartyId Provider, VenueId Venue) key, Action<SortedSet<int>> change)
    {
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = []);
        }

        var before = FirstOf(group);
        change(group);
        if (FirstOf(group) is var after && after != before)
        {
            Note(before, -1);
            Note(after, 1);
        }
    }

    private void Note(int place, int change)
    {
        if (place >= 0)
        {
            _firsts[place] += change;
            _ranks.Set(place, _firsts[place]);
        }
    }
}
