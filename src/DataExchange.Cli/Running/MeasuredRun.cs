using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Commands;

namespace DataExchange.Cli.Running;

/// <summary>A whole <c>dx simulate</c> in a process of its own, measured from outside.</summary>
/// <param name="Scale">The scale.</param>
/// <param name="Output">What it printed.</param>
/// <param name="WallSeconds">From the start of the process to its end, server start included.</param>
/// <param name="PeakBytes">Largest resident memory of the process, without PostgreSQL.</param>
internal sealed record MeasuredRun(double Scale, SimulateOutput Output, double WallSeconds, long PeakBytes)
{
    /// <summary>Durable events per second of the whole command, calibration, projections, verification and report included.</summary>
    public double EventsPerSecond => Output.Events / WallSeconds;

    /// <summary>Runs it in a fresh data folder below <paramref name="folder"/>, which is deleted afterwards.</summary>
    /// <exception cref="CommandFailedException">The run failed.</exception>
    public static async Task<MeasuredRun> ExecuteAsync(string folder, double scale, ulong seed, CancellationToken cancellation)
    {
        var data = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"scale-{scale}"));
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            {
                start.ArgumentList.Add(typeof(MeasuredRun).Assembly.Location);
            }

            foreach (var argument in (string[])["simulate", "--scale", scale.ToString(CultureInfo.InvariantCulture), "--data", data, "--json", "--seed", seed.ToString(CultureInfo.InvariantCulture)])
            {
                start.ArgumentList.Add(argument);
            }

            var clock = Stopwatch.StartNew();
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var peak = await WatchMemoryAsync(process, cancellation).ConfigureAwait(false);
            var line = (await output.ConfigureAwait(false)).TrimEnd().Split('\n')[^1];
            return process.ExitCode == 0
                ? new MeasuredRun(
                    scale, JsonSerializer.Deserialize(line, CommandJson.Default.SimulateOutput)!, clock.Elapsed.TotalSeconds, peak)
                : throw new CommandFailedException($"the measured run at scale {scale} ended with exit code {process.ExitCode}");
        }
        finally
        {
            if (Directory.Exists(data))
            {
                Directory.Delete(data, recursive: true);
            }
        }
    }

    private static async Task<long> WatchMemoryAsync(Process process, CancellationToken cancellation)
    {
        var peak = 0L;
        try
        {
            while (!process.HasExited)
            {
                process.Refresh();
                peak = Math.Max(peak, process.HasExited ? 0 : process.PeakWorkingSet64);
                await Task.WhenAny(process.WaitForExitAsync(cancellation), Task.Delay(200, cancellation)).ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        catch (InvalidOperationException)
        {
            // It ended between two looks; the largest value seen so far stands.
        }

        return peak;
    }
}
