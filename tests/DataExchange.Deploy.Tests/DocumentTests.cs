namespace DataExchange.Deploy.Tests;

/// <summary>docs/watching.md has a row for each metric and each alert. DX_UPDATE=1 renews them.</summary>
public sealed class DocumentTests
{
    private static readonly string Path = System.IO.Path.Combine(DeployFiles.Root, "docs", "watching.md");

    [Fact]
    public void Every_metric_has_its_row() => Holds("metrics", "| Metric | Type | Labels | Unit | | |", DeployFiles.Yaml("metrics.yaml")["metrics"].Items().Select(metric =>
        $"| `{metric["name"].Text()}` | {metric["type"].Text()} | {string.Join(", ", metric["labels"].Texts())} | {metric["unit"].Text()} | {metric["en"].Text()} | {metric["zh"].Text()} |"));

    [Fact]
    public void Every_alert_has_its_row() => Holds("alerts", "| Alert | Says | 含义 | What to do |",
        from rule in DeployFiles.Yaml("prometheus/rules/dataexchange.yml")["groups"].Items().SelectMany(one => one["rules"].Items())
        let time = rule["for"].Text() is { } lasting ? $", after {lasting}" : ""
        let says = rule["annotations"]
        select $"| **{rule["alert"].Text()}** ({rule.At("labels", "severity").Text()}{time}) | {Plain(says.At("summary"))} | {Plain(says.At("summary_zh"))} | {says.At("action").Text()} |");

    private static string Plain(System.Text.Json.Nodes.JsonNode? text) =>
        System.Text.RegularExpressions.Regex.Replace(text.Text()!, @"\{\{ \$(?:labels\.)?(\w+)[^}]*\}\}", "*$1*");

    private static void Holds(string name, string head, IEnumerable<string> rows)
    {
        var table = $"{head}\n|{string.Concat(Enumerable.Repeat("---|", head.Count(letter => letter == '|') - 1))}\n{string.Concat(rows.Select(row => row + "\n"))}";
        var text = File.ReadAllText(Path);
        var (begin, end) = (text.IndexOf($"<!-- {name} -->\n", StringComparison.Ordinal) + $"<!-- {name} -->\n".Length, text.IndexOf($"<!-- /{name} -->", StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("DX_UPDATE") == "1")
        {
            File.WriteAllText(Path, text[..begin] + table + text[end..]);
            return;
        }

        Assert.Equal(table, text[begin..end]);
    }
}
