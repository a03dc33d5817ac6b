using System.Diagnostics;

namespace DataExchange.EndToEnd.Tests;

/// <summary>The report is written whole or not at all, and a report that cannot be written costs nothing but the report.</summary>
public sealed class ReportFolderTests(MarketToSpoil market)
{
    [Fact]
    public async Task A_report_appears_where_it_is_asked_for()
    {
        await using var folder = new TemporaryFolder();
        var made = await WithReportAsync(folder.In("report"));
        Assert.Equal(folder.In("report/report.html"), made.WithExitCode(0).Json().GetProperty("report").GetString());
        Assert.True(new FileInfo(folder.In("report/report.html")).Length > 20_000);
        Assert.Empty(Directory.GetFiles(folder.In("report"), "*.part"));
        Assert.NotEmpty(Directory.GetFiles(folder.In("report"), "*.csv"));
    }

    [Fact]
    public async Task A_report_folder_that_cannot_be_made()
    {
        await using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("file"), "mine", TestContext.Current.CancellationToken);
        BadInputTests.Refuses(await WithReportAsync(folder.In("file/report")), 1, folder.In("file/report"));
        Assert.Equal("mine", await File.ReadAllTextAsync(folder.In("file"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_full_disk_leaves_no_half_file()
    {
        await using var folder = new TemporaryFolder();
        var small = folder.In("small");
        Directory.CreateDirectory(small);
        Assert.SkipUnless(await MountAsync("-t", "tmpfs", "-o", "size=96k", "none", small), "needs the right to mount a small file system");
        try
        {
            var refused = await WithReportAsync(Path.Combine(small, "report"));
            BadInputTests.Refuses(refused, 1, small);
            Assert.Empty(Directory.GetFiles(Path.Combine(small, "report"), "*.part"));
            Assert.All(Directory.GetFiles(Path.Combine(small, "report"), "*.csv"), file => Assert.EndsWith("\n", File.ReadAllText(file), StringComparison.Ordinal));
            Assert.False(File.Exists(Path.Combine(small, "report", "report.html")), "the page is far larger than the disk");
        }
        finally
        {
            Assert.True(await RunAsync("umount", small));
        }
    }

    // The store is the run's already: only verification and the report are made again.
    private async Task<DxResult> WithReportAsync(string report) => await DxProgram.RunAsync(
        [.. SmallMarket.Simulate, "--postgres", await market.SpoiledAsync("SELECT 1"), "--out", report]);

    private static Task<bool> MountAsync(params string[] arguments) => RunAsync("mount", arguments);

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
