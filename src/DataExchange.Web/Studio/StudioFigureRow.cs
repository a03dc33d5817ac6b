using DataExchange.Web.Frame;

namespace DataExchange.Web.Studio;

/// <summary>A figure of a run with how it is shown.</summary>
/// <param name="Key">Its words.</param>
/// <param name="Of">Its value.</param>
/// <param name="Show">How a value of it is written.</param>
internal sealed record StudioFigureRow(string Key, Func<StudioFigures, double> Of, Func<double, string> Show)
{
    /// <summary>All of them.</summary>
    /// <param name="locale">The language.</param>
    internal static IReadOnlyList<StudioFigureRow> All(Locale locale) =>
    [
        new("overview.products", figures => figures.Market.Products, Count),
        new("overview.deals", figures => figures.Market.Deals, Count),
        new("overview.amount", figures => figures.Market.AmountFen, fen => locale.Amount((long)fen)),
        new("overview.fromShelf", figures => figures.Market.Venues.Sum(venue => venue.ShelfDeals), Count),
        new("overview.contracts", figures => figures.Market.Venues.Sum(venue => venue.Contracts), Count),
        new("overview.books", figures => figures.Market.Venues.Sum(venue => venue.BookDeals), Count),
        new("overview.auctionDeals", figures => figures.Market.Venues.Sum(venue => venue.AuctionDeals), Count),
        new("overview.fees", figures => figures.Market.Venues.Sum(venue => venue.FeesFen), fen => locale.Amount((long)fen)),
        new("overview.disputes", figures => figures.Market.Venues.Sum(venue => venue.Disputes), Count),
        new("demand.all", figures => figures.Requirements, Count),
        new("studio.met", figures => figures.RequirementsMet, Count),
        new("studio.auctions", figures => figures.Auctions, Count),
        new("studio.auctionRevenue", figures => figures.AuctionRevenueFen, fen => locale.Amount((long)fen)),
        new("studio.providers", figures => figures.Providers, Count),
        new("studio.gini", figures => figures.Gini, number => number.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture)),
        new("studio.events", figures => figures.Events, Count),
    ];

    private static string Count(double number) => Locale.Count((long)number);
}
