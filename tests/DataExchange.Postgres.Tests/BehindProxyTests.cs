using DataExchange.Testing;
using Npgsql;

namespace DataExchange.Postgres.Tests;

/// <summary>What clients of the server see of faults on the way to it.</summary>
public sealed class BehindProxyTests(PostgresFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_a_commit()
    {
        var direct = await fixture.CreateDatabaseAsync(Ct);
        await Sql.RunAsync(direct, "create table kept (number int)");
        await using var proxy = FaultProxy.To(fixture.Server.Port);
        await using var connection = await OpenAsync(direct, proxy);
        proxy.Freeze(Directions.ToClient);
        var inserting = InsertAsync(connection, Ct);
        for (var tries = 0; await Sql.AskAsync(direct, "select count(*) from kept") != "1"; tries++)
        {
            Assert.True(tries < 500, "The server has not been asked within ten seconds.");
            await Task.Delay(20, Ct);
        }

        Assert.False(inserting.IsCompleted);
        proxy.Cut();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => inserting);
        Assert.Equal("1", await Sql.AskAsync(direct, "select count(*) from kept"));
    }

    [Fact]
    public async Task What_never_reached_the_server_is_not_there()
    {
        var direct = await fixture.CreateDatabaseAsync(Ct);
        await Sql.RunAsync(direct, "create table kept (number int)");
        await using var proxy = FaultProxy.To(fixture.Server.Port);
        await using var connection = await OpenAsync(direct, proxy);
        proxy.Freeze(Directions.ToServer);
        var inserting = InsertAsync(connection, Ct);
        await Task.Delay(300, Ct);
        proxy.Cut();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => inserting);
        Assert.Equal("0", await Sql.AskAsync(direct, "select count(*) from kept"));

        proxy.Heal();
        await using var again = await OpenAsync(direct, proxy);
        await InsertAsync(again, Ct);
        Assert.Equal("1", await Sql.AskAsync(direct, "select count(*) from kept"));
    }

    private static async Task<NpgsqlConnection> OpenAsync(string direct, FaultProxy proxy)
    {
        var settings = new NpgsqlConnectionStringBuilder(direct) { Port = proxy.Port, Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(Ct);
        return connection;
    }

    private static async Task InsertAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("insert into kept values (1)", connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
