using System.Globalization;
using DataExchange.Domain;
using DataExchange.Exchange.Accounts;
using DataExchange.Ledger;

namespace DataExchange.Accounting;

/// <summary>All transfers as they are in the ledger, holds as holds. Account names, ids and codes have neither commas nor quotes.</summary>
internal static class TransferTable
{
    private const string Head = "number,time,event,deal,kind,code,debit,credit,commodity,amount,hold,hold_state\n";

    internal static LedgerExportResult Write(MarketLedger ledger, TextWriter output, CancellationToken cancellation)
    {
        output.Write(Head);
        var book = ledger.Book;
        var numbers = new Dictionary<UInt128, int>();
        for (var i = 0; i < book.TransferCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var accepted = book.TransferAt(i);
            var transfer = accepted.Content;
            if (transfer.Kind == TransferKind.Pending)
            {
                numbers.Add(transfer.Id, i + 1);
            }

            var debit = book.FindAccount(transfer.DebitAccount)!;
            var hold = transfer.PendingId == UInt128.Zero ? "" : numbers[transfer.PendingId].ToString(CultureInfo.InvariantCulture);
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{i + 1},{new SimulatedTime(transfer.Time)},{transfer.Reference.Event},{ledger.DealOf(transfer.Reference.Deal)},{transfer.Kind},{(LedgerCode)transfer.Code},"));
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{debit.Name},{book.FindAccount(transfer.CreditAccount)!.Name},{ledger.Chart.ProductOf(debit.Commodity) ?? "CNY_FEN"},{transfer.Amount},{hold},{accepted.Hold}\n"));
        }

        return new LedgerExportResult(book.TransferCount, ledger.Chart.Count);
    }
}
