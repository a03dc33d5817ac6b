using System.Globalization;
using DataExchange.Domain;
using DataExchange.Reports.ReadModels;
using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Sections;

/// <summary>The reform sandbox: which products are on trial on what conditions, what use was made of them, and what was refused.</summary>
internal static class Sandbox
{
    private const int MostTrials = 60;

    internal static string Render(IReadOnlyList<(SandboxProduct Trial, Text Title)> trials, Names names, FigureNumbering numbering) =>
        "<div class=\"whole\">" + Trials(trials, names) + "</div>"
        + numbering.Bars(
            new("试点的结局", "How the trials ended"), new("规则未公布，均为假设。", "The real rules are not public: all of this is assumed."),
            Bars(new("结局", "Ends"), 1, [.. trials.GroupBy(one => one.Trial.End).OrderBy(group => group.Key).Select(group => (Terms.Of(group.Key), group.Count()))]))
        + numbering.Bars(
            new("被拒的试点订单", "Orders refused on trial"), new("按原因。", "By reason."),
            Bars(new("原因", "Reasons"), 2, Refused(trials.Select(one => one.Trial))));

    private static string Trials(IReadOnlyList<(SandboxProduct Trial, Text Title)> trials, Names names)
    {
        var shown = trials.Take(MostTrials).ToList();
        return new DataTable(
            shown.Count == trials.Count
                ? new("沙盒试点产品", "Products on trial in the sandbox")
                : new($"沙盒试点产品：最早的 {shown.Count} 个，共 {trials.Count} 个", $"Products on trial in the sandbox: the first {shown.Count} of {trials.Count}"),
            [
                (new("产品", "Product"), false), (new("场所", "Venue"), false), (new("所缺", "Lacked"), false), (new("纳入", "Admitted"), true),
                (new("至", "Until"), true), (new("买方", "Buyers"), true), (new("金额（元）", "Amount, yuan"), true), (new("上限（元）", "At most, yuan"), true),
                (new("交易", "Deals"), true), (new("拒绝", "Refused"), true), (new("状态", "State"), false),
            ],
            [.. shown.Select(Cell[] (one) =>
            [
                new($"{Markup.Span(one.Title)} <small translate=\"no\">{Markup.Escape(one.Trial.Id)}</small>"),
                Cell.Of(names.Venue(one.Trial.Venue)), Cell.Of(RejectionWords.Of(one.Trial.Lacks)), Day(one.Trial.AdmittedAt), Day(one.Trial.Until),
                Cell.Number(Text.Same($"{one.Trial.Buyers()} / {one.Trial.MostBuyers}")), Yuan(one.Trial.GrantedFen()), Yuan(one.Trial.MostAmountFen),
                Cell.Count(one.Trial.Deals.Count), Cell.Count(one.Trial.Refused.Values.Sum()), Cell.Of(Terms.Of(one.Trial.End)),
            ])]).ToHtml("leaders");
    }

    private static List<(Text, int)> Refused(IEnumerable<SandboxProduct> trials)
    {
        var sums = new SortedDictionary<Rejection, int>();
        foreach (var (reason, count) in trials.SelectMany(trial => trial.Refused))
        {
            sums[reason] = sums.GetValueOrDefault(reason) + count;
        }

        return [.. sums.OrderByDescending(sum => sum.Value).ThenBy(sum => sum.Key).Select(sum => (RejectionWords.Of(sum.Key), sum.Value))];
    }

    private static DataTable Bars(Text column, int series, IReadOnlyList<(Text Name, int Count)> rows)
    {
        var most = Math.Max(1, rows.Select(row => row.Count).DefaultIfEmpty().Max());
        return new(
            column, [(column, false), (new("", ""), false), (new("数量", "Count"), true)],
            [.. rows.Select(Cell[] (row) => [Cell.Of(row.Name), Cell.BarOf(row.Count / (double)most, series), Cell.Count(row.Count)])]);
    }

    private static Cell Day(DateTimeOffset time) => Cell.Number(Text.Same(time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    private static Cell Yuan(long fen) => Cell.Number(Text.Same((fen / 100m).ToString("N0", CultureInfo.InvariantCulture)));
}
