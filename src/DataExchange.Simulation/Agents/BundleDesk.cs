using System.Globalization;
using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Kernel;
using DataExchange.Simulation.Randomness;
using DataExchange.Simulation.Scenarios;
using DataExchange.Simulation.Truth;

namespace DataExchange.Simulation.Agents;

/// <summary>
/// Providers offer bundles of what they have on a venue's shelf, and some firms order them. Each bundle has a stream of its own, so that it shifts no other draw. Prices,
/// sizes and how often are assumed.
/// </summary>
/// <param name="market">The surroundings.</param>
/// <param name="firms">Firms that buy bundles, and nothing else.</param>
/// <param name="venues">The venues, by id.</param>
/// <param name="course">Leads their deals.</param>
public sealed class BundleDesk(Market market, IReadOnlyList<BuyerAgent> firms, IReadOnlyDictionary<VenueId, VenueAgent> venues, DealCourse course)
{
    private const int MostProducts = 3;
    private const int OrderDays = 120;
    private const double WithdrawnShare = 0.2;

    // Of the sum of the parts, percent.
    private const int LeastPrice = 70;
    private const int PriceRange = 21;

    private readonly HashSet<ProductId> _taken = [];
    private BundleGroups? _groups;

    private PricingSettings Settings => market.Scenario.Pricing;

    private EventKernel Kernel => market.Kernel;

    /// <summary>Schedules the bundles, evenly from one day to the end of the history.</summary>
    /// <param name="opens">The first day.</param>
    public void Schedule(DateOnly opens)
    {
        var days = market.Scenario.Until.DayNumber - opens.DayNumber;
        for (var i = 1; i <= Settings.Bundles.Whole; i++)
        {
            var id = new BundleId(string.Create(CultureInfo.InvariantCulture, $"B{i:000000}"));
            var random = market.StreamOf("bundle/" + id.Value);
            var day = opens.AddDays((int)(days * (i - 1 + random.NextDouble()) / Settings.Bundles.Whole));
            Kernel.Start(market.OfficeAt(random, day, 0), () => OfferAsync(id, random));
        }
    }

    private async ValueTask OfferAsync(BundleId id, RandomStream random)
    {
        _groups ??= new BundleGroups(market.Shelf, IsSuitable);
        if (_groups.Count == 0)
        {
            return;
        }

        var (venue, group) = _groups.At(random.NextInt32(_groups.Count));
        var products = group.Take(MostProducts).ToArray();
        var provider = products[0].Plan.Provider;
        var alone = products.Sum(product => BundleCandidate.AloneFen(product.Terms, Kernel.Now));
        var price = Math.Max(products.Length, alone * (LeastPrice + random.NextInt32(PriceRange)) / 100);
        foreach (var product in products)
        {
            _taken.Add(product.Plan.Product);
            _groups.LookAgainAt(product.Plan.Product);
        }

        var outcome = await Kernel.SubmitAsync(new OfferBundle(id, venue, provider, [.. products.Select(product => product.Plan.Product)], price) { At = Kernel.Now, By = provider }).ConfigureAwait(true);
        if (!outcome.Accepted)
        {
            return;
        }

        var offered = (BundleOffered)outcome.Events[0];
        var orders = random.NextPoisson(Settings.OrdersPerBundle.Value);
        for (var i = 1; i <= orders; i++)
        {
            var fate = random.Derive(string.Create(CultureInfo.InvariantCulture, $"order/{i}"));
            var order = new DealId(string.Create(CultureInfo.InvariantCulture, $"{id}-{i:00}"));
            Kernel.Start(market.OfficeAt(fate, Kernel.Now.Date.AddDays(1 + fate.NextInt32(OrderDays)), 0), () => OrderAsync(offered, order, products, fate));
        }

        if (random.NextBoolean(WithdrawnShare))
        {
            await Kernel.Until(market.OfficeAt(random, Kernel.Now.Date.AddDays(30 + random.NextInt32(OrderDays)), 0));
            await Kernel.SubmitAsync(new WithdrawBundle(id, provider) { At = Kernel.Now, By = provider }).ConfigureAwait(true);
        }
    }

    private bool IsSuitable(ShelfProduct product) =>
        product.CanBeBought && !_taken.Contains(product.Plan.Product) && BundleCandidate.Fits(product.Terms);

    private async ValueTask OrderAsync(BundleOffered offered, DealId order, ShelfProduct[] products, RandomStream fate)
    {
        var firm = fate.Pick(firms);
        var value = PrivateValue.Of(products.Sum(product => product.Plan.WorthFen(1)), market.Scenario.Demand.Shelf.ValueSigma.Value, fate.NextDouble());
        if (value < offered.PriceFen)
        {
            return;
        }

        await firm.JoinAsync().ConfigureAwait(true);
        await firm.TopUpAsync(offered.PriceFen, market.Scenario.Demand.Shelf.Underfunded.Value, fate).ConfigureAwait(true);
        var outcome = await Kernel.SubmitAsync(new OrderBundle(offered.Bundle, order, firm.Party) { At = Kernel.Now, By = firm.Party }).ConfigureAwait(true);
        if (!outcome.Accepted)
        {
            return;
        }

        await firm.SpendAsync(offered.PriceFen).ConfigureAwait(true);
        var ordered = (BundleOrdered)outcome.Events[0];
        for (var i = 0; i < ordered.Parts.Count; i++)
        {
            var (part, product) = (ordered.Parts[i], products[i]);
            market.Truth.Note(new Opportunity(
                TradeChannel.Shelf, part.Product, product.Plan.Category, product.Terms.Licence, null, part.Deal,
                (long)((Int128)value * part.AmountFen / offered.PriceFen), part.AmountFen));
            var partFate = fate.Derive(part.Deal.Value);
            Kernel.Start(Kernel.Now, () => ConcludeAsync(ordered, part, product, offered.Provider, firm, partFate));
        }
    }

    // Whether the offer took the order shows in that there is a contract to agree.
    private async ValueTask ConcludeAsync(BundleOrdered ordered, OrderedPart part, ShelfProduct product, PartyId provider, BuyerAgent firm, RandomStream fate)
    {
        var (plan, terms) = (product.Plan, product.Terms);
        var granted = new LicenceGranted(
            plan.Product, part.Deal, ordered.Venue, firm.Party, provider, TradeChannel.Shelf, terms.Licence, 1, 0, part.AmountFen, part.AmountFen, 0, terms.ResaleAllowed,
            product.Contributors, Bundle: ordered.Bundle) { At = Kernel.Now, By = firm.Party };
        var purpose = fate.Pick(market.Source.Words.Category(plan.Category).UsePurposes).Zh;
        var due = SimulatedTime.On(market.Source.Calendar.AddWorkingDays(Kernel.Now.Date, 3), (int)SimulatedTime.SecondsPerDay - 1);
        await Kernel.Until(Kernel.Now.AddSeconds(60 + fate.NextInt32(3_600)));
        if (!(await course.AgreeAsync(granted, purpose, terms.Licence == LicenceKind.Subscription ? 30 : 365, due, granted.Buyer).ConfigureAwait(true)).Accepted)
        {
            await firm.SpendAsync(-part.AmountFen).ConfigureAwait(true);
            return;
        }

        await Kernel.Until(Kernel.Now.AddSeconds(60 + fate.NextInt32(3_600)));
        await venues[ordered.Venue].RegisterAsync(part.Deal).ConfigureAwait(true);
        await course.DeliverAndSettleAsync(firm, plan, granted, purpose, due, plan.Form == ProductForm.Api, fate).ConfigureAwait(true);
    }
}
