using DataExchange.Ledger;

namespace DataExchange.Exchange.Accounts;

/// <summary>A ledger in four numbers.</summary>
/// <param name="TrialBalanceFen">Posted debits less posted credits over all money accounts, fen; 0 in books that are right.</param>
/// <param name="IsBalanced">Whether debits and credits agree in money and in the licence units of every product, posted and held.</param>
/// <param name="Accounts">Accounts open.</param>
/// <param name="Transfers">Transfers accepted.</param>
public sealed record LedgerTotals(long TrialBalanceFen, bool IsBalanced, int Accounts, int Transfers)
{
    /// <summary>Of the books as they are.</summary>
    public static LedgerTotals Of(MarketLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var sums = ledger.Book.TrialBalances();
        return new LedgerTotals(
            (long)sums.First(sum => sum.Commodity == Commodity.CnyFen).Difference, sums.All(sum => sum.IsBalanced), ledger.Chart.Count, ledger.Book.TransferCount);
    }
}
