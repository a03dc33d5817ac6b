using System.Diagnostics;
using System.Text.Json;
using DataExchange.Postgres;
using Npgsql;

[assembly: AssemblyFixture(typeof(DataExchange.EndToEnd.Tests.SmallMarket))]
[assembly: AssemblyFixture(typeof(DataExchange.EndToEnd.Tests.MarketToSpoil))]

namespace DataExchange.EndToEnd.Tests;

/// <summary>The one small market of all tests, made once by <c>dx simulate</c> in a process of its own. Nobody works in it: <see cref="CopyAsync"/> gives a data folder.</summary>
public sealed class SmallMarket : IAsyncLifetime
{
    internal static readonly string[] Simulate = ["simulate", "--scale", "0.02", "--json"];

    private readonly TemporaryFolder _folder = new();

    // Fixtures of an assembly are made in no order that one could rely on.
    private static readonly TaskCompletionSource<SmallMarket> Made = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal DxResult First { get; private set; } = null!;

    internal JsonElement Json => First.Json();

    internal string Digest => Json.GetProperty("digest").GetString()!;

    public async ValueTask InitializeAsync()
    {
        try
        {
            First = await DxProgram.RunAloneAsync([.. Simulate, "--data", _folder.Data]);
            First.WithExitCode(0);
            Made.SetResult(this);
        }
        catch (Exception failure)
        {
            Made.SetException(failure);
            throw;
        }
    }

    /// <summary>Copies the market into a folder that is not there yet, to be a data folder of its own; its server is stopped.</summary>
    internal static async Task<SmallMarket> CopyAsync(string data)
    {
        var market = await Made.Task;
        using var copy = Process.Start("cp", ["-a", market._folder.Data, data]);
        await copy.WaitForExitAsync();
        Assert.Equal(0, copy.ExitCode);

        // The marker says whose the cluster is.
        var marker = Path.Combine(data, "postgres", "cluster.json");
        await File.WriteAllTextAsync(marker, (await File.ReadAllTextAsync(marker)).Replace(market._folder.Path, Path.GetDirectoryName(data), StringComparison.Ordinal));
        return market;
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

/// <summary>A copy of the small market in a data folder, for the tests of one class, which do not change it. Its server stays, so that commands start faster.</summary>
public sealed class SpareMarket : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal string Data => _folder.Data;

    internal DxResult First { get; private set; } = null!;

    internal JsonElement Json => First.Json();

    internal string Digest => Json.GetProperty("digest").GetString()!;

    public async ValueTask InitializeAsync()
    {
        First = (await SmallMarket.CopyAsync(Data)).First;
        await DatabaseCommands.StartStayingAsync(Data);
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

/// <summary>The small market on a server that stays, so that each test can spoil a copy of it.</summary>
public sealed class MarketToSpoil : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedPostgres? _server;
    private int _copies;
    private Lazy<Task<string>>? _untouched;

    internal string Digest { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Digest = (await SmallMarket.CopyAsync(_folder.Data)).Digest;
        _server = await EmbeddedPostgres.StartAsync(_folder.Data);
        _untouched = new Lazy<Task<string>>(() => SpoiledAsync("SELECT 1"));
    }

    /// <summary>A copy that nobody changes, the same for all who only read.</summary>
    internal Task<string> UntouchedAsync() => _untouched!.Value;

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
