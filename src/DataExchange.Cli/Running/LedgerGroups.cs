using DataExchange.Exchange.Accounts;
using DataExchange.Ledger;

namespace DataExchange.Cli.Running;

/// <summary>Money accounts that stand together in a trial balance.</summary>
/// <param name="Name">Their name; what distinguishes parties is left out: <c>liabilities:payable:…</c>.</param>
/// <param name="Accounts">How many they are.</param>
/// <param name="NetDebitFen">Posted debits less posted credits, fen.</param>
/// <param name="HeldFen">Held on either side, fen.</param>
internal sealed record LedgerGroup(string Name, int Accounts, long NetDebitFen, long HeldFen);

/// <summary>Sums a ledger's money accounts: there are thousands of parties and products.</summary>
internal static class LedgerGroups
{
    /// <summary>The groups by name.</summary>
    public static IReadOnlyList<LedgerGroup> Of(MarketLedger ledger) =>
    [
        .. Enumerable.Range(1, ledger.Chart.Count).Select(number => ledger.Book.FindAccount(number)!)
            .Where(account => account.Commodity == Commodity.CnyFen).GroupBy(account => GroupOf(account.Name)).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group =>
            {
                Balances[] balances = [.. group.Select(account => ledger.Book.Balance(account.Number))];
                return new LedgerGroup(
                    group.Key, balances.Length, balances.Sum(balance => balance.NetDebit), balances.Sum(balance => balance.DebitsPending + balance.CreditsPending));
            }),
    ];

    private static string GroupOf(string name) => name.Split(':') is { Length: > 2 } parts ? $"{parts[0]}:{parts[1]}:…" : name;
}
