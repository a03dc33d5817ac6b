using Npgsql;

namespace DataExchange.Postgres;

/// <summary>How a private server is reached.</summary>
internal static class LoopbackConnection
{
    public const string User = "postgres";

    public static string String(int port, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = User,
        Database = database,
        SslMode = SslMode.Disable,
        ApplicationName = "dx",
        IncludeErrorDetail = true,

        // A bulk load's single statement may take minutes; a dead server is noticed by its closed connection.
        CommandTimeout = 600,
    }.ConnectionString;
}
