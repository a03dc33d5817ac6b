using System.Diagnostics;
using System.Globalization;

namespace DataExchange.Postgres.Tests;

public sealed class CrashTests
{
    private const int Kill = 9;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_committed_is_there_after_the_server_was_killed()
    {
        await using var folder = new DataFolder();
        await using (var server = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct))
        {
            await Sql.RunAsync(server.ConnectionString, "create table kept as select generate_series(1, 10000) as number");
            ProcessTable.Signal(server.ProcessId, Kill);
            Assert.True(await ProcessTable.WaitForEndAsync(() => ProcessTable.IsAlive(server.ProcessId), TimeSpan.FromSeconds(5), Ct));
            Assert.Contains("ended while it was in use", server.Diagnose(), StringComparison.Ordinal);
        }

        await using var recovered = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct);
        Assert.Equal("10000", await Sql.AskAsync(recovered.ConnectionString, "select count(*) from kept"));
    }

    [Fact]
    public async Task A_server_does_not_outlive_a_killed_owner()
    {
        await using var folder = new DataFolder();
        using var owner = await Owner.StartAsync(folder.Path);
        owner.Process.Kill();
        var watch = Stopwatch.StartNew();
        Assert.True(await ProcessTable.WaitForEndAsync(() => ProcessTable.IsAlive(owner.ServerId), TimeSpan.FromSeconds(20), Ct));
        TestContext.Current.TestOutputHelper?.WriteLine($"gone after {watch.Elapsed.TotalSeconds:0.00} s");

        await using var next = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct);
        Assert.Equal("1", await Sql.AskAsync(next.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_start_right_after_the_owner_was_killed_waits_for_its_server_to_end()
    {
        await using var folder = new DataFolder();
        using var owner = await Owner.StartAsync(folder.Path);
        owner.Process.Kill();
        await owner.Process.WaitForExitAsync(Ct);
        await using var next = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct);
        Assert.NotEqual(owner.ServerId, next.ProcessId);
        Assert.Equal("1", await Sql.AskAsync(next.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_second_owner_is_refused_and_told_the_first()
    {
        await using var folder = new DataFolder();
        using var owner = await Owner.StartAsync(folder.Path);
        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(() => EmbeddedPostgres.StartAsync(folder.Path, ct: Ct));
        Assert.Contains($"in use by another dx (process {owner.Process.Id})", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"for dx process {owner.Process.Id}", DatabaseCommands.Status(folder.Path).Text, StringComparison.Ordinal);
        owner.Process.Kill();
        await owner.Process.WaitForExitAsync(Ct);
    }

    [Fact]
    public async Task A_pid_file_whose_number_now_belongs_to_another_program_does_not_stop_a_start()
    {
        await using var folder = new DataFolder();
        await (await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct)).DisposeAsync();
        var ours = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var data = Path.Combine(folder.Cluster, "data");
        await File.WriteAllTextAsync(Path.Combine(data, "postmaster.pid"), $"{ours}\n{data}\n1\n5432\n\n127.0.0.1\n0 0\nready\n", Ct);
        await using var next = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct);
        Assert.Equal("1", await Sql.AskAsync(next.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_cluster_that_was_interrupted_while_being_made_is_made_again()
    {
        await using var folder = new DataFolder();
        await (await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct)).DisposeAsync();
        var data = Path.Combine(folder.Cluster, "data");
        Directory.Move(data, data + ".new");
        await using var next = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct);
        Assert.True(next.IsNew);
        Assert.False(Directory.Exists(data + ".new"));
    }

    /// <summary>Another process that has started a server and holds it.</summary>
    private sealed class Owner : IDisposable
    {
        private Owner(Process process, int serverId) => (Process, ServerId) = (process, serverId);

        public Process Process { get; }

        public int ServerId { get; }

        public static async Task<Owner> StartAsync(string folder)
        {
            var program = Path.Combine(AppContext.BaseDirectory, "DataExchange.Postgres.Starter.dll");
            var process = Process.Start(new ProcessStartInfo("dotnet", [program, folder]) { RedirectStandardOutput = true })!;
            var line = await process.StandardOutput.ReadLineAsync(Ct);
            return new Owner(process, int.Parse(line!, CultureInfo.InvariantCulture));
        }

        public void Dispose()
        {
            if (!Process.HasExited)
            {
                Process.Kill();
            }

            Process.Dispose();
        }
    }
}
