using DataExchange.Domain;
using DataExchange.Simulation.Population;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Agents;

/// <summary>A product as buyers see it.</summary>
public sealed class ShelfProduct
{
    internal ShelfProduct(ProductPlan plan, LicenceTerms terms)
    {
        Plan = plan;
        Terms = terms;
    }

    /// <summary>What is known of the product from its provider.</summary>
    public ProductPlan Plan { get; }

    /// <summary>What is offered at what price.</summary>
    public LicenceTerms Terms { get; internal set; }

    /// <summary>Upstream contributors and their shares, as it was listed last.</summary>
    public IReadOnlyList<ContributorShare> Contributors { get; internal set; } = [];

    /// <summary>Venues where it stands on the shelf.</summary>
    public List<VenueId> Venues { get; } = [];

    /// <summary>Venues where it is suspended.</summary>
    public HashSet<VenueId> Suspended { get; } = [];

    /// <summary>How many licences may be sold in all; null where a further one takes none away.</summary>
    public int? Copies => Terms.Licence switch
    {
        LicenceKind.Exclusive => 1,
        LicenceKind.Capped => Terms.Copies,
        _ => null,
    };

    internal bool SoldOut { get; set; }

    internal int PlaceInSubTrack { get; init; }

    internal bool CanBeBought => !SoldOut && Venues.Count > Suspended.Count;
}

/// <summary>
/// What everybody can see on the shelves, and how buyers choose from it: by popularity, in the whole market or among the products of
/// some sub-tracks. Products that can no longer be bought stay in sight for buyers whose view is old.
/// </summary>
/// <param name="graph">The industry chain graph.</param>
public sealed class ShelfView(IndustryChainGraph graph)
{
    private readonly Dictionary<ProductId, int> _index = [];
    private readonly List<ShelfProduct> _products = [];
    private readonly ShelfWeights[] _bySubTrack = [.. Enumerable.Range(0, graph.SubTracks.Count).Select(_ => new ShelfWeights())];
    private readonly ShelfWeights _popularity = new();
    private readonly ShelfWeights _contracts = new();
    private readonly UnavailableProducts _unavailable = new();
    private readonly List<int> _changes = [];
    private readonly List<ShelfProduct>[] _ofSubTrack = [.. Enumerable.Range(0, graph.SubTracks.Count).Select(_ => new List<ShelfProduct>())];

    /// <summary>Products ever listed, in the order of their first listing.</summary>
    public IReadOnlyList<ShelfProduct> Products => _products;

    /// <summary>
    /// Places in <see cref="Products"/> of what was listed or changed, one for each change, the earliest first: who notes how far he has read need not look at the whole shelf again.
    /// </summary>
    public IReadOnlyList<int> Changes => _changes;

    /// <summary>Products of a sub-track ever listed, in the order of their first listing.</summary>
    public IReadOnlyList<ShelfProduct> OfSubTrack(int subTrack) => _ofSubTrack[subTrack];

    /// <summary>A product that was ever listed; null when it was not.</summary>
    public ShelfProduct? Find(ProductId product) => _index.TryGetValue(product, out var index) ? _products[index] : null;

    /// <summary>The place of a product in <see cref="Products"/>.</summary>
    /// <exception cref="KeyNotFoundException">It was never listed.</exception>
    public int PlaceOf(ProductId product) => _index[product];

    /// <summary>Whether a product was ever listed.</summary>
    public bool Knows(ProductId product) => _index.ContainsKey(product);

    /// <summary>Puts a product on a venue's shelf.</summary>
    public void List(ProductPlan plan, LicenceTerms terms, VenueId venue, IReadOnlyList<ContributorShare> contributors)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!_index.TryGetValue(plan.Product, out var index))
        {
            index = _products.Count;
            _index.Add(plan.Product, index);
            _popularity.Add(index);
            _contracts.Add(index);
            _products.Add(new ShelfProduct(plan, terms) { PlaceInSubTrack = _bySubTrack[plan.SubTrack].Add(index) });
            _ofSubTrack[plan.SubTrack].Add(_products[index]);
        }

        _products[index].Terms = terms;
        _products[index].Contributors = contributors;
        _products[index].Venues.Add(venue);
        Refresh(index);
    }

    /// <summary>Changes the terms that buyers see.</summary>
    public void Reprice(ProductId product, LicenceTerms terms) => Change(product, seen => seen.Terms = terms);

    /// <summary>Takes a product off a venue's shelf.</summary>
    public void Delist(ProductId product, VenueId venue) => Change(product, seen =>
    {
        seen.Venues.Remove(venue);
        seen.Suspended.Remove(venue);
    });

    /// <summary>Marks a listing as suspended.</summary>
    public void Suspend(ProductId product, VenueId venue) => Change(product, seen => seen.Suspended.Add(venue));

    /// <summary>Marks a listing as resumed.</summary>
    public void Resume(ProductId product, VenueId venue) => Change(product, seen => seen.Suspended.Remove(venue));

    /// <summary>Marks a product as sold out: its exclusive licence or its last copy is sold.</summary>
    public void SoldOut(ProductId product) => Change(product, seen => seen.SoldOut = true);

    /// <summary>A product that is wanted, by popularity in the whole market; null when there is none.</summary>
    public ShelfProduct? Popular(RandomStream random) =>
        Drawn(_popularity, random);

    /// <summary>A product for a contract; null when there is none.</summary>
    public ShelfProduct? ForContract(RandomStream random) =>
        Drawn(_contracts, random);

    /// <summary>A product of one of some sub-tracks, by popularity; null when none of them has any.</summary>
    public ShelfProduct? Along(IReadOnlyList<SupplyLink> links, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(random);
        long total = 0;
        foreach (var link in links)
        {
            total += _bySubTrack[link.SubTrack].Total;
        }

        if (total == 0)
        {
            return null;
        }

        var point = random.NextInt64(0, total - 1);
        foreach (var link in links)
        {
            var subTrack = _bySubTrack[link.SubTrack];
            if (point < subTrack.Total)
            {
                return _products[subTrack.At(point)];
            }

            point -= subTrack.Total;
        }

        return null;
    }

    /// <summary>A product that can no longer be bought, for a buyer whose view is old; null when there is none.</summary>
    public ShelfProduct? Stale(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return _unavailable.Count == 0 ? null : _products[_unavailable.At(random.NextInt32(_unavailable.Count))];
    }

    private void Change(ProductId product, Action<ShelfProduct> change)
    {
        if (_index.TryGetValue(product, out var index))
        {
            change(_products[index]);
            Refresh(index);
        }
    }

    private ShelfProduct? Drawn(ShelfWeights weights, RandomStream random) =>
        weights.Total == 0 ? null : _products[weights.At(random.NextInt64(0, weights.Total - 1))];

    private void Refresh(int index)
    {
        _changes.Add(index);
        var product = _products[index];
        var popularity = product.CanBeBought && product.Terms.Unit != PriceUnit.Negotiated ? product.Plan.Popularity : 0;
        _popularity.Set(index, popularity);
        _bySubTrack[product.Plan.SubTrack].Set(product.PlaceInSubTrack, popularity);
        _contracts.Set(index, product.CanBeBought ? product.Plan.ContractAppeal : 0);
        _unavailable.Put(
            index, !product.CanBeBought && product.Terms.Unit != PriceUnit.Negotiated && product.Plan.Venues.Count > 0);
    }
}
