using System.Text.Json;

namespace DataExchange.EndToEnd.Tests;

/// <summary>A run that is stopped in the middle leaves a store that verifies, and the same command brings it to the same end.</summary>
public sealed class DisturbanceTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    [Fact]
    public async Task Interrupted_with_control_c_it_stops_quickly_with_130_and_goes_on()
    {
        await using var folder = new TemporaryFolder();
        using var running = RunningDx.Start([.. UndisturbedRun.Simulate, "--data", folder.Data]);
        await ServerNote.OnceStoredAsync(running, folder.Data, 1);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        running.Signal(RunningDx.Interrupt);
        var stopped = (await running.EndAsync()).WithExitCode(130);

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
        Assert.Equal("", stopped.Output);
        Assert.Contains("stopped", stopped.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", stopped.Errors, StringComparison.Ordinal);
        await VerifiesAndGoesOnAsync(folder.Data);
    }

    [Fact]
    public async Task Killed_it_leaves_whole_commands_and_goes_on()
    {
        await using var folder = new TemporaryFolder();
        using var running = RunningDx.Start([.. UndisturbedRun.Simulate, "--data", folder.Data]);
        await ServerNote.OnceStoredAsync(running, folder.Data, 1);
        running.Signal(RunningDx.Kill);
        await running.EndAsync();
        await VerifiesAndGoesOnAsync(folder.Data);
    }

    [Fact]
    public async Task When_PostgreSQL_is_killed_it_says_so_and_goes_on_the_next_time()
    {
        await using var folder = new TemporaryFolder();
        using var running = RunningDx.Start([.. UndisturbedRun.Simulate, "--data", folder.Data]);
        var server = await ServerNote.OnceStoredAsync(running, folder.Data, 1);
        RunningDx.Send(server.ProcessId, RunningDx.Kill);
        var failed = (await running.EndAsync()).WithExitCode(1);

        Assert.Equal("", failed.Output);
        Assert.StartsWith("dx: PostgreSQL", failed.Errors, StringComparison.Ordinal);
        Assert.Contains("What was committed", failed.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Single(failed.Errors.TrimEnd('\n').Split('\n'));
        await VerifiesAndGoesOnAsync(folder.Data);
    }

    private async Task VerifiesAndGoesOnAsync(string data)
    {
        var partly = (await DxProgram.RunAsync("verify", "--json", "--data", data)).WithExitCode(0).Json();
        Assert.True(partly.GetProperty("verified").GetBoolean());
        Assert.InRange(partly.GetProperty("events").GetInt64(), 1, undisturbed.Json.GetProperty("events").GetInt64() - 1);

        var whole = (await DxProgram.RunAsync([.. UndisturbedRun.Simulate, "--data", data])).WithExitCode(0).Json();
        Assert.Equal(undisturbed.Json.GetProperty("events").GetInt64(), whole.GetProperty("events").GetInt64());
        Assert.Equal(undisturbed.Json.GetProperty("digest").GetString(), whole.GetProperty("digest").GetString());
        var verified = (await DxProgram.RunAsync("verify", "--json", "--data", data)).WithExitCode(0).Json();
        Assert.True(verified.GetProperty("verified").GetBoolean());
    }
}

/// <summary>The run that nobody disturbs, to compare with; long enough to be caught in the middle.</summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    internal static readonly string[] Simulate = ["simulate", "--scale", "0.05", "--json"];

    internal JsonElement Json { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await using var folder = new TemporaryFolder();
        Json = (await DxProgram.RunAsync([.. Simulate, "--data", folder.Data])).WithExitCode(0).Json();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
