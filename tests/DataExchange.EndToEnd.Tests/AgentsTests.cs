using System.Diagnostics;

namespace DataExchange.EndToEnd.Tests;

/// <summary>The small project that <c>dx agents new</c> writes.</summary>
public sealed class AgentsTests
{
    [Fact]
    public async Task The_project_that_is_written_to_start_from_builds_and_its_strategy_is_found()
    {
        await using var folder = new TemporaryFolder();
        var project = folder.In("my-agents");
        (await DxProgram.RunAsync("agents", "new", project)).WithExitCode(0);

        await BuildAsync(project);

        var listed = (await DxProgram.RunAsync("agents", "list", "--agents", Path.Combine(project, "bin", "Release", "net10.0", "MyAgents.dll"))).WithExitCode(0);
        Assert.Contains("Momentum  追涨杀跌 Buys when the price rose and sells when it fell", listed.Output, StringComparison.Ordinal);
    }

    private static async Task BuildAsync(string project)
    {
        var start = new ProcessStartInfo(RunningDx.Host)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = project,
        };
        // No servers of the compiler stay behind.
        foreach (var argument in new[] { "build", "-c", "Release", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-warnaserror" })
        {
            start.ArgumentList.Add(argument);
        }

        using var build = Process.Start(start)!;
        var said = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(build.ExitCode == 0, said);
    }
}
