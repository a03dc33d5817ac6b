using System.Diagnostics;

namespace DataExchange.Postgres.Tests;

public sealed class StayingServerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_staying_server_is_used_by_later_commands_and_ends_when_told()
    {
        await using var folder = new DataFolder();
        Assert.True((await DatabaseCommands.StartStayingAsync(folder.Path, ct: Ct)).Changed);
        Assert.False((await DatabaseCommands.StartStayingAsync(folder.Path, ct: Ct)).Changed);
        var status = DatabaseCommands.Status(folder.Path);
        Assert.True(status.Stays);
        await using (var first = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct))
        await using (var second = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct))
        {
            Assert.True(first.IsAttached);
            Assert.Equal(status.ProcessId, first.ProcessId);
            Assert.Equal("1", await Sql.AskAsync(second.ConnectionString, "select 1"));
        }

        Assert.True(ProcessTable.IsAlive(status.ProcessId!.Value));
        Assert.True((await DatabaseCommands.StopAsync(folder.Path, ct: Ct)).Changed);
        Assert.False(ProcessTable.IsAlive(status.ProcessId.Value));
        Assert.False((await DatabaseCommands.StopAsync(folder.Path, ct: Ct)).Changed);
        Assert.EndsWith("is stopped.", DatabaseCommands.Status(folder.Path).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_a_staying_server_for_another_port_is_refused()
    {
        await using var folder = new DataFolder();
        await DatabaseCommands.StartStayingAsync(folder.Path, ct: Ct);
        var port = DatabaseCommands.Status(folder.Path).Port!.Value;
        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(
            () => EmbeddedPostgres.StartAsync(folder.Path, new EmbeddedPostgresOptions { Port = port + 1 }, Ct));
        Assert.Contains($"on port {port}, not {port + 1}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Psql_reaches_the_server()
    {
        await using var folder = new DataFolder();
        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(() => DatabaseCommands.PsqlCommandAsync(folder.Path, [], Ct));
        Assert.Contains("dx db start", refusal.Message, StringComparison.Ordinal);
        await DatabaseCommands.StartStayingAsync(folder.Path, ct: Ct);
        Assert.SkipUnless(Subprocess.Find("psql") is not null, "psql is not installed");
        var command = await DatabaseCommands.PsqlCommandAsync(folder.Path, ["-Atc", "select 6 * 7"], Ct);
        using var psql = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true })!;
        Assert.Equal("42", (await psql.StandardOutput.ReadToEndAsync(Ct)).Trim());
    }

    [Fact]
    public async Task Reset_deletes_the_cluster_and_leaves_the_rest()
    {
        await using var folder = new DataFolder();
        await DatabaseCommands.StartStayingAsync(folder.Path, ct: Ct);
        var server = DatabaseCommands.Status(folder.Path).ProcessId!.Value;
        await File.WriteAllTextAsync(folder.In("report.html"), "kept", Ct);
        Assert.True((await DatabaseCommands.ResetAsync(folder.Path, ct: Ct)).Changed);
        Assert.False(ProcessTable.IsAlive(server));
        Assert.False(Directory.Exists(folder.Cluster));
        Assert.True(File.Exists(folder.In("report.html")));
        Assert.False((await DatabaseCommands.ResetAsync(folder.Path, ct: Ct)).Changed);
    }

    [Fact]
    public async Task Reset_never_deletes_a_folder_that_dx_did_not_make()
    {
        await using var folder = new DataFolder();
        Directory.CreateDirectory(folder.Cluster);
        var foreign = Path.Combine(folder.Cluster, "thesis.txt");
        await File.WriteAllTextAsync(foreign, "five years of work", Ct);
        Assert.False((await DatabaseCommands.ResetAsync(folder.Path, ct: Ct)).Changed);
        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(() => EmbeddedPostgres.StartAsync(folder.Path, ct: Ct));
        Assert.Contains("was not made by dx", refusal.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(foreign));
    }
}
