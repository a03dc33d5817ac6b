using DataExchange.Domain;
using DataExchange.EventStore;
using DataExchange.Reports.Figures;
using DataExchange.Simulation.Truth;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.Cli.Running;

/// <summary>
/// What only the simulation knew, beside the events of its run: the report measures by it. It is no part of the ledger, of digests, logs and backups, and is written
/// anew by a run from its beginning.
/// </summary>
internal sealed class TruthTable(NpgsqlDataSource database)
{
    private const string Table = $"{Schemas.Default}.run_opportunities";

    /// <summary>Replaces what is there.</summary>
    public async Task WriteAsync(GroundTruth truth, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using (var create = new NpgsqlCommand(
            $"""
            CREATE TABLE IF NOT EXISTS {Table} (
                number integer PRIMARY KEY, channel text NOT NULL, product text NOT NULL, category text NOT NULL, licence text NOT NULL, copies integer,
                deal text, value_fen bigint NOT NULL, price_fen bigint NOT NULL, refusal text);
            TRUNCATE {Table}
            """, connection, transaction))
        {
            await create.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        await using (var rows = await connection.BeginBinaryImportAsync(
            $"COPY {Table} (number, channel, product, category, licence, copies, deal, value_fen, price_fen, refusal) FROM STDIN (FORMAT binary)", cancellation).ConfigureAwait(false))
        {
            for (var number = 0; number < truth.Opportunities.Count; number++)
            {
                await WriteAsync(rows, number, truth.Opportunities[number], cancellation).ConfigureAwait(false);
            }

            await rows.CompleteAsync(cancellation).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>All opportunities in the order of simulated time; empty where the store has none, as it was restored or holds no simulation.</summary>
    public async Task<IReadOnlyList<ValuedOpportunity>> ReadAsync(CancellationToken cancellation)
    {
        await using var exists = database.CreateCommand($"SELECT to_regclass('{Table}') IS NOT NULL");
        if (await exists.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not true)
        {
            return [];
        }

        var found = new List<ValuedOpportunity>();
        // One text for each name, not one for each row.
        var names = new HashSet<string>(StringComparer.Ordinal);
        string Shared(string name) => names.TryGetValue(name, out var known) ? known : names.Add(name) ? name : name;
        await using var select = database.CreateCommand($"SELECT channel, product, category, copies, deal, value_fen, price_fen, refusal FROM {Table} ORDER BY number");
        await using var row = await select.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await row.ReadAsync(cancellation).ConfigureAwait(false))
        {
            found.Add(new(
                Enum.Parse<TradeChannel>(row.GetString(0)), Shared(row.GetString(1)), Shared(row.GetString(2)), row.IsDBNull(3) ? null : row.GetInt32(3),
                row.IsDBNull(4) ? null : row.GetString(4), row.GetInt64(5), row.GetInt64(6), row.IsDBNull(7) ? null : Enum.Parse<Rejection>(row.GetString(7))));
        }

        return found;
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter rows, int number, Opportunity one, CancellationToken cancellation)
    {
        await rows.StartRowAsync(cancellation).ConfigureAwait(false);
        await rows.WriteAsync(number, NpgsqlDbType.Integer, cancellation).ConfigureAwait(false);
        await rows.WriteAsync(one.Channel.ToString(), NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
        await rows.WriteAsync(one.Product.Value, NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
        await rows.WriteAsync(one.Category, NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
        await rows.WriteAsync(one.Licence.ToString(), NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
        await rows.WriteAsync(one.Copies, NpgsqlDbType.Integer, cancellation).ConfigureAwait(false);
        await rows.WriteAsync(one.Deal?.Value, NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
        await rows.WriteAsync(one.ValueFen, NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
        await rows.WriteAsync(one.PriceFen, NpgsqlDbType.Bigint, cancellation).ConfigureAwait(false);
        await rows.WriteAsync(one.Refusal?.ToString(), NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
    }
}
