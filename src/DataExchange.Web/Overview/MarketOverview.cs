using DataExchange.Reports.ReadModels;
using DataExchange.Web.Market;
using DataExchange.Web.Shelf;

namespace DataExchange.Web.Overview;

/// <summary>A venue in sums.</summary>
/// <param name="Venue">The venue.</param>
/// <param name="Listed">Products that came on its shelf.</param>
/// <param name="Deals">Transactions registered.</param>
/// <param name="AmountFen">Their amount, fen.</param>
/// <param name="ShelfDeals">Of them from the shelf.</param>
/// <param name="Contracts">Of them contracts, registered or filed.</param>
/// <param name="BookDeals">Of them in order books.</param>
/// <param name="AuctionDeals">Of them in auctions.</param>
/// <param name="FeesFen">Its fees, fen.</param>
/// <param name="Disputes">Disputes raised.</param>
public sealed record VenueSums(
    string Venue, long Listed, long Deals, long AmountFen, long ShelfDeals, long Contracts, long BookDeals, long AuctionDeals, long FeesFen, long Disputes);

/// <summary>What the first page shows of the whole market, made from the statistics of days and the shelves.</summary>
public sealed record MarketOverview
{
    /// <summary>First days of the months from the first event to the last, none left out.</summary>
    public required IReadOnlyList<DateOnly> Months { get; init; }

    /// <summary>Venues with anything registered or listed, in the market's order.</summary>
    public required IReadOnlyList<VenueSums> Venues { get; init; }

    /// <summary>Amount of each venue in each month, yuan, in the order of <see cref="Venues"/> and <see cref="Months"/>.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Amounts { get; init; }

    /// <summary>Products first listed anywhere in each month.</summary>
    public required IReadOnlyList<double> Listed { get; init; }

    /// <summary>Transactions registered on each day, from the first day with one to the last, none left out.</summary>
    public required IReadOnlyList<(DateOnly Day, long Deals)> Days { get; init; }

    /// <summary>Products ever listed, each once.</summary>
    public required int Products { get; init; }

    /// <summary>Transactions registered.</summary>
    public long Deals => Venues.Sum(venue => venue.Deals);

    /// <summary>Their amount, fen.</summary>
    public long AmountFen => Venues.Sum(venue => venue.AmountFen);

    /// <summary>Sums up a market.</summary>
    /// <param name="days">Statistics of venues and days, in no order.</param>
    /// <param name="shelf">The shelves.</param>
    /// <param name="facts">The market: in which order its venues come.</param>
    public static MarketOverview Of(IReadOnlyList<VenueDay> days, ShelfIndex shelf, MarketFacts facts)
    {
        ArgumentNullException.ThrowIfNull(days);
        ArgumentNullException.ThrowIfNull(shelf);
        ArgumentNullException.ThrowIfNull(facts);
        var order = facts.Venues.Select(venue => venue.Id).ToList();
        VenueSums[] venues =
        [
            .. days.GroupBy(day => day.Venue).Select(Sum).Where(venue => venue.Deals > 0 || venue.Listed > 0)
                .OrderBy(venue => order.IndexOf(venue.Venue) is >= 0 and var place ? place : int.MaxValue).ThenBy(venue => venue.Venue, StringComparer.Ordinal),
        ];
        var months = MonthsOf(days);
        var amounts = days.GroupBy(day => (day.Venue, Month: MonthOf(day.Day))).ToDictionary(group => group.Key, group => group.Sum(day => day.AmountFen) / 100d);
        var listed = shelf.Products.GroupBy(product => MonthOf(DateOnly.FromDateTime(product.ListedAt.ToOffset(TimeSpan.FromHours(8)).DateTime)))
            .ToDictionary(group => group.Key, group => (double)group.Count());
        return new MarketOverview
        {
            Months = months,
            Venues = venues,
            Amounts = [.. venues.Select(venue => (IReadOnlyList<double>)[.. months.Select(month => amounts.GetValueOrDefault((venue.Venue, month)))])],
            Listed = [.. months.Select(month => listed.GetValueOrDefault(month))],
            Days = DaysOf(days),
            Products = shelf.Listed,
        };
    }

    private static VenueSums Sum(IGrouping<string, VenueDay> venue) => new(
        venue.Key, venue.Sum(day => (long)day.Listed), venue.Sum(day => (long)day.Deals), venue.Sum(day => day.AmountFen), venue.Sum(day => (long)day.ShelfDeals),
        venue.Sum(day => (long)day.RegisteredContracts + day.FiledContracts), venue.Sum(day => (long)day.OrderBookDeals), venue.Sum(day => (long)day.AuctionDeals), venue.Sum(day => day.FeesFen),
        venue.Sum(day => (long)day.Disputes));

    private static List<DateOnly> MonthsOf(IReadOnlyList<VenueDay> days)
    {
        var months = new List<DateOnly>();
        if (days.Count > 0)
        {
            var last = MonthOf(days.Max(day => day.Day));
            for (var month = MonthOf(days.Min(day => day.Day)); month <= last; month = month.AddMonths(1))
            {
                months.Add(month);
            }
        }

        return months;
    }

    private static List<(DateOnly, long)> DaysOf(IReadOnlyList<VenueDay> days)
    {
        var deals = days.Where(day => day.Deals > 0).GroupBy(day => day.Day).ToDictionary(group => group.Key, group => group.Sum(day => (long)day.Deals));
        return deals.Count == 0
            ? []
            : [.. Enumerable.Range(deals.Keys.Min().DayNumber, deals.Keys.Max().DayNumber - deals.Keys.Min().DayNumber + 1)
                .Select(DateOnly.FromDayNumber).Select(day => (day, deals.GetValueOrDefault(day)))];
    }

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}
