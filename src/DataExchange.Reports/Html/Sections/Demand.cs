using System.Globalization;
using DataExchange.Domain.Listing;
using DataExchange.Reports.Figures;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Sections;

/// <summary>What buyers asked for, what became of it, and how good the venues' rankings were.</summary>
internal static class Demand
{
    private const int MostCategories = 12;

    internal static string Render(DemandFigures figures, Names names) =>
        "<div class=\"whole\">" + Requirements(figures, names) + "</div>"
        + (figures.Rankings.Count == 0 ? "" : "<div class=\"whole\">" + Rankings(figures.Rankings, names) + "</div>")
        + (figures.Signals is { } signals ? "<div class=\"whole\">" + Signals(signals) + "</div>" : "");

    private static string Requirements(DemandFigures figures, Names names)
    {
        var categories = figures.Months.GroupBy(row => row.Category, StringComparer.Ordinal).Select(group => DemandFigures.Sum(group) with { Category = group.Key })
            .OrderByDescending(row => row.Posted).ThenBy(row => row.Category, StringComparer.Ordinal).Take(MostCategories);
        return new DataTable(
            new("需求及其结果，按类别", "Requirements and what became of them, by category"),
            [
                (new("类别", "Category"), false), (new("发布", "Posted"), true), (new("答复", "Answered"), true), (new("达成", "Met"), true), (new("撤回", "Withdrawn"), true),
                .. Enum.GetValues<LapseReason>().Select(reason => (Terms.Of(reason), true)), (new("未到期", "Open"), true),
            ],
            [
                .. categories.Prepend(figures.All).Select(Cell[] (row) =>
                [
                    row.Category.Length == 0 ? Cell.Of(new("全市场", "Whole market")) : new Cell(names.Category(row.Category)), Cell.Count(row.Posted), Cell.Count(row.Answered),
                    Cell.Count(row.Met), Cell.Count(row.Withdrawn), .. Enum.GetValues<LapseReason>().Select(reason => Cell.Count(row.Lapsed.GetValueOrDefault(reason))),
                    Cell.Count(row.Open),
                ]),
            ]).ToHtml("leaders");
    }

    private static string Rankings(IReadOnlyList<RankingQuality> rankings, Names names) => new DataTable(
        new("匹配质量：对照模拟的真实需要", "How good the rankings were, against the simulated needs"),
        [
            (new("类别", "Category"), false), (new("有相关产品的需求", "With something relevant"), true), (new("首位准确率", "Precision at 1"), true),
            (new("前五准确率", "at 5"), true), (new("前十准确率", "at 10"), true), (new("前十召回率", "Recall at 10"), true), (new("平均倒数排名", "Mean reciprocal rank"), true),
            (new("无相关产品的需求", "With nothing relevant"), true), (new("其中答复为空", "Of them answered with nothing"), true),
        ],
        [
            .. rankings.Take(MostCategories + 1).Select(Cell[] (row) =>
            [
                row.Category is { } category ? new Cell(names.Category(category)) : Cell.Of(new("全市场", "Whole market")), Cell.Count(row.Queries), Share(row.PrecisionAt1),
                Share(row.PrecisionAt5), Share(row.PrecisionAt10), Share(row.RecallAt10), Share(row.ReciprocalRank), Cell.Count(row.WithoutRelevant), Cell.Count(row.RightlyEmpty),
            ]),
        ]).ToHtml("leaders")
        + "<p class=\"note\">" + Markup.Span(new(
            "真实需要由模拟设定（假设），不在账本中：产品的细分赛道、类别、形态、许可、质量与价格都满足该需要时为相关。需求文本是对它的不完整表述。均值只对有相关产品的需求计算。",
            "The needs are the simulation's (assumed) and in no ledger: a product is relevant when sub-track, category, form, licence, quality and price all serve the need. What was posted is a noisy wording of it. Means are over requirements for which something was relevant.")) + "</p>";

    private static string Signals(SignalFigures signals) => new DataTable(
        new("未达成的需求作为信号", "What nobody met, as a signal to providers"),
        [
            (new("未达成", "Lapsed"), true), (new("提供方着手", "A provider set out"), true), (new("新产品上架", "New products listed"), true),
            (new("至上架中位天数", "Median days to the shelf"), true), (new("其后达成的需求", "Later requirements met by them"), true), (new("被选用的新产品", "New products taken"), true),
        ],
        [
            [
                Cell.Count(signals.Lapsed), Cell.Count(signals.Heard), Cell.Count(signals.Listed),
                Cell.Number(Text.Same(signals.DaysToListing.Count == 0 ? "—" : signals.DaysToListing.Quantile(0.5).ToString("0", CultureInfo.InvariantCulture))),
                Cell.Count(signals.Met), Cell.Count(signals.ProductsTaken),
            ],
        ]).ToHtml("leaders");

    private static Cell Share(double? value) => Cell.Number(Text.Same(value is { } known ? known.ToString("0.000", CultureInfo.InvariantCulture) : "—"));
}
