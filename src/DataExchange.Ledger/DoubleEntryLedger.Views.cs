using DataExchange.Ledger.Store;

namespace DataExchange.Ledger;

/// <content>Balances, trial balances and transfers.</content>
public sealed partial class DoubleEntryLedger
{
    /// <summary>An account's balances as they are.</summary>
    /// <param name="account">Its number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such account.</exception>
    public Balances Balance(long account) => BalancesOf(in RowOf(account));

    /// <summary>An account's balances after everything up to and including a time; in O(log n) of its transfers.</summary>
    /// <param name="account">Its number.</param>
    /// <param name="time">Simulated time; after <see cref="Now"/> the balances are the present ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such account.</exception>
    public Balances BalanceAt(long account, long time) => BalancesAt(in RowOf(account), time);

    /// <summary>The sums of a commodity over all accounts; all 0 for one that no account has.</summary>
    /// <param name="commodity">Which commodity.</param>
    public TrialBalance TrialBalanceOf(Commodity commodity) => Sum(commodity, null);

    /// <summary>The same after everything up to and including a time.</summary>
    /// <param name="commodity">Which commodity.</param>
    /// <param name="time">Simulated time.</param>
    public TrialBalance TrialBalanceAt(Commodity commodity, long time) => Sum(commodity, time);

    /// <summary>The sums of every commodity, in the order of <see cref="Commodities"/>, in one pass over the accounts.</summary>
    public IReadOnlyList<TrialBalance> TrialBalances() => Sums(null, null);

    /// <summary>Looks a transfer up.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="transfer">The transfer, when it was accepted.</param>
    public bool TryGetTransfer(UInt128 id, out AcceptedTransfer transfer)
    {
        var row = _ids.Find(id, _transfers, out _);
        transfer = row < 0 ? default : TransferAt(row);
        return row >= 0;
    }

    /// <summary>An accepted transfer by its place.</summary>
    /// <param name="sequence">From 0, below <see cref="TransferCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public AcceptedTransfer TransferAt(int sequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sequence, _transferCount);
        ref var row = ref _transfers[sequence];
        var link = row.Link == TransferRow.None ? UInt128.Zero : _transfers[row.Link].Id;
        var content = new Transfer
        {
            Id = row.Id,
            Kind = row.Kind,
            PendingId = row.Kind >= TransferKind.Post ? link : UInt128.Zero,
            DebitAccount = _chart[row.Debit].Number,
            CreditAccount = _chart[row.Credit].Number,
            Amount = row.Amount,
            Code = row.Code,
            Reference = new Reference(row.Deal, row.Event),
            Time = row.Time,
            ExpiresAt = row.ExpiresAt,
        };
        return new AcceptedTransfer(sequence, content, row.Hold, row.Kind == TransferKind.Pending ? link : UInt128.Zero);
    }

    private ref AccountRow RowOf(long account)
    {
        var row = _numbers.Find(account);
        if (row < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(account), account, "No account has this number.");
        }

        return ref _accounts[row];
    }

    private static Balances BalancesOf(in AccountRow row) =>
        new(row.Debits.Posted, row.Debits.Pending, row.Credits.Posted, row.Credits.Pending);

    private Balances BalancesAt(in AccountRow row, long time) => new(
        _history.ValueAt(in row.Debits.PostedHistory, time), _history.ValueAt(in row.Debits.PendingHistory, time),
        _history.ValueAt(in row.Credits.PostedHistory, time), _history.ValueAt(in row.Credits.PendingHistory, time));

    private TrialBalance Sum(Commodity commodity, long? time) =>
        _commodityRows.TryGetValue(commodity, out var row) ? Sums(row, time)[row] : new TrialBalance(commodity, 0, 0, 0, 0);

    private TrialBalance[] Sums(int? only, long? time)
    {
        var sums = new TrialBalance[_commodities.Count];
        for (var row = 0; row < sums.Length; row++)
        {
            sums[row] = new TrialBalance(_commodities[row], 0, 0, 0, 0);
        }

        for (var row = 0; row < _accountCount; row++)
        {
            ref var account = ref _accounts[row];
            if (only is { } wanted && account.Commodity != wanted)
            {
                continue;
            }

            var balances = time is { } at ? BalancesAt(in account, at) : BalancesOf(in account);
            ref var sum = ref sums[account.Commodity];
            sum = new TrialBalance(
                sum.Commodity, sum.DebitsPosted + balances.DebitsPosted, sum.DebitsPending + balances.DebitsPending,
                sum.CreditsPosted + balances.CreditsPosted, sum.CreditsPending + balances.CreditsPending);
        }

        return sums;
    }
}
