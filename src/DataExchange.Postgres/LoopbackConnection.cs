using Npgsql;

namespace DataExchange.Postgres;

/// <summary>How a private server is reached.</summary>
internal static class LoopbackConnection
{
    public const string User = "postgres";

    /// <summary>Most connections that a process opens: whoever comes while all are used waits for one, where the server would refuse it.</summary>
    public const int PoolSize = 40;

    public static string String(int port, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = User,
        Database = database,
        SslMode = SslMode.Disable,
        ApplicationName = "dx",
        MaxPoolSize = PoolSize,
        IncludeErrorDetail = true,

        // A bulk load's single statement may take minutes; a dead server is noticed by its closed connection.
        CommandTimeout = 600,
    }.ConnectionString;
}
