using System.Diagnostics;
using System.Globalization;
using DataExchange.Ledger;
using Npgsql;

namespace DataExchange.LedgerBenchmarks;

/// <summary>
/// Measures the double-entry ledger in memory beside a bare loop that adds to two arrays, and beside the usual ways, SQL on a server of the same
/// machine, in the same run: only the ratios say something about the program.
/// </summary>
public static class LedgerBenchmark
{
    /// <summary>Accounts of each ledger.</summary>
    public const int Accounts = 10_000;

    private const int Batch = 1_024;
    private const int Warmups = 3;

    /// <summary>Runs every measurement.</summary>
    /// <param name="database">A database that the tables are made in, in a schema of their own that is removed; null leaves SQL out.</param>
    /// <param name="transfers">Transfers of a flow; 10,000 to 20,000,000. Memory: about 250 bytes each.</param>
    /// <param name="sqlTransfers">Transfers with one SQL transaction each; 100 to 1,000,000. Batches take twenty times as many, as far as there are.</param>
    /// <param name="rounds">How often each flow is timed; the medians count. 1 to 99.</param>
    /// <param name="progress">Receives a line about each result as it comes.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static async Task<LedgerResults> RunAsync(
        NpgsqlDataSource? database, int transfers, int sqlTransfers, int rounds, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(transfers, 10_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(transfers, 20_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(sqlTransfers, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sqlTransfers, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        progress ??= _ => { };
        var plain = LedgerFlows.Plain(transfers, Accounts, scattered: false);
        var yardstick = MeasureYardstick(plain, rounds);
        progress(string.Create(CultureInfo.InvariantCulture, $"yardstick: a bare loop       {yardstick / 1e6,8:0.00} M/s"));
        var flows = new List<LedgerFlowMeasure>();
        void Flow(string name, Transfer[] flow, bool single = false)
        {
            cancellation.ThrowIfCancellationRequested();
            flows.Add(MeasureFlow(name, flow, single, rounds, yardstick));
            progress(Line(flows[^1]));
        }

        Flow("plain", plain);
        var asOf = MeasureBalancesAt(plain);
        Flow("plain, one call each", plain, single: true);
        Flow("plain, scattered ids", LedgerFlows.Plain(transfers, Accounts, scattered: true));
        Flow("two-phase", LedgerFlows.TwoPhase(transfers, Accounts));
        Flow("linked, chains of 4", LedgerFlows.Linked(transfers, Accounts));
        progress(string.Create(CultureInfo.InvariantCulture, $"balances as of a time        {asOf / 1e6,8:0.00} M/s"));
        List<SqlMeasure> sql = database is null
            ? [] : await SqlTransfers.MeasureAsync(database, plain, sqlTransfers, flows[0].TransfersPerSecond, progress, cancellation).ConfigureAwait(false);
        return new LedgerResults(Accounts, yardstick, flows, asOf, sql);
    }

    private static string Line(LedgerFlowMeasure flow) => string.Create(CultureInfo.InvariantCulture,
        $"{flow.Name,-28} {flow.TransfersPerSecond / 1e6,8:0.00} M/s, {flow.ToYardstick:0.000} × bare loop; {flow.AllocatedBytesPerTransfer:0.###} B/transfer allocated, {flow.Collections} collections; {flow.ReservedBytesPerTransfer:0} B/transfer reserved");

    /// <summary>What no ledger can do without: two additions to memory, with the same numbers in the same order.</summary>
    private static double MeasureYardstick(Transfer[] flow, int rounds)
    {
        var rates = new List<double>();
        var (debits, credits) = (new long[Accounts + 1], new long[Accounts + 1]);
        for (var round = -Warmups; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            Add(flow, debits, credits);
            if (round >= 0)
            {
                rates.Add(flow.Length / Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
        }

        return Median(rates);
    }

    private static void Add(Transfer[] flow, long[] debits, long[] credits)
    {
        foreach (ref readonly var transfer in flow.AsSpan())
        {
            debits[transfer.DebitAccount] += transfer.Amount;
            credits[transfer.CreditAccount] += transfer.Amount;
        }
    }

    private static LedgerFlowMeasure MeasureFlow(string name, Transfer[] flow, bool single, int rounds, double yardstick)
    {
        var rates = new List<double>();
        var (allocated, collections, reserved, hash) = (0L, 0, 0L, 0UL);
        var results = new TransferResult[Batch];
        for (var round = -Warmups; round < rounds; round++)
        {
            var ledger = LedgerFlows.Open(Accounts, flow.Length);
            GC.Collect();
            var (collectionsBefore, bytesBefore) = (GC.CollectionCount(0), GC.GetAllocatedBytesForCurrentThread());
            var started = Stopwatch.GetTimestamp();
            var accepted = single ? RunSingly(ledger, flow) : RunInBatches(ledger, flow, results);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var bytes = GC.GetAllocatedBytesForCurrentThread() - bytesBefore;
            if (accepted != flow.Length)
            {
                throw new InvalidOperationException($"{name}: of {flow.Length} transfers the ledger accepted {accepted}.");
            }

            if (round >= 0)
            {
                rates.Add(flow.Length / seconds);
                allocated = Math.Max(allocated, bytes);
                collections += GC.CollectionCount(0) - collectionsBefore;
            }

            if (round == rounds - 1)
            {
                (reserved, hash) = (ledger.ReservedBytes, ledger.StateHash());
                if (ledger.FindViolation() is { } violation)
                {
                    throw new InvalidOperationException($"{name}: {violation}");
                }
            }
        }

        var rate = Median(rates);
        return new LedgerFlowMeasure(
            name, flow.Length, rate, rate / yardstick, (double)allocated / flow.Length, collections, (double)reserved / flow.Length,
            hash.ToString("x16", CultureInfo.InvariantCulture));
    }

    private static int RunInBatches(DoubleEntryLedger ledger, Transfer[] flow, TransferResult[] results)
    {
        var accepted = 0;
        for (var at = 0; at < flow.Length; at += Batch)
        {
            accepted += ledger.Apply(flow.AsSpan(at, Math.Min(Batch, flow.Length - at)), results);
        }

        return accepted;
    }

    private static int RunSingly(DoubleEntryLedger ledger, Transfer[] flow)
    {
        var accepted = 0;
        foreach (ref readonly var transfer in flow.AsSpan())
        {
            accepted += ledger.Apply(in transfer) == TransferResult.Ok ? 1 : 0;
        }

        return accepted;
    }

    private static double MeasureBalancesAt(Transfer[] flow)
    {
        const int Queries = 500_000;
        var ledger = LedgerFlows.Open(Accounts, flow.Length);
        RunInBatches(ledger, flow, new TransferResult[Batch]);
        var draw = new ZipfAccounts(Accounts);
        var queries = new (long Account, long Time)[Queries];
        for (var n = 0; n < Queries; n++)
        {
            queries[n] = (draw.Next(), draw.Below((int)Math.Min(ledger.Now + 1, int.MaxValue)));
        }

        var best = 0.0;
        var sum = 0L;
        for (var round = 0; round < Warmups; round++)
        {
            var started = Stopwatch.GetTimestamp();
            foreach (var (account, time) in queries)
            {
                sum ^= ledger.BalanceAt(account, time).CreditsPosted;
            }

            best = Math.Max(best, Queries / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return sum == long.MinValue ? 0 : best;
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
