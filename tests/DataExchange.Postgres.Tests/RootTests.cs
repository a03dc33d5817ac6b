namespace DataExchange.Postgres.Tests;

/// <summary>As root the server runs as another user, who may not be allowed into root's folders.</summary>
public sealed class RootTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_the_servers_user_may_not_enter_keeps_its_files_elsewhere_and_reset_removes_them()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root has folders that the server's user may not enter");
        await using var closed = new DataFolder();
        Directory.CreateDirectory(closed.Path);
        ClusterFolder.SetMode(closed.Path, 0b111_000_000);
        var data = closed.In("inner");
        await using (var server = await EmbeddedPostgres.StartAsync(data, ct: Ct))
        {
            await Sql.RunAsync(server.ConnectionString, "create table kept as select 7 as number");
        }

        var home = DatabaseCommands.Status(data).ClusterFolder!;
        Assert.StartsWith(ClusterFolder.SharedParent, home, StringComparison.Ordinal);
        await using (var again = await EmbeddedPostgres.StartAsync(data, ct: Ct))
        {
            Assert.Equal("7", await Sql.AskAsync(again.ConnectionString, "select number from kept"));
        }

        // Deleted by hand and made again: the files elsewhere of the first are not left for ever.
        Directory.Delete(data, recursive: true);
        await using (var anew = await EmbeddedPostgres.StartAsync(data, ct: Ct))
        {
            Assert.True(anew.IsNew);
        }

        Assert.False(Directory.Exists(home));
        var second = DatabaseCommands.Status(data).ClusterFolder!;
        Assert.True((await DatabaseCommands.ResetAsync(data, ct: Ct)).Changed);
        Assert.False(Directory.Exists(second));
    }

    [Fact]
    public async Task The_server_does_not_run_as_root()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "we are not root");
        await using var folder = new DataFolder();
        await using var server = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct);
        var user = (await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status", Ct)).First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        Assert.DoesNotContain("\t0\t", user, StringComparison.Ordinal);
    }
}
