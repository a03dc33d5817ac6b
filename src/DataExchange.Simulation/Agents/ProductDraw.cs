using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents;

/// <summary>Draws products: who brings what where and when. Each product is drawn from its own stream, so that one more changes no other.</summary>
public sealed class ProductDraw
{
    private readonly Market _market;
    private readonly Scenario _scenario;
    private readonly IReadOnlyList<VenueAgent> _venues;
    private readonly double[] _venueShares;
    private readonly ProductForm[] _forms;
    private readonly double[] _formShares;
    private readonly string[] _categories;
    private readonly double[] _categoryShares;

    /// <summary>Prepares the tables.</summary>
    /// <param name="market">The surroundings.</param>
    /// <param name="scenario">Settings that the draws follow.</param>
    /// <param name="venues">The venues.</param>
    public ProductDraw(Market market, Scenario scenario, IReadOnlyList<VenueAgent> venues)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(scenario);
        (_market, _scenario, _venues) = (market, scenario, venues);
        var supply = scenario.Supply;
        _venueShares = [.. venues.Select(venue => venue.Settings.ListingShare.Value)];
        _forms = [.. supply.Forms.Keys.Order(StringComparer.Ordinal).Select(Enum.Parse<ProductForm>)];
        _formShares = [.. supply.Forms.OrderBy(form => form.Key, StringComparer.Ordinal).Select(form => form.Value.Value)];
        _categories = [.. supply.Categories.Keys.Order(StringComparer.Ordinal)];
        _categoryShares = [.. supply.Categories.OrderBy(category => category.Key, StringComparer.Ordinal).Select(category => category.Value.Value)];
    }

    /// <summary>Draws one product.</summary>
    /// <param name="index">Its number in the run, from 0.</param>
    /// <param name="provider">Who brings it.</param>
    /// <param name="isPublicDataOperator">Whether that is an operator of public data.</param>
    /// <param name="random">The product's own stream.</param>
    /// <param name="product">Its id; null for the usual one by number.</param>
    public ProductPlan Draw(int index, PartyId provider, bool isPublicDataOperator, RandomStream random, ProductId? product = null)
    {
        ArgumentNullException.ThrowIfNull(random);
        var supply = _scenario.Supply;
        var review = _scenario.Review;
        var first = random.PickWeighted(_venueShares);
        var both = random.NextBoolean(supply.ListedAtBothVenues.Value);
        var day = _venues[first].Listings.DayAt(random.NextDouble())!.Value;
        VenueAgent[] venues = both
            ? [_venues[first], .. _venues.Where((venue, other) => other != first && venue.Settings.Opens <= day)]
            : [_venues[first]];
        var form = _forms[random.PickWeighted(_formShares)];
        var drawnCategory = _categories[random.PickWeighted(_categoryShares)];
        var category = isPublicDataOperator ? "public" : drawnCategory;
        var subTrack = random.Pick(_market.Source.Words.SubTracksNear(category));
        var security = Security(random, review, supply);
        var personal = random.NextBoolean(supply.PersonalInformation.Value);
        var copied = random.NextBoolean(review.Duplicates.Value) && index > 0 ? random.NextInt32(index) : index;
        var isBatch = category == "industry" && random.NextBoolean(supply.BatchSeriesShare.Value);
        var isWanted = random.NextBoolean(isBatch ? supply.BatchSeriesShare.Value * 0.02 : _scenario.Demand.Shelf.ActiveShare.Value);
        var popularity = (long)(1_000 * random.NextPareto(1, _scenario.Demand.Shelf.PopularityIndex.Value));
        var plan = new ProductPlan
        {
            Product = product ?? new ProductId(string.Create(CultureInfo.InvariantCulture, $"P{index + 1:000000}")),
            Provider = provider,
            Index = index,
            Venues = venues,
            ListingDay = day,
            Form = form,
            Category = category,
            SubTrack = subTrack,
            IsBatch = isBatch,
            SecurityClass = security,
            ContainsPersonalInformation = personal,
            IsPublicData = isPublicDataOperator,
            NamesUseScenario = !random.NextBoolean(review.NoUseScenario.Value),
            Fingerprint = FingerprintOf(copied),
            Terms = TermsDraw.Draw(random, _scenario.Pricing, form),
            Contributors = Contributors(random, provider),
            Popularity = isWanted ? Math.Min(popularity, 2_000_000) : 0,
            ContractAppeal = isBatch ? 0 : (long)(100 * Math.Min(random.NextPareto(1, 1.3), 300)),
            ViewsPerYear = Views(random, supply),
            FirstEvidence = EvidenceKinds.None,
        };
        // Metered interfaces are what is bought again and again.
        plan = plan with { Terms = PriceMenu.Draw(_market.StreamOf($"menu/{plan.Product}"), _scenario.Pricing, plan.Terms) };
        plan = plan.Terms.Licence == LicenceKind.CallPack ? plan with { Popularity = plan.Popularity * 8 } : plan;
        return plan with
        {
            FirstEvidence = FirstEvidence(random, review, plan),
            Game = GameDraw.Of(_market.StreamOf($"shares/{plan.Product}"), supply, plan),
        };
    }

    private static SecurityClass Security(RandomStream random, ReviewSettings review, SupplySettings supply)
    {
        var draw = random.NextDouble();
        return draw < review.CoreData.Value ? SecurityClass.Core
            : draw < review.CoreData.Value + supply.ImportantData.Value ? SecurityClass.Important
            : SecurityClass.General;
    }

    private static EvidenceKinds FirstEvidence(RandomStream random, ReviewSettings review, ProductPlan plan)
    {
        var evidence = ProviderAgent.CompleteEvidence(plan);
        evidence &= random.NextBoolean(review.EvidenceMissing.Value) ? ~EvidenceKinds.LawfulSource : evidence;
        evidence &= random.NextBoolean(review.ConsentMissing.Value) ? ~EvidenceKinds.PersonalConsent : evidence;
        evidence &= random.NextBoolean(review.AssessmentMissing.Value) ? ~EvidenceKinds.SecurityAssessment : evidence;
        return evidence;
    }

    private IReadOnlyList<ContributorShare> Contributors(RandomStream random, PartyId provider)
    {
        if (!random.NextBoolean(_scenario.Supply.WithContributors.Value))
        {
            return [];
        }

        var providers = _scenario.Population.Providers.Whole;
        var shares = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var left = 1 + random.NextInt32(3); left > 0; left--)
        {
            var party = PopulationBuilder.ProviderParty(random.NextInt32(providers));
            // Drawn in every case, so that the number of providers shifts nothing that is drawn later.
            var share = 500 + (100 * random.NextInt32(16));
            if (party != provider)
            {
                shares[party.Value] = share;
            }
        }

        return [.. shares.Select(share => new ContributorShare(new PartyId(share.Key), share.Value))];
    }

    // Log-normal body; above its ninth decile a Pareto tail.
    private static double Views(RandomStream random, SupplySettings supply)
    {
        var u = random.NextDouble();
        double Body(double share) => DeterministicMath.Exp(supply.ViewsMu.Value + (supply.ViewsSigma.Value * DeterministicMath.NormalQuantile(share)));
        return u < 0.9
            ? Body(Math.Max(u, 1e-9))
            : Body(0.9) * DeterministicMath.Pow((1 - u) / 0.1, -1 / supply.ViewsTailIndex.Value);
    }

    /// <summary>Fingerprint of a later version of a product's content.</summary>
    /// <param name="index">Number of the product.</param>
    /// <param name="version">2 or more.</param>
    internal static string FingerprintOf(int index, int version) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"content {index} version {version}"))));

    private static string FingerprintOf(int content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"content {content}"))));
}
