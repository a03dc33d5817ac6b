using System.Globalization;
using System.Net;
using System.Text;

namespace DataExchange.Cli.Running.Sweeps;

/// <summary>A sweep's summary as one page in Chinese and English that needs no network: a table of figures and, of Saltelli's design, bars of the indices.</summary>
internal static class SweepPage
{
    private const int Row = 34;
    private const int Left = 300;
    private const int Width = 420;

    private const string Style =
        """
        :root{color-scheme:light dark;--text:#1c2733;--line:#c9d2dc;--first:#2166ac;--total:#e08a1e;--back:#fff}
        @media(prefers-color-scheme:dark){:root{--text:#e4e9ee;--line:#46515c;--first:#6ea8dc;--total:#f0b060;--back:#14191f}}
        body{font:16px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:var(--text);background:var(--back)}
        table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border-bottom:1px solid var(--line);padding:.2rem .6rem;text-align:right}
        th:first-child,td:first-child{text-align:left}svg{max-width:100%;height:auto}svg text{fill:var(--text);font-size:13px}
        .first{fill:var(--first)}.total{fill:var(--total)}.mark{stroke:var(--text);stroke-width:1.5}.axis{stroke:var(--line)}[lang=en]{opacity:.8}
        """;

    /// <summary>The page.</summary>
    /// <param name="summary">What it shows.</param>
    public static string Render(SweepSummary summary)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Append(CultureInfo.InvariantCulture, $"<title>{Text(summary.Sweep)} – 参数扫描 sweep</title><style>{Style}</style></head><body>\n<main><h1>{Text(summary.Sweep)}</h1>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>情景 {Text(summary.Scenario)}，规模 {summary.Scale}：{summary.Points} 个点 × {summary.Seeds} 个种子，失败 {summary.Failed} 次。模拟结果，不是真实交易记录。<br>")
            .Append(CultureInfo.InvariantCulture, $"<span lang=\"en\">Scenario {Text(summary.Scenario)}, scale {summary.Scale}: {summary.Points} points × {summary.Seeds} seeds, {summary.Failed} runs failed. Simulated, no record of real trade.</span></p>\n");
        Figures(page, summary);
        foreach (var figure in summary.Figures.Where(figure => figure.Sensitivity is { Parameters.Count: > 0 }))
        {
            Bars(page, figure, figure.Sensitivity!);
        }

        return page.Append("</main></body></html>\n").ToString();
    }

    private static void Figures(StringBuilder page, SweepSummary summary)
    {
        page.Append("<h2>指标 <span lang=\"en\">Figures</span></h2>\n<table><thead><tr><th>指标 <span lang=\"en\">figure</span></th><th>单位 <span lang=\"en\">unit</span></th>"
            + "<th>次数 <span lang=\"en\">runs</span></th><th>均值 <span lang=\"en\">mean</span></th><th>标准差 <span lang=\"en\">standard deviation</span></th>"
            + "<th>最小 <span lang=\"en\">smallest</span></th><th>最大 <span lang=\"en\">largest</span></th></tr></thead><tbody>\n");
        foreach (var figure in summary.Figures)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(figure.Zh)} <span lang=\"en\">{Text(figure.En)}</span></td><td>{Text(figure.Unit)}</td><td>{figure.Runs}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{Number(figure.Mean)}</td><td>{Number(figure.StandardDeviation)}</td><td>{Number(figure.Smallest)}</td><td>{Number(figure.Largest)}</td></tr>\n");
        }

        page.Append("</tbody></table>\n");
        if (summary.Figures.Any(figure => figure.Sensitivity is not null))
        {
            page.Append("<h2>敏感性 <span lang=\"en\">Sensitivity</span></h2>\n<p>Sobol 指数：一阶 S₁（该参数单独解释的方差份额）与总效应 S<sub>T</sub>（含交互）；横线为 95 % 自助法区间。方差为零的指标从略。<br>"
                + "<span lang=\"en\">Sobol’ indices: first order S₁ (share of the variance that the parameter explains alone) and total S<sub>T</sub> (with interactions); lines are 95 % bootstrap intervals. Figures that do not vary are left out.</span></p>\n");
        }
    }

    private static void Bars(StringBuilder page, SweepFigureSummary figure, SweepSensitivity sensitivity)
    {
        var height = Row * sensitivity.Parameters.Count + 26;
        page.Append(CultureInfo.InvariantCulture, $"<h3>{Text(figure.Zh)} <span lang=\"en\">{Text(figure.En)}</span></h3>\n")
            .Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Left + Width + 120} {height}\" role=\"img\" aria-label=\"{Text(figure.Zh)} {Text(figure.En)}: S₁, Sᴛ\">\n");
        for (var tick = 0; tick <= 4; tick++)
        {
            var x = Place(tick / 4.0);
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{height - 20}\"/><text x=\"{x}\" y=\"{height - 4}\" text-anchor=\"middle\">{tick / 4.0}</text>\n");
        }

        for (var i = 0; i < sensitivity.Parameters.Count; i++)
        {
            var (index, y) = (sensitivity.Parameters[i], i * Row);
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{y + 20}\" text-anchor=\"end\">{Text(index.Path)}</text>\n");
            Bar(page, "first", index.First, y + 4);
            Bar(page, "total", index.Total, y + 17);
            page.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + Width + 10}\" y=\"{y + 20}\">{index.First.Estimate:0.00} / {index.Total.Estimate:0.00}</text>\n");
        }

        page.Append("</svg>\n<p>■ <span class=\"first\" style=\"color:var(--first)\">S₁</span> ■ <span style=\"color:var(--total)\">S<sub>T</sub></span>")
            .Append(CultureInfo.InvariantCulture, $" · {sensitivity.Rows} 个基点{(sensitivity.Missing > 0 ? $"，缺 {sensitivity.Missing}" : "")} <span lang=\"en\">base points{(sensitivity.Missing > 0 ? $", {sensitivity.Missing} missing" : "")}</span></p>\n");
    }

    private static void Bar(StringBuilder page, string kind, DataExchange.Sweeps.IndexEstimate index, double y) => page
        .Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{Left}\" y=\"{y}\" width=\"{Place(index.Estimate) - Left:0.#}\" height=\"11\"/>")
        .Append(CultureInfo.InvariantCulture, $"<line class=\"mark\" x1=\"{Place(index.Low):0.#}\" x2=\"{Place(index.High):0.#}\" y1=\"{y + 5.5}\" y2=\"{y + 5.5}\"/>\n");

    // Estimates may leave 0 to 1 by chance; the plot does not.
    private static double Place(double index) => Left + Math.Clamp(index, 0, 1) * Width;

    private static string Number(double? value) => value is not { } number ? "–"
        : Math.Abs(number) >= 1_000 ? number.ToString("N0", CultureInfo.InvariantCulture) : number.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
