using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using DataExchange.LedgerBenchmarks;
using DataExchange.Postgres;
using Npgsql;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx bench ledger</c>: transfers in memory, beside a bare loop and beside SQL in the same run.</summary>
internal static class BenchLedgerCommand
{
    public static Command Create()
    {
        var transfers = MatchCommand.Number("--count", "Transfers of each flow [default: 2000000]", "N", 10_000, 20_000_000);
        var sql = MatchCommand.Number("--sql", "Transfers with one SQL transaction each; batched SQL takes twenty times as many [default: 10000]", "N", 100, 1_000_000);
        var rounds = MatchCommand.Number("--rounds", "How often each flow is timed; medians count [default: 5]", "N", 1, 99);
        var output = new Option<string?>("--out") { Description = "File for the results as JSON [default: DATA/bench-ledger.json]", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var command = new Command("ledger", "The double-entry ledger: plain, two-phase and linked transfers, beside a bare loop and beside SQL in the same run")
        {
            transfers, sql, rounds, data, output,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(transfers) ?? 2_000_000, parsed.GetValue(sql) ?? 10_000, parsed.GetValue(rounds) ?? 5,
            parsed.GetValue(data)!, parsed.GetValue(output), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int transfers, int sql, int rounds, string data, string? output, CancellationToken cancellation)
    {
        var server = await EmbeddedPostgres.StartAsync(Path.Combine(data, "bench", "ledger"), null, cancellation).ConfigureAwait(false);
        await using var started = server.ConfigureAwait(false);
        var database = NpgsqlDataSource.Create(server.ConnectionString);
        await using var opened = database.ConfigureAwait(false);
        var results = await LedgerBenchmark.RunAsync(
            database, transfers, sql, rounds,
            line =>
            {
                Console.WriteLine(line);
                Console.Out.Flush();
            },
            cancellation).ConfigureAwait(false);
        var file = output ?? Path.Combine(data, "bench-ledger.json");
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(
                new LedgerBenchOutput(RuntimeInformation.OSDescription, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription, transfers, rounds, results),
                CommandJson.Default.LedgerBenchOutput),
            cancellation).ConfigureAwait(false);
        Console.WriteLine($"Written to {file}");
        return 0;
    }
}
