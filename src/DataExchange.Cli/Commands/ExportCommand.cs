using System.CommandLine;
using System.Globalization;
using System.Text;
using DataExchange.Accounting;
using DataExchange.Cli.Running;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx export</c>: what a store holds, in forms that other tools read.</summary>
internal static class ExportCommand
{
    public static Command Create() => ExportFilesCommand.Within(new(
        "export",
        "Write what a store holds in forms that other tools read\n\n"
        + "  ./dx export --format cloudevents --out events.ndjson\n"
        + "  ./dx export --format cloudevents | head -n 1 | jq .\n"
        + "  ./dx export --format parquet --out tables && duckdb -c \"SELECT channel, count(*) FROM 'tables/deals.parquet' GROUP BY 1\"\n"
        + "  DX_DUCKDB=/opt/duckdb/libduckdb.so ./dx export --format duckdb --out market.duckdb")
    {
        Ledger(), ExportCatalogueCommand.Create(),
    });

    private static Command Ledger()
    {
        var format = new Option<LedgerFormat>("--format")
        {
            Description = "hledger, ledger or beancount (journals that these tools check and total), or csv (all transfers)",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => LedgerFormat.Hledger,
            CustomParser = result => CommonOptions.ParseWord<LedgerFormat>(result, "--format"),
        };
        var output = new Option<string?>("--out") { Description = "The file, e.g. --out /tmp/market.journal [default: standard output]", HelpName = "FILE" };
        var (data, postgres) = (CommonOptions.Data(), CommonOptions.Postgres());
        var command = new Command(
            "ledger",
            "Write the market's books for hledger, ledger or beancount, or as CSV\n\n"
            + "  ./dx export ledger --format hledger --out market.journal && hledger -f market.journal balance income\n"
            + "  ./dx export ledger --format csv | head")
        {
            format, output, data, postgres,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), false, cancellation).ConfigureAwait(false);
            var books = await StoredLedger.ReplayAsync(opened.Database, null, cancellation).ConfigureAwait(false);
            if (books.Defect is { } defect)
            {
                throw new CommandFailedException($"The stored events do not fit the ledger: {defect}. './dx verify' names everything that is off.");
            }

            var run = opened.Identity;
            var title = string.Create(
                CultureInfo.InvariantCulture, $"DataExchange {run.CreatedWith}: {run.ScenarioName}, seed {run.Seed}, scale {run.Scale}{(!run.IsCompleted ? ", interrupted" : run.RunEvents is null ? "" : ", extended")}");
            var chosen = parsed.GetValue(format);
            if (parsed.GetValue(output) is not { } path)
            {
                await using var pipe = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
                LedgerExport.Write(books.Ledger, chosen, title, pipe, cancellation);
                return 0;
            }

            await using var file = OutputFile.Create(path);
            var written = LedgerExport.Write(books.Ledger, chosen, title, file.Writer, cancellation);
            await file.CompleteAsync(cancellation).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"{written.Entries:N0} {(chosen == LedgerFormat.Csv ? "transfers" : "entries")}, {written.Accounts:N0} accounts: {Path.GetFullPath(path)}")
                .ConfigureAwait(false);
            return 0;
        });
        return command;
    }
}
