using System.Globalization;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Sections;

/// <summary>What trade was worth, to whom, and what was lost.</summary>
internal static class Surplus
{
    private const int MostCategories = 12;

    internal static string Render(WelfareFigures figures, Names names) =>
        "<div class=\"whole\">" + new DataTable(
            new("福利：谁得到多少价值", "Welfare: what trade was worth, to whom"),
            [
                (new("范围", "Of"), false), (new("机会", "Opportunities"), true), (new("成交", "Bought"), true), (new("可能价值（万元）", "Potential, 10,000 yuan"), true),
                (new("实现价值（万元）", "Realised, 10,000 yuan"), true), (new("买方剩余（万元）", "Buyers' surplus, 10,000 yuan"), true),
                (new("数商与贡献方（万元）", "Providers and contributors, 10,000 yuan"), true), (new("场所（万元）", "Venues, 10,000 yuan"), true), (new("税（万元）", "Tax, 10,000 yuan"), true),
                (new("配置效率", "Efficiency"), true),
            ],
            [.. Shown(figures).Select(Cell[] (row) =>
            [
                NameOf(row, names), Cell.Count(row.Opportunities), Cell.Count(row.Bought), Amount(row.PotentialFen), Amount(row.RealisedFen), Amount(row.BuyersFen),
                Amount(row.ProvidersFen), Amount(row.VenuesFen), Amount(row.TaxFen), Share(row.Efficiency),
            ])]).ToHtml("leaders")
        + "<p class=\"note\">" + Markup.Span(new(
            "买方的估值是模拟设定的（假设），不在账本中。可能价值是知道所有估值的人能够实现的总价值：复制不耗成本，故每个估值都算在内，限量许可只算估值最高者。订单簿与沙盒试用不计。",
            "Buyers' values are the simulation's (assumed) and in no ledger. Potential is what somebody who knows all values could reach: a further copy costs nothing, so every value counts, and of limited copies the highest. Order books and trials in the sandbox are left out.")) + "</p></div>";

    private static IEnumerable<Welfare> Shown(WelfareFigures figures)
    {
        var categories = figures.Rows.Count(row => row.Category is not null);
        return figures.Rows.Take(figures.Rows.Count - Math.Max(0, categories - MostCategories));
    }

    private static Cell NameOf(Welfare row, Names names) =>
        row.Channel is { } channel ? Cell.Of(Terms.Of(channel)) : row.Category is { } category ? new Cell(names.Category(category)) : Cell.Of(new("全市场", "Whole market"));

    private static Cell Share(double? share) => Cell.Number(Text.Same(share is { } known ? Numbers.Percent(known) : "—"));

    private static Cell Amount(long fen) => Cell.Number(Text.Same((fen / 1_000_000d).ToString("N1", CultureInfo.InvariantCulture)));
}
