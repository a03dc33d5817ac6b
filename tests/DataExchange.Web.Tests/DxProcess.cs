using System.Diagnostics;

namespace DataExchange.Web.Tests;

/// <summary>The built <c>dx</c>, as a user runs it.</summary>
internal sealed class DxProcess : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private readonly Process _process;

    private DxProcess(Process process) => _process = process;

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        await using var running = Start(arguments);
        running._process.StandardInput.Close();
        using var late = new CancellationTokenSource(Longest);
        var (said, complained) = (running._process.StandardOutput.ReadToEndAsync(late.Token), running._process.StandardError.ReadToEndAsync(late.Token));
        await running._process.WaitForExitAsync(late.Token);
        Assert.True(running._process.ExitCode == 0, $"dx {string.Join(' ', arguments)} ended with {running._process.ExitCode}: {await said} {await complained}");
        return await said;
    }

    /// <summary>Starts it; it ends with its input.</summary>
    public static DxProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "dx.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // A user's own server and data folder are none of a test's business.
        start.Environment.Remove("DX_POSTGRES");
        start.Environment.Remove("DX_DATA");
        return new DxProcess(Process.Start(start)!);
    }

    /// <summary>The first line of its output that begins so.</summary>
    public async Task<string> LineAsync(string beginning, bool isError = false)
    {
        using var late = new CancellationTokenSource(Longest);
        var from = isError ? _process.StandardError : _process.StandardOutput;
        while (await from.ReadLineAsync(late.Token) is { } line)
        {
            if (line.Contains(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"dx ended without saying '{beginning}': {await _process.StandardError.ReadToEndAsync(late.Token)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await _process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }
}
