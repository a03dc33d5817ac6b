using System.Net.Sockets;
using Npgsql;

namespace DataExchange.Postgres;

/// <summary>The PostgreSQL server a command works with: the user's own, or a private one of the data folder.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The environment variable that names an existing server.</summary>
    public const string Variable = "DX_POSTGRES";

    private PostgresServer(string connectionString, string version, string description, EmbeddedPostgres? embedded)
    {
        ConnectionString = connectionString;
        Version = version;
        Description = description;
        Embedded = embedded;
    }

    /// <summary>Connects Npgsql. It may hold a password: show <see cref="Description"/> instead.</summary>
    public string ConnectionString { get; }

    /// <summary>The server's version, such as 15.18.</summary>
    public string Version { get; }

    /// <summary>Where the server is, without a password.</summary>
    public string Description { get; }

    /// <summary>The private server, or null when the user gave one.</summary>
    public EmbeddedPostgres? Embedded { get; }

    /// <summary>Uses the given server (argument, else DX_POSTGRES) after trying that it answers; starts a private one when none is given.</summary>
    /// <param name="connectionString">An Npgsql connection string or a <c>postgres://</c> URI; null or empty when not given.</param>
    /// <param name="dataFolder">The data folder for a private server.</param>
    /// <param name="options">For a private server; null for the defaults.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PostgresUnavailableException">The text cannot be read, the server does not answer, or none can be started.</exception>
    public static async Task<PostgresServer> ResolveAsync(
        string? connectionString, string dataFolder, EmbeddedPostgresOptions? options = null, CancellationToken ct = default)
    {
        var isArgument = !string.IsNullOrWhiteSpace(connectionString);
        var given = isArgument ? connectionString : Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrWhiteSpace(given))
        {
            return await UseAsync(given, isArgument ? "--postgres" : Variable, ct);
        }

        var embedded = await EmbeddedPostgres.StartAsync(dataFolder, options, ct);
        return new PostgresServer(
            embedded.ConnectionString, embedded.Version, $"private server of {embedded.DataFolder}, 127.0.0.1:{embedded.Port}", embedded);
    }

    /// <summary>Stops a private server that was started for this command; leaves every other one alone.</summary>
    public ValueTask DisposeAsync() => Embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<PostgresServer> UseAsync(string given, string source, CancellationToken ct)
    {
        var settings = ConnectionText.Parse(given, source);
        var place = $"{settings.Host}:{settings.Port}, database {settings.Database ?? settings.Username}, user {settings.Username ?? "(none)"}";
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(ct);
            return new PostgresServer(settings.ConnectionString, connection.PostgreSqlVersion.ToString(), place, null);
        }
        catch (PostgresException refused)
        {
            throw new PostgresUnavailableException($"The PostgreSQL server given with {source} ({place}) refuses: {refused.MessageText}.", refused);
        }
        catch (Exception failed) when (failed is NpgsqlException or SocketException or TimeoutException or ArgumentException or InvalidOperationException)
        {
            var reason = (failed.InnerException ?? failed).Message.TrimEnd('.');
            throw new PostgresUnavailableException($"No PostgreSQL server answers at {place} (given with {source}): {reason}.", failed);
        }
    }
}
