namespace DataExchange.Ledger;

/// <summary>Where a hold stands.</summary>
public enum HoldState : byte
{
    /// <summary>The transfer is no hold.</summary>
    None = 0,

    /// <summary>It holds.</summary>
    Open = 1,

    /// <summary>It was posted, in full or in part.</summary>
    Posted = 2,

    /// <summary>It was voided.</summary>
    Voided = 3,

    /// <summary>Its time ran out.</summary>
    Expired = 4,
}

/// <summary>A transfer that the ledger has accepted.</summary>
/// <param name="Sequence">Its place among the accepted ones, from 0.</param>
/// <param name="Content">What it is; zeros of a Post or Void filled in from the hold, the link not kept.</param>
/// <param name="Hold">For a hold, where it stands.</param>
/// <param name="EndedBy">For a hold that was posted or voided, the id of the transfer that did it; else 0.</param>
public readonly record struct AcceptedTransfer(int Sequence, Transfer Content, HoldState Hold, UInt128 EndedBy);
