using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataExchange.Cli.Running;
using DataExchange.Domain;
using DataExchange.Exchange.Accounts;
using DataExchange.Ledger;
using Command = System.CommandLine.Command;

namespace DataExchange.Cli.Commands;

/// <summary><c>dx ledger</c>: the market's books.</summary>
internal static class LedgerCommand
{
    public static Command Create() => new("ledger", "The market's double-entry books: trial balance, accounts and their entries (docs/ledger.md)")
    {
        TrialBalance(), Account(), Accounts(),
    };

    private static Command TrialBalance()
    {
        var at = CommonOptions.At("The books as they stood then (simulated time, China), e.g. --at 2024-12-31; a date alone is the end of that day [default: the last event]");
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "trial-balance",
            "Post every event anew and print the trial balance; exit code 1 when it is off\n\n  ./dx ledger trial-balance\n  ./dx ledger trial-balance --at 2024-12-31 --json")
        {
            at, data, postgres, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), false, cancellation).ConfigureAwait(false);
            var books = await ReplayAsync(opened, parsed.GetValue(at), cancellation).ConfigureAwait(false);
            var totals = LedgerTotals.Of(books.Ledger);
            var time = parsed.GetValue(at) ?? books.At;
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    new TrialBalanceOutput(totals.IsBalanced, totals.TrialBalanceFen, totals.Accounts, totals.Transfers, time?.ToString()),
                    CommandJson.Readable.TrialBalanceOutput));
            }
            else
            {
                Print(books.Ledger, totals, time);
            }

            return totals.IsBalanced ? 0 : 1;
        });
        return command;
    }

    private static Command Account()
    {
        var name = new Argument<string>("NAME") { Description = "The account, e.g. liabilities:escrow, income:fees:zjbdec, liabilities:payable:F00012 (see dx ledger accounts)" };
        var at = CommonOptions.At("The account as it stood then, e.g. --at 2024-12-31; a date alone is the end of that day [default: the last event]");
        var limit = CommonOptions.Limit("The last N entries; 0 for all", 20);
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.Json());
        var command = new Command(
            "account",
            "Print an account's balances and last entries\n\n  ./dx ledger account income:fees:zjbdec\n  ./dx ledger account liabilities:escrow --at 2024-06-30 --limit 5 --json")
        {
            name, at, limit, data, postgres, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), false, cancellation).ConfigureAwait(false);
            var books = await ReplayAsync(opened, parsed.GetValue(at), cancellation).ConfigureAwait(false);
            var output = AccountOutput(books.Ledger, parsed.GetValue(name)!, parsed.GetValue(limit) ?? 20, parsed.GetValue(at) ?? books.At);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(output, CommandJson.Readable.LedgerAccountOutput));
            }
            else
            {
                Print(output);
            }

            return 0;
        });
        return command;
    }

    private static Command Accounts()
    {
        var at = CommonOptions.At("The books as they stood then, e.g. --at 2024-12-31; a date alone is the end of that day [default: the last event]");
        var (data, postgres, json) = (CommonOptions.Data(), CommonOptions.Postgres(), CommonOptions.JsonLines());
        var command = new Command(
            "accounts",
            "List every account with its balance, what is held as accounts of its own, as the exports have it\n\n  ./dx ledger accounts\n  ./dx ledger accounts --json | jq -c 'select(.balance != 0)'")
        {
            at, data, postgres, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var opened = await OpenedStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), false, cancellation).ConfigureAwait(false);
            var books = await ReplayAsync(opened, parsed.GetValue(at), cancellation).ConfigureAwait(false);
            var table = new TextTable(new("账户 account"), new("class"), new("unit"), new("余额 balance", true));
            foreach (var account in new Journal(books.Ledger).Accounts())
            {
                var unit = UnitOf(books.Ledger, account.Commodity);
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(
                        new LedgerBalanceOutput(account.Name, account.Class.ToString(), unit, account.Balance), CommandJson.Default.LedgerBalanceOutput));
                }
                else
                {
                    table.Add(account.Name, account.Class.ToString(), unit, Amount(account.Commodity, account.Balance));
                }
            }

            if (!parsed.GetValue(json))
            {
                table.WriteTo(Console.Out, StandardOutput.Width);
            }

            return 0;
        });
        return command;
    }

    private static async Task<ReplayedLedger> ReplayAsync(OpenedStore opened, SimulatedTime? at, CancellationToken cancellation)
    {
        var books = await StoredLedger.ReplayAsync(opened.Database, at, cancellation).ConfigureAwait(false);
        return books.Defect is { } defect
            ? throw new CommandFailedException($"The stored events do not fit the ledger: {defect}. './dx verify' names everything that is off.")
            : books;
    }

    private static LedgerAccountOutput AccountOutput(MarketLedger ledger, string name, long limit, SimulatedTime? at)
    {
        if (!ledger.Chart.TryFind(name, out var number))
        {
            throw new WrongInputException(
                $"NAME '{name}' is no account; the nearest are {string.Join(", ", NearestIds.Of(name, ledger.Chart.Names))}; './dx ledger accounts' lists all");
        }

        var account = ledger.Book.FindAccount(number)!;
        var balances = ledger.Book.Balance(number);
        var entries = new List<LedgerEntryOutput>();
        for (var i = ledger.Book.TransferCount - 1; i >= 0 && (limit == 0 || entries.Count < limit); i--)
        {
            var accepted = ledger.Book.TransferAt(i);
            var transfer = accepted.Content;
            if (transfer.DebitAccount == number || transfer.CreditAccount == number)
            {
                entries.Add(new LedgerEntryOutput(
                    new SimulatedTime(transfer.Time).ToString(), transfer.Reference.Event, ledger.DealOf(transfer.Reference.Deal), transfer.Kind.ToString(),
                    ((LedgerCode)transfer.Code).ToString(), ledger.Book.FindAccount(transfer.DebitAccount)!.Name,
                    ledger.Book.FindAccount(transfer.CreditAccount)!.Name, transfer.Amount));
            }
        }

        entries.Reverse();
        return new LedgerAccountOutput(
            name, account.Class.ToString(), UnitOf(ledger, account.Commodity), at?.ToString(), balances.DebitsPosted, balances.CreditsPosted, balances.DebitsPending,
            balances.CreditsPending, balances.NetDebit, entries);
    }

    private static void Print(LedgerAccountOutput output)
    {
        string Show(long amount) => output.Unit == "CNY_FEN" ? new Money(amount).ToString() : amount.ToString("N0", CultureInfo.InvariantCulture);
        Console.WriteLine($"账户 account   {output.Name} ({output.Class}, {(output.Unit == "CNY_FEN" ? "yuan" : $"units of {output.Unit}")}) at {output.At}");
        Console.WriteLine($"借方 debits    {Show(output.DebitsPosted)}, held {Show(output.DebitsPending)}");
        Console.WriteLine($"贷方 credits   {Show(output.CreditsPosted)}, held {Show(output.CreditsPending)}");
        Console.WriteLine($"余额 balance   {Show(Math.Abs(output.NetDebit))} {(output.NetDebit < 0 ? "credit" : "debit")}");
        Console.WriteLine();
        var table = new TextTable(new("time"), new("event", true), new("deal"), new("kind"), new("code"), new("借 debit"), new("贷 credit"), new("amount", true));
        foreach (var entry in output.Entries)
        {
            table.Add(
                entry.At[..19].Replace('T', ' '), entry.Event.ToString(CultureInfo.InvariantCulture), entry.Deal ?? "", entry.Kind, entry.Code, entry.Debit, entry.Credit,
                Show(entry.Amount));
        }

        table.WriteTo(Console.Out, StandardOutput.Width);
    }

    private static void Print(MarketLedger ledger, LedgerTotals totals, SimulatedTime? at)
    {
        LedgerOutput.Table(LedgerGroups.Of(ledger)).WriteTo(Console.Out, StandardOutput.Width);
        Console.WriteLine();
        Console.WriteLine(totals.IsBalanced
            ? $"Balanced: debits less credits {totals.TrialBalanceFen} fen, and 0 in the licence units of every product; {totals.Accounts:N0} accounts, {totals.Transfers:N0} transfers at {at}"
            : $"NOT balanced: debits less credits {totals.TrialBalanceFen} fen");
    }

    private static string UnitOf(MarketLedger ledger, Commodity commodity) => ledger.Chart.ProductOf(commodity) ?? "CNY_FEN";

    private static string Amount(Commodity commodity, long amount) =>
        commodity == Commodity.CnyFen ? new Money(amount).ToString() : amount.ToString("N0", CultureInfo.InvariantCulture);
}
