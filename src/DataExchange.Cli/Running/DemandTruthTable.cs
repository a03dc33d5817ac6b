using DataExchange.EventStore;
using DataExchange.Reports.Figures;
using DataExchange.Simulation.Truth;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.Cli.Running;

/// <summary>The needs behind requirements and the products brought for them, beside the events of a run, as <see cref="TruthTable"/> keeps what things were worth.</summary>
internal sealed class DemandTruthTable(NpgsqlDataSource database)
{
    private const string Needs = $"{Schemas.Default}.run_requirement_needs";
    private const string Signals = $"{Schemas.Default}.run_supply_signals";

    /// <summary>Replaces what is there.</summary>
    public async Task WriteAsync(GroundTruth truth, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using (var create = new NpgsqlCommand(
            $"""
            CREATE TABLE IF NOT EXISTS {Needs} (number integer PRIMARY KEY, requirement text NOT NULL, category text NOT NULL, relevant text[] NOT NULL);
            CREATE TABLE IF NOT EXISTS {Signals} (number integer PRIMARY KEY, requirement text NOT NULL, product text NOT NULL);
            TRUNCATE {Needs}, {Signals}
            """, connection, transaction))
        {
            await create.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        await using (var rows = await connection.BeginBinaryImportAsync($"COPY {Needs} (number, requirement, category, relevant) FROM STDIN (FORMAT binary)", cancellation)
            .ConfigureAwait(false))
        {
            for (var number = 0; number < truth.Requirements.Count; number++)
            {
                var need = truth.Requirements[number];
                await rows.StartRowAsync(cancellation).ConfigureAwait(false);
                await rows.WriteAsync(number, NpgsqlDbType.Integer, cancellation).ConfigureAwait(false);
                await rows.WriteAsync(need.Requirement.Value, NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
                await rows.WriteAsync(need.Category, NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
                await rows.WriteAsync(need.Relevant.Select(product => product.Value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
            }

            await rows.CompleteAsync(cancellation).ConfigureAwait(false);
        }

        await using (var rows = await connection.BeginBinaryImportAsync($"COPY {Signals} (number, requirement, product) FROM STDIN (FORMAT binary)", cancellation)
            .ConfigureAwait(false))
        {
            for (var number = 0; number < truth.Signals.Count; number++)
            {
                await rows.StartRowAsync(cancellation).ConfigureAwait(false);
                await rows.WriteAsync(number, NpgsqlDbType.Integer, cancellation).ConfigureAwait(false);
                await rows.WriteAsync(truth.Signals[number].Requirement.Value, NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
                await rows.WriteAsync(truth.Signals[number].Product.Value, NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
            }

            await rows.CompleteAsync(cancellation).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>What is there; null where the store has none, as it was restored or holds no simulation.</summary>
    public async Task<DemandTruth?> ReadAsync(CancellationToken cancellation)
    {
        await using var exists = database.CreateCommand($"SELECT to_regclass('{Needs}') IS NOT NULL AND to_regclass('{Signals}') IS NOT NULL");
        if (await exists.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not true)
        {
            return null;
        }

        var needs = new List<RequirementNeed>();
        await using (var select = database.CreateCommand($"SELECT requirement, category, relevant FROM {Needs} ORDER BY number"))
        await using (var row = await select.ExecuteReaderAsync(cancellation).ConfigureAwait(false))
        {
            while (await row.ReadAsync(cancellation).ConfigureAwait(false))
            {
                needs.Add(new(row.GetString(0), row.GetString(1), await row.GetFieldValueAsync<string[]>(2, cancellation).ConfigureAwait(false)));
            }
        }

        var signals = new List<SupplySignal>();
        await using (var select = database.CreateCommand($"SELECT requirement, product FROM {Signals} ORDER BY number"))
        await using (var row = await select.ExecuteReaderAsync(cancellation).ConfigureAwait(false))
        {
            while (await row.ReadAsync(cancellation).ConfigureAwait(false))
            {
                signals.Add(new(row.GetString(0), row.GetString(1)));
            }
        }

        return new(needs, signals);
    }
}
