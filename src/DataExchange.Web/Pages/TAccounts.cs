using System.Globalization;
using DataExchange.Exchange.Accounts;
using DataExchange.Ledger;
using DataExchange.Web.Frame;

namespace DataExchange.Web.Pages;

/// <summary>Entries as T-accounts: of each account the debits on the left and the credits on the right, each with the number of its entry.</summary>
internal static class TAccounts
{
    /// <summary>One of them.</summary>
    /// <param name="Name">The account.</param>
    /// <param name="Lines">Its lines, with the numbers of their entries, from 1.</param>
    internal sealed record TAccount(string Name, IReadOnlyList<(int Entry, JournalLine Line)> Lines)
    {
        private readonly string[] _debits = [.. Lines.Where(line => line.Line.Amount > 0).Select(Shown)];
        private readonly string[] _credits = [.. Lines.Where(line => line.Line.Amount < 0).Select(Shown)];

        internal int Rows => Math.Max(_debits.Length, _credits.Length);

        internal string DebitSum => Sum(1);

        internal string CreditSum => Sum(-1);

        internal string Debit(int row) => row < _debits.Length ? _debits[row] : "";

        internal string Credit(int row) => row < _credits.Length ? _credits[row] : "";

        private string Sum(int sign) => TAccounts.Amount(Lines[0].Line with { Amount = Lines.Sum(line => Math.Max(0, sign * line.Line.Amount)) });

        private static string Shown((int Entry, JournalLine Line) line) => string.Create(CultureInfo.InvariantCulture, $"({line.Entry}) {TAccounts.Amount(line.Line)}");
    }

    /// <summary>The accounts, in the order in which they are first posted to.</summary>
    internal static IReadOnlyList<TAccount> Of(IReadOnlyList<JournalEntry> entries) =>
    [
        .. entries.SelectMany((entry, i) => entry.Lines.Select(line => (Entry: i + 1, Line: line))).GroupBy(line => line.Line.Account)
            .Select(account => new TAccount(account.Key, [.. account])),
    ];

    /// <summary>A line's amount without its side: yuan, or units of a licence.</summary>
    internal static string Amount(JournalLine line) =>
        line.Commodity == Commodity.CnyFen ? Locale.Exact(Math.Abs(line.Amount)) : Locale.Count(Math.Abs(line.Amount));
}
