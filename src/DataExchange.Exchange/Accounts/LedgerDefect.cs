using DataExchange.Ledger;

namespace DataExchange.Exchange.Accounts;

/// <summary>An event whose transfers the ledger does not take. None of them happened.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its place there.</param>
/// <param name="Event">Its type.</param>
/// <param name="Detail">Which transfer was rejected and why, with accounts and amount.</param>
public sealed record LedgerDefect(string Stream, int Version, string Event, string Detail)
{
    /// <summary>One line.</summary>
    public override string ToString() => $"{Stream} version {Version}: {Event}: {Detail}";
}

/// <summary>Words for what the ledger answers.</summary>
internal static class LedgerAnswers
{
    internal static string Of(TransferResult result) => result switch
    {
        TransferResult.ExceedsCredits => "more than the account debited has",
        TransferResult.ExceedsDebits => "more than the account credited has",
        TransferResult.PendingIdMustNotBeZero => "nothing is held",
        TransferResult.PendingTransferNotFound => "nothing is held",
        TransferResult.ExceedsPendingAmount => "more than is held",
        TransferResult.PendingHasDifferentAmount => "another amount is held",
        TransferResult.PendingAlreadyPosted or TransferResult.PendingAlreadyVoided => "the hold has ended",
        TransferResult.AmountMustBePositive => "an amount is above 0",
        TransferResult.TimeRunsBackwards => "its time is before that of the event before it",
        TransferResult.PeriodClosed => "the year is closed",
        _ => "rejected",
    };
}
