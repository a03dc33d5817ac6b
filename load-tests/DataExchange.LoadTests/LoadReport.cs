using System.Globalization;
using System.Net;
using System.Text;

namespace DataExchange.LoadTests;

/// <summary>A run as a page by itself, in Chinese and English: nothing is fetched when it is opened.</summary>
public static class LoadReport
{
    private const int Width = 860;
    private const int Height = 240;
    private const int Left = 70;
    private const int Bottom = 30;

    private const string Style =
        "body{font:15px/1.5 system-ui,'Noto Sans CJK SC',sans-serif;max-width:920px;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
        + "h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse}td,th{padding:.2rem .8rem;border-bottom:1px solid #ccc;text-align:right}"
        + "th:first-child,td:first-child{text-align:left}.bad{background:#fdecea;border-left:4px solid #b3261e;padding:.5rem 1rem}.good{background:#e8f5e9;border-left:4px solid #2e7d32;padding:.5rem 1rem}"
        + "svg text{font-size:11px;fill:#333}svg{max-width:100%}";

    /// <summary>The page.</summary>
    /// <param name="run">The run.</param>
    public static string Html(LoadRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"zh\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Safe(run.Scenario)} – 负载测试 load test</title><style>{Style}</style></head><body>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>负载测试 <span lang=\"en\">Load test</span>: {Safe(run.Scenario)}</h1>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC · {Safe(run.Runner)} · {run.Workers} 线程 workers</p>");
        Verdict(page, run);
        page.Append("<h2>结果 <span lang=\"en\">Result</span></h2>");
        Table(page, [("", "")], [
            ("计划速率 intended rate", $"{run.IntendedRate:N1} /s"), ("完成速率 achieved rate", $"{run.AchievedRate:N1} /s"), ("计时 measured", $"{run.MeasuredSeconds:N1} s"),
            ($"成功 ok ({run.Unit})", $"{run.Ok:N0}"), ("限流拒绝 shed", $"{run.Shed:N0}"), ("失败 failed", $"{run.Failed:N0}"),
        ]);
        page.Append("<h2>延迟（自计划开始时刻起） <span lang=\"en\">Latency, from the intended start</span></h2>");
        Table(page, [("百分位 percentile", "延迟 latency")], [.. run.Latency.Select(point => ($"{point.Percentile:0.###} %", LoadRun.Text(point.Nanoseconds)))]);
        page.Append(Distribution(run));
        page.Append("<h2>每秒吞吐 <span lang=\"en\">Throughput second by second</span></h2>");
        page.Append(Lines(run.Seconds, "/s", ("成功 ok", "#1565c0", second => second.Ok), ("限流 shed", "#ef6c00", second => second.Shed), ("失败 failed", "#b3261e", second => second.Failed)));
        page.Append("<h2>每秒延迟 <span lang=\"en\">Latency second by second</span></h2>");
        page.Append(Lines(run.Seconds, "ms", ("p50", "#1565c0", second => second.P50 / 1e6), ("p99", "#6a1b9a", second => second.P99 / 1e6)));
        page.Append("<h2>资源 <span lang=\"en\">Resources</span></h2>");
        page.Append(Lines(run.Seconds, "%", ("处理器 processor", "#1565c0", second => second.ProcessorPercent)));
        page.Append(Lines(run.Seconds, "MB", ("内存 memory", "#1565c0", second => second.MemoryBytes / 1e6), ("托管堆 heap", "#2e7d32", second => second.HeapBytes / 1e6), ("回收后 in use", "#ef6c00", second => second.LiveBytes / 1e6)));
        if (run.Kinds.Count > 0)
        {
            page.Append("<h2>拒绝与失败 <span lang=\"en\">Refused and failed, by kind</span></h2>");
            Table(page, [("种类 kind", "数量 count")], [.. run.Kinds.Select(kind => (kind.Key, $"{kind.Value:N0}"))]);
        }

        if (run.Notes.Count > 0)
        {
            page.Append("<h2>说明 <span lang=\"en\">Notes</span></h2>");
            Table(page, [("", "")], [.. run.Notes.Select(note => (note.Key, note.Value))]);
        }

        if (run.Counters.Count > 0)
        {
            page.Append("<h2>目标自身计数 <span lang=\"en\">What the target counted</span></h2>");
            Table(page, [("名称 name", "值 value")], [.. run.Counters.Select(counter => (counter.Key, $"{counter.Value:N2}"))]);
        }

        page.Append("<h2>发生器延误 <span lang=\"en\">How late the generator itself was</span></h2>");
        Table(page, [("百分位 percentile", "延误 lag")], [.. run.Lag.Where(point => point.Percentile >= 50).Select(point => ($"{point.Percentile:0.###} %", LoadRun.Text(point.Nanoseconds)))]);
        page.Append("<h2>环境 <span lang=\"en\">Environment</span></h2>");
        Table(page, [("", "")], [
            ("处理器 processor", $"{run.Environment.Processor} × {run.Environment.Processors}"), ("系统 system", run.Environment.System), ("运行时 runtime", run.Environment.Runtime),
            ("版本 version", run.Environment.Version), .. run.Environment.Settings.Select(setting => (setting.Key, setting.Value)),
        ]);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Verdict(StringBuilder page, LoadRun run)
    {
        foreach (var reason in run.Invalid)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"bad\">无效：发生器未能按计划运行 <span lang=\"en\">Not valid: {Safe(reason)}</span></p>");
        }

        foreach (var problem in run.Problems)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"bad\">校验未通过 <span lang=\"en\">Not verified: {Safe(problem)}</span></p>");
        }

        if (run.Invalid.Count + run.Problems.Count == 0)
        {
            page.Append("<p class=\"good\">有效，且运行后校验通过 <span lang=\"en\">Valid, and verified afterwards</span></p>");
        }
    }

    private static void Table(StringBuilder page, (string Left, string Right)[] head, (string Left, string Right)[] rows)
    {
        page.Append("<table>");
        foreach (var (left, right) in head.Where(cell => cell.Left.Length > 0))
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th>{Safe(left)}</th><th>{Safe(right)}</th></tr>");
        }

        foreach (var (left, right) in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Safe(left)}</td><td>{Safe(right)}</td></tr>");
        }

        page.Append("</table>");
    }

    // The plot that people know from HdrHistogram: the nines at equal distances.
    private static string Distribution(LoadRun run)
    {
        var points = run.Latency.Where(point => point.Percentile is > 0 and < 100).Select(point => (X: -Math.Log10(1 - (point.Percentile / 100)), Y: point.Nanoseconds / 1e6)).ToArray();
        if (points.Length == 0)
        {
            return "";
        }

        var (right, top) = (points.Max(point => point.X), Math.Max(points.Max(point => point.Y), 1e-6));
        string[] ticks = ["0", "90 %", "99 %", "99.9 %", "99.99 %", "99.999 %"];
        var axis = string.Concat(ticks.Select((text, x) => x <= right + 0.01
            ? string.Create(CultureInfo.InvariantCulture, $"<text x=\"{X(x):0.#}\" y=\"{Height - 10}\" text-anchor=\"middle\">{text}</text>") : ""));
        return Frame(top, "ms", axis + Path(points.Select(point => (X(point.X), Y(point.Y, top))), "#1565c0"), "延迟分布 latency distribution");

        double X(double x) => Left + ((Width - Left - 20) * x / right);
    }

    private static string Lines(IReadOnlyList<LoadSecond> seconds, string unit, params (string Name, string Colour, Func<LoadSecond, double> Of)[] lines)
    {
        if (seconds.Count < 2)
        {
            return "";
        }

        var top = Math.Max(1e-6, lines.Max(line => seconds.Max(line.Of)));
        var drawn = string.Concat(lines.Select((line, index) => Path(seconds.Select((second, i) => (X(i), Y(line.Of(second), top))), line.Colour)
            + string.Create(CultureInfo.InvariantCulture, $"<text x=\"{Left + 10 + (index * 130)}\" y=\"14\" style=\"fill:{line.Colour}\">{Safe(line.Name)}</text>")));
        var axis = string.Create(
            CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Height - 10}\">0 s</text><text x=\"{Width - 20}\" y=\"{Height - 10}\" text-anchor=\"end\">{seconds.Count} s</text>");
        return Frame(top, unit, axis + drawn, string.Join(", ", lines.Select(line => line.Name)));

        double X(int second) => Left + ((Width - Left - 20) * (double)second / (seconds.Count - 1));
    }

    private static double Y(double value, double top) => Height - Bottom - ((Height - Bottom - 20) * value / top);

    private static string Frame(double top, string unit, string inside, string label) => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Safe(label)}\"><path d=\"M{Left} 20V{Height - Bottom}H{Width - 20}\" fill=\"none\" stroke=\"#888\"/><text x=\"{Left - 6}\" y=\"26\" text-anchor=\"end\">{top:G4} {unit}</text><text x=\"{Left - 6}\" y=\"{Height - Bottom}\" text-anchor=\"end\">0</text>{inside}</svg>");

    private static string Path(IEnumerable<(double X, double Y)> points, string colour) => string.Create(
        CultureInfo.InvariantCulture,
        $"<path d=\"M{string.Join('L', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#} {point.Y:0.#}")))}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"/>");

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
