using DataExchange.Ledger.Store;

namespace DataExchange.Ledger;

/// <content>The state hash.</content>
public sealed partial class DoubleEntryLedger
{
    /// <summary>
    /// A hash of the whole state: accounts, transfers in their order, closings, time. The same for the same state, whatever the capacity,
    /// the batches and the rejected transfers were. Reads everything. For telling states apart, not for security.
    /// </summary>
    public ulong StateHash()
    {
        var mix = new Mix(1);
        mix.Add(Now);
        mix.Add(ClosedBefore);
        for (var row = 0; row < _accountCount; row++)
        {
            Add(ref mix, _chart[row], in _accounts[row]);
        }

        for (var row = 0; row < _transferCount; row++)
        {
            Add(ref mix, in _transfers[row]);
        }

        foreach (var (closing, transfers) in _closings)
        {
            var (high, low) = TransferIndex.Split(closing.FirstId);
            mix.Add(high);
            mix.Add(low);
            mix.Add(closing.Time);
            mix.Add(closing.EquityAccount);
            mix.Add(closing.Code);
            mix.Add(closing.Event);
            mix.Add(transfers);
        }

        return mix.Value;
    }

    private static void Add(ref Mix mix, Account account, in AccountRow row)
    {
        mix.Add(account.Number);
        foreach (var letter in account.Name)
        {
            mix.Add(letter);
        }

        mix.Add((long)account.Class);
        mix.Add(account.Commodity.Product);
        mix.Add((long)account.Limit);
        mix.Add(row.Debits.Posted);
        mix.Add(row.Debits.Pending);
        mix.Add(row.Credits.Posted);
        mix.Add(row.Credits.Pending);
    }

    private static void Add(ref Mix mix, in TransferRow row)
    {
        mix.Add(row.IdHigh);
        mix.Add(row.IdLow);
        mix.Add(row.Amount);
        mix.Add(row.Deal);
        mix.Add(row.Event);
        mix.Add(row.Time);
        mix.Add(row.ExpiresAt);
        mix.Add(row.Debit);
        mix.Add(row.Credit);
        mix.Add(row.Link);
        mix.Add(row.Code);
        mix.Add((long)row.Kind);
        mix.Add((long)row.Hold);
    }
}
