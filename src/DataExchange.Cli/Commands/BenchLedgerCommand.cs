using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.LedgerBenchmarks;
using DataExchange.Postgres;
using Npgsql;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx bench ledger</c>: transfers in memory, beside a bare loop and beside SQL in the same run.</summary>
internal static class BenchLedgerCommand
{
    private const double DefaultScale = 0.1;
    private const double MostScale = 10;

    public static Command Create()
    {
        var transfers = MatchCommand.Number("--count", "Transfers of each flow [default: 2000000]", "N", 10_000, 20_000_000);
        var sql = MatchCommand.Number("--sql", "Transfers with one SQL transaction each; batched SQL takes twenty times as many [default: 10000]", "N", 100, 1_000_000);
        var rounds = MatchCommand.Number("--rounds", "How often each flow is timed; medians count [default: 5]", "N", 1, 99);
        var market = new Option<double?>("--market")
        {
            Description = "Scale of a market that is simulated and stored with and without its books, to see what posting takes of a run; 0 for none [default: 0.1]",
            HelpName = "K",
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && scale is >= 0 and <= MostScale)
                {
                    return scale;
                }

                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--market '{text}' is not allowed: a number from 0 to {MostScale}"));
                return null;
            },
        };
        var output = new Option<string?>("--out") { Description = "File for the results as JSON [default: DATA/bench-ledger.json]", HelpName = "FILE" };
        var (seed, threads, data) = (CommonOptions.Seed(), CommonOptions.Threads(), CommonOptions.Data());
        var command = new Command(
            "ledger",
            "The double-entry ledger: plain, two-phase and linked transfers, beside a bare loop and beside SQL in the same run; and what posting takes of a simulation\n\n"
            + "  ./dx bench ledger\n  ./dx bench ledger --count 10000 --sql 100 --rounds 3 --market 0.05")
        {
            transfers, sql, rounds, market, seed, threads, data, output,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new Sizes(parsed.GetValue(transfers) ?? 2_000_000, parsed.GetValue(sql) ?? 10_000, parsed.GetValue(rounds) ?? 5, parsed.GetValue(market) ?? DefaultScale),
            parsed.GetValue(seed), parsed.GetValue(threads), Path.Combine(parsed.GetValue(data)!, "bench"),
            parsed.GetValue(output) ?? Path.Combine(parsed.GetValue(data)!, "bench-ledger.json"), cancellation));
        return command;
    }

    // The file is opened first: a name that cannot be is told at once, not after minutes.
    private static async Task<int> RunAsync(Sizes sizes, ulong seed, int threads, string folder, string path, CancellationToken cancellation)
    {
        await using var file = OutputFile.Create(path);
        var results = await MeasureAsync(sizes, folder, cancellation).ConfigureAwait(false);
        var market = sizes.Market == 0 ? null : await new PostingCost(folder, sizes.Market, seed, threads).MeasureAsync(sizes.Rounds, cancellation).ConfigureAwait(false);
        if (market is not null)
        {
            Say($"a market of scale {market.Scale}: {market.Events:N0} events, {market.Transfers:N0} transfers; posted in {market.PostingSeconds:0.000} s, audited in {market.AuditSeconds:0.000} s");
            Say($"simulated, stored and projected in {market.StoredWithSeconds:0.00} s with books, {market.StoredWithoutSeconds:0.00} s without: {market.Difference:+0.0 %;-0.0 %}, in processor time {market.CpuDifference:+0.0 %;-0.0 %}; posting by itself {market.ShareOfStoring:0.0 %} of it");
            Say($"a whole dx simulate {market.RunSeconds:0.00} s: posting and its audit {market.ShareOfRun:0.0 %} of it");
        }

        await file.Writer.WriteAsync(JsonSerializer.Serialize(
            new LedgerBenchOutput(
                RuntimeInformation.OSDescription, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription, sizes.Transfers, sizes.Rounds, results, market),
            CommandJson.Default.LedgerBenchOutput).AsMemory(), cancellation).ConfigureAwait(false);
        await file.CompleteAsync(cancellation).ConfigureAwait(false);
        Console.WriteLine($"Written to {path}");
        return 0;
    }

    private static async Task<LedgerResults> MeasureAsync(Sizes sizes, string folder, CancellationToken cancellation)
    {
        var server = await EmbeddedPostgres.StartAsync(Path.Combine(folder, "ledger"), null, cancellation).ConfigureAwait(false);
        await using var started = server.ConfigureAwait(false);
        var database = NpgsqlDataSource.Create(server.ConnectionString);
        await using var opened = database.ConfigureAwait(false);
        return await LedgerBenchmark.RunAsync(database, sizes.Transfers, sizes.Sql, sizes.Rounds, line => Say($"{line}"), cancellation).ConfigureAwait(false);
    }

    private static void Say(FormattableString line)
    {
        Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        Console.Out.Flush();
    }

    private sealed record Sizes(int Transfers, int Sql, int Rounds, double Market);
}
