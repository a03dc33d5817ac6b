using Npgsql;
using System.Net;
using System.Net.Sockets;

namespace DataExchange.Postgres.Tests;

public sealed class RefusalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_taken_port_is_named()
    {
        await using var folder = new DataFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var refusal = await Refused(folder.Path, new EmbeddedPostgresOptions { Port = port });
        Assert.Contains($"Port {port} on 127.0.0.1 is taken", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_asked_port_is_used()
    {
        await using var folder = new DataFolder();
        int port;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        await using var server = await EmbeddedPostgres.StartAsync(folder.Path, new EmbeddedPostgresOptions { Port = port }, Ct);
        Assert.Equal(port, server.Port);
        Assert.Equal("1", await Sql.AskAsync(server.ConnectionString, "select 1"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    public async Task A_port_out_of_range_is_named(int port)
    {
        var refusal = await Refused("/nowhere", new EmbeddedPostgresOptions { Port = port });
        Assert.Contains($"Port {port} is out of range", refusal.Message, StringComparison.Ordinal);
    }

    // Root may write everywhere but not below a file and not in /proc.
    [Theory]
    [InlineData("/etc/passwd/data")]
    [InlineData("/proc/data")]
    public async Task An_unwritable_data_folder_is_named(string path)
    {
        var refusal = await Refused(path);
        Assert.Contains($"The data folder {path} cannot be written", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_of_another_major_version_is_named_and_left_alone()
    {
        await using var folder = new DataFolder();
        await (await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct)).DisposeAsync();
        var version = Path.Combine(folder.Cluster, "data", "PG_VERSION");
        await File.WriteAllTextAsync(version, "9\n", Ct);
        var refusal = await Refused(folder.Path);
        Assert.Contains("was made by PostgreSQL 9, but ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("9\n", await File.ReadAllTextAsync(version, Ct));
    }

    [Fact]
    public async Task A_start_that_fails_says_why_and_shows_the_log()
    {
        await using var folder = new DataFolder();
        await (await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct)).DisposeAsync();
        File.Delete(Path.Combine(folder.Cluster, "data", "global", "pg_control"));
        var refusal = await Refused(folder.Path);
        Assert.Contains("did not start", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(refusal.LogLines, line => line.Contains("pg_control", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=me;Password=hunter2;Database=market")]
    [InlineData("postgres://me:hunter2@127.0.0.1:1/market")]
    public async Task A_given_server_that_does_not_answer_is_named_without_its_password(string connection)
    {
        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(
            () => PostgresServer.ResolveAsync(connection, "/nowhere", ct: Ct));
        Assert.Contains("127.0.0.1:1, database market, user me", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("Hoost=a;Password=hunter2")]
    [InlineData("Port=hunter2;Host=a")]
    [InlineData("postgres://me:hunter2@host:port/x")]
    public async Task An_unreadable_connection_is_refused_without_repeating_it(string connection)
    {
        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(
            () => PostgresServer.ResolveAsync(connection, "/nowhere", ct: Ct));
        Assert.Contains("cannot be read", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_given_server_is_used_and_outlives_the_command()
    {
        await using var folder = new DataFolder();
        await using var own = await EmbeddedPostgres.StartAsync(folder.Path, ct: Ct);
        await using (var given = await PostgresServer.ResolveAsync(own.ConnectionString, "/nowhere", ct: Ct))
        {
            Assert.Null(given.Embedded);
            Assert.Equal(own.Version, given.Version);
        }

        // A process takes no more connections than a server has room for, unless it is told to.
        var text = new NpgsqlConnectionStringBuilder(own.ConnectionString);
        text.Remove("Maximum Pool Size");
        await using (var given = await PostgresServer.ResolveAsync(text.ConnectionString, "/nowhere", ct: Ct))
        {
            Assert.Equal(40, new NpgsqlConnectionStringBuilder(given.ConnectionString).MaxPoolSize);
        }

        await using (var given = await PostgresServer.ResolveAsync($"{text.ConnectionString};Maximum Pool Size=7", "/nowhere", ct: Ct))
        {
            Assert.Equal(7, new NpgsqlConnectionStringBuilder(given.ConnectionString).MaxPoolSize);
        }

        Assert.Equal("1", await Sql.AskAsync(own.ConnectionString, "select 1"));
    }

    private static Task<PostgresUnavailableException> Refused(string path, EmbeddedPostgresOptions? options = null) =>
        Assert.ThrowsAsync<PostgresUnavailableException>(() => EmbeddedPostgres.StartAsync(path, options, Ct));
}
