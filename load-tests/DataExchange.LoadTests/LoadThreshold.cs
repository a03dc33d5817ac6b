using System.Globalization;
using System.Text.RegularExpressions;

namespace DataExchange.LoadTests;

/// <summary>A limit that a run must not exceed, for whoever runs load tests in a build of their own: <c>p99&lt;20ms</c>, <c>failed&lt;1</c>, <c>rate&gt;500</c>.</summary>
/// <param name="Figure"><c>p50</c>, <c>p99.9</c> …, <c>max</c>, <c>failed</c>, <c>shed</c> or <c>rate</c>.</param>
/// <param name="IsUpper">Whether the figure must stay below the limit; else above.</param>
/// <param name="Limit">Nanoseconds for latencies, else a number.</param>
/// <param name="Text">As it was written.</param>
public sealed partial record LoadThreshold(string Figure, bool IsUpper, double Limit, string Text)
{
    /// <summary>Reads one.</summary>
    /// <param name="text">Such as <c>p99&lt;20ms</c>.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static LoadThreshold Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Form().Match(text.Replace(" ", "", StringComparison.Ordinal));
        var isLatency = match.Groups["figure"].Value is ['p', ..] or "max";
        var unit = match.Groups["unit"].Value switch { "ns" => 1.0, "us" or "µs" => 1e3, "ms" => 1e6, "s" => 1e9, _ => 0 };
        if (!match.Success || isLatency != (unit > 0) || (match.Groups["figure"].Value is ['p', .. var percent] && !(double.Parse(percent, CultureInfo.InvariantCulture) is > 0 and <= 100)))
        {
            throw new FormatException($"'{text}' is no threshold: allowed are pN or max with a time (p99<20ms, p99.9<1s, max<250us), failed and shed (failed<1), rate (rate>500)");
        }

        return new LoadThreshold(
            match.Groups["figure"].Value, match.Groups["sign"].Value == "<", double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * (isLatency ? unit : 1), text);
    }

    /// <summary>Whether a run keeps it. A run in which nothing ended well keeps no limit of latency.</summary>
    /// <param name="result">The run.</param>
    public bool IsKeptBy(LoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var value = Figure switch
        {
            "failed" => result.Failed,
            "shed" => result.Shed,
            "rate" => result.AchievedRate,
            _ when result.Latency.TotalCount == 0 => double.PositiveInfinity,
            "max" => result.At(100),
            _ => result.At(double.Parse(Figure.AsSpan(1), CultureInfo.InvariantCulture)),
        };
        return IsUpper ? value < Limit : value > Limit;
    }

    [GeneratedRegex(@"^(?<figure>p\d+(\.\d+)?|max|failed|shed|rate)(?<sign>[<>])(?<number>\d+(\.\d+)?)(?<unit>ns|us|µs|ms|s)?$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Form();
}
