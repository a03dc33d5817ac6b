using System.Diagnostics;
using DataExchange.EventStore.Appending;
using DataExchange.EventStore.Postgres;
using Npgsql;

namespace DataExchange.StoreBenchmarks;

/// <summary>
/// How fast the server takes events at best: rows encoded beforehand into a table with the columns of mt_events, one COPY after the
/// other, each committed as the writer's batches are.
/// </summary>
public static class CopyLimit
{
    /// <summary>Measures it.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="schema">The schema that holds mt_events.</param>
    /// <param name="events">How many rows.</param>
    /// <param name="batchSize">Rows of a COPY.</param>
    /// <param name="indexed">Whether the table has the indexes of mt_events.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Rows a second.</returns>
    public static async Task<double> MeasureAsync(
        NpgsqlDataSource dataSource, string schema, int events, int batchSize, bool indexed, CancellationToken cancellation)
    {
        var rows = Encode(events, batchSize);
        await using var connection = await dataSource.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await ExecuteAsync(connection, $"CREATE TABLE {schema}.raw_events (LIKE {schema}.mt_events INCLUDING DEFAULTS)", cancellation).ConfigureAwait(false);
        if (indexed)
        {
            await ExecuteAsync(
                connection,
                $"ALTER TABLE {schema}.raw_events ADD PRIMARY KEY (seq_id); CREATE UNIQUE INDEX ON {schema}.raw_events (stream_id, version)",
                cancellation).ConfigureAwait(false);
        }

        var start = Stopwatch.GetTimestamp();
        foreach (var batch in rows)
        {
            var copy = await connection
                .BeginRawBinaryCopyAsync($"COPY {schema}.raw_events ({EventRow.Columns}) FROM STDIN (FORMAT BINARY)", cancellation)
                .ConfigureAwait(false);
            await using (copy.ConfigureAwait(false))
            {
                await copy.WriteAsync(batch, cancellation).ConfigureAwait(false);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        await ExecuteAsync(connection, $"DROP TABLE {schema}.raw_events", cancellation).ConfigureAwait(false);
        return events / elapsed.TotalSeconds;
    }

    private static List<byte[]> Encode(int events, int batchSize)
    {
        var copies = new List<byte[]>();
        var buffer = new CopyRowBuffer(16 * 1024 * 1024);
        var sequence = 0L;
        foreach (var batch in SyntheticEvents.Batches(events, batchSize))
        {
            buffer.WriteHeader();
            for (var index = 0; index < batch.Count; index++)
            {
                EventRow.Write(buffer, batch[index] with { Sequence = ++sequence }, runKey: 0, DateTime.UnixEpoch);
            }

            buffer.WriteTrailer();
            copies.Add(buffer.Written.ToArray());
            buffer.Clear();
        }

        return copies;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
