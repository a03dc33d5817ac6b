using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using HdrHistogram;

namespace DataExchange.LoadTests;

/// <summary>Where a run was made.</summary>
/// <param name="Processor">The processor, as the system names it.</param>
/// <param name="Processors">How many of them.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Version">This program's version, with the commit where the build knew it.</param>
/// <param name="Settings">What the run was asked for, by name.</param>
public sealed record LoadEnvironment(
    string Processor, int Processors, string System, string Runtime, string Version, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>This machine.</summary>
    /// <param name="version">This program's version.</param>
    /// <param name="settings">What the run was asked for.</param>
    public static LoadEnvironment Here(string version, IReadOnlyDictionary<string, string> settings) => new(
        ProcessorName(), Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, version, settings);

    private static string ProcessorName()
    {
        const string List = "/proc/cpuinfo";
        var line = File.Exists(List) ? File.ReadLines(List).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

/// <summary>A point of the distribution of latencies.</summary>
/// <param name="Percentile">0 to 100.</param>
/// <param name="Nanoseconds">The latency that so many percent did not exceed.</param>
public sealed record LatencyPoint(double Percentile, long Nanoseconds);

/// <summary>A run as it is kept: <c>run.json</c>.</summary>
public sealed record LoadRun : LoadFigures
{
    /// <summary>The percentiles that are kept.</summary>
    public static IReadOnlyList<double> Percentiles { get; } = [0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100];

    /// <summary>Seconds that count.</summary>
    public required double MeasuredSeconds { get; init; }

    /// <summary>The distribution of latencies, from the intended start.</summary>
    public required IReadOnlyList<LatencyPoint> Latency { get; init; }

    /// <summary>How late operations began through the runner's own fault.</summary>
    public required IReadOnlyList<LatencyPoint> Lag { get; init; }

    /// <summary>Where it was made.</summary>
    public required LoadEnvironment Environment { get; init; }

    /// <summary>Makes one of a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="environment">Where it was made.</param>
    public static LoadRun Of(LoadResult result, LoadEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new LoadRun
        {
            Scenario = result.Scenario,
            Unit = result.Unit,
            Runner = result.Runner,
            StartedAt = result.StartedAt,
            Workers = result.Workers,
            IntendedRate = result.IntendedRate,
            AchievedRate = result.AchievedRate,
            MeasuredSeconds = result.Measured.TotalSeconds,
            Ok = result.Ok,
            Shed = result.Shed,
            Failed = result.Failed,
            Kinds = result.Kinds,
            Latency = Points(result.Latency),
            Lag = Points(result.Lag),
            Seconds = result.Seconds,
            Counters = result.Counters,
            Notes = result.Notes,
            Invalid = result.Invalid,
            Problems = result.Problems,
            Environment = environment,
        };

        static LatencyPoint[] Points(HdrHistogram.HistogramBase histogram) =>
            histogram.TotalCount == 0 ? [] : [.. Percentiles.Select(percentile => new LatencyPoint(percentile, histogram.GetValueAtPercentile(percentile)))];
    }

    /// <summary>A latency, nanoseconds; 0 when none ended well.</summary>
    /// <param name="percentile">One of <see cref="Percentiles"/>.</param>
    public long At(double percentile) => Latency.FirstOrDefault(point => point.Percentile == percentile)?.Nanoseconds ?? 0;

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LoadRunJson.Default.LoadRun);

    /// <summary>As JSON on one line.</summary>
    public string ToJsonLine() => JsonSerializer.Serialize(this, LoadRunLineJson.Default.LoadRun);

    /// <summary>Reads one.</summary>
    /// <param name="json">What <see cref="ToJson"/> gave.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static LoadRun Parse(string json) => JsonSerializer.Deserialize(json, LoadRunJson.Default.LoadRun) ?? throw new JsonException("a run is an object, not null");

    /// <summary>Writes the histogram in the form that public plotters of HdrHistogram read, in microseconds.</summary>
    /// <param name="result">The run.</param>
    /// <param name="to">Where to.</param>
    public static void WriteHgrm(LoadResult result, TextWriter to)
    {
        ArgumentNullException.ThrowIfNull(result);
        result.Latency.OutputPercentileDistribution(to, percentileTicksPerHalfDistance: 5, outputValueUnitScalingRatio: 1_000, useCsvFormat: false);
    }

    /// <summary>A time as people read it.</summary>
    /// <param name="nanoseconds">Nanoseconds.</param>
    public static string Text(long nanoseconds) => nanoseconds switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds} ns"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e3:0.##} µs"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e6:0.##} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e9:0.##} s"),
    };
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, RespectNullableAnnotations = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LoadRun))]
internal sealed partial class LoadRunJson : JsonSerializerContext;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LoadRun))]
internal sealed partial class LoadRunLineJson : JsonSerializerContext;
