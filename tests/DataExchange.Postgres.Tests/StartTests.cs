using DataExchange.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace DataExchange.Postgres.Tests;

public sealed class StartTests(PostgresFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_starts_from_nothing_answers_and_is_gone_after_the_command()
    {
        await using var folder = new DataFolder();
        var progress = new Texts();
        int pid;
        await using (var server = await EmbeddedPostgres.StartAsync(folder.Path, new EmbeddedPostgresOptions { Progress = progress }, Ct))
        {
            pid = server.ProcessId;
            Assert.True(server.IsNew);
            Assert.False(server.IsAttached);
            Assert.Equal("42", await Sql.AskAsync(server.ConnectionString, "select 6 * 7"));
            Assert.Null(server.Diagnose());
        }

        Assert.False(ProcessTable.IsAlive(pid));
        Assert.Matches(@"^Starting PostgreSQL \d+\.\d+ … \d+\.\d s$", Assert.Single(progress.All));
    }

    [Fact]
    public async Task A_restart_keeps_the_data()
    {
        await using var folder = new DataFolder();
        await using (var first = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct))
        {
            await Sql.RunAsync(first.ConnectionString, "create table kept as select 7 as number");
        }

        await using var second = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct);
        Assert.False(second.IsNew);
        Assert.Equal("7", await Sql.AskAsync(second.ConnectionString, "select number from kept"));
    }

    [Fact]
    public async Task The_data_folder_may_be_moved_between_runs()
    {
        await using var folder = new DataFolder();
        await using var moved = new DataFolder();
        await using (var first = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct))
        {
            await Sql.RunAsync(first.ConnectionString, "create table kept as select 7 as number");
        }

        Directory.Move(folder.Path, moved.Path);
        await using var second = await EmbeddedPostgres.StartAsync(moved.Path, ct: Ct);
        Assert.Equal("7", await Sql.AskAsync(second.ConnectionString, "select number from kept"));
    }

    [Fact]
    public async Task Two_data_folders_have_two_servers_at_once()
    {
        await using var left = new DataFolder();
        await using var right = new DataFolder();
        await using var first = await EmbeddedPostgres.StartAsync(left.Path, ct: Ct);
        await using var second = await EmbeddedPostgres.StartAsync(right.Path, ct: Ct);
        Assert.NotEqual(first.Port, second.Port);
        await Sql.RunAsync(first.ConnectionString, "create table only_left (number int)");
        Assert.Equal("0", await Sql.AskAsync(second.ConnectionString, "select count(*) from pg_tables where tablename = 'only_left'"));
    }

    [Theory]
    [InlineData("fsync", "on")]
    [InlineData("synchronous_commit", "on")]
    [InlineData("full_page_writes", "on")]
    [InlineData("wal_level", "minimal")]
    [InlineData("max_wal_size", "8GB")]
    [InlineData("listen_addresses", "127.0.0.1")]
    [InlineData("unix_socket_directories", "")]
    [InlineData("server_encoding", "UTF8")]
    [InlineData("lc_collate", "C")]
    [InlineData("jit", "off")]
    public async Task The_server_is_durable_private_and_tuned(string setting, string expected)
    {
        Assert.Equal(expected, await Sql.AskAsync(fixture.Server.ConnectionString, $"select current_setting('{setting}')"));
    }

    [Fact]
    public async Task The_fixture_gives_every_test_an_empty_database()
    {
        var one = await fixture.CreateDatabaseAsync(Ct);
        var two = await fixture.CreateDatabaseAsync(Ct);
        await Sql.RunAsync(one, "create table mine (number int)");
        Assert.Equal("0", await Sql.AskAsync(two, "select count(*) from pg_tables where tablename = 'mine'"));
    }

    private sealed class Texts : IProgress<string>
    {
        public List<string> All { get; } = [];

        public void Report(string value) => All.Add(value);
    }
}
