using System.Diagnostics;
using System.Globalization;
using CsCheck;
using DataExchange.Exchange.Accounts;
using DataExchange.Ledger;

namespace DataExchange.Accounting.Tests;

/// <summary>Of any market: the books balance at every event, are what the events sum to, and every export has the same totals for each account.</summary>
public sealed class ExportTests
{
    private const int Steps = 250;
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue - 1];

    [Fact]
    public void The_trial_balance_is_zero_at_every_event_of_any_market() => Seeds.Sample(
        seed =>
        {
            var (ledger, number) = (new MarketLedger(), 0L);
            foreach (var (stream, version, data) in RandomMarket.Draw(seed, Steps))
            {
                Assert.Null(ledger.Take(++number, stream, version, data));
                Assert.All(ledger.Book.TrialBalances(), sum => Assert.True(sum.IsBalanced, $"seed {seed}, event {number}: {sum}"));
            }

            Assert.Null(ledger.Book.FindViolation());
        }, iter: 100);

    [Fact]
    public void Any_market_is_reconciled_with_the_plain_sums_of_its_events() => Seeds.Sample(
        seed =>
        {
            var (audit, number) = (new LedgerAudit(), 0L);
            foreach (var (stream, version, data) in RandomMarket.Draw(seed, Steps))
            {
                audit.Take(++number, stream, version, data);
            }

            Assert.Equal([], audit.Complete());
        }, iter: 100);

    [Fact]
    public void Every_export_has_the_totals_of_the_books() => Seeds.Sample(
        seed =>
        {
            var ledger = Books(seed);
            var expected = Expected(ledger);
            Assert.Equal(expected, JournalTotals(Export(ledger, LedgerFormat.Hledger)));
            Assert.Equal(expected, JournalTotals(Export(ledger, LedgerFormat.Ledger)));
            Assert.Equal(expected, BeancountTotals(Export(ledger, LedgerFormat.Beancount)));
            CheckCsv(ledger, Export(ledger, LedgerFormat.Csv));
        }, iter: 60);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_tools_themselves_accept_it_and_refuse_it_with_a_fen_more(int seed)
    {
        var ledger = Books(seed);
        foreach (var (format, tool, before) in new[]
        {
            (LedgerFormat.Hledger, "hledger", (string[])["check", "--strict", "-f"]), (LedgerFormat.Ledger, "ledger", ["--pedantic", "balance", "-f"]),
            (LedgerFormat.Beancount, "bean-check", []),
        })
        {
            var file = Path.Combine(Path.GetTempPath(), $"dx-{Guid.NewGuid():N}.{format}");
            try
            {
                var text = Export(ledger, format);
                await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
                Assert.Equal(0, await RunAsync(tool, [.. before, file]));
                await File.WriteAllTextAsync(file, AFenMore(text), TestContext.Current.CancellationToken);
                Assert.NotEqual(0, await RunAsync(tool, [.. before, file]));
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    [Fact]
    public void Books_without_entries_are_exported_too()
    {
        foreach (var format in Enum.GetValues<LedgerFormat>())
        {
            var output = new StringWriter();
            var result = LedgerExport.Write(new MarketLedger(), format, "nothing", output, TestContext.Current.CancellationToken);
            Assert.Equal(0, result.Entries);
            Assert.NotEqual("", output.ToString());
        }
    }

    private static MarketLedger Books(int seed)
    {
        var (ledger, number) = (new MarketLedger(), 0L);
        foreach (var (stream, version, data) in RandomMarket.Draw(seed, Steps))
        {
            Assert.Null(ledger.Take(++number, stream, version, data));
        }

        return ledger;
    }

    private static string Export(MarketLedger ledger, LedgerFormat format)
    {
        var output = new StringWriter();
        LedgerExport.Write(ledger, format, "a random market", output, TestContext.Current.CancellationToken);
        return output.ToString();
    }

    // From the ledger's own balances; what is held of a party's money is an account of its own in journals.
    private static SortedDictionary<string, decimal> Expected(MarketLedger ledger)
    {
        var totals = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var name in ledger.Chart.Names)
        {
            ledger.Chart.TryFind(name, out var number);
            var balance = ledger.Book.Balance(number);
            var isMoney = ledger.Book.FindAccount(number)!.Commodity == Commodity.CnyFen;
            var held = name.StartsWith("liabilities:available:", StringComparison.Ordinal) ? balance.DebitsPending : 0;
            Add(totals, name, (decimal)(balance.NetDebit + held) / (isMoney ? 100 : 1));
            if (held != 0)
            {
                Add(totals, name.Replace(":available:", ":held:", StringComparison.Ordinal), -held / 100m);
            }
        }

        return totals;
    }

    private static SortedDictionary<string, decimal> JournalTotals(string text)
    {
        var totals = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)))
        {
            var cells = line.Split((string[])[" ", "\""], StringSplitOptions.RemoveEmptyEntries);
            Add(totals, cells[0], decimal.Parse(cells[1], CultureInfo.InvariantCulture));
        }

        return totals;
    }

    private static SortedDictionary<string, decimal> BeancountTotals(string text)
    {
        var (totals, names, opened) = (new SortedDictionary<string, decimal>(StringComparer.Ordinal), new Dictionary<string, string>(), "");
        foreach (var line in text.Split('\n'))
        {
            var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cells is [_, "open", var account, _])
            {
                opened = account;
            }
            else if (cells is ["name:", var name])
            {
                names.Add(opened, name.Trim('"'));
            }
            else if (cells is [var posted, var amount, _] && names.TryGetValue(posted, out var own))
            {
                Add(totals, own, decimal.Parse(amount, CultureInfo.InvariantCulture));
            }
        }

        return totals;
    }

    // Each account's four sums again, from the rows alone.
    private static void CheckCsv(MarketLedger ledger, string text)
    {
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')).ToArray();
        var (posted, pending) = (new Dictionary<string, (long Debit, long Credit)>(), new Dictionary<string, (long Debit, long Credit)>());
        foreach (var row in rows)
        {
            var (kind, debit, credit, amount) = (row[4], row[6], row[7], long.Parse(row[9], CultureInfo.InvariantCulture));
            var held = row[10] == "" ? 0 : long.Parse(rows[int.Parse(row[10], CultureInfo.InvariantCulture) - 1][9], CultureInfo.InvariantCulture);
            Move(pending, debit, credit, kind == "Pending" ? amount : -held);
            Move(posted, debit, credit, kind is "Direct" or "Post" ? amount : 0);
        }

        Assert.Equal(ledger.Book.TransferCount, rows.Length);
        foreach (var name in ledger.Chart.Names)
        {
            ledger.Chart.TryFind(name, out var number);
            var balance = ledger.Book.Balance(number);
            Assert.Equal((balance.DebitsPosted, balance.CreditsPosted), posted.GetValueOrDefault(name));
            Assert.Equal((balance.DebitsPending, balance.CreditsPending), pending.GetValueOrDefault(name));
        }

        static void Move(Dictionary<string, (long Debit, long Credit)> sums, string debit, string credit, long amount)
        {
            sums[debit] = sums.GetValueOrDefault(debit) is var from ? (from.Debit + amount, from.Credit) : default;
            sums[credit] = sums.GetValueOrDefault(credit) is var to ? (to.Debit, to.Credit + amount) : default;
        }
    }

    private static void Add(SortedDictionary<string, decimal> totals, string account, decimal amount)
    {
        // What never was anything but 0 has no line.
        var sum = totals.GetValueOrDefault(account) + amount;
        totals.Remove(account);
        if (sum != 0)
        {
            totals.Add(account, sum);
        }
    }

    // The first two lines of money, each away from zero by a fen: the entry balances, the totals do not.
    private static string AFenMore(string text)
    {
        var lines = text.Split('\n');
        var first = Array.FindIndex(lines, line => line.StartsWith("  ", StringComparison.Ordinal) && line.EndsWith(" CNY", StringComparison.Ordinal)
            && !line.StartsWith("  format", StringComparison.Ordinal));
        foreach (var at in new[] { first, first + 1 })
        {
            var cells = lines[at].Split(' ');
            var amount = decimal.Parse(cells[^2], CultureInfo.InvariantCulture);
            cells[^2] = (amount + (Math.Sign(amount) * 0.01m)).ToString(CultureInfo.InvariantCulture);
            lines[at] = string.Join(' ', cells);
        }

        return string.Join('\n', lines);
    }

    private static async Task<int> RunAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C.UTF-8" },
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await error;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
