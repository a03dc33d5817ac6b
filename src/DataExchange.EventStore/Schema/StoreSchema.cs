using DataExchange.EventStore.Logs;
using DataExchange.EventStore.Postgres;
using JasperFx;
using Marten;
using Npgsql;

namespace DataExchange.EventStore.Schema;

/// <summary>Creates and removes the tables of the event store.</summary>
public static class StoreSchema
{
    /// <summary>Creates what is missing and brings what is there to this version of Marten; drops nothing.</summary>
    /// <param name="store">The store, as <see cref="StoreFactory"/> built it.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public static Task ApplyAsync(IDocumentStore store, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return ServerErrors.GuardAsync("the schema was being applied", async () =>
        {
            await store.Storage.Database.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate, ct: cancellation).ConfigureAwait(false);
            await CompleteAsync(store, cancellation).ConfigureAwait(false);
        });
    }

    // A stream's row is written anew each time the stream grows: with room on its page its index entry stays as it is. The logs' tables are none of Marten's.
    private static async Task CompleteAsync(IDocumentStore store, CancellationToken cancellation)
    {
        var connection = store.Storage.Database.CreateConnection();
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            var schema = SqlName.Checked(store.Options.Events.DatabaseSchemaName);
            await using var command = new NpgsqlCommand(
                $"ALTER TABLE IF EXISTS {schema}.mt_streams SET (fillfactor = 40); {LogTables.CreateSql(schema)}", connection);
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the schema holds an event store.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public static async Task<bool> ExistsAsync(
        NpgsqlDataSource dataSource, string schema = Schemas.Default, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        var found = await ServerErrors.GuardAsync("the schema was being looked for", async () =>
        {
            await using var command = dataSource.CreateCommand("SELECT to_regclass($1) IS NOT NULL");
            command.Parameters.Add(new() { Value = $"{SqlName.Checked(schema)}.mt_events" });
            return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return found is true;
    }

    /// <summary>Removes the schema with every event, document and the store's identity: what <c>--reset</c> does.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public static Task DropAsync(
        NpgsqlDataSource dataSource, string schema = Schemas.Default, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return ServerErrors.GuardAsync("the schema was being removed", async () =>
        {
            await using var command = dataSource.CreateCommand($"DROP SCHEMA IF EXISTS {SqlName.Checked(schema)} CASCADE");
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        });
    }
}
