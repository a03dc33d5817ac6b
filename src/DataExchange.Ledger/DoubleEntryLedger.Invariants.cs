using DataExchange.Ledger.Store;

namespace DataExchange.Ledger;

/// <content>What must always hold.</content>
public sealed partial class DoubleEntryLedger
{
    /// <summary>Recomputes everything from the transfers and compares. Reads everything and allocates.</summary>
    /// <returns>The first violation as a sentence; null when there is none.</returns>
    public string? FindViolation() =>
        FindUnbalanced() ?? FindWrongBalance() ?? FindBrokenLimit() ?? FindWrongTransfer() ?? FindWrongHistory();

    private string? FindUnbalanced()
    {
        foreach (var sum in TrialBalances())
        {
            if (!sum.IsBalanced)
            {
                return $"Trial balance of {sum.Commodity}: posted {sum.DebitsPosted} debits and {sum.CreditsPosted} credits, "
                    + $"pending {sum.DebitsPending} and {sum.CreditsPending}.";
            }
        }

        return null;
    }

    private string? FindWrongBalance()
    {
        var sums = new Balances[_accountCount];
        for (var row = 0; row < _transferCount; row++)
        {
            ref var transfer = ref _transfers[row];
            var posted = transfer.Kind is TransferKind.Direct or TransferKind.Post ? transfer.Amount : 0;
            var held = transfer.Hold == HoldState.Open ? transfer.Amount : 0;
            ref var debit = ref sums[transfer.Debit];
            debit = debit with { DebitsPosted = debit.DebitsPosted + posted, DebitsPending = debit.DebitsPending + held };
            ref var credit = ref sums[transfer.Credit];
            credit = credit with { CreditsPosted = credit.CreditsPosted + posted, CreditsPending = credit.CreditsPending + held };
        }

        for (var row = 0; row < _accountCount; row++)
        {
            if (sums[row] != BalancesOf(in _accounts[row]))
            {
                return $"Account {_chart[row].Number} has {BalancesOf(in _accounts[row])}; its transfers make {sums[row]}.";
            }
        }

        return null;
    }

    private string? FindBrokenLimit()
    {
        for (var row = 0; row < _accountCount; row++)
        {
            ref var account = ref _accounts[row];
            var (debits, credits) = (account.Debits, account.Credits);
            var isBroken = debits.Posted < 0 || debits.Pending < 0 || credits.Posted < 0 || credits.Pending < 0
                || (Int128)debits.Posted + debits.Pending > long.MaxValue || (Int128)credits.Posted + credits.Pending > long.MaxValue
                || (account.Limit == AccountLimit.DebitsMustNotExceedCredits && debits.Posted + debits.Pending > credits.Posted)
                || (account.Limit == AccountLimit.CreditsMustNotExceedDebits && credits.Posted + credits.Pending > debits.Posted);
            if (isBroken)
            {
                return $"Account {_chart[row].Number} with limit {account.Limit} has {BalancesOf(in account)}.";
            }
        }

        return null;
    }

    private string? FindWrongTransfer()
    {
        var expiring = 0;
        for (var row = 0; row < _transferCount; row++)
        {
            ref var transfer = ref _transfers[row];
            var found = _ids.Find(transfer.Id, _transfers, out _);
            if (found != row)
            {
                return $"Transfer {transfer.Id} in row {row} is found in row {found}.";
            }

            var ending = transfer.Hold switch
            {
                HoldState.Posted => TransferKind.Post,
                HoldState.Voided => TransferKind.Void,
                _ => (TransferKind?)null,
            };
            var isRight = transfer.Kind == TransferKind.Pending
                ? transfer.Hold != HoldState.None && (ending is null
                    ? transfer.Link == TransferRow.None
                    : transfer.Link > row && _transfers[transfer.Link].Link == row && _transfers[transfer.Link].Kind == ending)
                : transfer.Hold == HoldState.None && (transfer.Kind == TransferKind.Direct ? transfer.Link == TransferRow.None : _transfers[transfer.Link].Link == row);
            if (!isRight)
            {
                return $"Transfer {transfer.Id} ({transfer.Kind}, {transfer.Hold}) is linked with row {transfer.Link}.";
            }

            if (transfer.Hold == HoldState.Open && transfer.ExpiresAt != 0)
            {
                expiring++;
                if (transfer.ExpiresAt <= Now)
                {
                    return $"Hold {transfer.Id} is open at {Now}, but was due at {transfer.ExpiresAt}.";
                }
            }
        }

        var waiting = _expiries.CountOpen(_transfers);
        return waiting == expiring ? null : $"{expiring} open holds have an expiry; {waiting} wait for theirs.";
    }

    private string? FindWrongHistory()
    {
        for (var row = 0; row < _accountCount; row++)
        {
            ref var account = ref _accounts[row];
            var isRight = IsRight(in account.Debits.PostedHistory, account.Debits.Posted)
                && IsRight(in account.Debits.PendingHistory, account.Debits.Pending)
                && IsRight(in account.Credits.PostedHistory, account.Credits.Posted)
                && IsRight(in account.Credits.PendingHistory, account.Credits.Pending);
            if (!isRight)
            {
                return $"The history of account {_chart[row].Number} is out of order or does not end with {BalancesOf(in account)}.";
            }
        }

        return null;
    }

    private bool IsRight(in Series series, long value) => _history.IsInOrder(in series) && _history.LastValue(in series) == value;
}
