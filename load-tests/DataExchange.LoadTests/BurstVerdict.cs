using System.Globalization;

namespace DataExchange.LoadTests;

/// <summary>
/// What became of a target in a burst past its capacity, and after it: read off the seconds of a run whose profile is <see cref="LoadProfile.Burst"/>.
/// </summary>
/// <param name="Shed">Operations that were refused for load in the burst.</param>
/// <param name="Ended">All operations that ended in it.</param>
/// <param name="Before">Median over the seconds before it of the latency that 99 of 100 did not exceed, nanoseconds.</param>
/// <param name="During">The same during it, of the operations that were taken.</param>
/// <param name="After">The same after the target had come back, or of all seconds after it where it did not.</param>
/// <param name="BackAfter">Seconds after the burst until a second in which nothing was shed and latency was at most twice that before, as in the middle of it and the two behind it; null for never.</param>
public sealed record BurstVerdict(long Shed, long Ended, long Before, long During, long After, int? BackAfter)
{
    private const int Watched = 3;
    // Below some milliseconds any machine has such differences.
    private const long Slack = 10_000_000;

    /// <summary>Reads it off.</summary>
    /// <param name="profile">The profile of the run.</param>
    /// <param name="seconds">Its seconds.</param>
    /// <returns>The verdict; null where there are too few seconds before or after the burst, three each.</returns>
    /// <exception cref="ArgumentException">The profile has no burst.</exception>
    public static BurstVerdict? Of(LoadProfile profile, IReadOnlyList<LoadSecond> seconds)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(seconds);
        var measured = profile.Phases.Where(phase => phase.IsMeasured).ToArray();
        if (measured.Length != 3 || measured[1].To <= measured[0].To)
        {
            throw new ArgumentException("a profile with a burst has three measured phases, of which the one in the middle is the burst", nameof(profile));
        }

        var from = (profile.Duration - measured.Aggregate(TimeSpan.Zero, (sum, phase) => sum + phase.Duration)).TotalSeconds;
        var (begins, ends) = (from + measured[0].Duration.TotalSeconds, from + measured[0].Duration.TotalSeconds + measured[1].Duration.TotalSeconds);
        LoadSecond[] before = [.. seconds.Where(second => second.Second >= from && second.Second + 1 <= begins)];
        LoadSecond[] during = [.. seconds.Where(second => second.Second + 1 > begins && second.Second < ends)];
        LoadSecond[] after = [.. seconds.Where(second => second.Second >= ends && second.Second < profile.Duration.TotalSeconds)];
        if (before.Length < Watched || after.Length < Watched)
        {
            return null;
        }

        var usual = Median(before);
        var back = Enumerable.Range(0, after.Length - Watched + 1).Cast<int?>()
            .FirstOrDefault(at => after[at!.Value].Shed == 0 && IsUsual([after[at.Value]]) && IsUsual(after[at.Value..(at.Value + Watched)]));
        return new BurstVerdict(
            during.Sum(second => second.Shed), during.Sum(second => second.Ok + second.Shed + second.Failed), usual, Median(during), Median(after[(back ?? 0)..]), back);

        bool IsUsual(LoadSecond[] some) => Median(some) is > 0 and var now && now <= Math.Max(2 * usual, usual + Slack);
    }

    /// <summary>What is wrong with the target; null when it came back.</summary>
    public string? Problem => BackAfter is null
        ? $"after the burst it did not come back: 99 of 100 took {LoadRun.Text(After)}, and {LoadRun.Text(Before)} before it"
        : null;

    /// <summary>The verdict in figures, by name.</summary>
    public IReadOnlyDictionary<string, string> Notes() => new Dictionary<string, string>
    {
        ["burst, shed"] = Ended == 0 ? "nothing ended in it" : string.Create(CultureInfo.InvariantCulture, $"{Shed:N0} of {Ended:N0} ({100.0 * Shed / Ended:0.0} %){(Shed == 0 ? ": it was not past capacity" : "")}"),
        ["burst, p99 before / in it / after"] = $"{LoadRun.Text(Before)} / {LoadRun.Text(During)} / {LoadRun.Text(After)}",
        ["burst, back to normal"] = BackAfter is { } later ? string.Create(CultureInfo.InvariantCulture, $"{later} s after it") : "NOT in the time watched",
    };

    private static long Median(LoadSecond[] seconds)
    {
        long[] sorted = [.. seconds.Where(second => second.Ok > 0).Select(second => second.P99).Order()];
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }
}
