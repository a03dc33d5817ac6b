using System.Diagnostics;
using System.Globalization;

namespace DataExchange.LoadTests;

/// <summary>What the machine and this process did between two moments: from <c>/proc/stat</c>, where there is one.</summary>
public sealed class MachineWatch
{
    /// <summary>Counter: how busy all processors were, whoever used them, percent.</summary>
    public const string Busy = "machine busy, %";

    /// <summary>Counter: how long processors had nothing to do but wait for a disk, percent.</summary>
    public const string Waiting = "machine waiting for disks, %";

    /// <summary>Counter: processor time of this process, percent of one core.</summary>
    public const string Process = "this process, % of a core";

    private const string File = "/proc/stat";
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _used = Environment.CpuUsage.TotalTime;
    private readonly (long Busy, long Waiting, long All)? _before = Read(System.IO.File.Exists(File) ? System.IO.File.ReadLines(File).First() : "");

    /// <summary>What happened since this was made.</summary>
    public IReadOnlyDictionary<string, double> Counters()
    {
        var counters = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Process] = 100 * (Environment.CpuUsage.TotalTime - _used) / Stopwatch.GetElapsedTime(_started),
        };
        if (_before is { } before && Read(System.IO.File.ReadLines(File).First()) is { } now && now.All > before.All)
        {
            counters[Busy] = 100.0 * (now.Busy - before.Busy) / (now.All - before.All);
            counters[Waiting] = 100.0 * (now.Waiting - before.Waiting) / (now.All - before.All);
        }

        return counters;
    }

    /// <summary>Reads the first line of <c>/proc/stat</c>: user, nice, system, idle, iowait, irq, softirq, steal (man 5 proc).</summary>
    internal static (long Busy, long Waiting, long All)? Read(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 9 || parts[0] != "cpu")
        {
            return null;
        }

        var ticks = parts[1..9].Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return (ticks.Sum() - ticks[3] - ticks[4], ticks[4], ticks.Sum());
    }
}
