using DataExchange.Domain;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Statistics;

namespace DataExchange.Reports.Figures;

/// <summary>How well the market of a category works, or the whole market.</summary>
/// <param name="Category">Category id; null for the whole market.</param>
/// <param name="Products">Products ever listed.</param>
/// <param name="SoldShare">Share of them that were ever sold, 0 to 1.</param>
/// <param name="DaysToFirstSale">Days from the first listing to the first sale, of those that were sold from then on.</param>
/// <param name="ShelfYears">Years that places on shelves existed, all together: from the first listing to the last delisting, or the end.</param>
/// <param name="ShelfDeals">Transactions registered at those places.</param>
/// <param name="Providers">Parties that listed a product.</param>
/// <param name="Gini">Gini coefficient of their registered amounts, 0 to 1.</param>
/// <param name="HerfindahlHirschman">Herfindahl–Hirschman index of their registered amounts, 0 to 1.</param>
public sealed record MarketQuality(
    string? Category, int Products, double SoldShare, Distribution DaysToFirstSale, double ShelfYears, int ShelfDeals, int Providers, double Gini, double HerfindahlHirschman)
{
    /// <summary>Shelf turnover: transactions for each year that a place on a shelf existed; null where none did.</summary>
    public double? Turnover => ShelfYears > 0 ? ShelfDeals / ShelfYears : null;
}

/// <summary>How far prices on the shelves lie apart, of one unit.</summary>
/// <param name="Unit">What the prices are for.</param>
/// <param name="Prices">The last price at every place on a shelf, fen.</param>
/// <param name="Variation">Coefficient of variation, standard deviation over mean; null below two prices.</param>
public sealed record PriceDispersion(PriceUnit Unit, Distribution Prices, double? Variation)
{
    /// <summary>Quartile coefficient of dispersion, (Q₃ − Q₁)/(Q₃ + Q₁), 0 to 1 (Bonett, Journal of Statistical Computation and Simulation 76, 2006).</summary>
    public double Quartiles => (Prices.Quantile(0.75) - Prices.Quantile(0.25)) / (Prices.Quantile(0.75) + Prices.Quantile(0.25));
}

/// <summary>Market quality: how long a sale takes, how much moves, how far prices lie apart, who has it.</summary>
/// <param name="Markets">The whole market first, then its categories, the largest first.</param>
/// <param name="Prices">By unit, in the order of the units.</param>
public sealed record QualityFigures(IReadOnlyList<MarketQuality> Markets, IReadOnlyList<PriceDispersion> Prices)
{
    private const double DaysOfYear = 365.25;

    /// <summary>Computes them.</summary>
    public static QualityFigures Of(ReadModelSet models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var listed = models.Timelines.Where(product => product.ListedAt is not null).ToList();
        var end = models.VenueDays.Count == 0 ? default : models.VenueDays.Max(day => day.Day).AddDays(1);
        var categories = listed.GroupBy(product => product.Category, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key);
        return new(
            [
                Of(null, listed, models.Shelf, end),
                .. categories.Select(category => Of(
                    category, [.. listed.Where(product => product.Category == category)], [.. models.Shelf.Where(place => place.Category == category)], end)),
            ],
            [
                .. models.Shelf.GroupBy(place => place.Unit).OrderBy(group => group.Key)
                    .Select(group => new PriceDispersion(group.Key, new(group.Select(place => place.UnitPriceFen)), Variation([.. group.Select(place => place.UnitPriceFen)]))),
            ]);
    }

    private static MarketQuality Of(string? category, List<ProductTimeline> products, IReadOnlyList<ShelfEntry> places, DateOnly end)
    {
        var amounts = products.GroupBy(product => product.Provider, StringComparer.Ordinal).Select(group => group.Sum(product => product.SalesFen - product.ResalesFen)).ToArray();
        return new(
            category, products.Count, products.Count == 0 ? 0 : products.Count(product => product.Deals > 0) / (double)products.Count,
            // What was sold on trial before its listing took no time on the shelf.
            new(products.Where(product => product.FirstSaleAt >= product.ListedAt).Select(product => (long)(product.FirstSaleAt!.Value - product.ListedAt!.Value).TotalDays)),
            places.Sum(place => Math.Max(0, Day(place.DelistedAt, end).DayNumber - Day(place.ListedAt, end).DayNumber)) / DaysOfYear, places.Sum(place => place.Deals),
            amounts.Length, Concentration.Gini(amounts), Concentration.HerfindahlHirschman(amounts));
    }

    private static DateOnly Day(DateTimeOffset? at, DateOnly end) => at is { } moment ? DateOnly.FromDateTime(moment.DateTime) : end;

    private static double? Variation(long[] prices)
    {
        var mean = prices.Length < 2 ? 0 : prices.Average();
        return mean == 0 ? null : Math.Sqrt(prices.Sum(price => (price - mean) * (price - mean)) / (prices.Length - 1)) / mean;
    }
}
