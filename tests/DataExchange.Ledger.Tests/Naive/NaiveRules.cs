namespace DataExchange.Ledger.Tests.Naive;

/// <summary>The checks of docs/ledger.md one after the other; null where they pass.</summary>
internal static class NaiveRules
{
    public static TransferResult Compare(Transfer given, Transfer kept)
    {
        (bool Differs, TransferResult Result)[] fields =
        [
            (given.Kind != kept.Kind, TransferResult.ExistsWithDifferentKind),
            (given.PendingId != kept.PendingId, TransferResult.ExistsWithDifferentPendingId),
            (given.DebitAccount != kept.DebitAccount, TransferResult.ExistsWithDifferentDebitAccount),
            (given.CreditAccount != kept.CreditAccount, TransferResult.ExistsWithDifferentCreditAccount),
            (given.Amount != kept.Amount, TransferResult.ExistsWithDifferentAmount),
            (given.Code != kept.Code, TransferResult.ExistsWithDifferentCode),
            (given.Reference.Deal != kept.Reference.Deal, TransferResult.ExistsWithDifferentDeal),
            (given.Reference.Event != kept.Reference.Event, TransferResult.ExistsWithDifferentEvent),
            (given.Time != kept.Time, TransferResult.ExistsWithDifferentTime),
            (given.ExpiresAt != kept.ExpiresAt, TransferResult.ExistsWithDifferentExpiresAt),
            (true, TransferResult.Exists),
        ];
        return fields.First(field => field.Differs).Result;
    }

    public static TransferResult? CheckForm(Transfer given)
    {
        if (!Enum.IsDefined(given.Kind))
        {
            return TransferResult.UnknownKind;
        }

        var moves = given.Kind is TransferKind.Direct or TransferKind.Pending;
        if (moves && given.PendingId != 0)
        {
            return TransferResult.PendingIdNotAllowed;
        }

        if (given.Kind != TransferKind.Pending && given.ExpiresAt != 0)
        {
            return TransferResult.ExpiryNotAllowed;
        }

        if (given.ExpiresAt != 0 && given.ExpiresAt <= given.Time)
        {
            return TransferResult.ExpiryNotAfterTime;
        }

        return given.Amount < (moves ? 1 : 0) ? TransferResult.AmountMustBePositive : null;
    }

    public static TransferResult? CheckMove(Transfer given, IReadOnlyDictionary<long, Account> accounts, Func<long, Balances> balance)
    {
        if (given.Code == 0)
        {
            return TransferResult.CodeMustNotBeZero;
        }

        if (!accounts.TryGetValue(given.DebitAccount, out var debit))
        {
            return TransferResult.DebitAccountNotFound;
        }

        if (!accounts.TryGetValue(given.CreditAccount, out var credit))
        {
            return TransferResult.CreditAccountNotFound;
        }

        if (debit == credit)
        {
            return TransferResult.AccountsMustDiffer;
        }

        if (debit.Commodity != credit.Commodity)
        {
            return TransferResult.CommoditiesDiffer;
        }

        var (ofDebit, ofCredit) = (balance(debit.Number), balance(credit.Number));
        var debits = (Int128)ofDebit.DebitsPosted + ofDebit.DebitsPending + given.Amount;
        var credits = (Int128)ofCredit.CreditsPosted + ofCredit.CreditsPending + given.Amount;
        return debits > long.MaxValue ? TransferResult.OverflowsDebits
            : credits > long.MaxValue ? TransferResult.OverflowsCredits
            : debit.Limit == AccountLimit.DebitsMustNotExceedCredits && debits > ofDebit.CreditsPosted ? TransferResult.ExceedsCredits
            : credit.Limit == AccountLimit.CreditsMustNotExceedDebits && credits > ofCredit.DebitsPosted ? TransferResult.ExceedsDebits
            : null;
    }

    public static TransferResult? CheckEnd(Transfer given, Transfer filled, Kept? pending)
    {
        if (given.PendingId == 0)
        {
            return TransferResult.PendingIdMustNotBeZero;
        }

        if (pending is null)
        {
            return TransferResult.PendingTransferNotFound;
        }

        if (pending.Transfer.Kind != TransferKind.Pending)
        {
            return TransferResult.TransferNotPending;
        }

        return filled.DebitAccount != pending.Transfer.DebitAccount ? TransferResult.PendingHasDifferentDebitAccount
            : filled.CreditAccount != pending.Transfer.CreditAccount ? TransferResult.PendingHasDifferentCreditAccount
            : given.Kind == TransferKind.Post && filled.Amount > pending.Transfer.Amount ? TransferResult.ExceedsPendingAmount
            : given.Kind == TransferKind.Void && filled.Amount != pending.Transfer.Amount ? TransferResult.PendingHasDifferentAmount
            : pending.Hold switch
            {
                HoldState.Posted => TransferResult.PendingAlreadyPosted,
                HoldState.Voided => TransferResult.PendingAlreadyVoided,
                HoldState.Expired => TransferResult.PendingAlreadyExpired,
                _ => null,
            };
    }
}
