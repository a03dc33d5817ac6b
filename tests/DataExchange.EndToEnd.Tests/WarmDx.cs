using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(DataExchange.EndToEnd.Tests.WarmDxPool))]

namespace DataExchange.EndToEnd.Tests;

/// <summary>A process that runs <c>dx</c> again and again: what the runtime compiles at a start is most of what a small command takes.</summary>
internal sealed class WarmDx : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly ConcurrentBag<WarmDx> Idle = [];

    private readonly string _output;
    private readonly string _errors;
    private readonly Process _process;

    private WarmDx()
    {
        var name = Path.Combine(Path.GetTempPath(), $"dx-warm-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
        (_output, _errors) = (name + ".out", name + ".err");
        _process = RunningDx.StartProcess("warm-dx.dll", [_output, _errors]);
    }

    /// <summary>Runs dx to its end in one of the processes; a new one when all are at work.</summary>
    public static async Task<DxResult> RunAsync(string[] arguments)
    {
        var warm = Idle.TryTake(out var idle) ? idle : new WarmDx();
        try
        {
            var result = await warm.AskAsync(arguments);
            Idle.Add(warm);
            return result;
        }
        catch
        {
            // Whatever state it is in, nobody is to be given it.
            warm.Dispose();
            throw;
        }
    }

    /// <summary>Ends those that are idle.</summary>
    public static void EndAll()
    {
        while (Idle.TryTake(out var warm))
        {
            warm.Dispose();
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        File.Delete(_output);
        File.Delete(_errors);
    }

    private async Task<DxResult> AskAsync(string[] arguments)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Longest);
        var clock = Stopwatch.StartNew();
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(arguments).AsMemory(), late.Token);
        await _process.StandardInput.FlushAsync(late.Token);
        var answer = await _process.StandardOutput.ReadLineAsync(late.Token);
        var took = clock.Elapsed;
        var (output, errors) = (await TextAsync(_output), await TextAsync(_errors));
        return int.TryParse(answer, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code)
            ? new DxResult(code, output, errors, took)
            : throw new InvalidOperationException($"The process that runs dx ended in 'dx {string.Join(' ', arguments)}'.\n{output}\n{errors}\n{await _process.StandardError.ReadToEndAsync(late.Token)}");

        async Task<string> TextAsync(string file) => File.Exists(file) ? await File.ReadAllTextAsync(file, late.Token) : "";
    }
}

/// <summary>Ends the warm processes with the run.</summary>
public sealed class WarmDxPool : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        WarmDx.EndAll();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A process that has run dx before says what a new one says: most tests here rely on it.</summary>
public sealed class WarmDxTests(SpareMarket market) : IClassFixture<SpareMarket>
{
    [Theory]
    [InlineData("verify")]
    [InlineData("show", "deal/C000001")]
    [InlineData("shelf", "--limit", "3")]
    [InlineData("stats")]
    [InlineData("sandbox", "--json")]
    [InlineData("ledger", "trial-balance")]
    [InlineData("export", "catalog")]
    [InlineData("policy", "C000001", "--json")]
    [InlineData("log", "head")]
    [InlineData("certificate", "P000001", "--json")]
    [InlineData("resolve", "86.dex/product.P000001", "--json")]
    [InlineData("events", "--stream", "no/such")]
    [InlineData("bokk", "P000001")]
    public async Task A_command_says_the_same_in_a_process_of_its_own(params string[] arguments)
    {
        string[] asked = [.. arguments, "--data", market.Data];
        var warm = await DxProgram.RunAsync(asked);
        var again = await DxProgram.RunAsync(asked);
        var alone = await DxProgram.RunAloneAsync(asked);
        Assert.Equal((alone.ExitCode, Told(alone.Output), Told(alone.Errors)), (warm.ExitCode, Told(warm.Output), Told(warm.Errors)));
        Assert.Equal((alone.ExitCode, Told(alone.Output), Told(alone.Errors)), (again.ExitCode, Told(again.Output), Told(again.Errors)));
    }

    // How long something took is the one thing that may differ.
    private static string Told(string text) => System.Text.RegularExpressions.Regex.Replace(text, @" +[0-9]+\.[0-9]+ m?s\b|""[a-zA-Z]*(econds|Ms)"":[0-9.eE+-]+", "…");
}
