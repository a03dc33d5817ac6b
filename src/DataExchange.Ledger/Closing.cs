namespace DataExchange.Ledger;

/// <summary>The closing of a period: income and expense go to equity, and nothing may be posted before its time any more.</summary>
/// <param name="FirstId">Id of its first transfer, not 0; the others have the ids that follow.</param>
/// <param name="Time">Simulated time from which the new period counts; not before the ledger's time.</param>
/// <param name="EquityAccount">Number of the equity account that takes the result; accounts of its commodity are closed.</param>
/// <param name="Code">Code of the transfers, from 1.</param>
/// <param name="Event">Event that the transfers refer to; 0 for none.</param>
public readonly record struct Closing(UInt128 FirstId, long Time, long EquityAccount, ushort Code, long Event = 0);

/// <summary>What became of a closing.</summary>
public enum ClosingResult : byte
{
    /// <summary>The period is closed.</summary>
    Ok = 0,

    /// <summary>The same closing was made before; it counts once.</summary>
    Exists = 1,

    /// <summary>The first id is 0.</summary>
    IdMustNotBeZero = 2,

    /// <summary>A closing with that first id was made with another time, account, code or event.</summary>
    ExistsWithDifferentContent = 3,

    /// <summary>The code is 0.</summary>
    CodeMustNotBeZero = 4,

    /// <summary>No account has the equity account's number.</summary>
    EquityAccountNotFound = 5,

    /// <summary>The account is not of class equity.</summary>
    AccountIsNotEquity = 6,

    /// <summary>The time is before an earlier closing.</summary>
    PeriodClosed = 7,

    /// <summary>The time is before the ledger's time.</summary>
    TimeRunsBackwards = 8,

    /// <summary>One of the ids needed is in use, or would pass the largest id.</summary>
    IdInUse = 9,

    /// <summary>One of the transfers is rejected, because a limit forbids it or a sum would overflow; nothing was moved.</summary>
    TransferRejected = 10,
}

/// <summary>The answer to a closing.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Transfers">How many transfers it made, now or, when it exists, then; 0 when it was rejected.</param>
/// <param name="Reason">With <see cref="ClosingResult.TransferRejected"/>, why; else <see cref="TransferResult.Ok"/>.</param>
/// <param name="RejectedId">With <see cref="ClosingResult.TransferRejected"/> and <see cref="ClosingResult.IdInUse"/>, which transfer; else 0.</param>
public readonly record struct ClosingOutcome(ClosingResult Result, int Transfers = 0, TransferResult Reason = TransferResult.Ok, UInt128 RejectedId = default);
