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

    /// <summary>Venues where it stands on the shelf.</summary>
    public List<VenueId> Venues { get; } = [];

    /// <summary>Venues where it is suspended.</summary>
    public HashSet<VenueId> Suspended { get; } = [];

    internal bool SoldOut { get; set; }

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
    private readonly List<ShelfProduct> _unavailable = [];
    private readonly List<int>[] _bySubTrack = [.. Enumerable.Range(0, graph.SubTracks.Count).Select(_ => new List<int>())];
    private WeightedSampler _popularity = new(1_024);
    private WeightedSampler _contracts = new(1_024);

    /// <summary>Products ever listed, in the order of their first listing.</summary>
    public IReadOnlyList<ShelfProduct> Products => _products;

    /// <summary>Puts a product on a venue's shelf.</summary>
    public void List(ProductPlan plan, LicenceTerms terms, VenueId venue)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!_index.TryGetValue(plan.Product, out var index))
        {
            index = _products.Count;
            _index.Add(plan.Product, index);
            _products.Add(new ShelfProduct(plan, terms));
            _bySubTrack[plan.SubTrack].Add(index);
        }

        _products[index].Terms = terms;
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
        _popularity.Total == 0 ? null : _products[_popularity.Sample(random)];

    /// <summary>A product for a contract; null when there is none.</summary>
    public ShelfProduct? ForContract(RandomStream random) =>
        _contracts.Total == 0 ? null : _products[_contracts.Sample(random)];

    /// <summary>A product of one of some sub-tracks, by popularity; null when none of them has any.</summary>
    public ShelfProduct? Along(IReadOnlyList<SupplyLink> links, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(random);
        long total = 0;
        foreach (var link in links)
        {
            foreach (var index in _bySubTrack[link.SubTrack])
            {
                total += _popularity[index];
            }
        }

        if (total == 0)
        {
            return null;
        }

        var point = random.NextInt64(0, total - 1);
        foreach (var link in links)
        {
            foreach (var index in _bySubTrack[link.SubTrack])
            {
                point -= _popularity[index];
                if (point < 0)
                {
                    return _products[index];
                }
            }
        }

        return null;
    }

    /// <summary>A product that can no longer be bought, for a buyer whose view is old; null when there is none.</summary>
    public ShelfProduct? Stale(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return _unavailable.Count == 0 ? null : _unavailable[random.NextInt32(_unavailable.Count)];
    }

    private void Change(ProductId product, Action<ShelfProduct> change)
    {
        if (_index.TryGetValue(product, out var index))
        {
            change(_products[index]);
            Refresh(index);
        }
    }

    private void Refresh(int index)
    {
        if (index >= _popularity.Count)
        {
            _popularity = Grown(_popularity);
            _contracts = Grown(_contracts);
        }

        var product = _products[index];
        var onShelf = product.CanBeBought && product.Terms.Unit != PriceUnit.Negotiated;
        _popularity.Set(index, onShelf ? product.Plan.Popularity : 0);
        _contracts.Set(index, product.CanBeBought ? product.Plan.ContractAppeal : 0);
        var wasUnavailable = _unavailable.Contains(product);
        var isUnavailable = !product.CanBeBought && product.Terms.Unit != PriceUnit.Negotiated && product.Plan.Venues.Count > 0;
        if (isUnavailable && !wasUnavailable)
        {
            _unavailable.Add(product);
        }
        else if (!isUnavailable && wasUnavailable)
        {
            _unavailable.Remove(product);
        }
    }

    private static WeightedSampler Grown(WeightedSampler sampler)
    {
        var grown = new WeightedSampler(sampler.Count * 2);
        for (var i = 0; i < sampler.Count; i++)
        {
            grown.Set(i, sampler[i]);
        }

        return grown;
    }
}
