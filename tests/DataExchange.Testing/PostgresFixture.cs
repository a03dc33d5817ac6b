using System.Globalization;
using DataExchange.Postgres;
using Npgsql;
using Xunit;

namespace DataExchange.Testing;

/// <summary>One private PostgreSQL server for all tests of an assembly; it ends with the run, also when the run is killed.</summary>
/// <remarks>
/// In a test project: <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>, then take it in a test class's constructor and
/// call <see cref="CreateDatabaseAsync"/>, so that tests do not see each other's data.
/// DX_POSTGRES is not looked at: a test never writes to somebody's own server.
/// </remarks>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dx-tests-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
    private EmbeddedPostgres? _server;
    private int _databases;

    /// <summary>The server, once the run has begun.</summary>
    public EmbeddedPostgres Server => _server ?? throw new InvalidOperationException("The fixture is not started: declare it as an assembly fixture.");

    /// <summary>Makes an empty database.</summary>
    /// <param name="ct">Cancels.</param>
    /// <returns>The connection string for Npgsql or Marten.</returns>
    public async Task<string> CreateDatabaseAsync(CancellationToken ct = default)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(Server.ConnectionString);
        await connection.OpenAsync(ct);

        // The name holds only letters and digits, made above: it cannot be a parameter here.
#pragma warning disable CA2100
        await using var command = new NpgsqlCommand($"create database {name}", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
        return Server.ConnectionStringFor(name);
    }

    /// <summary>Starts the server.</summary>
    public async ValueTask InitializeAsync() => _server = await EmbeddedPostgres.StartAsync(_folder);

    /// <summary>Stops the server and deletes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is null)
        {
            return;
        }

        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        await DatabaseCommands.ResetAsync(_folder);
        Directory.Delete(_folder, recursive: true);
    }
}
