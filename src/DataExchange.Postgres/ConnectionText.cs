using Npgsql;

namespace DataExchange.Postgres;

/// <summary>Reads what a user gives as a server: Npgsql's key=value text or a postgres:// URI.</summary>
internal static class ConnectionText
{
    /// <exception cref="PostgresUnavailableException">The text cannot be read. The message never repeats it, for it may hold a password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text, string source)
    {
        try
        {
            var isUri = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal);
            var settings = isUri ? FromUri(new Uri(text)) : new NpgsqlConnectionStringBuilder(text);
            // Npgsql's own 100 are all that a server takes unless it was told otherwise.
            settings.MaxPoolSize = settings.ShouldSerialize("Maximum Pool Size") ? settings.MaxPoolSize : LoopbackConnection.PoolSize;
            return string.IsNullOrEmpty(settings.Host) ? throw new ArgumentException("no Host is given") : settings;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            throw new PostgresUnavailableException(
                $"The connection given with {source} cannot be read; write it as \"Host=HOST;Port=5432;Username=USER;Password=PASSWORD;Database=NAME\" "
                + "or postgres://USER:PASSWORD@HOST:5432/NAME.", unreadable);
        }
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var settings = new NpgsqlConnectionStringBuilder { Host = uri.Host, Port = uri.Port < 0 ? 5432 : uri.Port };
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            settings.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            settings.Password = Uri.UnescapeDataString(user[1]);
        }

        if (uri.AbsolutePath.Trim('/') is { Length: > 0 } database)
        {
            settings.Database = Uri.UnescapeDataString(database);
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            // libpq writes sslmode=require; Npgsql knows the same names without the dash.
            var (name, value) = pair.Split('=', 2) is [var key, var text] ? (key, Uri.UnescapeDataString(text)) : (pair, "");
            settings[name == "sslmode" ? "SSL Mode" : name] = value.Replace("-", "", StringComparison.Ordinal);
        }

        return settings;
    }
}
