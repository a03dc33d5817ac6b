using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Agents;
using DataExchange.Simulation.Calibration;
using DataExchange.Simulation.Population;
using DataExchange.Simulation.Randomness;

namespace DataExchange.Simulation.Tests.Agents;

/// <summary>The shelf as buyers see it, against a list that is searched from end to end.</summary>
public sealed class ShelfViewTests
{
    private static readonly VenueId[] Venues = [new("zjbdec"), new("hzdex")];
    private static readonly List<ProductPlan> Plans = ProductDrawTests.Plans(Parameters.Scale(SmallRun.BuiltIn, 0.02));
    private readonly ShelfView _view = new(SmallRun.Source.Graph);
    private readonly List<Seen> _naive = [];
    private readonly HashSet<ProductId> _out = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_offers_what_a_naive_list_offers(ulong seed)
    {
        var random = new RandomStream(seed, "shelf");
        var draws = 0;
        for (var step = 0; step < 6_000; step++)
        {
            Change(random);
            // The naive list takes long when it is long: then every fourth step is compared.
            draws += step < 1_000 || step % 4 == 0 ? Compare(seed, step) : 0;
        }

        Assert.True(_naive.Count > 1_100, "more than the first size of the samplers");
        Assert.True(draws > 1_800);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Parts_of_it_and_groups_of_a_provider_are_those_of_the_whole_shelf_looked_through(ulong seed)
    {
        var random = new RandomStream(seed, "shelf");
        bool Suits(ShelfProduct product) => product.Venues.Count > product.Suspended.Count && !_out.Contains(product.Plan.Product) && BundleCandidate.Fits(product.Terms);
        var (part, groups, most) = (new ShelfPart(_view, Suits), new BundleGroups(_view, Suits), 0);
        for (var step = 0; step < 3_000; step++)
        {
            Change(random);
            if (step % 7 == 0)
            {
                var product = _view.Products[random.NextInt32(_view.Products.Count)].Plan.Product;
                if (!_out.Add(product))
                {
                    _out.Remove(product);
                }

                part.LookAgainAt(product);
                groups.LookAgainAt(product);
            }

            if (step % 20 == 0)
            {
                Assert.Equal(_view.Products.Where(Suits), Enumerable.Range(0, part.Count).Select(part.At));
                var expected = _view.Products.Where(Suits)
                    .SelectMany(product => product.Venues.Where(venue => !product.Suspended.Contains(venue)).Select(venue => (Venue: venue, Product: product)))
                    .GroupBy(one => (one.Product.Plan.Provider, one.Venue), one => one.Product).Where(group => group.Count() > 1).ToArray();
                Assert.Equal(expected.Length, groups.Count);
                Assert.All(Enumerable.Range(0, groups.Count), rank =>
                {
                    var (venue, products) = groups.At(rank);
                    Assert.Equal(expected[rank].Key, (products.First().Plan.Provider, venue));
                    Assert.Equal(expected[rank], products);
                });
                most = Math.Max(most, groups.Count);
            }
        }

        Assert.InRange(most, 6, int.MaxValue);
    }

    [Fact]
    public void An_empty_shelf_offers_nothing()
    {
        var random = new RandomStream(1, "empty");
        Assert.Null(_view.Popular(random));
        Assert.Null(_view.ForContract(random));
        Assert.Null(_view.Stale(random));
        Assert.Null(_view.Along([new SupplyLink(0, [])], random));
        Assert.Empty(_view.Products);
    }

    private void Change(RandomStream random)
    {
        if (_naive.Count == 0 || random.NextBoolean(0.3))
        {
            var plan = Plans[random.NextInt32(Plans.Count)];
            var venue = Venues[random.NextInt32(2)];
            var seen = _naive.Find(entry => entry.Plan == plan);
            if (seen?.Venues.Contains(venue) == true)
            {
                return;
            }

            if (seen is null)
            {
                _naive.Add(seen = new Seen(plan));
            }

            seen.Venues.Add(venue);
            seen.Terms = plan.Terms;
            _view.List(plan, plan.Terms, venue, plan.Contributors);
            return;
        }

        var known = _naive[random.NextInt32(_naive.Count)];
        var (product, place) = (known.Plan.Product, Venues[random.NextInt32(2)]);
        switch (random.NextInt32(6))
        {
            case 0:
                known.Venues.Remove(place);
                known.Suspended.Remove(place);
                _view.Delist(product, place);
                break;
            case 1 when known.Venues.Contains(place):
                known.Suspended.Add(place);
                _view.Suspend(product, place);
                break;
            case 2 or 3:
                known.Suspended.Remove(place);
                _view.Resume(product, place);
                break;
            case 4:
                known.Terms = known.Terms with { UnitPriceFen = known.Terms.UnitPriceFen + 100 };
                _view.Reprice(product, known.Terms);
                break;
            case 5 when random.NextBoolean(0.2):
                known.SoldOut = true;
                _view.SoldOut(product);
                break;
        }
    }

    private int Compare(ulong seed, int step)
    {
        RandomStream Draw(string what) => new(seed, $"{what}/{step}");
        var popular = Pick(_naive, seen => seen.Weight, Draw("popular"));
        Same(popular, _view.Popular(Draw("popular")));
        Same(Pick(_naive, seen => seen.CanBeBought ? seen.Plan.ContractAppeal : 0, Draw("contract")), _view.ForContract(Draw("contract")));

        int[] subTracks = [.. _naive.Skip(step % 50).Take(3).Select(seen => seen.Plan.SubTrack).Distinct()];
        SupplyLink[] links = [.. subTracks.Select(subTrack => new SupplyLink(subTrack, []))];
        Same(
            Pick([.. subTracks.SelectMany(subTrack => _naive.Where(seen => seen.Plan.SubTrack == subTrack))], seen => seen.Weight, Draw("along")),
            _view.Along(links, Draw("along")));

        var stale = _naive.Where(seen => !seen.CanBeBought && seen.Terms.Unit != PriceUnit.Negotiated).Select(seen => seen.Plan).ToHashSet();
        var old = _view.Stale(Draw("stale"));
        Assert.True(old is null ? stale.Count == 0 : stale.Contains(old.Plan));
        return popular is null ? 0 : 1;
    }

    private static void Same(Seen? expected, ShelfProduct? actual)
    {
        Assert.Equal(expected?.Plan.Product, actual?.Plan.Product);
        Assert.Equal(expected?.Terms, actual?.Terms);
    }

    private static Seen? Pick(List<Seen> seen, Func<Seen, long> weight, RandomStream random)
    {
        var total = seen.Sum(weight);
        if (total == 0)
        {
            return null;
        }

        var point = random.NextInt64(0, total - 1);
        return seen.First(entry => (point -= weight(entry)) < 0);
    }

    private sealed record Seen(ProductPlan Plan)
    {
        public LicenceTerms Terms { get; set; } = Plan.Terms;

        public HashSet<VenueId> Venues { get; } = [];

        public HashSet<VenueId> Suspended { get; } = [];

        public bool SoldOut { get; set; }

        public bool CanBeBought => !SoldOut && Venues.Count > Suspended.Count;

        public long Weight => CanBeBought && Terms.Unit != PriceUnit.Negotiated ? Plan.Popularity : 0;
    }
}
