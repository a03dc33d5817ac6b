using System.Globalization;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Sections;

/// <summary>How well the market works: time to sell, turnover, dispersion of prices, concentration.</summary>
internal static class Quality
{
    private const int MostCategories = 12;

    private static readonly (double Quantile, Text Name)[] Quartiles =
        [(0.25, new("下四分位", "Lower quartile")), (0.5, new("中位", "Median")), (0.75, new("上四分位", "Upper quartile"))];

    internal static string Render(QualityFigures figures, IReadOnlyList<BookLiquidity> liquidity, Names names) =>
        "<div class=\"whole\">" + Markets(figures.Markets, names) + "</div><div class=\"whole\">" + Prices(figures.Prices) + "</div>"
        + (liquidity.Count == 0 ? "" : "<div class=\"whole\">" + Liquidity(liquidity) + "</div>");

    private static string Markets(IReadOnlyList<MarketQuality> markets, Names names) => new DataTable(
        new("市场质量：成交速度、周转与集中度", "Market quality: speed, turnover and concentration"),
        [
            (new("类别", "Category"), false), (new("产品", "Products"), true), (new("曾成交", "Ever sold"), true), (new("首次成交中位天数", "Median days to first sale"), true),
            (new("九成以内（天）", "Nine in ten within, days"), true), (new("年周转（笔/货架位）", "Turnover, deals a shelf-year"), true), (new("数商", "Providers"), true),
            (new("基尼系数", "Gini"), true), (new("HHI", "HHI"), true),
        ],
        [.. markets.Take(MostCategories + 1).Select(Cell[] (market) =>
        [
            market.Category is { } category ? new Cell(names.Category(category)) : Cell.Of(new("全市场", "Whole market")), Cell.Count(market.Products),
            Cell.Number(Text.Same(Numbers.Percent(market.SoldShare))), Days(market, 0.5), Days(market, 0.9), Decimal(market.Turnover), Cell.Count(market.Providers),
            Decimal(market.Gini), Decimal(market.HerfindahlHirschman),
        ])]).ToHtml("leaders");

    private static string Prices(IReadOnlyList<PriceDispersion> prices) => new DataTable(
        new("货架价格离散度", "Dispersion of prices on the shelves"),
        [
            (new("计价单位", "Unit"), false), (new("货架位", "Places"), true), (new("下四分位（元）", "Lower quartile, yuan"), true), (new("中位（元）", "Median, yuan"), true),
            (new("上四分位（元）", "Upper quartile, yuan"), true), (new("四分位离散系数", "Quartile coefficient"), true), (new("变异系数", "Coefficient of variation"), true),
        ],
        [.. prices.Select(Cell[] (price) =>
        [
            Cell.Of(Terms.Of(price.Unit)), Cell.Count(price.Prices.Count), Yuan(price.Prices.Quantile(0.25)), Yuan(price.Prices.Quantile(0.5)), Yuan(price.Prices.Quantile(0.75)),
            Decimal(price.Quartiles), Decimal(price.Variation),
        ])]).ToHtml("leaders");

    // The middle of the books, not their mean: a book that hardly ever trades says little.
    private static string Liquidity(IReadOnlyList<BookLiquidity> books) => new DataTable(
        new("订单簿的价差与深度（连续竞价时段，按时间加权；各簿的四分位）", "Spread and depth of the order books (continuous trading, weighted by time; quartiles of the books)"),
        [
            (new("", ""), false), (new("双边报价时间占比", "Time with both sides"), true), (new("报价价差（基点）", "Quoted spread, basis points"), true),
            (new("最优买价上的包数", "Packs at the best bid"), true), (new("最优卖价上的包数", "Packs at the best ask"), true),
        ],
        [.. Quartiles.Select(Cell[] (row) =>
        [
            Cell.Of(row.Name), Decimal(At(books.Select(book => (double?)book.TwoSidedShare), row.Quantile)), Decimal(At(books.Select(book => book.SpreadBasisPoints), row.Quantile)),
            Decimal(At(books.Select(book => book.BidPacks), row.Quantile)), Decimal(At(books.Select(book => book.AskPacks), row.Quantile)),
        ])]).ToHtml("leaders");

    private static double? At(IEnumerable<double?> values, double quantile)
    {
        var sorted = values.OfType<double>().Order().ToArray();
        return sorted.Length == 0 ? null : sorted[(int)Math.Round((sorted.Length - 1) * quantile)];
    }

    private static Cell Days(MarketQuality market, double quantile) =>
        market.DaysToFirstSale.Count == 0 ? Cell.Of(Text.Same("—")) : Cell.Number(Text.Same(market.DaysToFirstSale.Quantile(quantile).ToString("0", CultureInfo.InvariantCulture)));

    private static Cell Yuan(double fen) => Cell.Number(Text.Same((fen / 100).ToString("N2", CultureInfo.InvariantCulture)));

    private static Cell Decimal(double? value) => Cell.Number(Text.Same(value is { } known ? known.ToString("0.000", CultureInfo.InvariantCulture) : "—"));
}
