using System.Diagnostics;
using System.Globalization;
using DataExchange.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace DataExchange.LedgerBenchmarks;

/// <summary>
/// The usual ways: a table of accounts with running balances, a table of transfers with the id as its key. One transaction for each transfer
/// (insert, two updates, commit; prepared statements), and one for a thousand of them (two statements over arrays). What they stored is
/// compared with the ledger.
/// </summary>
internal static class SqlTransfers
{
    private const string Schema = "bench_ledger";
    private const int BatchSize = 1_000;
    private const int BatchFactor = 20;
    private const int Warmup = 50;

    public static async Task<List<SqlMeasure>> MeasureAsync(
        NpgsqlDataSource database, Transfer[] flow, int transfers, double ledgerRate, Action<string> progress, CancellationToken cancellation)
    {
        var measures = new List<SqlMeasure>();
        var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                async Task MeasureOneAsync(string name, int count, Func<Task<double>> run)
                {
                    await CreateAsync(connection, cancellation).ConfigureAwait(false);
                    var rate = await run().ConfigureAwait(false);
                    await CompareAsync(connection, flow.AsMemory(0, count), cancellation).ConfigureAwait(false);
                    measures.Add(new SqlMeasure(name, count, rate, ledgerRate / rate));
                    progress(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {rate,8:N0} /s, the plain flow is {ledgerRate / rate:N0} times as fast"));
                }

                var single = Math.Min(transfers, flow.Length);
                await MeasureOneAsync("SQL, one transaction each", single, () => RunSinglyAsync(connection, flow, single, cancellation)).ConfigureAwait(false);
                var batched = (int)Math.Min((long)transfers * BatchFactor, flow.Length);
                await MeasureOneAsync("SQL, 1,000 a transaction", batched, () => RunInBatchesAsync(connection, flow, batched, cancellation)).ConfigureAwait(false);
            }
            finally
            {
                await ExecuteAsync(connection, $"DROP SCHEMA IF EXISTS {Schema} CASCADE", CancellationToken.None).ConfigureAwait(false);
            }
        }

        return measures;
    }

    private static Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellation) => ExecuteAsync(
        connection,
        $"""
        DROP SCHEMA IF EXISTS {Schema} CASCADE;
        CREATE SCHEMA {Schema};
        CREATE TABLE {Schema}.accounts (number bigint PRIMARY KEY, debits bigint NOT NULL, credits bigint NOT NULL);
        CREATE TABLE {Schema}.transfers (id bigint PRIMARY KEY, debit bigint NOT NULL, credit bigint NOT NULL, amount bigint NOT NULL,
            code integer NOT NULL, deal bigint NOT NULL, event bigint NOT NULL, time bigint NOT NULL);
        INSERT INTO {Schema}.accounts SELECT number, 0, 0 FROM generate_series(1, {LedgerBenchmark.Accounts}) AS number;
        ANALYZE {Schema}.accounts
        """,
        cancellation);

    private static async Task<double> RunSinglyAsync(NpgsqlConnection connection, Transfer[] flow, int count, CancellationToken cancellation)
    {
        await using var insert = new NpgsqlCommand($"INSERT INTO {Schema}.transfers VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", connection);
        await using var debit = new NpgsqlCommand($"UPDATE {Schema}.accounts SET debits = debits + $1 WHERE number = $2", connection);
        await using var credit = new NpgsqlCommand($"UPDATE {Schema}.accounts SET credits = credits + $1 WHERE number = $2", connection);
        Declare(insert, 8);
        Declare(debit, 2);
        Declare(credit, 2);
        await insert.PrepareAsync(cancellation).ConfigureAwait(false);
        await debit.PrepareAsync(cancellation).ConfigureAwait(false);
        await credit.PrepareAsync(cancellation).ConfigureAwait(false);
        var started = 0L;
        for (var at = 0; at < count; at++)
        {
            if (at == Warmup)
            {
                started = Stopwatch.GetTimestamp();
            }

            var transfer = flow[at];
            Set(insert, (long)transfer.Id, transfer.DebitAccount, transfer.CreditAccount, transfer.Amount, transfer.Code, transfer.Reference.Deal, transfer.Reference.Event, transfer.Time);
            Set(debit, transfer.Amount, transfer.DebitAccount);
            Set(credit, transfer.Amount, transfer.CreditAccount);
            var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await insert.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                await debit.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                await credit.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                await transaction.CommitAsync(cancellation).ConfigureAwait(false);
            }
        }

        return (count - Warmup) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> RunInBatchesAsync(NpgsqlConnection connection, Transfer[] flow, int count, CancellationToken cancellation)
    {
        await using var insert = new NpgsqlCommand($"INSERT INTO {Schema}.transfers SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)", connection);
        await using var update = new NpgsqlCommand(
            $"""
            UPDATE {Schema}.accounts AS account SET debits = account.debits + moved.debits, credits = account.credits + moved.credits
            FROM (SELECT number, sum(debits)::bigint AS debits, sum(credits)::bigint AS credits
                  FROM (SELECT debit AS number, amount AS debits, 0 AS credits FROM unnest($1, $3) AS d(debit, amount)
                        UNION ALL SELECT credit, 0, amount FROM unnest($2, $3) AS c(credit, amount)) AS sides GROUP BY number) AS moved
            WHERE account.number = moved.number
            """,
            connection);
        var started = Stopwatch.GetTimestamp();
        for (var at = 0; at < count; at += BatchSize)
        {
            var part = flow[at..Math.Min(at + BatchSize, count)];
            long[][] columns =
            [
                [.. part.Select(transfer => (long)transfer.Id)], [.. part.Select(transfer => transfer.DebitAccount)], [.. part.Select(transfer => transfer.CreditAccount)],
                [.. part.Select(transfer => transfer.Amount)], [.. part.Select(transfer => (long)transfer.Code)], [.. part.Select(transfer => transfer.Reference.Deal)],
                [.. part.Select(transfer => transfer.Reference.Event)], [.. part.Select(transfer => transfer.Time)],
            ];
            insert.Parameters.Clear();
            update.Parameters.Clear();
            foreach (var column in columns)
            {
                insert.Parameters.Add(new NpgsqlParameter { Value = column, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            }

            foreach (var column in columns[1..4])
            {
                update.Parameters.Add(new NpgsqlParameter { Value = column, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            }

            var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await insert.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                await update.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                await transaction.CommitAsync(cancellation).ConfigureAwait(false);
            }
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task CompareAsync(NpgsqlConnection connection, ReadOnlyMemory<Transfer> flow, CancellationToken cancellation)
    {
        var ledger = LedgerFlows.Open(LedgerBenchmark.Accounts, flow.Length);
        ledger.Apply(flow.Span, new TransferResult[flow.Length]);
        await using var command = new NpgsqlCommand($"SELECT number, debits, credits FROM {Schema}.accounts", connection);
        var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                var balances = ledger.Balance(reader.GetInt64(0));
                if (balances.DebitsPosted != reader.GetInt64(1) || balances.CreditsPosted != reader.GetInt64(2))
                {
                    throw new InvalidOperationException($"Account {reader.GetInt64(0)}: SQL and the ledger have different balances.");
                }
            }
        }
    }

    private static void Declare(NpgsqlCommand command, int parameters)
    {
        for (var n = 0; n < parameters; n++)
        {
            command.Parameters.Add(new NpgsqlParameter<long>());
        }
    }

    private static void Set(NpgsqlCommand command, params ReadOnlySpan<long> values)
    {
        for (var n = 0; n < values.Length; n++)
        {
            ((NpgsqlParameter<long>)command.Parameters[n]).TypedValue = values[n];
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
