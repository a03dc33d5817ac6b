using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Listing;
using DataExchange.Domain.Rights;
using DataExchange.Simulation.Population;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Agents.Requirements;

/// <summary>A provider as a signal finds it.</summary>
/// <param name="Party">Who it is.</param>
/// <param name="SubTrack">Number of its sub-track.</param>
public readonly record struct NearProvider(PartyId Party, int SubTrack);

/// <summary>
/// What providers make of requirements that lapsed: one near the sub-track may bring a product for it. These products are numbered apart, N000001 and so
/// on, and stand on the shelves apart from the others (<see cref="Market.Asked"/>), so that they shift nothing that is drawn for those.
/// </summary>
/// <param name="market">The surroundings.</param>
/// <param name="providers">The providers that may hear of it.</param>
/// <param name="assessors">Who assesses their applications.</param>
/// <param name="neighbours">Neighbours of each sub-track on the industry chain graph.</param>
public sealed class SignalledSupply(
    Market market, IReadOnlyList<NearProvider> providers, IReadOnlyList<AssessorAgent> assessors, IReadOnlyList<IReadOnlyList<int>> neighbours)
{
    // Far above the numbers of applications: contents are told apart by it.
    private const int FirstIndex = 10_000_000;
    private readonly TitleRegister _titles = new();
    private readonly HashSet<(int SubTrack, string Category)> _heard = [];
    private int _products;

    /// <summary>Tells the providers of a requirement that lapsed.</summary>
    /// <param name="posted">The requirement as posted: all that providers see of it.</param>
    /// <param name="need">The need behind it, for the title that the firm would recognise.</param>
    /// <param name="venue">Where it was posted.</param>
    public void Hear(RequirementPosted posted, LatentNeed need, VenueAgent venue)
    {
        ArgumentNullException.ThrowIfNull(posted);
        ArgumentNullException.ThrowIfNull(need);
        var settings = market.Scenario.Requirements;
        var random = market.StreamOf("signal/" + posted.Requirement.Value);
        var subTrack = market.Source.Graph.SubTrackNumber(posted.SubTrack);
        var isHeard = random.NextBoolean(settings.Heard.Value);
        var weeks = random.NextExponential() * settings.HeardWeeks.Value;
        // One product for a kind of data is enough until it shows whether it sells.
        if (!isHeard || _heard.Contains((subTrack, posted.Category)))
        {
            return;
        }

        NearProvider[] near = [.. providers.Where(provider => provider.SubTrack == subTrack || neighbours[subTrack].Contains(provider.SubTrack))];
        if (near.Length == 0)
        {
            return;
        }

        _heard.Add((subTrack, posted.Category));
        var provider = random.Pick<NearProvider>(near);
        var plan = Plan(posted, provider.Party, subTrack, venue, random) with { Title = need.Title };
        market.Truth.Note(new SignalTruth(posted.Requirement, plan.Product));
        var application = market.OfficeAt(random, market.Kernel.Now.Date.AddDays(1 + (int)Math.Min(weeks * 7, 10_000)), 1);
        var agent = new ProviderAgent(market, provider.Party, assessors, new SeriesShelf(market.Source.Words, _titles));
        market.Kernel.Start(application, () => agent.BringAsync(plan, market.StreamOf("product/" + plan.Product.Value)));
    }

    private ProductPlan Plan(RequirementPosted posted, PartyId provider, int subTrack, VenueAgent venue, RandomStream random)
    {
        var index = FirstIndex + ++_products;
        var form = posted.Form ?? random.Pick<ProductForm>([ProductForm.Dataset, ProductForm.Api, ProductForm.Report]);
        var plan = new ProductPlan
        {
            Product = new ProductId(string.Create(CultureInfo.InvariantCulture, $"N{_products:000000}")),
            Provider = provider,
            Index = index,
            Venues = [venue],
            ListingDay = market.Kernel.Now.Date,
            Form = form,
            Category = posted.Category,
            SubTrack = subTrack,
            IsBatch = false,
            IsAsked = true,
            SecurityClass = SecurityClass.General,
            ContainsPersonalInformation = false,
            IsPublicData = false,
            NamesUseScenario = true,
            Fingerprint = ProductDraw.FingerprintOf(index, ProductVersions.First),
            Terms = TermsFor(posted, form),
            Contributors = [],
            Popularity = 0,
            ContractAppeal = 0,
            ViewsPerYear = 0,
            FirstEvidence = EvidenceKinds.None,
        };
        return plan with { FirstEvidence = ProviderAgent.CompleteEvidence(plan) };
    }

    // A97: a tenth below the budget, in the licence asked for or the usual one of the form.
    private static LicenceTerms TermsFor(RequirementPosted posted, ProductForm form)
    {
        const int Pack = 100;
        var fen = Math.Max(1, posted.BudgetFen * 9 / 10);
        return (posted.Licence ?? (form == ProductForm.Api ? LicenceKind.CallPack : LicenceKind.OpenEnded)) switch
        {
            LicenceKind.CallPack => new LicenceTerms(LicenceKind.CallPack, PriceUnit.PerCall, Math.Max(1, fen / Pack), null, Pack, false),
            LicenceKind.Subscription => new LicenceTerms(LicenceKind.Subscription, PriceUnit.PerMonth, fen, null, 1, false),
            _ => new LicenceTerms(LicenceKind.OpenEnded, PriceUnit.PerLicence, fen, null, 1, false),
        };
    }
}
