using DataExchange.EventStore;
using DataExchange.Reports.Surveillance;
using DataExchange.Simulation.Truth;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.Cli.Running;

/// <summary>The deals that were no business, beside the events of a run, as <see cref="TruthTable"/> keeps what things were worth.</summary>
internal sealed class ManipulationTruthTable(NpgsqlDataSource database)
{
    private const string Table = $"{Schemas.Default}.run_manipulations";

    /// <summary>Replaces what is there.</summary>
    public async Task WriteAsync(GroundTruth truth, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using (var create = new NpgsqlCommand(
            $"CREATE TABLE IF NOT EXISTS {Table} (number integer PRIMARY KEY, scheme text NOT NULL, deal text NOT NULL, parties text[] NOT NULL); TRUNCATE {Table}", connection, transaction))
        {
            await create.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        await using (var rows = await connection.BeginBinaryImportAsync($"COPY {Table} (number, scheme, deal, parties) FROM STDIN (FORMAT binary)", cancellation).ConfigureAwait(false))
        {
            for (var number = 0; number < truth.Manipulations.Count; number++)
            {
                var one = Known(truth.Manipulations[number]);
                await rows.StartRowAsync(cancellation).ConfigureAwait(false);
                await rows.WriteAsync(number, NpgsqlDbType.Integer, cancellation).ConfigureAwait(false);
                await rows.WriteAsync(one.Scheme, NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
                await rows.WriteAsync(one.Deal, NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
                await rows.WriteAsync(one.Parties.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
            }

            await rows.CompleteAsync(cancellation).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>What is there; null where the store has none, as it was restored, is of an earlier version or holds no simulation.</summary>
    public async Task<IReadOnlyList<KnownManipulation>?> ReadAsync(CancellationToken cancellation)
    {
        await using var exists = database.CreateCommand($"SELECT to_regclass('{Table}') IS NOT NULL");
        if (await exists.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not true)
        {
            return null;
        }

        var known = new List<KnownManipulation>();
        await using var select = database.CreateCommand($"SELECT scheme, deal, parties FROM {Table} ORDER BY number");
        await using var row = await select.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            known.Add(new(row.GetString(0), row.GetString(1), await row.GetFieldValueAsync<string[]>(2, cancellation).ConfigureAwait(false)));
        }

        return known;
    }

    /// <summary>As surveillance is measured by it.</summary>
    public static KnownManipulation Known(ManipulationTruth one) => new(one.Scheme, one.Deal.Value, [.. one.Parties.Select(party => party.Value)]);
}
