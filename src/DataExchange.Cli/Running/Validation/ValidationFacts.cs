using DataExchange.Domain;
using DataExchange.Reports.Words;
using DataExchange.Simulation.Scenarios;

namespace DataExchange.Cli.Running.Validation;

/// <summary>The stylised facts that a run is held against: the scenario's published aggregates, and regularities that are known elsewhere.</summary>
internal static class ValidationFacts
{
    private const string Crawl = "DaDaDa crawl of public listings, May 2024, aggregates";
    private const string Cont = "usual of asset returns (Cont 2001, Quantitative Finance 1, 223-236); no data exchange publishes a secondary market";
    private const string Usual = "general background, checked against no document here";

    /// <summary>Why a fact is missed, by its name, where that is known.</summary>
    public static IReadOnlyDictionary<string, Text> Reasons { get; } = new Dictionary<string, Text>
    {
        ["zjbdecListings2024May"] = new("listingShare 与 listingsByYear 使其约在此处，一个增长曲线难以同时合乎各点", "shares and years are set for the market at scale 1 and its default seed; a tenth of it swings more (A1, A3)"),
        ["meanContractYuan"] = new("金额的尾部很重，平均值随种子变化大", "the tail of amounts is heavy and the number of contracts assumed (A59, A61): the mean follows from the calibrated total"),
        ["shareWithDeals"] = new("假设的十万笔货架交易若只落在如此少的产品上更不合理", "100,000 shelf deals are assumed; on so few products they would be odder still (A50, A107)"),
        ["providerCr10"] = new("小规模市场提供方少，前十名占比高", "it depends on the scale: ten of 42 providers hold more than ten of 420, which lie within the range (A5, A6)"),
        ["providerHhi"] = new("小规模市场提供方少，集中度高", "it depends on the scale: of few providers each holds more (A5, A6)"),
        ["providerGini"] = new("供给律只有一个指数，且随规模而变", "it depends on the scale: few providers cut the law's tail, and at scale 1 it is above the range, as the law has one exponent for CR10, HHI and this (A5, A6)"),
        ["providerMedianProducts"] = new("小规模市场没有供给律的尾部", "it depends on the scale: the law's long tail of providers with a product or two is cut (A5, A6)"),
        ["viewsHillIndex"] = new("模型把累计浏览当作年浏览，再乘以在架时间", "views grow with the time on the shelf, which spreads the tail (A19)"),
        ["decemberListingShare"] = new("工作日与季末加权", "the season is that of the crawl, but quarter ends count twice and review delays move listings (A20, A29)"),
        ["formApiShare"] = new("权重来自广州", "weights are Guangzhou's, which do not sum to one"),
        ["formReportShare"] = new("权重来自广州", "weights are Guangzhou's, which do not sum to one"),
        ["industryShare"] = new("公共数据运营方是较大的提供方，另一场所假设更广", "operators of public data are among the large providers, and the other venue is assumed broader (A5, A13)"),
        ["oneOffAt1000Share"] = new("限量与独占价为倍数，且价格会变动", "the weight is of first prices: capped and exclusive licences cost a multiple, shares of revenue lower the price, prices move, and what is brought for requirements has its own (A36, A38, A40, A45, A97)"),
        ["perCallMedianYuan"] = new("实测价格并非对数正态", "mean and spread of the logarithm are those measured, and measured prices are not quite log-normal"),
    };

    /// <summary>All facts, those of the scenario first.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="scale">Size of the market.</param>
    public static IReadOnlyList<ValidationFact> Of(Scenario scenario, double scale)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return [.. scenario.Benchmarks.Select(benchmark => ValidationFact.OfBenchmark(benchmark, scenario, scale)), .. Measured, .. Background];
    }

    private static readonly ValidationFact[] Measured =
    [
        Elsewhere("formApplicationShare", new("应用类占比（广州）", "Forms: applications (Guangzhou)"), "share", 0.22, "Guangzhou, " + Crawl, market => market.FormShare(ProductForm.Application),
            new("权重来自广州", "weights are Guangzhou's, which do not sum to one")),
        Elsewhere("formDatasetShare", new("数据集占比（广州）", "Forms: datasets (Guangzhou)"), "share", 0.09, "Guangzhou, " + Crawl, market => market.FormShare(ProductForm.Dataset),
            new("需求引来的产品多为数据集、接口、报告", "products brought for requirements are datasets, APIs and reports alike (A97), and the weights do not sum to one")),
        Elsewhere("formModelShare", new("模型类占比（广州）", "Forms: models (Guangzhou)"), "share", 0.04, "Guangzhou, " + Crawl, market => market.FormShare(ProductForm.Model),
            new("权重来自广州", "weights are Guangzhou's, which do not sum to one")),
        Elsewhere("fintechShare", new("金融科技类占比（浙江）", "Categories: fintech (Zhejiang)"), "share", 0.079, "Zhejiang, " + Crawl, market => market.CategoryShare("fintech"),
            new("类别权重为假设", "the weights of categories are assumed for both venues together (A13)")),
        Elsewhere("cityGovernanceShare", new("城市治理类占比（浙江）", "Categories: city governance (Zhejiang)"), "share", 0.041, "Zhejiang, " + Crawl, market => market.CategoryShare("city-governance"),
            new("类别权重为假设", "the weights of categories are assumed for both venues together, and operators of public data take from all (A5, A13)")),
        Elsewhere("oneOffAt5000Share", new("一次性定价中 5000 元占比（浙江）", "One-off prices at 5,000 yuan (Zhejiang)"), "share", 0.316, "Zhejiang, " + Crawl, market => market.OneOffAt(500_000),
            new("限量与独占价为倍数，且价格会变动", "the weight is of first prices, as for those at 1,000 yuan (A36, A38, A40, A45, A97)")),
        Elsewhere("perCallShare", new("按次计价占比（浙江）", "Places on shelves sold by the call (Zhejiang)"), "share", 0.116, "Zhejiang, 97 of 838, " + Crawl, market => market.PerCallShare,
            new("接口占比取自广州", "the share of APIs is Guangzhou's, and four fifths of them are assumed to be sold by the call (A33)")),
        Elsewhere("perCallThirdQuartileYuan", new("按次价格上四分位（浙江）", "Price of a call, third quartile (Zhejiang)"), "yuan", 3.64, "Zhejiang, " + Crawl, market => market.PerCallQuantile(0.75),
            new("实测价格并非对数正态", "mean and spread of the logarithm are those measured, and measured prices are not quite log-normal")),
        Elsewhere("perCallLogMean", new("按次价格对数均值（浙江）", "Price of a call in yuan, mean of the logarithm (Zhejiang)"), "log", 0.47, "Zhejiang, " + Crawl, market => market.PerCallLog.Mean,
            new("价格截于 1 分与 500 元", "prices are cut at 1 fen and at 500 yuan (A33), and chance is large among so few call packs")),
        Elsewhere("perCallLogDeviation", new("按次价格对数标准差（浙江）", "Price of a call in yuan, standard deviation of the logarithm (Zhejiang)"), "log", 2.9, "Zhejiang, " + Crawl, market => market.PerCallLog.Deviation,
            new("价格截于 1 分与 500 元", "prices are cut at 1 fen and at 500 yuan (A33)")),
        Elsewhere("viewsLogMean", new("浏览量对数均值", "Views of a product, mean of the logarithm"), "log", 4.31, Crawl, market => market.ViewsLog.Mean,
            new("实测为年限不明的累计值，模型作为年值并累计", "measured totals of unknown age are taken as views a year, and products stand for less or more than one (A19)")),
        Elsewhere("viewsLogDeviation", new("浏览量对数标准差", "Views of a product, standard deviation of the logarithm"), "log", 0.94, Crawl, market => market.ViewsLog.Deviation,
            new("实测为年限不明的累计值，模型作为年值并累计", "different times on the shelf add to the spread (A19)")),
        new("mostShelfDeals", new("单一产品最多货架交易数（贵阳、浙江）", "Shelf deals of the product with the most (Guiyang, Zhejiang)"), "count", 4, 24, FactBasis.Elsewhere, "Guiyang at most 4, Zhejiang 24 on one API, " + Crawl, market => market.MostShelfDeals)
        {
            Why = new("假设的十万笔货架交易须有去处", "the crawl displays few deals, 100,000 are assumed and must fall somewhere (A51, A107)"),
        },
    ];

    private static readonly ValidationFact[] Background =
    [
        Regular("contractAmountShare", new("合同占登记金额比重", "Contracts' share in the registered amount"), "share", 0.9, 1, Usual + ": 2.3 M yuan a product against shelf prices of thousands", market => market.ContractAmountShare),
        Regular("shelfCountShare", new("货架占交易笔数比重", "The shelf's share in the number of transactions"), "share", 0.8, 1, Usual, market => market.ShelfCountShare),
        Regular("contractTailIndex", new("合同金额前十分之一的 Hill 指数", "Contract amounts: Hill index of the top decile"), "index", 1, 2, Usual + ": finite mean, infinite variance", market => market.ContractTail),
        Regular("providerAmountGini", new("提供方金额基尼系数", "Providers: Gini by amount"), "index", 0.7, 1, Usual, market => market.ProviderAmountGini),
        Regular("popularityExponent", new("货架交易随产品名次的指数", "Shelf deals by rank of product: exponent"), "index", 0.5, 1.5, Usual + ": Zipf's law has 1", market => market.PopularityExponent,
            new("受欢迎程度另乘以按次包的八倍与在架时间", "sales fall faster than popularity: call packs are wanted eight times as much, and time on the shelf adds to the spread (A51, A52)")),
        Regular("daysOffShare", new("休息日登记占比", "Transactions registered on days off"), "share", 0, 0.05, Usual + ": near zero", market => market.DaysOffShare,
            new("自动登记不分日期", "shelf orders on days off are a sixteenth of a working day's, and are registered within the hour (A58)")),
        Regular("quarterEndRatio", new("季末月与其他月交易之比", "Transactions of a month that ends a quarter over another's"), "index", 1.1, 3, Usual + ": busier at quarter and year ends", market => market.QuarterEndRatio),
        new("lastTwoYearsShare", new("最后两年占登记金额比重", "The last two years' share in the registered amount"), "share", 0.5, null, FactBasis.Background, Usual + ": most of the volume", market => market.LastTwoYearsShare),
        Regular("lastYearGrowth", new("最后一年与前一年金额之比", "Registered amount of the last year over the one before"), "index", 1, 4, Usual + ": growth is convex", market => market.LastYearGrowth,
            new("各年权重为假设", "the weights of the years are assumed and level off in 2025 (A2)")),
        Regular("mainCategoriesShare", new("主要类别占比", "Industry, finance, public, governance, transport, health and telecom among products"), "share", 0.6, 1, Usual, market => market.MainCategoriesShare),
        new("returnKurtosis", new("订单簿日收益超额峰度", "Order books: excess kurtosis of daily returns"), "index", 1, null, FactBasis.Background, Cont, market => market.ReturnKurtosis)
        {
            Why = new("成交在买卖价之间来回", "jumps are rare, and prices go to and fro between bid and ask (A77, A78)"),
        },
        Regular("returnAutocorrelation", new("订单簿日收益自相关", "Order books: autocorrelation of daily returns"), "index", -0.1, 0.1, Cont, market => market.ReturnAutocorrelation,
            new("宽价差内的买卖跳动", "closing prices bounce between bids and asks 9 % apart in books that trade a few times a day (A77, A81)")),
        new("volatilityAutocorrelation", new("订单簿日收益绝对值自相关", "Order books: autocorrelation of absolute daily returns"), "index", 0.1, null, FactBasis.Background, Cont, market => market.VolatilityAutocorrelation)
        {
            Why = new("公允价值的波动率不变", "the fair value moves with one volatility for ever: nothing makes calm or wild times last (A78)"),
        },
    ];

    private static ValidationFact Elsewhere(string id, Text name, string unit, double target, string source, Func<ValidationMarket, double?> of, Text? why = null) =>
        new(id, name, unit, target, target, FactBasis.Elsewhere, source, of) { Why = why };

    private static ValidationFact Regular(string id, Text name, string unit, double low, double high, string source, Func<ValidationMarket, double?> of, Text? why = null) =>
        new(id, name, unit, low, high, FactBasis.Background, source, of) { Why = why };
}
