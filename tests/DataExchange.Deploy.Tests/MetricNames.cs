using System.Text.RegularExpressions;

namespace DataExchange.Deploy.Tests;

/// <summary>The one list of metrics, <c>deploy/metrics.yaml</c>.</summary>
internal static partial class MetricNames
{
    private static readonly string[] Functions =
    [
        "abs", "absent", "by", "count", "histogram_quantile", "max", "min", "or", "and", "unless", "rate", "sum", "on", "without", "increase", "bool",
    ];

    public static IReadOnlyDictionary<string, (string Type, string[] Labels)> Listed { get; } = DeployFiles.Yaml("metrics.yaml")["metrics"].Items()
        .ToDictionary(metric => metric["name"].Text()!, metric => (metric["type"].Text()!, metric["labels"].Texts()));

    private static readonly HashSet<string> Foreign = [.. DeployFiles.Yaml("metrics.yaml")["foreign"].Texts()];

    /// <summary>Names that an expression uses and that nobody exports; with the labels that its selectors name.</summary>
    public static IEnumerable<string> UnknownIn(string expression) => In(expression).Where(word => !IsKnown(word));

    /// <summary>Names of metrics that an expression uses.</summary>
    public static IEnumerable<string> In(string expression)
    {
        // Texts, label lists and numbers out of the way, what is left are names of metrics and functions.
        var bare = Braces().Replace(Quoted().Replace(expression, "\"\""), " ");
        bare = Grouping().Replace(bare, " ");
        bare = Duration().Replace(bare, " ");
        return Word().Matches(bare).Select(match => match.Value).Where(word => !Functions.Contains(word)).Distinct();
    }

    /// <summary>Labels of our metrics that an expression selects by, which the metric has not, its process's aside.</summary>
    public static IEnumerable<string> UnknownLabelsIn(string expression)
    {
        foreach (Match selector in Selector().Matches(expression))
        {
            var name = BaseOf(selector.Groups[1].Value);
            if (Listed.TryGetValue(name, out var metric))
            {
                foreach (Match label in Label().Matches(selector.Groups[2].Value))
                {
                    if (!metric.Labels.Contains(label.Groups[1].Value) && label.Groups[1].Value is not ("job" or "instance" or "le"))
                    {
                        yield return $"{name}{{{label.Groups[1].Value}}}";
                    }
                }
            }
        }
    }

    private static bool IsKnown(string word) =>
        Foreign.Contains(word)
        || (Listed.TryGetValue(word, out var metric) && metric.Type != "histogram")
        || (BaseOf(word) != word && Listed.TryGetValue(BaseOf(word), out var histogram) && histogram.Type == "histogram");

    private static string BaseOf(string word) => Suffix().Replace(word, "");

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\b(by|without|on)\s*\([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\[[0-9a-z]+\]|\b[0-9.e]+\b")]
    private static partial Regex Duration();

    [GeneratedRegex("[a-zA-Z_:][a-zA-Z0-9_:]*")]
    private static partial Regex Word();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"([a-z_]+)\{([^}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"([a-z_]+)\s*=~?")]
    private static partial Regex Label();
}
