using System.Globalization;

namespace DataExchange.LoadTests;

/// <summary>Whether memory and latency stay as they are over a long run: trends over windows of its seconds, without the first fifth, in which everything grows into its size.</summary>
/// <param name="Heap">Managed memory that is in use after a collection of all of it; null where no collection was looked at.</param>
/// <param name="Memory">Memory of the process.</param>
/// <param name="Middle">Median latency, nanoseconds.</param>
/// <param name="P99">Latency that 99 of 100 did not exceed, nanoseconds.</param>
public sealed record SoakVerdict(Trend? Heap, Trend Memory, Trend Middle, Trend P99)
{
    /// <summary>How long a run is at least that is judged.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(3);

    /// <summary>How often all managed memory is collected in such a run, beside the operations.</summary>
    public static readonly TimeSpan CollectEvery = TimeSpan.FromSeconds(5);

    private const int Windows = 20;
    private const double Settling = 0.2;

    // Of the level: memory that grows by less in the run is not what ends a process, and two runs' latencies differ by more than this.
    private const double MemoryMatters = 0.05;
    private const double LatencyMatters = 0.2;

    /// <summary>The four of them by name.</summary>
    public IReadOnlyList<(string Name, Trend Trend)> All => [.. Heap is null ? [] : ((string, Trend)[])[("managed memory", Heap)], ("memory", Memory), ("p50", Middle), ("p99", P99)];

    /// <summary>Reads it off.</summary>
    /// <param name="profile">The profile of the run.</param>
    /// <param name="seconds">Its seconds.</param>
    /// <returns>The verdict; null for a run that is too short or was stopped early.</returns>
    public static SoakVerdict? Of(LoadProfile profile, IReadOnlyList<LoadSecond> seconds)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(seconds);
        if (profile.Duration < Shortest || seconds.Count < 0.9 * profile.Duration.TotalSeconds)
        {
            return null;
        }

        // What comes after the last operation has begun is the end of a run, and not how it goes.
        LoadSecond[] settled = [.. seconds.Where(second => second.Second >= Settling * profile.Duration.TotalSeconds && second.Second + 1 < profile.Duration.TotalSeconds)];
        var length = settled.Length / Windows;
        var heap = Of(second => second.LiveBytes, MemoryMatters);
        return Of(second => second.P50, LatencyMatters) is { } middle && Of(second => second.P99, LatencyMatters) is { } p99 && Of(second => second.MemoryBytes, MemoryMatters) is { } memory
            ? new SoakVerdict(heap, memory, middle, p99)
            : null;

        // The median of a window's seconds: one bad second is not a trend.
        Trend? Of(Func<LoadSecond, long> figure, double matters)
        {
            double[] windows = [.. Enumerable.Range(0, Windows).Select(window => settled[(window * length)..((window + 1) * length)].Select(figure).Where(value => value > 0).Order().ToArray())
                .Where(values => values.Length > 0).Select(values => (double)values[values.Length / 2])];
            return windows.Length == Windows ? Trend.Of(windows, matters) : null;
        }
    }

    /// <summary>The verdict in words, by name.</summary>
    public IReadOnlyDictionary<string, string> Notes() => All.ToDictionary(
        one => $"trend of {one.Name}", one => one.Trend.Text(one.Name.StartsWith('p')
            ? value => LoadRun.Text((long)value)
            : value => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.0} MB")));
}
