using System.Globalization;
using System.Runtime.CompilerServices;
using DataExchange.EventStore.Postgres;
using DataExchange.EventStore.Schema;
using Npgsql;

namespace DataExchange.EventStore.Reading;

/// <summary>
/// Reads stored events without building them: for verification, digests and rebuilding. It asks the server for binary COPY and hands
/// out the JSON as bytes of a reused buffer, so that memory does not grow with the number of events. Each call reads one consistent
/// state of the store.
/// </summary>
public sealed class RawEventReader
{
    private const string Doing = "events were being read";
    private static readonly DateTimeOffset TimestampOrigin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly NpgsqlDataSource _dataSource;
    private readonly string _schema;

    /// <summary>Creates a reader.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="schema">The schema that holds Marten's tables.</param>
    /// <exception cref="ArgumentException">The schema name is not a plain lower-case name.</exception>
    public RawEventReader(NpgsqlDataSource dataSource, string schema = Schemas.Default)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        _dataSource = dataSource;
        _schema = SqlName.Checked(schema);
    }

    /// <summary>
    /// All events in order of stream id (by UTF-8 bytes, see <see cref="StreamIdOrder"/>), then of version, whatever the locale of the database.
    /// </summary>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public IAsyncEnumerable<RawEvent> ReadByStreamAsync(CancellationToken cancellation = default) => ReadByStreamAsync(long.MaxValue, cancellation);

    /// <summary>The events up to a sequence, in the same order: those that come in meanwhile are left out.</summary>
    /// <param name="to">The last sequence wanted.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public async IAsyncEnumerable<RawEvent> ReadByStreamAsync(long to, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var ordinal = await IsOrdinalAsync(cancellation).ConfigureAwait(false);
        var which = to == long.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $"WHERE seq_id <= {to} ");
        var order = which + (ordinal ? "ORDER BY stream_id, version" : "ORDER BY stream_id COLLATE \"C\", version");
        await foreach (var read in CopyAsync(order, cancellation).ConfigureAwait(false))
        {
            yield return read;
        }
    }

    /// <summary>Events in the global order.</summary>
    /// <param name="from">The first sequence wanted.</param>
    /// <param name="to">The last sequence wanted.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public IAsyncEnumerable<RawEvent> ReadBySequenceAsync(
        long from = 1, long to = long.MaxValue, CancellationToken cancellation = default) =>
        CopyAsync(
            string.Create(CultureInfo.InvariantCulture, $"WHERE seq_id BETWEEN {from} AND {to} ORDER BY seq_id"),
            cancellation);

    /// <summary>Events of some types in the global order.</summary>
    /// <param name="typeNames">Names they are stored under.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public IAsyncEnumerable<RawEvent> ReadTypesAsync(IEnumerable<string> typeNames, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(typeNames);
        return CopyAsync($"WHERE type IN ({string.Join(", ", typeNames.Order(StringComparer.Ordinal).Select(Literal))}) ORDER BY seq_id", cancellation);
    }

    /// <summary>Events of some types in the global order, from a sequence up to another.</summary>
    /// <param name="typeNames">Names they are stored under.</param>
    /// <param name="from">The first sequence wanted.</param>
    /// <param name="to">The last sequence wanted.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public IAsyncEnumerable<RawEvent> ReadTypesAsync(IEnumerable<string> typeNames, long from, long to, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(typeNames);
        return CopyAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"WHERE seq_id BETWEEN {from} AND {to} AND type IN ({string.Join(", ", typeNames.Order(StringComparer.Ordinal).Select(Literal))}) ORDER BY seq_id"),
            cancellation);
    }

    /// <summary>The events of one stream in order of version; none when there is no such stream.</summary>
    /// <param name="streamId">The stream.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public IAsyncEnumerable<RawEvent> ReadStreamAsync(string streamId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(streamId);

        return CopyAsync($"WHERE stream_id = {Literal(streamId)} ORDER BY version", cancellation);
    }

    // COPY takes no parameters. With standard_conforming_strings on, only the quote has to be doubled.
    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private async IAsyncEnumerable<RawEvent> CopyAsync(string which, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var connection = await GuardAsync(_dataSource.OpenConnectionAsync(cancellation)).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var sql = $"COPY (SELECT stream_id, version, type, data, seq_id, timestamp FROM {_schema}.mt_events {which}) TO STDOUT (FORMAT BINARY)";
            await GuardAsync(PrepareAsync(connection, cancellation)).ConfigureAwait(false);
            var copy = await GuardAsync(new ValueTask<NpgsqlRawCopyStream>(connection.BeginRawBinaryCopyAsync(sql, cancellation))).ConfigureAwait(false);
            using var rows = new CopyRowReader(copy, fields: 6);
            try
            {
                var names = new KnownNames();
                while (await GuardAsync(rows.ReadAsync(cancellation)).ConfigureAwait(false))
                {
                    yield return Event(rows, names);
                }
            }
            finally
            {
                if (!rows.Ended)
                {
                    // The caller has enough: tell the server to stop, or closing would read all the rest.
                    await AbandonAsync(copy).ConfigureAwait(false);
                }
                else
                {
                    await copy.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
    }

    private static RawEvent Event(CopyRowReader rows, KnownNames names) => new(
        names.StreamId(rows.FieldSpan(0)),
        rows.Int64(1),
        names.TypeName(rows.FieldSpan(2)),
        // The first byte is the version of the jsonb format.
        rows.Field(3)[1..],
        rows.Int64(4),
        TimestampOrigin.AddMicroseconds(rows.Int64(5)));

    private static async ValueTask<bool> PrepareAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        // The index gives the order faster than a sort on disk does (0004-bulk-append.md), which the planner does not expect; where no
        // index has the order, the server sorts all the same, in this much memory. Compiling so simple a query does not pay.
        await using var settings = new NpgsqlCommand("SET jit = off; SET enable_sort = off; SET work_mem = '64MB'", connection);
        await settings.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<bool> IsOrdinalAsync(CancellationToken cancellation)
    {
        const string sql =
            """
            SELECT datlocprovider = 'c' AND datcollate IN ('C', 'POSIX') FROM pg_database WHERE datname = current_database()
            """;
        await using var command = _dataSource.CreateCommand(sql);
        return await GuardAsync(new ValueTask<object?>(command.ExecuteScalarAsync(cancellation))).ConfigureAwait(false) is true;
    }

    private static async ValueTask AbandonAsync(NpgsqlRawCopyStream copy)
    {
        try
        {
            await copy.CancelAsync().ConfigureAwait(false);
            await copy.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The answer to a cancelled query is an error, and a lost server cannot answer at all: both are what was asked for.
        }
    }

    private static async ValueTask<T> GuardAsync<T>(ValueTask<T> pending)
    {
        try
        {
            return await pending.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            var translated = ServerErrors.Translate(error, Doing);
            if (ReferenceEquals(translated, error))
            {
                throw;
            }

            throw translated;
        }
    }
}
