using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace DataExchange.EndToEnd.Tests;

/// <summary>Load tests as processes: of a running exchange in another one, and stopped in the middle.</summary>
public sealed class LoadTestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_exchange_is_loaded_from_another_process_and_verified_over_HTTP()
    {
        await using var folder = new TemporaryFolder();
        var address = $"http://127.0.0.1:{FreePort()}";
        using var serving = RunningDx.Start("serve", "--data", folder.Data, "--urls", address);
        await serving.SaysAsync("ready");
        var key = (await File.ReadAllTextAsync(Path.Combine(folder.Data, "gateway", "administrator.key"), Cancellation)).Trim();

        using var keyless = RunningDx.Start("loadtest", "run", "http-orders", "--target", address);
        Assert.Contains("DX_LOADTEST_KEY '' is not allowed", (await keyless.EndAsync()).WithExitCode(2).Errors, StringComparison.Ordinal);
        using var wrong = RunningDx.StartIn(new Dictionary<string, string> { ["DX_LOADTEST_KEY"] = "dxk_wrong" }, "loadtest", "run", "http-orders", "--target", address);
        Assert.Contains($"the market of the run could not be made at {address}/: 401", (await wrong.EndAsync()).WithExitCode(2).Errors, StringComparison.Ordinal);
        using var loading = RunningDx.StartIn(
            new Dictionary<string, string> { ["DX_LOADTEST_KEY"] = key },
            "loadtest", "run", "http-orders", "--target", address, "--rate", "4", "--duration", "3s", "--ramp", "0s", "--connections", "2", "--json");
        var run = (await loading.EndAsync()).Json();

        // Whether it is valid is a matter of how busy this machine is.
        Assert.Equal((12, 0), (run.GetProperty("ok").GetInt64(), run.GetProperty("failed").GetInt64()));
        Assert.Equal("[]", run.GetProperty("problems").GetRawText());
        Assert.Equal($"{address}/", run.GetProperty("environment").GetProperty("settings").GetProperty("target").GetString());
        serving.Signal(RunningDx.Interrupt);
        (await serving.EndAsync()).WithExitCode(0);
        (await DxProgram.RunAsync("verify", "--data", folder.Data)).WithExitCode(0);
    }

    [Fact]
    public async Task A_run_that_is_stopped_shows_what_it_has_and_leaves_no_server_behind()
    {
        await using var folder = new TemporaryFolder();
        var output = folder.In("stopped");
        using var loading = RunningDx.StartIn(
            new Dictionary<string, string> { ["TMPDIR"] = folder.Path }, "loadtest", "run", "nothing", "orders", "--rate", "50", "--duration", "1s", "--ramp", "0s", "--json");
        // The first run ends by itself, the second is stopped while it is made or while it is measured.
        while (!Directory.EnumerateDirectories(folder.Path, "dx-loadtest-*").Any())
        {
            Assert.False(loading.HasEnded);
            await Task.Delay(50, Cancellation);
        }

        loading.Signal(RunningDx.Interrupt);
        var making = (await loading.EndAsync()).WithExitCode(130);
        Assert.Equal("nothing", JsonDocument.Parse(making.Output.Split('\n')[0]).RootElement.GetProperty("scenario").GetString());
        Assert.Empty(Directory.EnumerateDirectories(folder.Path, "dx-loadtest-*"));
        Assert.Empty(ServersOf(making.Errors, folder.Path));

        using var measuring = RunningDx.StartIn(
            new Dictionary<string, string> { ["TMPDIR"] = folder.Path }, "loadtest", "run", "orders", "--rate", "50", "--duration", "10m", "--ramp", "0s", "--out", output);
        await measuring.SaysInErrorsAsync("feed: runs here now");
        await Task.Delay(TimeSpan.FromSeconds(4), Cancellation);
        measuring.Signal(RunningDx.Interrupt);
        var stopped = (await measuring.EndAsync()).WithExitCode(130);

        Assert.Contains("of 30,000 operations", stopped.Output, StringComparison.Ordinal);
        Assert.Contains("NOT VALID: stopped after", stopped.Output, StringComparison.Ordinal);
        Assert.Contains("dx: stopped; this is what was measured by then, and nothing was verified.", stopped.Errors, StringComparison.Ordinal);
        using var kept = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(output, "run.json"), Cancellation));
        Assert.InRange(kept.RootElement.GetProperty("ok").GetInt64(), 1, 29_999);
        Assert.Empty(Directory.EnumerateDirectories(folder.Path, "dx-loadtest-*"));
        Assert.Empty(ServersOf(stopped.Errors, folder.Path));
    }

    // Processes whose command line names the run's folder, or the one that its database went to instead.
    private static IEnumerable<string> ServersOf(string errors, string folder)
    {
        const string Elsewhere = "The database files go to ";
        var moved = errors.Split('\n').FirstOrDefault(line => line.StartsWith(Elsewhere, StringComparison.Ordinal))?[Elsewhere.Length..].Split(',')[0];
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            if (line.Contains(Path.Combine(folder, "dx-loadtest-"), StringComparison.Ordinal) || (moved is not null && line.Contains(moved, StringComparison.Ordinal)))
            {
                yield return line;
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
