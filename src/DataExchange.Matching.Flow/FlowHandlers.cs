using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace DataExchange.Matching.Flow;

/// <summary>What came of a flow.</summary>
/// <param name="Trades">Trades.</param>
/// <param name="Quantity">Units traded, each trade counted once.</param>
/// <param name="Refused">Operations refused for another reason than that the order to be cancelled no longer rests.</param>
/// <param name="FirstRefused">The time, and so the number, of the first of them.</param>
/// <param name="FirstReason">Its reason.</param>
public record struct FlowTotals(long Trades, long Quantity, long Refused, long FirstRefused, Reason FirstReason)
{
    /// <summary>Takes a report.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(in ExecutionReport report)
    {
        if (report.Kind == ReportKind.Filled)
        {
            Trades++;
            Quantity += report.Quantity;
        }
        else if (report.Kind == ReportKind.Rejected && report.Reason != Reason.UnknownOrder && Refused++ == 0)
        {
            (FirstRefused, FirstReason) = (report.Time, report.Reason);
        }
    }

    /// <summary>Both together.</summary>
    public readonly FlowTotals With(in FlowTotals other) => new(
        Trades + other.Trades, Quantity + other.Quantity, Refused + other.Refused, Refused > 0 ? FirstRefused : other.FirstRefused,
        Refused > 0 ? FirstReason : other.FirstReason);
}

/// <summary>Receives reports: counts them and keeps the last ones in memory, as a publisher to subscribers would take them from there.</summary>
public interface IFlowHandler : IReportHandler
{
    /// <summary>What the reports came to.</summary>
    FlowTotals Totals { get; set; }
}

/// <summary>A handler for measuring throughput.</summary>
public unsafe struct ReportKeeper : IFlowHandler
{
    // 64 KiB: with the journal's block it stays in the second cache, which the books need too.
    private const int Kept = 1_024;
    private const int Bytes = 64;
    private readonly ExecutionReport[] _reports = GC.AllocateArray<ExecutionReport>(Kept + 1, pinned: true);
    private readonly byte* _first;
    private FlowTotals _totals;
    private nuint _next;

    /// <summary>An empty one. Its first report begins at a cache line, so that each is in one.</summary>
    public ReportKeeper() => _first = (byte*)(((nuint)Unsafe.AsPointer(ref _reports[0]) + 63) & ~(nuint)63);

    /// <inheritdoc/>
    public FlowTotals Totals
    {
        readonly get => _totals;
        set => _totals = value;
    }

    /// <inheritdoc/>
    public static bool HasPlaces => true;

    /// <inheritdoc/>
    public static ref ExecutionReport PlaceOfNext<T>(ref T handler)
        where T : IReportHandler => ref Unsafe.As<T, ReportKeeper>(ref handler).Next;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnReport(in ExecutionReport report)
    {
        _next = unchecked(_next + Bytes) & ((Kept * Bytes) - 1);
        _totals.Take(in report);
    }

    /// <summary>Takes a report that is elsewhere.</summary>
    internal void Keep(in ExecutionReport report)
    {
        Next = report;
        OnReport(in report);
    }

    private readonly ref ExecutionReport Next => ref Unsafe.AsRef<ExecutionReport>(unchecked(_first + _next));
}

/// <summary>
/// A handler for measuring how long each operation takes on a shard: from the moment at which it was to begin to its last report. Operations are
/// told apart by their time, which is their number.
/// </summary>
public struct ShardStopwatch(LatencySchedule schedule) : IFlowHandler
{
    private ReportKeeper _keeper = new();
    private long _operation = 0;
    private long _last = 0;

    /// <summary>How long operations took.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <inheritdoc/>
    public FlowTotals Totals
    {
        readonly get => _keeper.Totals;
        set => _keeper.Totals = value;
    }

    /// <inheritdoc/>
    public void OnReport(in ExecutionReport report)
    {
        _keeper.Keep(in report);
        if (report.Time != _operation)
        {
            Finish();
            _operation = report.Time;
        }

        _last = Stopwatch.GetTimestamp();
    }

    /// <summary>Counts the last operation too.</summary>
    public void Finish()
    {
        if (_operation >= schedule.First)
        {
            Latency.Record(LatencySchedule.Nanoseconds(_last - schedule.StartOf(_operation)));
        }

        _operation = 0;
    }
}

/// <summary>
/// When each operation is to begin: evenly, at a rate. A late one is measured from when it should have begun, so that a pause counts for all
/// that had to wait for it.
/// </summary>
/// <param name="first">The number of the first operation, from 1.</param>
/// <param name="rate">Operations a second.</param>
public sealed class LatencySchedule(long first, double rate)
{
    private readonly double _ticks = Stopwatch.Frequency / rate;
    private long _start = long.MaxValue;

    /// <summary>The number of the first operation.</summary>
    public long First => first;

    /// <summary>The first operation begins now.</summary>
    public void Begin() => Volatile.Write(ref _start, Stopwatch.GetTimestamp());

    /// <summary>When an operation is to begin, as a timestamp.</summary>
    public long StartOf(long operation) => Volatile.Read(ref _start) + (long)((operation - first) * _ticks);

    /// <summary>A difference of timestamps in nanoseconds.</summary>
    public static long Nanoseconds(long ticks) => Stopwatch.Frequency == 1_000_000_000 ? ticks : (long)(ticks * (1e9 / Stopwatch.Frequency));
}
