using System.Globalization;
using DataExchange.Discovery;
using DataExchange.Domain;
using DataExchange.Domain.Rights;
using DataExchange.Simulation.Agents.Auctions;
using DataExchange.Simulation.Agents.Books;
using DataExchange.Simulation.Agents.Requirements;
using DataExchange.Simulation.Agents.Sandbox;
using DataExchange.Simulation.Agents.Shocks;
using DataExchange.Simulation.Agents.Strategies;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Population;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents;

/// <summary>Fills a market with its parties and sets them going.</summary>
public sealed partial class PopulationBuilder
{
    private const int Assessors = 15;
    private readonly Market _market;
    private readonly Scenario _scenario;
    private readonly List<VenueAgent> _venues = [];
    private readonly List<AssessorAgent> _assessors = [];
    private readonly List<ProviderAgent> _providers = [];
    private readonly List<BuyerAgent> _buyers = [];
    private readonly List<NearProvider> _near = [];
    private readonly List<double> _appetites = [];
    private readonly HashSet<string> _names = [];
    private readonly TitleRegister _titles = new();
    private readonly List<(ProductPlan Plan, SimulatedTime Application)> _applications = [];

    /// <summary>Prepares to fill a market.</summary>
    public PopulationBuilder(Market market)
    {
        ArgumentNullException.ThrowIfNull(market);
        (_market, _scenario) = (market, market.Scenario);
    }

    /// <summary>Identity of a provider.</summary>
    /// <param name="number">From 0.</param>
    public static PartyId ProviderParty(int number) => new(string.Create(CultureInfo.InvariantCulture, $"provider-{number + 1:0000}"));

    /// <summary>First moment at which anything happens.</summary>
    private SimulatedTime Beginning => SimulatedTime.On(_scenario.Venues.Min(venue => venue.Opens), 9 * 3_600);

    /// <summary>Makes every agent and schedules what it does first.</summary>
    public void Populate()
    {
        ScheduleEras();
        var logs = new LogAgent(_market, _venues);
        foreach (var settings in _scenario.Venues)
        {
            var venue = new VenueAgent(_market, settings, ListingCurve(settings), DealCurve(settings));
            _venues.Add(venue);
            _market.Kernel.Start(SimulatedTime.On(settings.Opens, 9 * 3_600), () => logs.OpenAsync(venue));
            Enrol(SimulatedTime.On(settings.Opens, 9 * 3_600), venue.Party, new Label(settings.Name.Zh, settings.Name.En), PartyRole.Venue, null);
            _market.Kernel.Start(SimulatedTime.On(settings.Opens, 10 * 3_600), venue.CountViewsAsync);
        }

        _market.Kernel.Start(Beginning, logs.PublishAsync);
        EnrolOffices();
        AddProviders();
        var byId = _venues.ToDictionary(venue => venue.Venue);
        var course = new DealCourse(_market, byId);
        AddBuyers(course);
        AddProducts();
        var contracts = new ContractCourse(_market, byId, course);
        AddContracts(contracts);
        var makers = AddOrderBooks();
        List<PartyId> payees = [.. _providers.Select(agent => agent.Party), .. _buyers.Select(agent => agent.Party), .. makers.Select(agent => agent.Party)];
        _market.Kernel.Start(Beginning, new PayoutAgent(_market, payees).PayAsync);
        AddSandbox(course);
        AddRequirements(course, contracts);
        AddAuctions(course);
        AddBundles(course);
        AddAgents(course);
        AddShocks(payees);
    }

    private void EnrolOffices()
    {
        Enrol(Beginning, Parties.Authority, new Label("杭州市数据资源管理局", "Hangzhou data resources authority"), PartyRole.Authority, null);
        Enrol(Beginning, Parties.Valuer, new Label("数据资产评估工作组", "Data asset valuation group"), PartyRole.Assessor, null);
        Enrol(Beginning, Parties.Clearing, new Label("清结算中心", "Clearing office"), PartyRole.Authority, null);
        Enrol(Beginning, Parties.Objector, new Label("公示异议人", "Objecting party"), PartyRole.Authority, null);
        for (var i = 0; i < Assessors; i++)
        {
            var party = new PartyId(string.Create(CultureInfo.InvariantCulture, $"assessor-{i + 1:00}"));
            _assessors.Add(new AssessorAgent(_market, party));
            Enrol(Beginning, party, _market.Source.Words.Assessors[i % _market.Source.Words.Assessors.Count], PartyRole.Assessor, null);
        }
    }

    private void AddProviders()
    {
        var words = _market.Source.Words;
        var operators = _scenario.Population.PublicDataOperators.Whole;
        for (var i = 0; i < _scenario.Population.Providers.Whole; i++)
        {
            var party = ProviderParty(i);
            var random = _market.StreamOf("name/" + party.Value);
            var isOperator = IsPublicDataOperator(i);
            // A9 (docs/assumptions.md): evenly over the sub-tracks, as are firms.
            var subTrack = random.NextInt32(_market.Source.Graph.SubTracks.Count);
            var name = isOperator ? words.MakeProfessional(random, "public-data-operator", _names)
                : random.NextBoolean(0.3) ? words.MakeProfessional(random, "data-merchant", _names)
                : words.MakeFirm(random, subTrack, _names);
            if (!isOperator)
            {
                _near.Add(new NearProvider(party, subTrack));
            }

            _providers.Add(new ProviderAgent(_market, party, _assessors, new SeriesShelf(words, _titles)));
            Enrol(Beginning, party, new Label(name.Zh, name.En), isOperator ? PartyRole.PublicDataOperator : PartyRole.Provider,
                isOperator ? null : _market.Source.Graph.SubTracks[subTrack].Id);
        }

        bool IsPublicDataOperator(int number) => number >= 5 && number < 5 + operators;
    }

    private void AddBuyers(DealCourse course)
    {
        var population = _scenario.Population;
        var count = population.Firms.Whole;
        var streams = Enumerable.Range(0, count)
            .Select(i => _market.StreamOf(string.Create(CultureInfo.InvariantCulture, $"appetite/firm-{i + 1:0000}"))).ToArray();
        _appetites.AddRange(streams.Select(random => random.NextLogNormal(0, population.AppetiteSigma.Value)));
        var total = _appetites.Sum();
        var orders = _scenario.Demand.Shelf.Orders.Value * _scenario.Demand.Shelf.Level.Value * _scenario.Demand.Level.Value;
        var activity = ShelfCurve();
        for (var i = 0; i < count; i++)
        {
            var party = new PartyId(string.Create(CultureInfo.InvariantCulture, $"firm-{i + 1:0000}"));
            var subTrack = streams[i].NextInt32(_market.Source.Graph.SubTracks.Count);
            var admitted = streams[i].NextBoolean(population.AdmittedForImportant.Value) ? SecurityClass.Important : SecurityClass.General;
            var name = _market.Source.Words.MakeFirm(streams[i], subTrack, _names);
            var buyer = new BuyerAgent(_market, party, subTrack, admitted, activity, orders * _appetites[i] / total, course);
            _buyers.Add(buyer);
            Enrol(Beginning, party, new Label(name.Zh, name.En), PartyRole.Buyer, _market.Source.Graph.SubTracks[subTrack].Id);
            _market.Kernel.Start(Beginning, buyer.ShopAsync);
        }
    }

    private void AddProducts()
    {
        var population = _scenario.Population;
        // Zipf–Mandelbrot: the weight of rank r is (r + offset) to the power of −exponent.
        var weights = new FixedWeights([.. Enumerable.Range(1, _providers.Count)
            .Select(rank => DeterministicMath.Pow(rank + population.ProviderOffset.Value, -population.ProviderExponent.Value))]);
        var operators = population.PublicDataOperators.Whole;
        var draws = new[] { (From: DateOnly.MinValue, Draw: new ProductDraw(_market, _scenario, _venues)) }
            .Concat(_scenario.Eras.Select(era => (era.From, Draw: new ProductDraw(_market, SettingsOn(era.From), _venues)))).ToArray();
        for (var i = 0; i < _scenario.Supply.Applications.Whole; i++)
        {
            var (provider, plan, application, random) = DrawProduct(i, draws[0].Draw);
            // What is brought under other settings is drawn anew under those: from the same stream, and never to come before them.
            if (draws.LastOrDefault(era => era.From <= application.Date) is { From.DayNumber: > 0 } later)
            {
                (provider, plan, application, random) = DrawProduct(i, later.Draw);
                application = application.Date >= later.From ? application : SimulatedTime.On(later.From, 10 * 3_600);
            }

            _market.Kernel.Start(application, () => provider.BringAsync(plan, random));
            _applications.Add((plan, application));
        }

        (ProviderAgent Provider, ProductPlan Plan, SimulatedTime Application, RandomStream Random) DrawProduct(int index, ProductDraw draw)
        {
            var random = _market.StreamOf(string.Create(CultureInfo.InvariantCulture, $"product/{index}"));
            var number = random.PickWeighted(weights);
            var provider = _providers[number];
            var plan = draw.Draw(index, provider.Party, number >= 5 && number < 5 + operators, random);
            // The application goes in as long before the listing day as the procedure takes (A29).
            var lead = 27 + random.NextInt32(12);
            var opening = SimulatedTime.On(plan.Venues[0].Settings.Opens, 10 * 3_600);
            var application = _market.OfficeAt(random, plan.ListingDay, -lead);
            return (provider, plan, application > opening ? application : opening, random);
        }
    }

    private void AddContracts(ContractCourse contracts)
    {
        var demand = _scenario.Demand;
        var count = (int)Math.Round(demand.Contracts.Negotiations.Value * demand.Contracts.Level.Value * demand.Level.Value);
        var path = DemandPath.OfContracts(_scenario);
        // Where there is more demand at a time, further contracts are numbered after the others; most of them are drawn for other days, and left out.
        var further = (int)Math.Round(count * (path.Most - 1));
        double[] shares = [.. _venues.Select(venue => venue.Settings.ContractShare.Value)];
        var sizes = new FixedWeights([.. _appetites]);
        for (var i = 0; i < count + further; i++)
        {
            var random = _market.StreamOf(string.Create(CultureInfo.InvariantCulture, $"contract/{i}"));
            var venue = _venues[random.PickWeighted(shares)];
            var day = venue.Deals.DayAt(random.NextDouble())!.Value;
            var buyer = _buyers[random.PickWeighted(sizes)];
            var start = _market.OfficeAt(random, day, -(12 + random.NextInt32(10)));
            var opening = SimulatedTime.On(venue.Settings.Opens, 10 * 3_600).AddDays(45);
            var deal = new DealId(string.Create(CultureInfo.InvariantCulture, $"C{i + 1:000000}"));
            start = start > opening ? start : opening;
            if (path.Steps.Count == 0 || IsWanted(i, path.On(start.Date)))
            {
                _market.Kernel.Start(start, () => contracts.NegotiateAsync(deal, buyer, day, random));
            }
        }

        bool IsWanted(int index, double factor)
        {
            var draw = _market.StreamOf(string.Create(CultureInfo.InvariantCulture, $"wanted/contract/{index}")).NextDouble();
            return index < count ? draw < factor : draw * (path.Most - 1) < factor - 1;
        }
    }

    // Last of all, so that market makers take no other firm's name.
    private List<MarketMaker> AddOrderBooks()
    {
        var books = _scenario.OrderBooks;
        if (books.Books.Whole == 0)
        {
            return [];
        }

        var enrolment = SimulatedTime.On(_market.Source.Calendar.AddWorkingDays(books.FirstDay, -5), 9 * 3_600);
        var makers = new List<MarketMaker>();
        for (var i = 0; i < books.Makers.Count.Whole; i++)
        {
            var party = new PartyId(string.Create(CultureInfo.InvariantCulture, $"maker-{i + 1:00}"));
            var name = _market.Source.Words.MakeProfessional(_market.StreamOf("name/" + party.Value), "data-merchant", _names);
            makers.Add(new MarketMaker(_market, party));
            Enrol(enrolment > Beginning ? enrolment : Beginning, party, new Label(name.Zh, name.En), PartyRole.Buyer, null);
        }

        var venue = _venues.Single(venue => venue.Settings.Id == books.Venue);
        _market.Kernel.Start(SimulatedTime.On(books.FirstDay), new BookOpening(_market, venue, makers, _buyers).OpenAsync);
        return makers;
    }

    // After the order books, so that pilot firms take no market maker's name.
    private void AddSandbox(DealCourse course)
    {
        var sandbox = _scenario.Sandbox;
        if (sandbox.Products.Value == 0)
        {
            return;
        }

        var enrolment = SimulatedTime.On(_market.Source.Calendar.AddWorkingDays(sandbox.Opens, -5), 9 * 3_600);
        var pilots = MakeFirms(sandbox.PilotFirms.Whole, i => $"pilot-{i:00}", sandbox.Opens, enrolment, course);
        var venue = _venues.Single(venue => venue.Settings.Id == sandbox.Venue);
        new SandboxDesk(_market, venue, new PilotFirms(_market, venue, pilots, course)).Invite(_applications);
    }

    // After the sandbox, so that these firms take no name of a pilot firm.
    private void AddRequirements(DealCourse course, ContractCourse contracts)
    {
        var requirements = _scenario.Requirements;
        if (requirements.Posted.Value == 0)
        {
            return;
        }

        var firms = MakeFirms(requirements.Firms.Whole, i => $"seeker-{i:000}", requirements.Opens, SimulatedTime.On(requirements.Opens, 8 * 3_600), course);
        var neighbours = _market.Source.Graph.Neighbours();
        var chain = new ChainDistance(neighbours);
        new RequirementFirms(
            _market, [.. _venues.Select(venue => new RequirementDesk(_market, venue, chain))], firms, course, contracts,
            new SignalledSupply(_market, _near, _assessors, neighbours)).Schedule();
    }

    // Last of all, so that who bids takes no other firm's name.
    private void AddAuctions(DealCourse course)
    {
        var auctions = _scenario.Auctions;
        if (auctions.Products.Value == 0)
        {
            return;
        }

        var enrolment = SimulatedTime.On(_market.Source.Calendar.AddWorkingDays(auctions.Opens, -5), 9 * 3_600);
        var bidders = MakeFirms(auctions.Firms.Whole, i => $"bidder-{i:00}", auctions.Opens, enrolment, course).ConvertAll(firm => new AuctionBidder(_market, firm));
        var venue = _venues.Single(venue => venue.Settings.Id == auctions.Venue);
        new AuctionDesk(_market, venue, bidders, course).Schedule();
    }

    // After all others, so that who buys bundles takes no other firm's name.
    private void AddBundles(DealCourse course)
    {
        var bundles = _scenario.Pricing.Bundles.Whole;
        if (bundles == 0)
        {
            return;
        }

        var opens = _scenario.Venues.Min(venue => venue.Opens).AddYears(1);
        opens = opens < _scenario.Until ? opens : _scenario.Venues.Min(venue => venue.Opens);
        var firms = MakeFirms(Math.Max(4, bundles / 4), i => $"bundler-{i:00}", opens, SimulatedTime.On(opens, 8 * 3_600), course);
        new BundleDesk(_market, firms, _venues.ToDictionary(venue => venue.Venue), course).Schedule(opens);
    }

    // After all others, so that they take no other firm's name.
    private void AddAgents(DealCourse course)
    {
        var members = new List<PartyId>();
        foreach (var group in _scenario.Agents ?? [])
        {
            var opens = SimulatedTime.On(group.From, 8 * 3_600);
            var firms = MakeFirms(group.Count.Whole, i => $"{group.Id}-{i:00}", group.From, opens, course, hasOneAccount: true);
            new AgentGroup(_market, group, firms, _venues, course).Start();
            members.AddRange(firms.Select(firm => firm.Party));
        }

        if (members.Count > 0)
        {
            _market.Kernel.Start(Beginning, new PayoutAgent(_market, members).PayAsync);
        }
    }

    /// <summary>Firms that act in one part of the market alone: they never visit the shelf by themselves.</summary>
    private List<BuyerAgent> MakeFirms(int count, Func<int, FormattableString> nameOf, DateOnly opens, SimulatedTime enrolment, DealCourse course, bool hasOneAccount = false)
    {
        var nothing = new ActivityCurve(opens, _scenario.Until, _ => 1);
        var firms = new List<BuyerAgent>();
        for (var i = 1; i <= count; i++)
        {
            var party = new PartyId(FormattableString.Invariant(nameOf(i)));
            var random = _market.StreamOf("name/" + party.Value);
            var subTrack = random.NextInt32(_market.Source.Graph.SubTracks.Count);
            var admitted = random.NextBoolean(_scenario.Population.AdmittedForImportant.Value) || hasOneAccount ? SecurityClass.Important : SecurityClass.General;
            var name = _market.Source.Words.MakeFirm(random, subTrack, _names);
            firms.Add(new BuyerAgent(_market, party, subTrack, admitted, nothing, 1, course) { HasOneAccount = hasOneAccount });
            Enrol(enrolment > Beginning ? enrolment : Beginning, party, new Label(name.Zh, name.En), PartyRole.Buyer, _market.Source.Graph.SubTracks[subTrack].Id);
        }

        return firms;
    }

    private void Enrol(SimulatedTime at, PartyId party, Label name, PartyRole role, string? subTrack) =>
        _market.Kernel.Start(at, async () => await _market.Kernel.SubmitAsync(
            new RegisterParty(party, name.Zh, name.En, role, subTrack) { At = _market.Kernel.Now, By = party }).ConfigureAwait(true));

    private ActivityCurve ListingCurve(VenueSettings venue) =>
        Curve(venue.Opens, venue.ListingsByYear, _scenario.Supply.ListingSeason, 0);

    private ActivityCurve DealCurve(VenueSettings venue) =>
        Curve(venue.Opens, venue.DealsByYear, _scenario.Demand.Season, 0);

    // Shelf orders come at all venues: their common curve, in which days off are not quite dead.
    private ActivityCurve ShelfCurve()
    {
        var curves = _scenario.Venues
            .Select(venue => (venue.ContractShare.Value, Curve(venue.Opens, venue.DealsByYear, _scenario.Demand.Season, _scenario.Demand.DayOff.Value)))
            .ToArray();
        return new ActivityCurve(_scenario.Venues.Min(venue => venue.Opens), _scenario.Until, day =>
            curves.Sum(curve => curve.Value * (curve.Item2.ShareBy(day) - curve.Item2.ShareBy(day.AddDays(-1)))));
    }

    private ActivityCurve Curve(
        DateOnly opens, IReadOnlyDictionary<string, Figure> byYear, IReadOnlyList<Figure> season, double dayOff)
    {
        var calendar = _market.Source.Calendar;
        double Daily(DateOnly day) => season[day.Month - 1].Value * (calendar.IsWorkingDay(day) ? 1 : dayOff) * QuarterEnd(day);
        var yearly = new Dictionary<int, double>();
        for (var day = opens; day <= _scenario.Until; day = day.AddDays(1))
        {
            yearly[day.Year] = yearly.GetValueOrDefault(day.Year) + Daily(day);
        }

        return new ActivityCurve(opens, _scenario.Until, day =>
            yearly[day.Year] == 0 ? 0 : Daily(day) / yearly[day.Year] * byYear[day.Year.ToString(CultureInfo.InvariantCulture)].Value);
    }

    // The last ten days of a quarter are twice as busy (A20).
    private static double QuarterEnd(DateOnly day) =>
        day.Month % 3 == 0 && day.Day > DateTime.DaysInMonth(day.Year, day.Month) - 10 ? 2 : 1;
}
