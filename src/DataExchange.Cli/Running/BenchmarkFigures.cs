using DataExchange.Domain;
using DataExchange.Reports.Figures;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Statistics;

namespace DataExchange.Cli.Running;

/// <summary>What a run reached of the figures that a scenario may compare with published ones.</summary>
internal sealed class BenchmarkFigures(MarketFigures figures, ReadModelSet models, IReadOnlySet<string> soldFromShelf)
{
    private static readonly DateTimeOffset EndOfMay2024 = new(2024, 6, 1, 0, 0, 0, TimeSpan.FromHours(8));

    /// <summary>The figure of that name; null when the run has none, or the name is unknown.</summary>
    public double? Of(string name) => name switch
    {
        "productsListed" => figures.ProductsListed,
        "registeredAmountYuan" => figures.AmountFen / 100.0,
        "transactionsRegistered" => figures.Deals,
        "zjbdecListings2024May" => models.Shelf.Count(entry => entry.Venue == "zjbdec" && entry.ListedAt < EndOfMay2024),
        "meanContractYuan" => MeanContractYuan(),
        "shareWithDeals" => Share(soldFromShelf.Count, figures.ProductsListed),
        "providerCr10" => Concentration.Ratio([.. figures.ProviderProducts]),
        "providerHhi" => Concentration.HerfindahlHirschman([.. figures.ProviderProducts]),
        "providerGini" => Concentration.Gini([.. figures.ProviderProducts]),
        "providerMedianProducts" => new Distribution(figures.ProviderProducts).Quantile(0.5),
        "viewsHillIndex" => figures.Views.HillOfTopDecile(),
        "decemberListingShare" => figures.DecemberShare,
        "formApiShare" => GroupShare(figures.Forms, nameof(ProductForm.Api)),
        "formReportShare" => GroupShare(figures.Forms, nameof(ProductForm.Report)),
        "industryShare" => GroupShare(figures.Categories, "industry"),
        "oneOffAt1000Share" => OneOffAtOneThousand(),
        "perCallMedianYuan" => PerCallMedianYuan(),
        _ => null,
    };

    private double? MeanContractYuan()
    {
        var contracts = figures.Channels.Where(channel => channel.Channel is TradeChannel.RegisteredContract or TradeChannel.FiledContract).ToArray();
        var deals = contracts.Sum(channel => (long)channel.Deals);
        return deals == 0 ? null : contracts.Sum(channel => channel.AmountFen) / 100.0 / deals;
    }

    private double? OneOffAtOneThousand()
    {
        var oneOff = models.Shelf.Where(entry => entry.Unit == PriceUnit.PerLicence).ToArray();
        return Share(oneOff.Count(entry => entry.UnitPriceFen == 100_000), oneOff.Length);
    }

    private double? PerCallMedianYuan()
    {
        var prices = models.Shelf.Where(entry => entry.Unit == PriceUnit.PerCall).Select(entry => entry.UnitPriceFen).ToArray();
        return prices.Length == 0 ? null : new Distribution(prices).Quantile(0.5) / 100;
    }

    private static double? GroupShare(IReadOnlyList<GroupFigures> groups, string key) =>
        Share(groups.FirstOrDefault(group => group.Key == key)?.Products ?? 0, groups.Sum(group => group.Products));

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
