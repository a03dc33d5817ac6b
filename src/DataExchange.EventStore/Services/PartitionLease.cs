using DataExchange.EventStore.Postgres;
using DataExchange.EventStore.Schema;
using Npgsql;

namespace DataExchange.EventStore.Services;

/// <summary>
/// The right to write a partition's streams, held by one process at a time. Each change of hands raises the epoch; every commit names its epoch,
/// so that an owner that was paused and comes back cannot write any more, whatever it believes.
/// </summary>
/// <param name="Partition">The partition's name: <c>rights</c>, <c>trading-3</c>.</param>
/// <param name="Epoch">1 for the first owner, one more for each later one.</param>
public sealed record PartitionLease(string Partition, long Epoch)
{
    /// <summary>Where the partition had got to with the facts of others when it was taken.</summary>
    public required FeedPosition Cursor { get; init; }

    /// <summary>Time of the last fact that was recorded in it, Unix seconds; 0 for none.</summary>
    public required long LastAt { get; init; }

    /// <summary>Takes a partition if nobody holds it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="partition">The partition's name.</param>
    /// <param name="owner">Who takes it, for people: a process and its machine.</param>
    /// <param name="time">How long it is held without being renewed.</param>
    /// <param name="schema">The schema that holds the store.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The lease; null while another process holds it.</returns>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public static Task<PartitionLease?> TryTakeAsync(
        NpgsqlDataSource database, string partition, string owner, TimeSpan time, string schema = Schemas.Default, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        SqlName.Checked(schema);
        return ServerErrors.GuardAsync<PartitionLease?>("a partition was being taken", async () =>
        {
            // The server's clock alone counts: a process whose clock is wrong takes nothing early and holds nothing longer.
            await using var take = database.CreateCommand(
                $"""
                INSERT INTO {schema}.service_partition AS held (name, epoch, owner, held_until, cursor_sequence)
                SELECT $1, 1, $2, now() + $3, coalesce((SELECT value::bigint FROM {schema}.service_setting WHERE name = '{ServiceTables.BegunAt}'), 0)
                ON CONFLICT (name) DO UPDATE SET epoch = held.epoch + 1, owner = excluded.owner, held_until = excluded.held_until WHERE held.held_until < now()
                RETURNING epoch, cursor_sequence, cursor_index, last_at
                """);
            take.Parameters.Add(new() { Value = partition });
            take.Parameters.Add(new() { Value = owner });
            take.Parameters.Add(new() { Value = time });
            await using var row = await take.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            return await row.ReadAsync(cancellation).ConfigureAwait(false)
                ? new PartitionLease(partition, row.GetInt64(0)) { Cursor = new FeedPosition(row.GetInt64(1), row.GetInt32(2)), LastAt = row.GetInt64(3) }
                : null;
        });
    }

    /// <summary>Holds it longer.</summary>
    /// <returns>False when another process has taken it.</returns>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task<bool> RenewAsync(NpgsqlDataSource database, TimeSpan time, string schema = Schemas.Default, CancellationToken cancellation = default) =>
        SetAsync(database, time, schema, cancellation);

    /// <summary>Gives it back, so that another need not wait for it to run out.</summary>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task ReleaseAsync(NpgsqlDataSource database, string schema = Schemas.Default, CancellationToken cancellation = default) =>
        SetAsync(database, TimeSpan.FromSeconds(-1), schema, cancellation);

    private Task<bool> SetAsync(NpgsqlDataSource database, TimeSpan time, string schema, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        SqlName.Checked(schema);
        return ServerErrors.GuardAsync("a partition was being held", async () =>
        {
            await using var set = database.CreateCommand($"UPDATE {schema}.service_partition SET held_until = now() + $3 WHERE name = $1 AND epoch = $2");
            set.Parameters.Add(new() { Value = Partition });
            set.Parameters.Add(new() { Value = Epoch });
            set.Parameters.Add(new() { Value = time });
            return await set.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false) == 1;
        });
    }
}
