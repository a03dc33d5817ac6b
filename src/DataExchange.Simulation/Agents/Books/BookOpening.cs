using DataExchange.Domain;
using DataExchange.Domain.Trading;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Simulation.Agents.Books;

/// <summary>
/// The venue opens order books: on the first trading day for the most wanted of the listed call packs that may be sold on, later for what is
/// listed later, until there are as many as the scenario says.
/// </summary>
/// <param name="market">The surroundings.</param>
/// <param name="venue">The venue's operator.</param>
/// <param name="makers">Market makers.</param>
/// <param name="buyers">All buyers.</param>
public sealed class BookOpening(Market market, VenueAgent venue, IReadOnlyList<MarketMaker> makers, IReadOnlyList<BuyerAgent> buyers)
{
    // A price of fewer steps could hardly move.
    private const int FewestTicks = 100;
    private const int HighestPriceFactor = 20;
    private const int LargestQuantity = 10_000;
    private readonly HashSet<ProductId> _tried = [];
    private int _opened;

    private OrderBookSettings Books => market.Scenario.OrderBooks;

    /// <summary>Opens books day by day.</summary>
    public async ValueTask OpenAsync()
    {
        var calendar = market.Source.Calendar;
        for (var day = calendar.AddWorkingDays(Books.FirstDay, 0); _opened < Books.Books.Whole; day = calendar.AddWorkingDays(day, 1))
        {
            await market.Kernel.Until(SimulatedTime.On(day, Math.Max(0, (Books.PreOpenMinute.Whole - 30) * 60)));
            foreach (var product in Suitable())
            {
                if (_opened < Books.Books.Whole)
                {
                    await OpenAsync(product).ConfigureAwait(true);
                }
            }
        }
    }

    private List<ShelfProduct> Suitable() =>
    [
        .. market.Shelf.Products
            .Where(product => product.Terms is { Licence: LicenceKind.CallPack, ResaleAllowed: true } terms
                && product.Venues.Contains(venue.Venue)
                && !product.Suspended.Contains(venue.Venue)
                && !_tried.Contains(product.Plan.Product)
                && terms.RegularAmount().Fen >= FewestTicks * Books.TickFen.Whole)
            .OrderByDescending(product => product.Plan.Popularity)
            .ThenByDescending(product => product.Plan.ViewsPerYear)
            .ThenBy(product => product.Plan.Index),
    ];

    private async ValueTask OpenAsync(ShelfProduct product)
    {
        _tried.Add(product.Plan.Product);
        var kernel = market.Kernel;
        var outcome = await kernel.SubmitAsync(new AllotPacks(product.Plan.Product, venue.Venue, Books.Packs.Whole, RulesFor(product.Terms))
            { At = kernel.Now, By = venue.Party }).ConfigureAwait(true);
        if (!outcome.Accepted)
        {
            return;
        }

        var desk = new BookDesk(market, (PacksAllotted)outcome.Events[0], product);
        market.Books.Add(desk);
        var name = product.Plan.Product.Value;
        var fair = new FairValue(market, desk, market.StreamOf("fair/" + name));
        kernel.Start(kernel.Now, fair.WanderAsync);
        kernel.Start(kernel.Now, new BookSession(market, desk, venue.Party).HoldAsync);
        kernel.Start(kernel.Now, new PackIssuer(market, desk, market.StreamOf("issue/" + name)).OfferAsync);
        for (var i = 0; i < Math.Min(Books.Makers.PerBook.Whole, makers.Count); i++)
        {
            var maker = makers[((_opened * Books.Makers.PerBook.Whole) + i) % makers.Count];
            kernel.Start(kernel.Now, () => maker.QuoteAsync(desk, fair));
        }

        kernel.Start(kernel.Now, new BookTraders(market, desk, fair, buyers).TradeAsync);
        _opened++;
    }

    private BookRules RulesFor(LicenceTerms terms)
    {
        var tick = Books.TickFen.Whole;
        var pack = terms.RegularAmount().Fen;
        return new BookRules(
            tick,
            (pack + tick) / tick * tick * HighestPriceFactor,
            Math.Min(Math.Min(Books.Packs.Whole, LargestQuantity), int.MaxValue / terms.UnitsPerPack),
            Books.BandBasisPoints.Whole,
            Books.HaltSeconds.Whole,
            Books.FeeBasisPoints.Whole,
            market.Scenario.Deals.VatBasisPoints.Whole);
    }
}
