using System.Globalization;

namespace DataExchange.Reports.Html.Sections;

/// <summary>What is needed to run it again, and what was assumed.</summary>
internal static class Run
{
    internal static string Render(RunFacts facts)
    {
        List<Cell[]> rows =
        [
            [Cell.Of(new("情景", "Scenario")), Cell.Name(facts.Scenario)],
            [Cell.Of(new("种子", "Seed")), Cell.Name(facts.Seed.ToString(CultureInfo.InvariantCulture))],
            [Cell.Of(new("规模", "Scale")), Cell.Name(Numbers.Plain(facts.Scale))],
            [Cell.Of(new("事件数", "Events")), Cell.Name(Numbers.Count(facts.Events))],
            [Cell.Of(new("用时（秒）", "Seconds")), Cell.Name(facts.Seconds.ToString("F1", CultureInfo.InvariantCulture))],
            [Cell.Of(new("摘要 SHA-256", "Digest SHA-256")), new($"<code class=\"digest\" translate=\"no\">{Markup.Escape(facts.Digest)}</code>")],
            .. facts.Versions.OrderBy(version => version.Key, StringComparer.Ordinal).Select(Cell[] (version) => [Cell.Name(version.Key), Cell.Name(version.Value)]),
        ];
        return "<div class=\"half\">" + new DataTable(
                new("本次运行", "This run"), [(new("项目", "Item"), false), (new("值", "Value"), false)], rows).ToHtml("wordy") + "</div>"
            + "<div class=\"whole\">" + new DataTable(
                new("情景中未公布的数字", "Numbers of the scenario that nobody published"),
                [(new("参数", "Parameter"), false), (new("含义", "Meaning"), false), (new("取值", "Value"), true), (new("类别", "Kind"), false), (new("假设编号", "Assumption"), false), (new("理由", "Why"), false)],
                [.. facts.Assumptions.Select(Cell[] (number) =>
                [
                    new($"<code translate=\"no\">{Markup.Escape(number.Parameter)}</code>"), Cell.Of(number.Meaning), new(Markup.Name(number.Value), true),
                    new(Comparison.Badge(number.Provenance)), Cell.Name(number.Assumption ?? "–"), Cell.Of(number.Why),
                ])]).ToHtml("wordy")
            + $"<p class=\"note\">{Markup.Span(new("假设按编号的理由、影响与改法：", "Assumptions by number, with why, what they affect and how to vary them: "))}<code translate=\"no\">docs/assumptions.md</code></p></div>";
    }
}
