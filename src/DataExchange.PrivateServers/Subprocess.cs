using System.ComponentModel;
using System.Diagnostics;

namespace DataExchange.PrivateServers;

/// <summary>What a finished command printed.</summary>
internal sealed record SubprocessResult(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last line that says something, for a one-sentence error.</summary>
    public string LastLine =>
        (Errors + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()
        ?? $"exit code {ExitCode}";
}

/// <summary>Runs a command to its end with the environment that servers' tools need.</summary>
internal static class Subprocess
{
    public static ProcessStartInfo Describe(IReadOnlyList<string> command, string workingFolder = "/")
    {
        // The working folder is "/" because the server's user may not be allowed into ours.
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        // A caller's PGDATA, RABBITMQ_NODENAME or ERL_FLAGS is meant for another server.
        foreach (var name in start.Environment.Keys.Where(IsForAnotherServer).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static bool IsForAnotherServer(string variable) =>
        variable.StartsWith("PG", StringComparison.Ordinal) || variable.StartsWith("RABBITMQ_", StringComparison.Ordinal)
        || variable.StartsWith("ERL_", StringComparison.Ordinal);

    public static async Task<SubprocessResult> RunAsync(
        IReadOnlyList<string> command, CancellationToken ct, string workingFolder = "/", IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = Describe(command, workingFolder);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            try
            {
                await process.WaitForExitAsync(ct);
                return new SubprocessResult(process.ExitCode, await output, await errors);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception missing)
        {
            return new SubprocessResult(127, "", missing.Message);
        }
    }

    /// <summary>The full path of a command on PATH, or null.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/sbin", "/sbin"])
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
