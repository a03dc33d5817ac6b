using System.Net.Sockets;
using Npgsql;

namespace DataExchange.EventStore.Postgres;

/// <summary>Turns what the driver throws into the few errors a caller can act on.</summary>
internal static class ServerErrors
{
    /// <summary>Translates <paramref name="error"/>; errors that are nobody's but a programmer's are returned as they are.</summary>
    public static Exception Translate(Exception error, string doing) => error switch
    {
        EventStoreException or OperationCanceledException => error,
        // Marten wraps what the driver throws.
        { InnerException: NpgsqlException inner } when error is not NpgsqlException => Translate(inner, doing),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } duplicate => new EventConcurrencyException(
            $"While {doing}: the store already holds this ({duplicate.ConstraintName}: {duplicate.Detail ?? duplicate.MessageText}). " +
            "Something else wrote to the event store at the same time, or the events were written before. The batch was rolled back.",
            duplicate),
        PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } orphan => new EventConcurrencyException(
            $"While {doing}: an event belongs to a stream that is not there ({orphan.Detail ?? orphan.MessageText}). " +
            "The batch was rolled back.",
            orphan),
        PostgresException refused when IsUnavailable(refused.SqlState) || EndsConnection(refused) => new EventStoreUnavailableException(
            $"PostgreSQL stopped working while {doing} (SQLSTATE {refused.SqlState}: {refused.MessageText}). {WhatHolds}", refused),
        PostgresException => error,
        NpgsqlException or IOException or SocketException or TimeoutException => new EventStoreUnavailableException(
            $"The connection to PostgreSQL was lost while {doing} ({Innermost(error).Message}). {WhatHolds}", error),
        // The driver closes the connection under the feet of a command that comes after the loss.
        ObjectDisposedException or InvalidOperationException { Source: "Npgsql" } => new EventStoreUnavailableException(
            $"The connection to PostgreSQL was closed while {doing} ({error.Message}). {WhatHolds}", error),
        _ => error,
    };

    /// <summary>Runs <paramref name="work"/> and translates what it throws.</summary>
    public static async Task<T> GuardAsync<T>(string doing, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error) when (Translate(error, doing) is var translated && !ReferenceEquals(translated, error))
        {
            throw Translate(error, doing);
        }
    }

    /// <inheritdoc cref="GuardAsync{T}(string, Func{Task{T}})"/>
    public static Task GuardAsync(string doing, Func<Task> work) =>
        GuardAsync(doing, async () =>
        {
            await work().ConfigureAwait(false);
            return true;
        });

    private const string WhatHolds =
        "Every batch that was reported as committed is on disk and whole; the batch in flight is either there whole or not at all.";

    // 57P0x: shut down, crashed or starting; 08: connection; 53: out of disk, memory or connections; 58: input/output error.
    private static bool IsUnavailable(string sqlState) =>
        sqlState.StartsWith("57P0", StringComparison.Ordinal)
        || sqlState.StartsWith("08", StringComparison.Ordinal)
        || sqlState.StartsWith("53", StringComparison.Ordinal)
        || sqlState.StartsWith("58", StringComparison.Ordinal);

    // Whatever its code: on a full disk a server session ends with an internal error while it starts.
    private static bool EndsConnection(PostgresException refused) => refused.InvariantSeverity is "FATAL" or "PANIC";

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error;
    }
}
