using System.Globalization;
using DataExchange.Exchange.Accounts;
using DataExchange.Ledger;

namespace DataExchange.Accounting;

/// <summary>The journal that hledger and ledger read; only the declarations differ.</summary>
internal sealed class PlainTextJournal(MarketLedger ledger, TextWriter output, bool isHledger)
{
    private readonly Journal _journal = new(ledger);

    internal LedgerExportResult Write(string title, CancellationToken cancellation)
    {
        output.Write($"; {title}\n");
        output.Write("; Amounts in yuan (CNY); licences and packs of a product in units named after it. Debits are positive.\n\n");
        var accounts = _journal.Accounts();
        Declare(accounts);
        var (entries, last) = (0L, default(DateOnly));
        foreach (var entry in _journal.Entries())
        {
            cancellation.ThrowIfCancellationRequested();
            entries++;
            last = entry.At.Date;
            output.Write('\n');
            output.Write(DateOf(last));
            output.Write(" * ");
            output.Write(entry.Deal is null ? "" : $"({entry.Deal}) ");
            output.Write(LedgerExport.WordsOf(entry.Code));
            output.Write(string.Create(CultureInfo.InvariantCulture, $"  ; event: {entry.Event}\n"));
            foreach (var line in entry.Lines)
            {
                WriteLine(line.Account, line.Commodity, line.Amount);
                output.Write('\n');
            }
        }

        if (accounts.Count > 0)
        {
            WriteAssertions(accounts, last);
        }

        return new LedgerExportResult(entries, accounts.Count);
    }

    private void Declare(IReadOnlyList<JournalAccount> accounts)
    {
        foreach (var commodity in accounts.Select(account => account.Commodity).Distinct().OrderBy(commodity => commodity.Product))
        {
            output.Write($"commodity {NameOf(commodity)}\n");
            if (isHledger)
            {
                output.Write(commodity.Product == 0 ? "  format 1000.00 CNY\n" : $"  format 1000. {NameOf(commodity)}\n");
            }
        }

        // What ledger does not know by name it refuses when it is told to be strict.
        output.Write(isHledger ? "\n" : "tag event\n\n");
        foreach (var account in accounts)
        {
            output.Write($"account {account.Name}");
            output.Write(isHledger ? $"  ; type: {TypeOf(account.Class)}\n" : "\n");
        }
    }

    // An entry of zeros in which the tool compares each account with what it must have come to.
    private void WriteAssertions(IReadOnlyList<JournalAccount> accounts, DateOnly last)
    {
        output.Write($"\n{DateOf(last)} * Balances that must have been reached 期末核对\n");
        foreach (var account in accounts)
        {
            WriteLine(account.Name, account.Commodity, 0);
            output.Write(" = ");
            LedgerExport.WriteAmount(output, account.Commodity, account.Balance);
            output.Write($" {NameOf(account.Commodity)}\n");
        }
    }

    private void WriteLine(string account, Commodity commodity, long amount)
    {
        output.Write("    ");
        output.Write(account);
        output.Write("  ");
        LedgerExport.WriteAmount(output, commodity, amount);
        output.Write(' ');
        output.Write(NameOf(commodity));
    }

    // Names with digits are quoted.
    private string NameOf(Commodity commodity) => ledger.Chart.ProductOf(commodity) is { } product ? $"\"{product}\"" : "CNY";

    private static string DateOf(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static char TypeOf(AccountClass @class) => @class switch
    {
        AccountClass.Asset => 'A',
        AccountClass.Liability => 'L',
        AccountClass.Equity => 'E',
        AccountClass.Income => 'R',
        _ => 'X',
    };
}
