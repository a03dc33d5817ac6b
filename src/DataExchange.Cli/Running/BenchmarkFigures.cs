using DataExchange.Domain;
using DataExchange.Reports.Figures;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Statistics;

namespace DataExchange.Cli.Running;

/// <summary>What a run reached of the figures that a scenario may compare with published ones.</summary>
internal sealed class BenchmarkFigures(MarketFigures figures, ReadModelSet models, IReadOnlySet<string> soldFromShelf)
{
    private static readonly DateTimeOffset EndOfMay2024 = new(2024, 6, 1, 0, 0, 0, TimeSpan.FromHours(8));

    private static readonly Dictionary<string, Func<BenchmarkFigures, double?>> Known = new(StringComparer.Ordinal)
    {
        ["productsListed"] = run => run._figures.ProductsListed,
        ["registeredAmountYuan"] = run => run._figures.AmountFen / 100.0,
        ["transactionsRegistered"] = run => run._figures.Deals,
        ["zjbdecListings2024May"] = run => run._models.Shelf.Count(entry => entry.Venue == "zjbdec" && entry.ListedAt < EndOfMay2024),
        ["meanContractYuan"] = run => run.MeanContractYuan(),
        ["shareWithDeals"] = run => Share(run._soldFromShelf.Count, run._figures.ProductsListed),
        ["providerCr10"] = run => Concentration.Ratio([.. run._figures.ProviderProducts]),
        ["providerHhi"] = run => Concentration.HerfindahlHirschman([.. run._figures.ProviderProducts]),
        ["providerGini"] = run => Concentration.Gini([.. run._figures.ProviderProducts]),
        ["providerMedianProducts"] = run => new Distribution(run._figures.ProviderProducts).Quantile(0.5),
        ["viewsHillIndex"] = run => run._figures.Views.HillOfTopDecile(),
        ["decemberListingShare"] = run => run._figures.DecemberShare,
        ["formApiShare"] = run => GroupShare(run._figures.Forms, nameof(ProductForm.Api)),
        ["formReportShare"] = run => GroupShare(run._figures.Forms, nameof(ProductForm.Report)),
        ["industryShare"] = run => GroupShare(run._figures.Categories, "industry"),
        ["fintechShare"] = run => GroupShare(run._figures.Categories, "fintech"),
        ["oneOffShare"] = run => run.UnitShare(PriceUnit.PerLicence),
        ["perCallShare"] = run => run.UnitShare(PriceUnit.PerCall),
        ["negotiatedShare"] = run => run.UnitShare(PriceUnit.Negotiated),
        ["oneOffAt1000Share"] = run => run.OneOffAt(100_000),
        ["oneOffAt5000Share"] = run => run.OneOffAt(500_000),
        ["perCallMedianYuan"] = run => run.PerCallMedianYuan(),
        ["perCallLogMean"] = run => run.PerCallLogarithms() is { Length: > 0 } logarithms ? logarithms.Average() : null,
        ["perCallLogSigma"] = run => run.PerCallLogarithms() is { Length: > 1 } logarithms ? DeviationOf(logarithms) : null,
    };

    private readonly MarketFigures _figures = figures;
    private readonly ReadModelSet _models = models;
    private readonly IReadOnlySet<string> _soldFromShelf = soldFromShelf;

    /// <summary>The names of all figures.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>The figure of that name; null when the run has none, or the name is unknown.</summary>
    public double? Of(string name) => Known.TryGetValue(name, out var figure) ? figure(this) : null;

    private double? MeanContractYuan()
    {
        var contracts = _figures.Channels.Where(channel => channel.Channel is TradeChannel.RegisteredContract or TradeChannel.FiledContract).ToArray();
        var deals = contracts.Sum(channel => (long)channel.Deals);
        return deals == 0 ? null : contracts.Sum(channel => channel.AmountFen) / 100.0 / deals;
    }

    private double? OneOffAt(long fen)
    {
        var oneOff = _models.Shelf.Where(entry => entry.Unit == PriceUnit.PerLicence).ToArray();
        return Share(oneOff.Count(entry => entry.UnitPriceFen == fen), oneOff.Length);
    }

    private double? PerCallMedianYuan()
    {
        var prices = _models.Shelf.Where(entry => entry.Unit == PriceUnit.PerCall).Select(entry => entry.UnitPriceFen).ToArray();
        return prices.Length == 0 ? null : new Distribution(prices).Quantile(0.5) / 100;
    }

    private double[] PerCallLogarithms() => [.. _models.Shelf.Where(entry => entry.Unit == PriceUnit.PerCall && entry.UnitPriceFen > 0).Select(entry => Math.Log(entry.UnitPriceFen / 100.0))];

    private double? UnitShare(PriceUnit unit) => Share(_models.Shelf.Count(entry => entry.Unit == unit), _models.Shelf.Count);

    private static double DeviationOf(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static double? GroupShare(IReadOnlyList<GroupFigures> groups, string key) =>
        Share(groups.FirstOrDefault(group => group.Key == key)?.Products ?? 0, groups.Sum(group => group.Products));

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
