using DataExchange.EventStore.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.EventStore.Schema;

/// <summary>
/// The row that says what the store is. It is a table of its own, not a Marten document, so that it can be read before Marten looks
/// at the schema: a store of another version must not be touched.
/// </summary>
public sealed class StoreIdentityTable
{
    private const string Doing = "the store's identity was being read or written";

    private readonly NpgsqlDataSource _dataSource;
    private readonly string _schema;

    /// <summary>Names the table.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="schema">The schema that holds the store.</param>
    public StoreIdentityTable(NpgsqlDataSource dataSource, string schema = Schemas.Default)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        _dataSource = dataSource;
        _schema = SqlName.Checked(schema);
    }

    /// <summary>The store's identity, or null when there is none (no store, or a schema that something else made).</summary>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task<StoreIdentity?> ReadAsync(CancellationToken cancellation = default) =>
        ServerErrors.GuardAsync(Doing, async () =>
        {
            await using var exists = _dataSource.CreateCommand("SELECT to_regclass($1) IS NOT NULL");
            exists.Parameters.Add(new() { Value = $"{_schema}.store_identity" });
            if (await exists.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not true)
            {
                return null;
            }

            // The format is asked first: a newer one may have other columns.
            await using var format = _dataSource.CreateCommand(
                $"SELECT format_version, created_with FROM {_schema}.store_identity");
            await using (var row = await format.ExecuteReaderAsync(cancellation).ConfigureAwait(false))
            {
                if (!await row.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    return null;
                }

                if (row.GetInt32(0) != StoreIdentity.CurrentFormat)
                {
                    return new StoreIdentity(row.GetInt32(0), "", "", 0, 0, row.GetString(1), IsCompleted: false);
                }
            }

            return await ReadWholeAsync(cancellation).ConfigureAwait(false);
        });

    /// <summary>Creates the schema and the table where missing, and writes the row, which replaces an older one.</summary>
    /// <param name="identity">What the store is.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task WriteAsync(StoreIdentity identity, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return ServerErrors.GuardAsync(Doing, async () =>
        {
            await using var create = _dataSource.CreateCommand(
                $"""
                CREATE SCHEMA IF NOT EXISTS {_schema};
                CREATE TABLE IF NOT EXISTS {_schema}.store_identity (
                    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
                    format_version integer NOT NULL,
                    created_with text NOT NULL,
                    scenario_name text NOT NULL,
                    scenario_hash text NOT NULL,
                    seed numeric(20) NOT NULL,
                    scale double precision NOT NULL,
                    is_completed boolean NOT NULL,
                    created_at timestamptz NOT NULL DEFAULT now())
                """);
            await create.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            await using var write = _dataSource.CreateCommand(
                $"""
                INSERT INTO {_schema}.store_identity
                    (format_version, created_with, scenario_name, scenario_hash, seed, scale, is_completed) VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (only_row) DO UPDATE SET format_version = excluded.format_version, created_with = excluded.created_with,
                    scenario_name = excluded.scenario_name, scenario_hash = excluded.scenario_hash, seed = excluded.seed,
                    scale = excluded.scale, is_completed = excluded.is_completed
                """);
            write.Parameters.Add(new() { Value = identity.FormatVersion });
            write.Parameters.Add(new() { Value = identity.CreatedWith });
            write.Parameters.Add(new() { Value = identity.ScenarioName });
            write.Parameters.Add(new() { Value = identity.ScenarioHash });
            write.Parameters.Add(new() { Value = (decimal)identity.Seed, NpgsqlDbType = NpgsqlDbType.Numeric });
            write.Parameters.Add(new() { Value = identity.Scale });
            write.Parameters.Add(new() { Value = identity.IsCompleted });
            await write.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        });
    }

    /// <summary>The same with what <see cref="BeginExtensionAsync"/> notes, as a restored store needs it.</summary>
    /// <param name="identity">What the store is.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public async Task WriteWholeAsync(StoreIdentity identity, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(identity);

        // Whoever reads in between finds an extension that is not finished, and is right.
        await WriteAsync(identity, cancellation).ConfigureAwait(false);
        if (identity.RunEvents is { } run)
        {
            await BeginExtensionAsync(run, cancellation).ConfigureAwait(false);
            if (!identity.IsExtending)
            {
                await EndExtensionAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Notes that the run came to its end.</summary>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task MarkCompletedAsync(CancellationToken cancellation = default) =>
        ServerErrors.GuardAsync(Doing, async () =>
        {
            await using var command = _dataSource.CreateCommand($"UPDATE {_schema}.store_identity SET is_completed = true");
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        });

    /// <summary>Notes that events are being added to what the run made. The first time it also notes how many events are the run's.</summary>
    /// <param name="runEvents">Events in the store now.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task BeginExtensionAsync(long runEvents, CancellationToken cancellation = default) =>
        ServerErrors.GuardAsync(Doing, async () =>
        {
            // A store made before there were extensions has no such columns.
            await using var command = _dataSource.CreateCommand(
                $"""
                ALTER TABLE {_schema}.store_identity ADD COLUMN IF NOT EXISTS run_events bigint;
                ALTER TABLE {_schema}.store_identity ADD COLUMN IF NOT EXISTS is_extending boolean NOT NULL DEFAULT false;
                """);
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            await using var note = _dataSource.CreateCommand($"UPDATE {_schema}.store_identity SET run_events = coalesce(run_events, $1), is_extending = true");
            note.Parameters.Add(new() { Value = runEvents });
            await note.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        });

    /// <summary>Notes that the adding came to its end.</summary>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="EventStoreUnavailableException">The server cannot be reached or went away.</exception>
    public Task EndExtensionAsync(CancellationToken cancellation = default) =>
        ServerErrors.GuardAsync(Doing, async () =>
        {
            await using var command = _dataSource.CreateCommand($"UPDATE {_schema}.store_identity SET is_extending = false");
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        });

    private async Task<StoreIdentity?> ReadWholeAsync(CancellationToken cancellation)
    {
        await using var command = _dataSource.CreateCommand(
            $"""
            SELECT format_version, scenario_name, scenario_hash, seed, scale, created_with, is_completed,
                (to_jsonb(identity) ->> 'run_events')::bigint, coalesce((to_jsonb(identity) ->> 'is_extending')::boolean, false)
            FROM {_schema}.store_identity AS identity
            """);
        await using var row = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        return await row.ReadAsync(cancellation).ConfigureAwait(false)
            ? new StoreIdentity(
                row.GetInt32(0),
                row.GetString(1),
                row.GetString(2),
                (ulong)row.GetDecimal(3),
                row.GetDouble(4),
                row.GetString(5),
                row.GetBoolean(6))
            {
                RunEvents = row.IsDBNull(7) ? null : row.GetInt64(7),
                IsExtending = row.GetBoolean(8),
            }
            : null;
    }
}
