using DataExchange.EventStore.Postgres;
using Npgsql;

namespace DataExchange.EventStore.Services;

/// <summary>How far the feed of committed facts got, in Marten's own table of such marks, beside those of the read models.</summary>
/// <param name="database">The database.</param>
public sealed class FeedProgressTable(NpgsqlDataSource database)
{
    /// <summary>The statement after which a connection is told of every commit of facts, as Marten tells its daemon.</summary>
    public const string Listen = $"LISTEN {Channel}";

    internal const string Channel = "mt_events_appended";
    private const string Name = "fact-feed:All";
    private const string Doing = "the feed's place was being read or written";

    /// <summary>Reads it.</summary>
    /// <param name="begun">What to take where the feed never ran, 0 or more.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Place of the last fact that was sent.</returns>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task<long> ReadAsync(long begun, CancellationToken cancellation = default) => ServerErrors.GuardAsync(Doing, async () =>
    {
        await using var read = database.CreateCommand($"SELECT coalesce((SELECT last_seq_id FROM {Schemas.Default}.mt_event_progression WHERE lower(name) = lower($1)), $2)");
        read.Parameters.Add(new() { Value = Name });
        read.Parameters.Add(new() { Value = begun });
        return (long)(await read.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    });

    /// <summary>Writes it. It may be lost with the server: what is sent twice is skipped by whoever gets it.</summary>
    /// <param name="place">Place of the last fact that was sent, 0 or more.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task NoteAsync(long place, CancellationToken cancellation = default) => ServerErrors.GuardAsync(Doing, async () =>
    {
        await using var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using var note = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT set_config('synchronous_commit', 'off', true)"),
                new($"INSERT INTO {Schemas.Default}.mt_event_progression (name, last_seq_id) VALUES ($1, $2) "
                    + "ON CONFLICT (name) DO UPDATE SET last_seq_id = excluded.last_seq_id, last_updated = transaction_timestamp()")
                {
                    Parameters = { new() { Value = Name }, new() { Value = place } },
                },
            },
        };
        await note.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    });
}
