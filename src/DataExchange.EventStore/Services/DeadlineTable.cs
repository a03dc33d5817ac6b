using DataExchange.EventStore.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.EventStore.Services;

/// <summary>Something that comes due in a stream by itself.</summary>
/// <param name="Stream">The stream; one deadline each.</param>
/// <param name="Due">When, Unix seconds.</param>
/// <param name="Command">Name of the command that says so.</param>
public sealed record DeadlineRow(string Stream, long Due, string Command);

/// <summary>The deadlines of a partition's streams. Its owner writes them with the facts they follow from; they can be made again from those.</summary>
/// <param name="database">The database.</param>
/// <param name="partition">The partition.</param>
public sealed class DeadlineTable(NpgsqlDataSource database, string partition)
{
    private const string Doing = "deadlines were being read";
    private const string Table = Schemas.Default + ".service_deadline";

    /// <summary>What is due by the server's clock, the one that all owners share.</summary>
    /// <param name="most">The most that is given at once, the first due first.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    /// <returns>The present moment, Unix seconds, and what is due.</returns>
    public Task<(long Now, IReadOnlyList<DeadlineRow> Due)> DueAsync(int most, CancellationToken cancellation) =>
        ServerErrors.GuardAsync<(long Now, IReadOnlyList<DeadlineRow> Due)>(Doing, async () =>
    {
        var due = new List<DeadlineRow>();
        await using var clock = database.CreateCommand(OwnedAppender.ReadClock);
        var now = (long)(await clock.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
        await using var read = database.CreateCommand(
            $"SELECT stream, due, command FROM {Table} WHERE partition = $1 AND due <= $2 ORDER BY due, stream LIMIT $3");
        read.Parameters.Add(new() { Value = partition });
        read.Parameters.Add(new() { Value = now });
        read.Parameters.Add(new() { Value = most });
        await using var rows = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            due.Add(new DeadlineRow(rows.GetString(0), rows.GetInt64(1), rows.GetString(2)));
        }

        return (now, due);
    });

    /// <summary>Takes away what was said and still stands as it was: the state would not have it.</summary>
    /// <param name="said">Deadlines whose commands were answered.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task DropAsync(IReadOnlyCollection<DeadlineRow> said, CancellationToken cancellation) => ServerErrors.GuardAsync(Doing, () => RunAsync(
        $"DELETE FROM {Table} AS row USING unnest($1::text[], $2::bigint[], $3::text[]) AS said(stream, due, command) "
        + "WHERE row.stream = said.stream AND row.due = said.due AND row.command = said.command", said, cancellation));

    private async Task RunAsync(string sql, IReadOnlyCollection<DeadlineRow> rows, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = rows.Select(row => row.Stream).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = rows.Select(row => row.Due).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = rows.Select(row => row.Command).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
