using DataExchange.Reports.Words;

namespace DataExchange.Reports.Html.Sections;

/// <summary>What is published beside what the run reached, misses included.</summary>
internal static class Comparison
{
    internal static string Render(RunFacts facts) =>
        "<div class=\"whole\">" + Legend() + new DataTable(
            new("公布或实测数与本次运行对照，未达者同列", "Published or measured figures beside this run, misses included"),
            [
                (new("指标", "Figure"), false), (new("目标", "Target"), true), (new("本次", "Reached"), true), (new("单位", "Unit"), false), (new("结果", "Result"), false),
                (new("出处类别", "Provenance"), false), (new("来源", "Source"), false),
            ],
            [.. facts.Comparisons.Select(Cell[] (row) =>
            [
                Cell.Of(row.Figure), Cell.Number(Text.Same(row.Low == row.High ? Numbers.Plain(row.Low) : $"{Numbers.Plain(row.Low)} – {Numbers.Plain(row.High)}")),
                Cell.Number(Text.Same(row.Reached is { } reached ? Numbers.Plain(reached) : "–")), Cell.Of(row.Unit),
                new($"<span class=\"{(row.IsHit ? "hit" : "miss")}\">{Markup.Span(row.IsHit ? new("✓ 达到", "✓ hit") : new("✗ 未达", "✗ miss"))}</span>"),
                new(Badge(row.Provenance)), Cell.Of(row.Source),
            ])]).ToHtml("wordy") + "</div>"
        + "<div class=\"whole\">" + new DataTable(
            new("校准：为达到目标而求解的参数", "Calibration: parameters solved for"),
            [
                (new("参数", "Parameter"), false), (new("指标", "Figure"), false), (new("目标", "Target"), true), (new("达到", "Reached"), true),
                (new("相对误差", "Relative error"), true), (new("步数", "Steps"), true), (new("取值", "Value"), true),
            ],
            [.. facts.Calibration.Select(Cell[] (row) =>
            [
                new($"<code translate=\"no\">{Markup.Escape(row.Parameter)}</code>"), Cell.Of(row.Figure), Cell.Number(Text.Same(Numbers.Plain(row.Target))),
                Cell.Number(Text.Same(Numbers.Plain(row.Reached))), Cell.Number(Text.Same(Numbers.Percent(row.RelativeError, 3))),
                Cell.Count(row.Iterations), Cell.Number(Text.Same(Numbers.Plain(row.Value))),
            ])]).ToHtml("wordy") + "</div>";

    internal static string Badge(Provenance provenance) =>
        $"<span class=\"badge {provenance.ToString().ToLowerInvariant()}\">{Markup.Span(Of(provenance))}</span>";

    internal static Text Of(Provenance provenance) => provenance switch
    {
        Provenance.Published => new("已公布", "published"),
        Provenance.MeasuredElsewhere => new("他处实测", "measured elsewhere"),
        Provenance.Calibrated => new("校准", "calibrated"),
        Provenance.Assumed => new("假设", "assumed"),
        _ => throw new ArgumentOutOfRangeException(nameof(provenance), provenance, "no words"),
    };

    private static string Legend() =>
        "<ul class=\"legend\">"
        + Item(Provenance.Published, new("公开来源刊载的数字", "printed in a published source"))
        + Item(Provenance.MeasuredElsewhere, new("由公开挂牌信息或其他场所实测", "measured on public listings or at another venue"))
        + Item(Provenance.Calibrated, new("为达到公布数而求解", "solved for, to reach a published figure"))
        + Item(Provenance.Assumed, new("情景的假设，未见公布", "an assumption of the scenario, not published"))
        + "</ul>";

    private static string Item(Provenance provenance, Text meaning) => $"<li>{Badge(provenance)} {Markup.Span(meaning)}</li>";
}
