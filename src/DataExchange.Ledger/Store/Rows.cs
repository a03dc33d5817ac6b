namespace DataExchange.Ledger.Store;

/// <summary>One side of an account: what is posted and held on it, and where their histories are.</summary>
internal struct BalanceSide
{
    public long Posted;
    public long Pending;
    public Series PostedHistory;
    public Series PendingHistory;
}

/// <summary>What a transfer needs of an account; the rest is in the chart.</summary>
internal struct AccountRow
{
    public BalanceSide Debits;
    public BalanceSide Credits;
    public int Commodity;
    public AccountLimit Limit;
}

/// <summary>An accepted transfer, 72 bytes.</summary>
internal struct TransferRow
{
    /// <summary>Stands in <see cref="Link"/> for no transfer.</summary>
    public const int None = -1;

    public ulong IdHigh;
    public ulong IdLow;
    public long Amount;
    public long Deal;
    public long Event;
    public long Time;
    public long ExpiresAt;
    public int Debit;
    public int Credit;

    /// <summary>Of a Post or Void: the row of its hold. Of a hold: the row of the Post or Void that ended it.</summary>
    public int Link;
    public ushort Code;
    public TransferKind Kind;
    public HoldState Hold;

    public readonly UInt128 Id => new(IdHigh, IdLow);
}
