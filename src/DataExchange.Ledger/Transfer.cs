namespace DataExchange.Ledger;

/// <summary>What a transfer does.</summary>
public enum TransferKind : byte
{
    /// <summary>Moves its amount at once.</summary>
    Direct = 0,

    /// <summary>Holds its amount on both sides until it is posted, voided or expired.</summary>
    Pending = 1,

    /// <summary>Ends a hold and moves its amount, or less; the rest is free again.</summary>
    Post = 2,

    /// <summary>Ends a hold and moves nothing.</summary>
    Void = 3,
}

/// <summary>What a transfer was made for; the ledger keeps it and does not interpret it.</summary>
/// <param name="Deal">The deal's number; 0 for none.</param>
/// <param name="Event">The event's number; 0 for none.</param>
public readonly record struct Reference(long Deal, long Event);

/// <summary>A transfer as it is given to the ledger. The rules are in docs/ledger.md.</summary>
public readonly record struct Transfer
{
    /// <summary>The caller's id, never 0; the same id with the same content counts once.</summary>
    public UInt128 Id { get; init; }

    /// <summary>The hold that a Post or Void ends; 0 otherwise.</summary>
    public UInt128 PendingId { get; init; }

    /// <summary>Number of the account debited; in a Post or Void 0 stands for that of the hold.</summary>
    public long DebitAccount { get; init; }

    /// <summary>Number of the account credited; in a Post or Void 0 stands for that of the hold.</summary>
    public long CreditAccount { get; init; }

    /// <summary>Whole units of the commodity (fen), above 0; in a Post or Void 0 stands for all that is held.</summary>
    public long Amount { get; init; }

    /// <summary>The deal and the event that it was made for.</summary>
    public Reference Reference { get; init; }

    /// <summary>Simulated time, from 0; not before the ledger's time.</summary>
    public long Time { get; init; }

    /// <summary>When a hold expires, after <see cref="Time"/>; 0 for never, and in all other kinds.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>What it is for, from 1; in a Post or Void 0 stands for that of the hold.</summary>
    public ushort Code { get; init; }

    /// <summary>What it does.</summary>
    public TransferKind Kind { get; init; }

    /// <summary>Whether it succeeds or fails together with the next of the batch. No part of the content.</summary>
    public bool IsLinked { get; init; }

    /// <summary>A transfer that moves its amount at once.</summary>
    public static Transfer Direct(UInt128 id, long debit, long credit, long amount, ushort code, long time, Reference reference = default) => new()
    {
        Id = id, DebitAccount = debit, CreditAccount = credit, Amount = amount, Code = code, Time = time, Reference = reference,
    };

    /// <summary>A hold; <paramref name="expiresAt"/> 0 for one that does not expire.</summary>
    public static Transfer Pending(
        UInt128 id, long debit, long credit, long amount, ushort code, long time, long expiresAt = 0, Reference reference = default) => new()
    {
        Kind = TransferKind.Pending, Id = id, DebitAccount = debit, CreditAccount = credit, Amount = amount, Code = code, Time = time,
        ExpiresAt = expiresAt, Reference = reference,
    };

    /// <summary>The end of a hold that moves <paramref name="amount"/>, or with 0 all that is held.</summary>
    public static Transfer Post(UInt128 id, UInt128 pendingId, long time, long amount = 0, ushort code = 0, Reference reference = default) => new()
    {
        Kind = TransferKind.Post, Id = id, PendingId = pendingId, Amount = amount, Code = code, Time = time, Reference = reference,
    };

    /// <summary>The end of a hold that moves nothing.</summary>
    public static Transfer Void(UInt128 id, UInt128 pendingId, long time, ushort code = 0, Reference reference = default) => new()
    {
        Kind = TransferKind.Void, Id = id, PendingId = pendingId, Code = code, Time = time, Reference = reference,
    };
}
