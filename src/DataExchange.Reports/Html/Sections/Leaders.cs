using System.Globalization;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Html.Plots;
using DataExchange.Reports.Statistics;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Sections;

/// <summary>How much a few hold, and who they are.</summary>
internal static class Leaders
{
    internal static string Render(MarketFigures figures, Names names, FigureNumbering numbering)
    {
        var products = figures.ProviderProducts;
        var amounts = figures.ProviderAmounts;
        var hill = figures.Views.HillOfTopDecile();
        Text[] key = [new("按产品数", "By products"), new("按交易额", "By amount")];
        return numbering.Plot(
                new("数商集中度", "Concentration of providers"),
                new("洛伦兹曲线：最小的一部分数商占整体的份额；对角线表示完全均等。", "Lorenz curves: what part of the whole the smallest providers hold; the diagonal is equality."),
                key,
                size => CurvePlots.Lorenz(size, [Concentration.Lorenz(products), Concentration.Lorenz(amounts)]),
                new(
                    new("集中度指标", "Indices of concentration"),
                    [(new("口径", "Measure"), false), (new("CR10", "CR10"), true), (new("HHI", "HHI"), true), (new("基尼系数", "Gini"), true), (new("中位数", "Median"), true)],
                    [
                        [Cell.Of(key[0]), .. Indices(products), Cell.Number(Text.Same(Numbers.Plain(new Distribution(products).Quantile(0.5))))],
                        [Cell.Of(key[1]), .. Indices(amounts), Cell.Number(Numbers.Yuan(new Distribution(amounts).Quantile(0.5)))],
                    ]),
                isWide: false)
            + numbering.Plot(
                new("浏览量分布", "Views of products"),
                new(
                    $"达到该浏览量的产品占比，双对数坐标。前 10 % 的希尔指数：{F(hill)}。",
                    $"The share of products with that many views or more, both logarithmic. Hill index of the top decile: {F(hill)}."),
                [],
                size => CurvePlots.Tails(size, [(1, [.. figures.Views.Tail().Select(point => ((double)point.Value, point.Share))])], Views),
                new(
                    new("浏览量", "Views"), [(new("分位", "Quantile"), false), (new("浏览量", "Views"), true)],
                    [.. new[] { 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1 }.Select(Cell[] (p) =>
                        [Cell.Number(Text.Same(Numbers.Percent(p, 0))), Cell.Count((long)figures.Views.Quantile(p))])]),
                isWide: false)
            + "<div class=\"whole\">" + Products(figures, names) + "</div>"
            + "<div class=\"half\">" + Firms(new("成交额最大的数商", "Providers with the largest amounts"), figures.TopProviders, names, withProducts: true) + "</div>"
            + "<div class=\"half\">" + Firms(new("购买额最大的需求方", "Buyers with the largest amounts"), figures.TopBuyers, names, withProducts: false) + "</div>";
    }

    private static Cell[] Indices(IReadOnlyList<long> values) =>
    [
        Cell.Number(Text.Same(Numbers.Percent(Concentration.Ratio(values)))), Cell.Number(Text.Same(F(Concentration.HerfindahlHirschman(values), 3))),
        Cell.Number(Text.Same(F(Concentration.Gini(values)))),
    ];

    private static string Products(MarketFigures figures, Names names) => new DataTable(
        new("成交额最大的产品", "Products with the largest amounts"),
        [
            (new("产品", "Product"), false), (new("类别", "Category"), false), (new("形态", "Form"), false), (new("数商", "Provider"), false),
            (new("交易", "Deals"), true), (new("金额", "Amount"), true), (new("浏览", "Views"), true),
        ],
        [.. figures.TopProducts.Select(Cell[] (product) =>
        [
            new($"{Markup.Span(new(product.Title, product.TitleEn))} <small translate=\"no\">{Markup.Escape(product.Id)}</small>"),
            new(names.Category(product.Category)), product.Form is { } form ? Cell.Of(Terms.Of(form)) : Cell.Name("–"), new(names.Party(product.Provider)),
            Cell.Count(product.Deals), Cell.Number(Numbers.Yuan(product.SalesFen)), Cell.Count(product.Views),
        ])]).ToHtml("leaders");

    private static string Firms(Text caption, IReadOnlyList<FirmFigures> firms, Names names, bool withProducts) => new DataTable(
        caption,
        [(new("企业", "Firm"), false), .. withProducts ? [(new Text("产品", "Products"), true)] : Array.Empty<(Text, bool)>(), (new("交易", "Deals"), true), (new("金额", "Amount"), true)],
        [.. firms.Select(firm => (IReadOnlyList<Cell>)
            [new(names.Party(firm.Party)), .. withProducts ? [Cell.Count(firm.Products)] : Array.Empty<Cell>(), Cell.Count(firm.Deals), Cell.Number(Numbers.Yuan(firm.AmountFen))])]).ToHtml("leaders");

    private static Text Views(double views) => views >= 1e4
        ? new($"{Numbers.Plain(views / 1e4)} 万", $"{Numbers.Plain(views / 1e3)} k")
        : Text.Same(Numbers.Plain(views));

    private static string F(double? number, int decimals = 2) => number?.ToString($"F{decimals}", CultureInfo.InvariantCulture) ?? "–";
}
