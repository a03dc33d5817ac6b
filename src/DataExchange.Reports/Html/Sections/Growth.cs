using DataExchange.Reports.Figures;
using DataExchange.Reports.Html.Plots;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Sections;

/// <summary>What grew over time.</summary>
internal static class Growth
{
    internal static string Render(RunFacts facts, MarketFigures figures, Names names, FigureNumbering numbering)
    {
        var months = figures.ProductsByMonth.Select(month => month.Month).ToList();
        var venues = names.Venues.Where(venue => figures.Months.Any(month => month.Venue == venue)).ToList();
        var key = venues.Select(names.Venue).ToList();
        var byVenue = venues.ConvertAll(venue => figures.Months.Where(month => month.Venue == venue).ToList());
        var amounts = byVenue.ConvertAll(IReadOnlyList<double> (list) => [.. list.Select(month => month.AmountFen / 100d)]);
        var deals = byVenue.ConvertAll(IReadOnlyList<double> (list) => [.. list.Select(month => (double)month.Deals)]);
        var table = Table(new("按月与场所", "By month and venue"), months, key, byVenue);
        return numbering.Plot(
                new("累计登记交易额", "Cumulative registered amount"),
                new("按场所堆叠；虚线为公布数。两端之间的走势为模拟结果。", "Stacked by venue; the dashed line is the published figure. What lies between the ends is simulated."),
                key,
                size => TimePlots.Cumulative(size, months, amounts, Published(facts), Numbers.YuanTick),
                table, isWide: true)
            + numbering.Plot(
                new("累计上架产品数", "Cumulative products listed"),
                new("每个产品只计一次，即使在两家场所上架。", "Each product counts once, also when both venues list it."),
                [],
                size => TimePlots.Cumulative(
                    size, months, [[.. figures.ProductsByMonth.Select(month => (double)month.Products)]],
                    facts.PublishedProducts is { } products
                        ? new(products, new($"公布：近 {products}", $"published: nearly {Numbers.Count(products)}")) : null,
                    number => Text.Same(Numbers.Count((long)number))),
                new(
                    new("首次上架产品数", "Products first listed"), [(new("月份", "Month"), false), (new("产品", "Products"), true)],
                    [.. figures.ProductsByMonth.Select(Cell[] (month) => [Cell.Number(Numbers.Month(month.Month)), Cell.Count(month.Products)])]),
                isWide: false)
            + numbering.Plot(
                new("上架的季节性", "Season of listings"),
                new(
                    figures.DecemberShare is { } share ? $"12 月占全年上架的 {Numbers.Percent(share)}。" : "无完整年份。",
                    figures.DecemberShare is { } december ? $"December has {Numbers.Percent(december)} of a year's listings." : "No year with a December."),
                [],
                size => CurvePlots.Season(size, figures.ListingsByCalendarMonth, 12),
                new(
                    new("按日历月份的上架次数", "Listings by calendar month"), [(new("月份", "Month"), false), (new("上架", "Listings"), true)],
                    [.. figures.ListingsByCalendarMonth.Select(Cell[] (count, m) => [Cell.Of(Numbers.MonthOfYear(m + 1)), Cell.Count(count)])]),
                isWide: false)
            + numbering.Plot(
                new("每月登记交易额", "Registered amount by month"), new("按场所堆叠。", "Stacked by venue."), key,
                size => TimePlots.Columns(size, months, amounts, Numbers.YuanTick), table, isWide: false)
            + numbering.Plot(
                new("每月登记交易笔数", "Registered transactions by month"), new("按场所堆叠。", "Stacked by venue."), key,
                size => TimePlots.Columns(size, months, deals, number => Text.Same(Numbers.Count((long)number))), table, isWide: false);
    }

    private static Mark? Published(RunFacts facts) => facts.PublishedAmountFen is { } fen
        ? new(fen / 100d, new($"公布：破 {Numbers.Yuan(fen).Zh}", $"published: past {Numbers.Yuan(fen).En}"))
        : null;

    private static DataTable Table(Text caption, List<DateOnly> months, List<Text> key, List<List<MonthFigures>> byVenue) => new(
        caption,
        [
            (new("月份", "Month"), false),
            .. key.SelectMany(name => new (Text, bool)[]
            {
                (new($"{name.Zh}：笔数", $"{name.En}: deals"), true), (new($"{name.Zh}：金额（元）", $"{name.En}: amount (yuan)"), true),
            }),
        ],
        [.. months.Select((month, m) => (IReadOnlyList<Cell>)
        [
            Cell.Number(Numbers.Month(month)),
            .. byVenue.SelectMany(list => new[] { Cell.Count(list[m].Deals), Cell.Count(list[m].AmountFen / 100) }),
        ])]);
}
