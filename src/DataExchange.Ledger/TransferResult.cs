namespace DataExchange.Ledger;

/// <summary>What became of a transfer. All but <see cref="Ok"/> and <see cref="Exists"/> are rejections: nothing moved.</summary>
public enum TransferResult : byte
{
    /// <summary>It took effect.</summary>
    Ok = 0,

    /// <summary>It had been accepted before, with the same content; it counts once.</summary>
    Exists = 1,

    /// <summary>Another transfer of its chain was rejected.</summary>
    LinkedTransferFailed = 2,

    /// <summary>It is linked with a next transfer that the batch does not have.</summary>
    LinkedChainOpen = 3,

    /// <summary>Its time is not that of the chain's first transfer.</summary>
    LinkedTimeDiffers = 4,

    /// <summary>The id is 0.</summary>
    IdMustNotBeZero = 10,

    /// <summary>The id was accepted with another kind.</summary>
    ExistsWithDifferentKind = 11,

    /// <summary>The id was accepted with another pending id.</summary>
    ExistsWithDifferentPendingId = 12,

    /// <summary>The id was accepted with another debit account.</summary>
    ExistsWithDifferentDebitAccount = 13,

    /// <summary>The id was accepted with another credit account.</summary>
    ExistsWithDifferentCreditAccount = 14,

    /// <summary>The id was accepted with another amount.</summary>
    ExistsWithDifferentAmount = 15,

    /// <summary>The id was accepted with another code.</summary>
    ExistsWithDifferentCode = 16,

    /// <summary>The id was accepted for another deal.</summary>
    ExistsWithDifferentDeal = 17,

    /// <summary>The id was accepted for another event.</summary>
    ExistsWithDifferentEvent = 18,

    /// <summary>The id was accepted with another time.</summary>
    ExistsWithDifferentTime = 19,

    /// <summary>The id was accepted with another expiry.</summary>
    ExistsWithDifferentExpiresAt = 20,

    /// <summary>The time is before the last closing of a period.</summary>
    PeriodClosed = 30,

    /// <summary>The time is before the ledger's time.</summary>
    TimeRunsBackwards = 31,

    /// <summary>The kind is none of those defined.</summary>
    UnknownKind = 40,

    /// <summary>A Direct or Pending transfer names a pending id.</summary>
    PendingIdNotAllowed = 41,

    /// <summary>A transfer other than Pending has an expiry.</summary>
    ExpiryNotAllowed = 42,

    /// <summary>The expiry is not after the transfer's time.</summary>
    ExpiryNotAfterTime = 43,

    /// <summary>The amount is negative, or 0 where that has no meaning.</summary>
    AmountMustBePositive = 44,

    /// <summary>The code is 0.</summary>
    CodeMustNotBeZero = 45,

    /// <summary>No account has the debit account's number.</summary>
    DebitAccountNotFound = 46,

    /// <summary>No account has the credit account's number.</summary>
    CreditAccountNotFound = 47,

    /// <summary>Debit and credit account are the same.</summary>
    AccountsMustDiffer = 48,

    /// <summary>The two accounts count different commodities.</summary>
    CommoditiesDiffer = 49,

    /// <summary>Debits posted and pending of the debit account would pass 2⁶³ − 1.</summary>
    OverflowsDebits = 50,

    /// <summary>Credits posted and pending of the credit account would pass 2⁶³ − 1.</summary>
    OverflowsCredits = 51,

    /// <summary>Debits of the debit account would exceed its posted credits, which its limit forbids.</summary>
    ExceedsCredits = 52,

    /// <summary>Credits of the credit account would exceed its posted debits, which its limit forbids.</summary>
    ExceedsDebits = 53,

    /// <summary>A Post or Void does not name the hold.</summary>
    PendingIdMustNotBeZero = 60,

    /// <summary>No accepted transfer has the pending id.</summary>
    PendingTransferNotFound = 61,

    /// <summary>The transfer named is no hold.</summary>
    TransferNotPending = 62,

    /// <summary>The hold debits another account.</summary>
    PendingHasDifferentDebitAccount = 63,

    /// <summary>The hold credits another account.</summary>
    PendingHasDifferentCreditAccount = 64,

    /// <summary>More is to be posted than is held.</summary>
    ExceedsPendingAmount = 65,

    /// <summary>A Void names another amount than is held.</summary>
    PendingHasDifferentAmount = 66,

    /// <summary>The hold was posted before.</summary>
    PendingAlreadyPosted = 67,

    /// <summary>The hold was voided before.</summary>
    PendingAlreadyVoided = 68,

    /// <summary>The hold's time ran out.</summary>
    PendingAlreadyExpired = 69,
}
