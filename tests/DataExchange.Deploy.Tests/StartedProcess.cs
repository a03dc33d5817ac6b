using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DataExchange.Deploy.Tests;

/// <summary>A program that runs until it is killed, and what it says.</summary>
internal sealed class StartedProcess : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly List<string> _said = [];

    private StartedProcess(Process process) => _process = process;

    public static StartedProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // A user's own server and data folder are none of a test's business.
        start.Environment.Remove("DX_POSTGRES");
        start.Environment.Remove("DX_DATA");
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var started = new StartedProcess(new Process { StartInfo = start });
        started._process.OutputDataReceived += (_, line) => started.Hear(line.Data);
        started._process.ErrorDataReceived += (_, line) => started.Hear(line.Data);
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Starts the <c>dx</c> that was built with these tests; it ends with them.</summary>
    public static StartedProcess Dx(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables) => Start(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "dx.dll"), .. arguments, "--until-input-closes"],
        variables);

    /// <summary>All that it said, on standard output and standard error, by lines.</summary>
    public string[] Lines
    {
        get
        {
            lock (_said)
            {
                return [.. _said];
            }
        }
    }

    private string All => string.Join('\n', Lines);

    /// <summary>Waits until it says something, and returns the first group of the pattern.</summary>
    public async Task<string> SaysAsync(string pattern)
    {
        using var late = new CancellationTokenSource(Longest);
        while (true)
        {
            if (Regex.Match(All, pattern, RegexOptions.Multiline) is { Success: true } found)
            {
                return found.Groups[1].Value;
            }

            if (_process.HasExited || late.IsCancellationRequested)
            {
                throw new InvalidOperationException($"It does not say '{pattern}': {All}");
            }

            await Task.Delay(50, CancellationToken.None);
        }
    }

    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null)
        {
            lock (_said)
            {
                _said.Add(line);
            }
        }
    }
}
