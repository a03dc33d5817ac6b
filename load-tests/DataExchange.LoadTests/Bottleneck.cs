using System.Globalization;

namespace DataExchange.LoadTests;

/// <summary>What limited a run, as far as its counters tell.</summary>
public static class Bottleneck
{
    /// <summary>Begins the names of counters of what sessions of PostgreSQL waited for: sessions that did, on average.</summary>
    public const string Waits = "PostgreSQL sessions, ";

    private const double FullyBusy = 85;
    private const double OneSession = 0.5;

    /// <summary>A sentence: CPU, fsync, lock or queue, and the figures that say so.</summary>
    /// <param name="result">A run at its limit or beyond it.</param>
    public static string Of(LoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var counters = result.Counters;
        var (synced, locked) = (Sum("WALSync", "WALWrite", "WalSync", "WalWrite", "DataFileSync"), Sum("Lock:"));
        if (synced >= OneSession)
        {
            return Text($"fsync: {synced:0.0} sessions of PostgreSQL waited for its log to reach the disk, on average");
        }

        if (locked >= OneSession)
        {
            return Text($"lock: {locked:0.0} sessions of PostgreSQL waited for locks, on average");
        }

        if (counters.GetValueOrDefault(MachineWatch.Busy) >= FullyBusy)
        {
            return Text($"CPU: the machine was {counters[MachineWatch.Busy]:0} % busy, this process with {counters.GetValueOrDefault(MachineWatch.Process):0} % of a core");
        }

        // A runner of one thread is at its end when its core is, whatever the others do.
        if (result.Workers * 90 <= counters.GetValueOrDefault(MachineWatch.Process) && counters.GetValueOrDefault(MachineWatch.Process) <= (result.Workers + 0.5) * 100)
        {
            return Text($"CPU: the {result.Workers} threads that carry it out had {counters[MachineWatch.Process]:0} % of a core, all they can have");
        }

        return Text($"queue: neither processors ({counters.GetValueOrDefault(MachineWatch.Busy):0} % busy) nor disk nor locks were used up; operations waited for each other, {(result.Seconds.Count == 0 ? 0 : result.Seconds.Max(second => second.UnderWay)):N0} under way at most");

        double Sum(params string[] names) => counters
            .Where(counter => counter.Key.StartsWith(Waits, StringComparison.Ordinal) && names.Any(name => counter.Key.Contains(name, StringComparison.Ordinal))).Sum(counter => counter.Value);

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
