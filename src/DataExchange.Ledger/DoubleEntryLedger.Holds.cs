using DataExchange.Ledger.Store;

namespace DataExchange.Ledger;

/// <content>The end of a hold, and taking back what a failed chain did.</content>
public sealed partial class DoubleEntryLedger
{
    /// <summary>Post and Void.</summary>
    private TransferResult End(in Transfer transfer, ulong place)
    {
        if (transfer.PendingId == UInt128.Zero)
        {
            return TransferResult.PendingIdMustNotBeZero;
        }

        var holdRow = _ids.Find(transfer.PendingId, _transfers, out _);
        if (holdRow < 0)
        {
            return TransferResult.PendingTransferNotFound;
        }

        ref var hold = ref _transfers[holdRow];
        var isPost = transfer.Kind == TransferKind.Post;
        var amount = transfer.Amount == 0 ? hold.Amount : transfer.Amount;
        if (hold.Kind != TransferKind.Pending)
        {
            return TransferResult.TransferNotPending;
        }

        if (transfer.DebitAccount != 0 && transfer.DebitAccount != _chart[hold.Debit].Number)
        {
            return TransferResult.PendingHasDifferentDebitAccount;
        }

        if (transfer.CreditAccount != 0 && transfer.CreditAccount != _chart[hold.Credit].Number)
        {
            return TransferResult.PendingHasDifferentCreditAccount;
        }

        if (isPost && amount > hold.Amount)
        {
            return TransferResult.ExceedsPendingAmount;
        }

        if (!isPost && amount != hold.Amount)
        {
            return TransferResult.PendingHasDifferentAmount;
        }

        switch (hold.Hold)
        {
            case HoldState.Posted: return TransferResult.PendingAlreadyPosted;
            case HoldState.Voided: return TransferResult.PendingAlreadyVoided;
            case HoldState.Expired: return TransferResult.PendingAlreadyExpired;
            default: break;
        }

        ref var debits = ref _accounts[hold.Debit].Debits;
        ref var credits = ref _accounts[hold.Credit].Credits;
        debits.Pending -= hold.Amount;
        credits.Pending -= hold.Amount;
        if (isPost)
        {
            debits.Posted += amount;
            credits.Posted += amount;
        }

        hold.Hold = isPost ? HoldState.Posted : HoldState.Voided;
        hold.Link = _transferCount;
        Keep(in transfer, place, hold.Debit, hold.Credit, amount, transfer.Code == 0 ? hold.Code : transfer.Code, holdRow, HoldState.None);
        return TransferResult.Ok;
    }

    /// <summary>Takes back all transfers from a row on; none of them is committed.</summary>
    private void UndoTo(int from)
    {
        while (_transferCount > from)
        {
            var row = _transferCount - 1;
            _ids.RemoveLast(row, _transfers);
            _transferCount = row;
            ref var transfer = ref _transfers[row];
            ref var debits = ref _accounts[transfer.Debit].Debits;
            ref var credits = ref _accounts[transfer.Credit].Credits;
            if (transfer.Kind is TransferKind.Direct or TransferKind.Post)
            {
                debits.Posted -= transfer.Amount;
                credits.Posted -= transfer.Amount;
            }

            if (transfer.Kind == TransferKind.Pending)
            {
                debits.Pending -= transfer.Amount;
                credits.Pending -= transfer.Amount;
            }
            else if (transfer.Kind >= TransferKind.Post)
            {
                ref var hold = ref _transfers[transfer.Link];
                debits.Pending += hold.Amount;
                credits.Pending += hold.Amount;
                hold.Hold = HoldState.Open;
                hold.Link = TransferRow.None;
            }
        }
    }
}
