using System.Text.Json;
using DataExchange.Postgres;
using Npgsql;

namespace DataExchange.EndToEnd.Tests;

/// <summary>One small market that <c>dx simulate</c> made in its own data folder, for tests that do not change it.</summary>
public sealed class SmallMarket : IAsyncLifetime
{
    internal static readonly string[] Simulate = ["simulate", "--scale", "0.02", "--json"];
    private readonly TemporaryFolder _folder = new();

    internal string Data => _folder.Data;

    internal DxResult First { get; private set; } = null!;

    internal JsonElement Json => First.Json();

    internal string Digest => Json.GetProperty("digest").GetString()!;

    public async ValueTask InitializeAsync()
    {
        First = await DxProgram.RunAsync([.. Simulate, "--data", Data]);
        First.WithExitCode(0);
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

/// <summary>A small market whose server stays, so that each test can spoil a copy of it.</summary>
public sealed class MarketToSpoil : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedPostgres? _server;
    private int _copies;

    internal string Digest { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var made = await DxProgram.RunAsync([.. SmallMarket.Simulate, "--data", _folder.Data]);
        Digest = made.WithExitCode(0).Json().GetProperty("digest").GetString()!;
        _server = await EmbeddedPostgres.StartAsync(_folder.Data);
    }

    /// <summary>Copies the market, runs SQL in the copy, and gives the copy's connection string.</summary>
    internal async Task<string> SpoiledAsync(string sql)
    {
        var copy = $"copy_{Interlocked.Increment(ref _copies)}";
        await ExecuteAsync(_server!.ConnectionStringFor("template1"), $"CREATE DATABASE {copy} TEMPLATE postgres");
        var connection = _server.ConnectionStringFor(copy) + ";Pooling=false";
        await ExecuteAsync(connection, sql);
        return connection;
    }

    internal static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    internal static async Task<T> ReadAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _folder.DisposeAsync();
    }
}
