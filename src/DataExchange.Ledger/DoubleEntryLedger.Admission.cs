using DataExchange.Ledger.Store;

namespace DataExchange.Ledger;

/// <content>The checks of a transfer, in the order of docs/ledger.md, and its effect on the balances.</content>
public sealed partial class DoubleEntryLedger
{
    private TransferResult Admit(in Transfer transfer, long chainTime)
    {
        if (transfer.Id == UInt128.Zero)
        {
            return TransferResult.IdMustNotBeZero;
        }

        var existing = _ids.Find(transfer.Id, _transfers, out var place);
        if (existing >= 0)
        {
            return Compare(in transfer, in _transfers[existing]);
        }

        if (transfer.Time != chainTime)
        {
            return TransferResult.LinkedTimeDiffers;
        }

        if (transfer.Time != Now)
        {
            if (transfer.Time < Now)
            {
                return transfer.Time < ClosedBefore ? TransferResult.PeriodClosed : TransferResult.TimeRunsBackwards;
            }

            PassTo(transfer.Time);
        }

        var form = CheckForm(in transfer);
        if (form != TransferResult.Ok)
        {
            return form;
        }

        return transfer.Kind <= TransferKind.Pending ? Move(in transfer, place) : End(in transfer, place);
    }

    private static TransferResult CheckForm(in Transfer transfer)
    {
        var isFirstPhase = transfer.Kind <= TransferKind.Pending;
        if (transfer.Kind > TransferKind.Void)
        {
            return TransferResult.UnknownKind;
        }

        if (isFirstPhase && transfer.PendingId != UInt128.Zero)
        {
            return TransferResult.PendingIdNotAllowed;
        }

        if (transfer.ExpiresAt != 0)
        {
            if (transfer.Kind != TransferKind.Pending)
            {
                return TransferResult.ExpiryNotAllowed;
            }

            if (transfer.ExpiresAt <= transfer.Time)
            {
                return TransferResult.ExpiryNotAfterTime;
            }
        }

        return transfer.Amount < 0 || (isFirstPhase && transfer.Amount == 0) ? TransferResult.AmountMustBePositive : TransferResult.Ok;
    }

    /// <summary>Direct and Pending.</summary>
    private TransferResult Move(in Transfer transfer, ulong place)
    {
        if (transfer.Code == 0)
        {
            return TransferResult.CodeMustNotBeZero;
        }

        var debitRow = _numbers.Find(transfer.DebitAccount);
        if (debitRow < 0)
        {
            return TransferResult.DebitAccountNotFound;
        }

        var creditRow = _numbers.Find(transfer.CreditAccount);
        if (creditRow < 0)
        {
            return TransferResult.CreditAccountNotFound;
        }

        if (debitRow == creditRow)
        {
            return TransferResult.AccountsMustDiffer;
        }

        var amount = transfer.Amount;
        ref var debit = ref _accounts[debitRow];
        ref var credit = ref _accounts[creditRow];
        if (debit.Commodity != credit.Commodity)
        {
            return TransferResult.CommoditiesDiffer;
        }

        // Posted and pending of a side together never overflow: that is what these two checks keep.
        var debits = debit.Debits.Posted + debit.Debits.Pending;
        if (amount > long.MaxValue - debits)
        {
            return TransferResult.OverflowsDebits;
        }

        var credits = credit.Credits.Posted + credit.Credits.Pending;
        if (amount > long.MaxValue - credits)
        {
            return TransferResult.OverflowsCredits;
        }

        if (debit.Limit == AccountLimit.DebitsMustNotExceedCredits && debits + amount > debit.Credits.Posted)
        {
            return TransferResult.ExceedsCredits;
        }

        if (credit.Limit == AccountLimit.CreditsMustNotExceedDebits && credits + amount > credit.Debits.Posted)
        {
            return TransferResult.ExceedsDebits;
        }

        var hold = HoldState.None;
        if (transfer.Kind == TransferKind.Direct)
        {
            debit.Debits.Posted += amount;
            credit.Credits.Posted += amount;
        }
        else
        {
            debit.Debits.Pending += amount;
            credit.Credits.Pending += amount;
            hold = HoldState.Open;
        }

        Keep(in transfer, place, debitRow, creditRow, amount, transfer.Code, TransferRow.None, hold);
        return TransferResult.Ok;
    }

    private void Keep(in Transfer transfer, ulong place, int debit, int credit, long amount, ushort code, int link, HoldState hold)
    {
        ref var row = ref _transfers[_transferCount];
        (row.IdHigh, row.IdLow) = TransferIndex.Split(transfer.Id);
        row.Amount = amount;
        row.Deal = transfer.Reference.Deal;
        row.Event = transfer.Reference.Event;
        row.Time = transfer.Time;
        row.ExpiresAt = transfer.ExpiresAt;
        row.Debit = debit;
        row.Credit = credit;
        row.Link = link;
        row.Code = code;
        row.Kind = transfer.Kind;
        row.Hold = hold;
        _ids.Add(_transferCount, place, transfer.Id);
        _transferCount++;
    }

    /// <summary>A transfer whose id was accepted before: is it the same?</summary>
    private TransferResult Compare(in Transfer transfer, in TransferRow kept)
    {
        if (transfer.Kind != kept.Kind)
        {
            return TransferResult.ExistsWithDifferentKind;
        }

        var (pendingId, debit, credit) = (UInt128.Zero, transfer.DebitAccount, transfer.CreditAccount);
        var (amount, code) = (transfer.Amount, transfer.Code);
        if (kept.Kind >= TransferKind.Post)
        {
            // Zeros stand for what the hold has, as when it was accepted.
            ref var hold = ref _transfers[kept.Link];
            pendingId = hold.Id;
            debit = debit == 0 ? _chart[hold.Debit].Number : debit;
            credit = credit == 0 ? _chart[hold.Credit].Number : credit;
            amount = amount == 0 ? hold.Amount : amount;
            code = code == 0 ? hold.Code : code;
        }

        return
            transfer.PendingId != pendingId ? TransferResult.ExistsWithDifferentPendingId
            : debit != _chart[kept.Debit].Number ? TransferResult.ExistsWithDifferentDebitAccount
            : credit != _chart[kept.Credit].Number ? TransferResult.ExistsWithDifferentCreditAccount
            : amount != kept.Amount ? TransferResult.ExistsWithDifferentAmount
            : code != kept.Code ? TransferResult.ExistsWithDifferentCode
            : transfer.Reference.Deal != kept.Deal ? TransferResult.ExistsWithDifferentDeal
            : transfer.Reference.Event != kept.Event ? TransferResult.ExistsWithDifferentEvent
            : transfer.Time != kept.Time ? TransferResult.ExistsWithDifferentTime
            : transfer.ExpiresAt != kept.ExpiresAt ? TransferResult.ExistsWithDifferentExpiresAt
            : TransferResult.Exists;
    }
}
