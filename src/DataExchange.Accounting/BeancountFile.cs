using System.Globalization;
using System.Text;
using DataExchange.Exchange.Accounts;
using DataExchange.Ledger;

namespace DataExchange.Accounting;

/// <summary>
/// The file that beancount reads. Its accounts begin with one of five names, and each part of a name with a capital or a digit: the names are
/// turned into such ones; metadata tell the name that the ledger has.
/// </summary>
internal sealed class BeancountFile(MarketLedger ledger, TextWriter output)
{
    private readonly Journal _journal = new(ledger);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    internal LedgerExportResult Write(string title, CancellationToken cancellation)
    {
        output.Write($"; {title}\n");
        output.Write("; Amounts in yuan (CNY); licences and packs of a product in units named after it. Debits are positive.\n");
        output.Write("option \"title\" \"DataExchange\"\noption \"operating_currency\" \"CNY\"\n\n");
        var accounts = _journal.Accounts();
        Name(accounts);
        foreach (var account in accounts)
        {
            output.Write($"{DateOf(account.Opened.Date)} open {_names[account.Name]} {NameOf(account.Commodity)}\n");
            output.Write($"  name: \"{account.Name}\"\n");
        }

        var (entries, last) = (0L, default(DateOnly));
        foreach (var entry in _journal.Entries())
        {
            cancellation.ThrowIfCancellationRequested();
            entries++;
            last = entry.At.Date;
            output.Write($"\n{DateOf(last)} * \"{LedgerExport.WordsOf(entry.Code)}\"\n");
            output.Write(string.Create(CultureInfo.InvariantCulture, $"  event: {entry.Event}\n"));
            output.Write(entry.Deal is null ? "" : $"  deal: \"{entry.Deal}\"\n");
            foreach (var line in entry.Lines)
            {
                output.Write("  ");
                output.Write(_names[line.Account]);
                output.Write("  ");
                LedgerExport.WriteAmount(output, line.Commodity, line.Amount);
                output.Write($" {NameOf(line.Commodity)}\n");
            }
        }

        // A balance is that of the beginning of its day; without a tolerance of its own it may be off by a fen.
        output.Write('\n');
        foreach (var account in accounts)
        {
            output.Write($"{DateOf(last.AddDays(1))} balance {_names[account.Name]}  ");
            LedgerExport.WriteAmount(output, account.Commodity, account.Balance);
            output.Write($" ~ 0 {NameOf(account.Commodity)}\n");
        }

        return new LedgerExportResult(entries, accounts.Count);
    }

    private void Name(IReadOnlyList<JournalAccount> accounts)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var account in accounts)
        {
            var root = account.Class switch
            {
                AccountClass.Asset => "Assets",
                AccountClass.Liability => "Liabilities",
                AccountClass.Equity => "Equity",
                AccountClass.Income => "Income",
                _ => "Expenses",
            };
            string[] parts = account.Name.Split(':');
            var own = parts.Select(PartOf).ToArray();
            var name = own[0] == root ? string.Join(':', own) : $"{root}:{string.Join(':', own)}";

            // What became the same by turning letters is told apart by a number.
            var free = name;
            for (var number = 2; !taken.Add(free); number++)
            {
                free = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
            }

            _names.Add(account.Name, free);
        }
    }

    private static string PartOf(string part)
    {
        var name = new StringBuilder(part.Length + 1);
        foreach (var letter in part)
        {
            name.Append(char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '-');
        }

        if (name.Length == 0 || name[0] == '-')
        {
            name.Insert(0, 'X');
        }

        name[0] = char.ToUpperInvariant(name[0]);
        return name.ToString();
    }

    private string NameOf(Commodity commodity) => ledger.Chart.ProductOf(commodity) ?? "CNY";

    private static string DateOf(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
