using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DataExchange.EndToEnd.Tests;

/// <summary>What a finished <c>dx</c> left.</summary>
internal sealed record DxResult(int ExitCode, string Output, string Errors, TimeSpan Took)
{
    /// <summary>The last line of standard output, which must be one JSON object.</summary>
    public JsonElement Json()
    {
        var last = Output.TrimEnd('\n').Split('\n')[^1];
        try
        {
            using var document = JsonDocument.Parse(last);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            Assert.Fail($"The last line of standard output is no JSON object: '{last}'.\n{this}");
            throw;
        }
    }

    public DxResult WithExitCode(int expected)
    {
        Assert.True(ExitCode == expected, $"Expected exit code {expected}.\n{this}");
        return this;
    }

    public override string ToString() => $"exit code {ExitCode} after {Took.TotalSeconds:0.0} s\nstandard output:\n{Output}\nstandard error:\n{Errors}";
}

/// <summary>The built <c>dx</c> program.</summary>
internal static class DxProgram
{
    /// <summary>Runs it to its end, in a process that has run it before: <see cref="WarmDxTests"/> holds that this makes no difference.</summary>
    public static Task<DxResult> RunAsync(params string[] arguments) => WarmDx.RunAsync(arguments);

    /// <summary>Runs it to its end as a process of its own like a user's.</summary>
    public static async Task<DxResult> RunAloneAsync(params string[] arguments)
    {
        using var running = RunningDx.Start(arguments);
        return await running.EndAsync();
    }
}

/// <summary>A <c>dx</c> that runs; one that is forgotten is killed.</summary>
internal sealed partial class RunningDx : IDisposable
{
    public const int Interrupt = 2;
    public const int Kill = 9;

    /// <summary>Stops it where it is, and has it go on: the numbers of Linux.</summary>
    public const int Suspend = 19;
    public const int Resume = 18;

    // The longest of them break a cluster twenty times; they take three minutes on two cores that do nothing else, and many times that on slow ones that do.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(40);
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly System.Text.StringBuilder _said = new();
    private readonly System.Text.StringBuilder _complained = new();

    private RunningDx(Process process)
    {
        _process = process;
        _output = Task.Run(() => ReadAsync(process.StandardOutput, _said));
        _errors = Task.Run(() => ReadAsync(process.StandardError, _complained));
    }

    /// <summary>The <c>dotnet</c> that runs the tests.</summary>
    internal static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    public bool HasEnded => _process.HasExited;

    public static RunningDx Start(params string[] arguments) => StartIn(new Dictionary<string, string>(), arguments);

    /// <summary>Starts it with variables of its environment set.</summary>
    public static RunningDx StartIn(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var process = StartProcess("dx.dll", arguments, environment);
        process.StandardInput.Close();
        return new RunningDx(process);
    }

    internal static Process StartProcess(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Host)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // A user's own server and data folder are none of a test's business.
        start.Environment.Remove("DX_POSTGRES");
        start.Environment.Remove("DX_DATA");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits until it has said a line.</summary>
    public async Task SaysAsync(string line)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Longest);
        while (!Said().Contains(line + "\n", StringComparison.Ordinal))
        {
            Assert.False(_output.IsCompleted && !Said().Contains(line + "\n", StringComparison.Ordinal), $"It ended without saying '{line}': {Said()} {(_errors.IsCompleted ? _errors.Result : "")}");
            await Task.Delay(50, late.Token);
        }
    }

    /// <summary>Waits until it has said a line on standard error.</summary>
    public async Task SaysInErrorsAsync(string line)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Longest);
        while (!TextOf(_complained).Contains(line + "\n", StringComparison.Ordinal))
        {
            Assert.False(_errors.IsCompleted && !TextOf(_complained).Contains(line + "\n", StringComparison.Ordinal), $"It ended without saying '{line}': {TextOf(_complained)}");
            await Task.Delay(50, late.Token);
        }
    }

    private string Said() => TextOf(_said);

    private static string TextOf(System.Text.StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static async Task<string> ReadAsync(StreamReader from, System.Text.StringBuilder to)
    {
        var buffer = new char[4_096];
        for (int read; (read = await from.ReadAsync(buffer)) > 0;)
        {
            lock (to)
            {
                to.Append(buffer, 0, read);
            }
        }

        return TextOf(to);
    }

    public void Signal(int signal) => Send(_process.Id, signal);

    public static void Send(int processId, int signal) => Assert.Equal(0, SendSignal(processId, signal));

    public async Task<DxResult> EndAsync()
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Longest);
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"It had not ended after {Longest.TotalMinutes:0} minutes.\nstandard output so far:\n{Said()}\nstandard error so far:\n{TextOf(_complained)}");
        }

        var took = _clock.Elapsed;
        return new DxResult(_process.ExitCode, await _output, await _errors, took);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);
}
