using System.Text.Json;
using DataExchange.EventStore;
using DataExchange.Postgres;
using Npgsql;

namespace DataExchange.EndToEnd.Tests;

/// <summary>A temporary folder that the server's user may enter; deleted with everything in it.</summary>
internal sealed class TemporaryFolder : IAsyncDisposable
{
    public TemporaryFolder()
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"dx-e2e-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>The data folder in it, for <c>--data</c>.</summary>
    public string Data => In("data");

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Data))
        {
            await DatabaseCommands.ResetAsync(Data);
        }

        Directory.Delete(Path, recursive: true);
    }
}

/// <summary>The server that a running <c>dx</c> has started for its data folder, as it wrote it down there.</summary>
internal sealed record ServerNote(int ProcessId, int Port)
{
    public string ConnectionString =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;Pooling=false;Timeout=5;CommandTimeout=60;SSL Mode=Disable";

    /// <summary>Waits until the running command has committed so many events, and still runs.</summary>
    public static async Task<ServerNote> OnceStoredAsync(RunningDx running, string data, long events)
    {
        var note = System.IO.Path.Combine(data, "postgres", "running.json");
        while (true)
        {
            if (running.HasEnded)
            {
                Assert.Fail($"dx ended before it could be disturbed.\n{await running.EndAsync()}");
            }

            try
            {
                var server = JsonSerializer.Deserialize<ServerNote>(await File.ReadAllTextAsync(note, TestContext.Current.CancellationToken))!;
                if (await server.CountEventsAsync() >= events)
                {
                    return server;
                }
            }
            catch (Exception early) when (early is IOException or NpgsqlException)
            {
                // The folder, the server or the table is not there yet.
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private async Task<long> CountEventsAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {Schemas.Default}.mt_events", connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
