using HdrHistogram;

namespace DataExchange.LoadTests;

/// <summary>A second of a run.</summary>
/// <param name="Second">Seconds from the start, 0 for the first.</param>
/// <param name="Ok">Operations that ended well in it.</param>
/// <param name="Shed">Operations refused for load in it.</param>
/// <param name="Failed">Operations that failed in it.</param>
/// <param name="P50">Median latency of those that ended well in it, nanoseconds; 0 for none.</param>
/// <param name="P99">99 of 100, nanoseconds.</param>
/// <param name="Max">The longest, nanoseconds.</param>
/// <param name="UnderWay">Operations under way at its end.</param>
/// <param name="ProcessorPercent">Processor time of this process, percent of one core.</param>
/// <param name="MemoryBytes">Memory of this process.</param>
/// <param name="HeapBytes">Managed memory of this process.</param>
/// <param name="LiveBytes">Managed memory in use after the last collection of all of it, which long runs have made every few seconds; 0 where none was.</param>
public sealed record LoadSecond(
    int Second, long Ok, long Shed, long Failed, long P50, long P99, long Max, long UnderWay, double ProcessorPercent, long MemoryBytes, long HeapBytes, long LiveBytes = 0);

/// <summary>What a run came to, in memory or kept. Times are nanoseconds; latencies count from when an operation was to begin.</summary>
public abstract record LoadFigures
{
    /// <summary>The scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>What an operation is.</summary>
    public required string Unit { get; init; }

    /// <summary>What ran it: <c>builtin</c> or <c>nbomber</c>.</summary>
    public required string Runner { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Threads that began operations.</summary>
    public required int Workers { get; init; }

    /// <summary>Operations a second that were to begin in the part that counts.</summary>
    public required double IntendedRate { get; init; }

    /// <summary>Operations a second that ended well, over the part that counts.</summary>
    public required double AchievedRate { get; init; }

    /// <summary>Operations that ended well.</summary>
    public required long Ok { get; init; }

    /// <summary>Operations refused for load.</summary>
    public required long Shed { get; init; }

    /// <summary>Operations that failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Refused and failed operations by kind.</summary>
    public required IReadOnlyDictionary<string, long> Kinds { get; init; }

    /// <summary>Second by second, warm-up included.</summary>
    public required IReadOnlyList<LoadSecond> Seconds { get; init; }

    /// <summary>What the target counted.</summary>
    public required IReadOnlyDictionary<string, double> Counters { get; init; }

    /// <summary>What is to be known of it besides figures, by name.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>Why the run says nothing: the generator could not keep its schedule. Empty for a valid run.</summary>
    public required IReadOnlyList<string> Invalid { get; init; }

    /// <summary>What is wrong with the target afterwards; empty when everything holds.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}

/// <summary>What a run came to, with the whole distributions.</summary>
public sealed record LoadResult : LoadFigures
{
    /// <summary>How long the part that counts took, from the first operation's time to the last one's end.</summary>
    public required TimeSpan Measured { get; init; }

    /// <summary>Latencies of those that ended well.</summary>
    public required HistogramBase Latency { get; init; }

    /// <summary>How late operations began through the runner's own fault.</summary>
    public required HistogramBase Lag { get; init; }

    /// <summary>Whether the figures count.</summary>
    public bool IsValid => Invalid.Count == 0;

    /// <summary>A latency that so many percent did not exceed, nanoseconds; 0 when none ended well.</summary>
    /// <param name="percentile">0 to 100.</param>
    public long At(double percentile) => Latency.TotalCount == 0 ? 0 : Latency.GetValueAtPercentile(percentile);
}
