using Npgsql;

namespace DataExchange.Postgres.Tests;

/// <summary>A data folder of its own for one test; at the end its server is stopped and everything deleted.</summary>
public sealed class DataFolder : IAsyncDisposable
{
    public string Path { get; } = System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), $"dx-postgres-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");

    public string Cluster => System.IO.Path.Combine(Path, "postgres");

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await DatabaseCommands.ResetAsync(Path);
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}

/// <summary>Short SQL for the tests.</summary>
internal static class Sql
{
    public static async Task RunAsync(string connectionString, string text) => await AskAsync(connectionString, text);

    public static async Task<string?> AskAsync(string connectionString, string text)
    {
        // Without a pool: a pooled connection to a killed server would fail the next test.
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own texts.
        command.CommandText = text;
#pragma warning restore CA2100
        return (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))?.ToString();
    }
}
