using DataExchange.Domain;
using DataExchange.Reports.Figures;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Statistics;
using DataExchange.Simulation.Population;

namespace DataExchange.Cli.Running.Validation;

/// <summary>A run as the stylised facts look at it.</summary>
/// <param name="run">The run.</param>
/// <param name="calendar">Which days are worked.</param>
internal sealed class ValidationMarket(MemoryRunResult run, WorkCalendar calendar)
{
    // Books with fewer daily returns say little.
    private const int FewestReturns = 50;

    private static readonly string[] MainCategories = ["industry", "fintech", "public", "city-governance", "transport", "health", "telecom"];

    private readonly MarketFigures _figures = FiguresOf(run);
    private readonly double[][] _returns = ReturnsOf(run.Models.BookDays);

    /// <summary>The figures that a scenario compares with published ones.</summary>
    public BenchmarkFigures Benchmarks => new(_figures, run.Models, ShelfDeals.Select(deal => deal.Product).ToHashSet());

    /// <summary>Share of listed products in a category.</summary>
    public double? CategoryShare(string category) => Share(Products(_figures.Categories, [category]), _figures.Categories.Sum(group => group.Products));

    /// <summary>Share of listed products in a form.</summary>
    public double? FormShare(ProductForm form) => Share(Products(_figures.Forms, [form.ToString()]), _figures.Forms.Sum(group => group.Products));

    /// <summary>Share of listed products in the categories that are the largest elsewhere.</summary>
    public double? MainCategoriesShare => Share(Products(_figures.Categories, MainCategories), _figures.Categories.Sum(group => group.Products));

    /// <summary>Share of one-off prices on shelves at a price, fen.</summary>
    public double? OneOffAt(long fen)
    {
        var prices = Prices(PriceUnit.PerLicence);
        return Share(prices.Count(price => price == fen), prices.Length);
    }

    /// <summary>Quantile of the prices of a call, yuan.</summary>
    public double? PerCallQuantile(double p) => Prices(PriceUnit.PerCall) is { Length: > 0 } prices ? new Distribution(prices).Quantile(p) / 100 : null;

    /// <summary>Mean of the logarithm of the price of a call in yuan, and its standard deviation.</summary>
    public (double? Mean, double? Deviation) PerCallLog => LogMoments(Prices(PriceUnit.PerCall).Select(fen => fen / 100.0));

    /// <summary>Share of places on shelves sold by the call.</summary>
    public double? PerCallShare => Share(Prices(PriceUnit.PerCall).Length, run.Models.Shelf.Count);

    /// <summary>The same moments of the views of listed products.</summary>
    public (double? Mean, double? Deviation) ViewsLog =>
        LogMoments(run.Models.Timelines.Where(product => product.ListedAt is not null && product.Views > 0).Select(product => (double)product.Views));

    /// <summary>Shelf deals of the product with the most of them.</summary>
    public double? MostShelfDeals => DealsByProduct.Select(deals => (double?)deals).Max();

    /// <summary>How shelf deals fall with the rank of a product.</summary>
    public double? PopularityExponent => Series.RankExponent(DealsByProduct);

    /// <summary>Tail index of the sizes of contracts.</summary>
    public double? ContractTail => new Distribution(Registered(deal => deal.Channel is TradeChannel.RegisteredContract or TradeChannel.FiledContract).Select(deal => deal.AmountFen)).HillOfTopDecile();

    /// <summary>Gini coefficient of what providers sold.</summary>
    public double? ProviderAmountGini => _figures.ProviderAmounts.Count == 0 ? null : Concentration.Gini([.. _figures.ProviderAmounts]);

    /// <summary>Share of contracts in the registered amount.</summary>
    public double? ContractAmountShare => Share(
        _figures.Channels.Where(channel => channel.Channel is TradeChannel.RegisteredContract or TradeChannel.FiledContract).Sum(channel => channel.AmountFen), _figures.AmountFen);

    /// <summary>Share of the shelf in the number of transactions.</summary>
    public double? ShelfCountShare => Share(_figures.Channels.Where(channel => channel.Channel == TradeChannel.Shelf).Sum(channel => channel.Deals), _figures.Deals);

    /// <summary>Share of transactions that were registered on days off.</summary>
    public double? DaysOffShare => Share(AtVenues.Where(day => !calendar.IsWorkingDay(day.Day)).Sum(day => day.Deals), AtVenues.Sum(day => day.Deals));

    /// <summary>Transactions of a month that ends a quarter over those of another month, in whole years.</summary>
    public double? QuarterEndRatio
    {
        get
        {
            var years = _figures.Months.GroupBy(month => month.Month.Year).Where(year => year.Select(month => month.Month.Month).Distinct().Count() == 12).SelectMany(year => year).ToArray();
            var ends = years.Where(month => month.Month.Month % 3 == 0).Sum(month => (long)month.Deals);
            var others = years.Where(month => month.Month.Month % 3 != 0).Sum(month => (long)month.Deals);
            return others == 0 ? null : 2.0 * ends / others;
        }
    }

    /// <summary>Share of the last two years in the registered amount.</summary>
    public double? LastTwoYearsShare => Share(AmountFrom(-2, 0), _figures.AmountFen);

    /// <summary>Registered amount of the last year over that of the one before.</summary>
    public double? LastYearGrowth => AmountFrom(-2, -1) is > 0 and var before ? (double)AmountFrom(-1, 0) / before : null;

    /// <summary>Excess kurtosis of the daily returns of order books, mean over books.</summary>
    public double? ReturnKurtosis => MeanOf(Series.ExcessKurtosis);

    /// <summary>Autocorrelation of daily returns at a lag of a trading day, mean over books.</summary>
    public double? ReturnAutocorrelation => MeanOf(returns => Series.Autocorrelation(returns));

    /// <summary>The same of their absolute values: volatility that stays.</summary>
    public double? VolatilityAutocorrelation => MeanOf(returns => Series.Autocorrelation([.. returns.Select(Math.Abs)]));

    private IEnumerable<VenueDay> AtVenues => run.Models.VenueDays.Where(day => day.Venue != VenueDay.Unattributed);

    private IEnumerable<DealEntry> ShelfDeals => Registered(deal => deal.Channel == TradeChannel.Shelf);

    private IEnumerable<long> DealsByProduct => ShelfDeals.GroupBy(deal => deal.Product).Select(group => (long)group.Count());

    private IEnumerable<DealEntry> Registered(Func<DealEntry, bool> which) => run.Deals.Where(deal => deal.RegisteredAt is not null && which(deal));

    private long[] Prices(PriceUnit unit) => [.. run.Models.Shelf.Where(entry => entry.Unit == unit).Select(entry => entry.UnitPriceFen)];

    private long AmountFrom(int yearsFrom, int yearsTo)
    {
        var end = run.Calibrated.Scenario.Until;
        return AtVenues.Where(day => day.Day > end.AddYears(yearsFrom) && day.Day <= end.AddYears(yearsTo)).Sum(day => day.AmountFen);
    }

    private double? MeanOf(Func<double[], double?> statistic)
    {
        var values = _returns.Select(returns => statistic(returns)).OfType<double>().ToArray();
        return values.Length == 0 ? null : values.Average();
    }

    private static (double? Mean, double? Deviation) LogMoments(IEnumerable<double> values)
    {
        double[] logs = [.. values.Select(value => Math.Log(value))];
        if (logs.Length < 2)
        {
            return (null, null);
        }

        var mean = logs.Average();
        return (mean, Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / (logs.Length - 1)));
    }

    // From one day with trades to the next.
    private static double[][] ReturnsOf(IReadOnlyList<BookDay> days) =>
    [
        .. days.Where(day => day.CloseFen is not null).GroupBy(day => day.Product, StringComparer.Ordinal).OrderBy(book => book.Key, StringComparer.Ordinal)
            .Select(book => book.OrderBy(day => day.Day).Select(day => Math.Log(day.CloseFen!.Value)).ToArray())
            .Select(logs => logs.Zip(logs.Skip(1), (before, after) => after - before).ToArray()).Where(returns => returns.Length >= FewestReturns),
    ];

    private static MarketFigures FiguresOf(MemoryRunResult run)
    {
        var builder = new MarketFiguresBuilder();
        foreach (var deal in run.Deals.OrderBy(deal => deal.Id, StringComparer.Ordinal))
        {
            builder.Add(deal);
        }

        return builder.Complete(run.Models);
    }

    private static int Products(IReadOnlyList<GroupFigures> groups, string[] keys) => groups.Where(group => keys.Contains(group.Key)).Sum(group => group.Products);

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
}
