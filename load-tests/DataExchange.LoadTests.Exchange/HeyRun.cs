using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace DataExchange.LoadTests.Exchange;

/// <summary>
/// The same request by <c>hey</c>, a public load generator (Debian package <c>hey</c>), at the same rate over as many connections. It is a closed loop: each of its workers waits for an answer
/// before it asks again, and its times count from when it did ask. So the figures are to be alike where nothing waits, and ours are higher where something does.
/// </summary>
/// <param name="Rate">Good answers a second.</param>
/// <param name="Ok">Good answers.</param>
/// <param name="Other">Any others.</param>
/// <param name="P50">Median time of a good answer, nanoseconds.</param>
/// <param name="P99">99 of 100.</param>
public sealed record HeyRun(double Rate, long Ok, long Other, long P50, long P99)
{
    /// <summary>The program.</summary>
    public const string Program = "hey";

    private const double RatesAlike = 0.05;
    private const double TimesAlike = 1.5;
    private const long Slack = 1_000_000;
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Whether it is installed.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <summary>Runs it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="rate">Requests a second of all workers together.</param>
    /// <param name="duration">How long.</param>
    /// <param name="connections">Workers, with a connection each.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidOperationException">It failed; the message is its own.</exception>
    /// <exception cref="Win32Exception">It is not installed.</exception>
    public static async Task<HeyRun> RunAsync(IOneRequest request, double rate, TimeSpan duration, int connections, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[
            "-o", "csv", "-z", string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0}ms"), "-c", connections.ToString(CultureInfo.InvariantCulture),
            "-q", (rate / connections).ToString("0.######", CultureInfo.InvariantCulture), "-H", request.Header, request.Url.ToString()])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await using var end = cancellation.Register(process.Kill).ConfigureAwait(false);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return process.ExitCode == 0
            ? Of(await output.ConfigureAwait(false), duration)
            : throw new InvalidOperationException($"{Program} failed: {(await errors.ConfigureAwait(false)).Trim()}");
    }

    /// <summary>It beside ours, in words.</summary>
    /// <param name="ours">Ours.</param>
    public IReadOnlyDictionary<string, string> Notes(LoadResult ours)
    {
        ArgumentNullException.ThrowIfNull(ours);
        var (median, p99) = (ours.At(50), ours.At(99));
        return new Dictionary<string, string>
        {
            ["hey / here: good answers a second"] = Text(string.Create(CultureInfo.InvariantCulture, $"{Rate:N1} / {ours.AchievedRate:N1}"), Math.Abs(Rate - ours.AchievedRate) <= RatesAlike * Math.Max(Rate, ours.AchievedRate)),
            ["hey / here: other answers"] = Text(string.Create(CultureInfo.InvariantCulture, $"{Other:N0} / {ours.Shed + ours.Failed:N0}"), Other == ours.Shed + ours.Failed),
            ["hey / here: 50 %"] = Text($"{LoadRun.Text(P50)} / {LoadRun.Text(median)}", AreAlike(P50, median)),
            ["hey / here: 99 %"] = Text($"{LoadRun.Text(P99)} / {LoadRun.Text(p99)}", AreAlike(P99, p99)),
        };

        static string Text(string figures, bool agree) => $"{figures}: {(agree ? "they agree" : "they DIFFER")}";

        static bool AreAlike(long one, long other) => Math.Abs(one - other) <= Slack || Math.Max(one, other) <= TimesAlike * Math.Min(one, other);
    }

    /// <summary>Reads what it prints with <c>-o csv</c>: a line for each answer, its time in seconds first, status and offset from the start last.</summary>
    internal static HeyRun Of(string csv, TimeSpan duration)
    {
        var (times, other) = (new List<long>(), 0L);
        foreach (var line in csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var cells = line.Split(',');
            if (cells[6].Trim() == "200")
            {
                times.Add((long)(double.Parse(cells[0], CultureInfo.InvariantCulture) * NanosecondsPerSecond));
            }
            else
            {
                other++;
            }
        }

        times.Sort();
        return new HeyRun(times.Count / duration.TotalSeconds, times.Count, other, At(0.5), At(0.99));

        long At(double share) => times.Count == 0 ? 0 : times[(int)Math.Ceiling(share * times.Count) - 1];
    }
}
