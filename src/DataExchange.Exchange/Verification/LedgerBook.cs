using System.Runtime.InteropServices;
using DataExchange.Domain;
using DataExchange.Domain.Settlement;

namespace DataExchange.Exchange.Verification;

/// <summary>The balances of all ledger accounts, credits less debits, fen.</summary>
internal sealed class LedgerBook(ProblemList problems)
{
    private const string PartyLiability = "liabilities:";
    private readonly Dictionary<string, long> _balances = new(StringComparer.Ordinal);
    private Int128 _debits;
    private Int128 _credits;
    private long _postings;

    internal MoneyTotals Totals => new(_balances.Count, _postings, (long)(_debits - _credits));

    internal void Post(string stream, int version, Event @event)
    {
        foreach (var posting in LedgerEntries.Of(@event))
        {
            if (posting.AmountFen <= 0)
            {
                problems.Add(stream, version, AuditRule.AmountNotPositive,
                    $"{posting.AmountFen} fen from {posting.Debit} to {posting.Credit}; every amount is above 0");
            }

            CollectionsMarshal.GetValueRefOrAddDefault(_balances, posting.Debit, out _) -= posting.AmountFen;
            CollectionsMarshal.GetValueRefOrAddDefault(_balances, posting.Credit, out _) += posting.AmountFen;
            _debits += posting.AmountFen;
            _credits += posting.AmountFen;
            _postings++;
        }
    }

    internal void Close()
    {
        Int128 sum = 0;
        foreach (var (account, balance) in _balances)
        {
            sum += balance;
            if (balance < 0 && account.StartsWith(PartyLiability, StringComparison.Ordinal))
            {
                problems.Add(account, null, AuditRule.AccountOverdrawn, $"ends at {balance} fen; it never goes below 0");
            }
        }

        if (sum != 0 || _debits != _credits)
        {
            problems.Add(LedgerAccount.Bank, null, AuditRule.TrialBalanceOff,
                $"debits are {_debits} fen, credits {_credits} fen, the balances sum to {sum} fen");
        }
    }
}
