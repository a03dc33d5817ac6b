using DataExchange.EventStore;
using Npgsql;

namespace DataExchange.Cli.Running;

/// <summary>The text of a run's scenario beside its events, so that the run can be made again, or forked, from its store alone.</summary>
internal sealed class ScenarioTable(NpgsqlDataSource database)
{
    private const string Table = $"{Schemas.Default}.run_scenario";

    /// <summary>Replaces what is there.</summary>
    public async Task WriteAsync(string text, CancellationToken cancellation)
    {
        await using (var create = database.CreateCommand($"CREATE TABLE IF NOT EXISTS {Table} (id integer PRIMARY KEY CHECK (id = 1), text text NOT NULL)"))
        {
            await create.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        await using var write = database.CreateCommand($"INSERT INTO {Table} VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET text = excluded.text");
        write.Parameters.AddWithValue(text);
        await write.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>What is there; null where the store has none, as it was restored or made by an earlier version.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellation)
    {
        await using var exists = database.CreateCommand($"SELECT to_regclass('{Table}') IS NOT NULL");
        if (await exists.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not true)
        {
            return null;
        }

        await using var read = database.CreateCommand($"SELECT text FROM {Table}");
        return await read.ExecuteScalarAsync(cancellation).ConfigureAwait(false) as string;
    }
}
