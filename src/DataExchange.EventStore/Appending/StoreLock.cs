using Npgsql;

namespace DataExchange.EventStore.Appending;

/// <summary>The lock of a store: one bulk writer has it alone, or any number of services share it.</summary>
internal static class StoreLock
{
    public static Task TakeAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation) => TakeAsync(
        connection, schema, "pg_try_advisory_lock", "Another run is writing to the event store, or services are running on it", cancellation);

    public static Task TakeSharedAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation) => TakeAsync(
        connection, schema, "pg_try_advisory_lock_shared", "A simulation or an import is writing to the event store", cancellation);

    // The pool resets a connection only when it is used again: until then the lock would stay.
    public static async Task ReleaseAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            // The connection is lost, and the lock with it.
        }
    }

    public static async Task<bool> IsSuperuserAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT current_setting('is_superuser') = 'on'", connection);
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is true;
    }

    private static async Task TakeAsync(NpgsqlConnection connection, string schema, string function, string otherwise, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"SELECT {function}(hashtext($1))", connection)
        {
            Parameters = { new() { Value = $"dataexchange bulk writer {schema}" } },
        };
        if (await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not true)
        {
            throw new EventConcurrencyException($"{otherwise} (schema '{schema}' of database '{connection.Database}'). Wait until it has ended.");
        }
    }
}
