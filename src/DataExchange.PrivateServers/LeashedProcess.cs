using System.Diagnostics;
using System.Globalization;

namespace DataExchange.PrivateServers;

/// <summary>How the supervising shell runs and ends a server.</summary>
/// <param name="Script">Where the script is written, in a folder of ours.</param>
/// <param name="Log">The file that the server's output is added to.</param>
/// <param name="Stay">True when the server outlives us; false when it ends with us.</param>
/// <param name="Signal">The signal that asks it to end, such as INT.</param>
/// <param name="LastSignal">The signal that is sent when it has not ended in time.</param>
/// <param name="StopTimeout">What "in time" is.</param>
internal sealed record Leash(string Script, string Log, bool Stay, string Signal, string LastSignal, TimeSpan StopTimeout);

/// <summary>Starts servers that end when we do, <c>kill -9</c> included: a shell of their own waits for the pipe to us to close.</summary>
internal static class LeashedProcess
{
    /// <summary>Starts the command; null for the shell of a server that stays.</summary>
    /// <exception cref="InvalidOperationException">The shell did not say which process it started; the message has what it said.</exception>
    public static async Task<(int ProcessId, Process? Shell)> StartAsync(
        Leash leash, IReadOnlyList<string> command, CancellationToken ct, IReadOnlyDictionary<string, string>? environment = null)
    {
        // Renamed when complete: a shell that is just starting with it, or still reading it, keeps a whole one.
        var work = $"{leash.Script}.{Guid.NewGuid():N}";
        await File.WriteAllTextAsync(work, Script(), ct);
        File.Move(work, leash.Script, overwrite: true);
        var seconds = ((int)leash.StopTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        string[] shell =
            ["sh", leash.Script, leash.Log, leash.Stay ? "stay" : "leash", seconds, leash.Signal, leash.LastSignal, .. command];

        // A session of its own: Ctrl-C in the terminal is for dx, which then ends the server in order.
        var start = Subprocess.Describe(Subprocess.Find("setsid") is null ? shell : ["setsid", .. shell]);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(ct);
            if (!int.TryParse(line, out var pid))
            {
                throw new InvalidOperationException((await process.StandardError.ReadToEndAsync(ct)).Trim());
            }

            if (!leash.Stay)
            {
                return (pid, process);
            }

            await process.WaitForExitAsync(ct);
            process.Dispose();
            return (pid, null);
        }
        catch
        {
            // Cancelled in this moment nobody knows the server yet: its leash ends it.
            process.StandardInput.Close();
            process.Dispose();
            throw;
        }
    }

    private static string Script()
    {
        using var reader = new StreamReader(typeof(LeashedProcess).Assembly.GetManifestResourceStream("supervise.sh")!);
        return reader.ReadToEnd();
    }
}
