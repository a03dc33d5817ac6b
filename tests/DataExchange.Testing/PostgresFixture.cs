using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _originals = new(StringComparer.Ordinal);
    private EmbeddedPostgres? _server;
    private int _databases;

    /// <summary>The server, once the run has begun.</summary>
    public EmbeddedPostgres Server => _server ?? throw new InvalidOperationException("The fixture is not started: declare it as an assembly fixture.");

    /// <summary>Makes an empty database.</summary>
    /// <param name="ct">Cancels.</param>
    /// <returns>The connection string for Npgsql or Marten.</returns>
    public async Task<string> CreateDatabaseAsync(CancellationToken ct = default) => Server.ConnectionStringFor(await CreateAsync("", ct));

    /// <summary>Makes a database of its own that holds what others of that name hold: it is filled once and then copied, which takes a tenth of the time.</summary>
    /// <param name="name">Names what it holds.</param>
    /// <param name="fill">Fills a database, given its connection string; it leaves no connection open, pooled ones included.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The connection string for Npgsql or Marten.</returns>
    public async Task<string> CreateCopyAsync(string name, Func<string, Task> fill, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(fill);
        // Not with the caller's token: the others wait for it too.
        var original = await _originals.GetOrAdd(name, _ => new(async () =>
        {
            var made = await CreateAsync("", CancellationToken.None);
            await fill(Server.ConnectionStringFor(made));
            return made;
        })).Value.WaitAsync(ct);
        return Server.ConnectionStringFor(await CreateAsync($" template {original}", ct));
    }

    // Names hold only letters and digits, made here: they cannot be parameters.
    private async Task<string> CreateAsync(string template, CancellationToken ct)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(Server.ConnectionString);
        await connection.OpenAsync(ct);
#pragma warning disable CA2100
        await using var command = new NpgsqlCommand($"create database {name}{template}", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
        return name;
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
