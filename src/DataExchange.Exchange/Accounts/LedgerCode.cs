namespace DataExchange.Exchange.Accounts;

/// <summary>What a transfer of the market's ledger is for. The numbers are kept for ever.</summary>
public enum LedgerCode
{
    /// <summary>Money paid in.</summary>
    Deposit = 1,

    /// <summary>Money held for a deal.</summary>
    Hold = 2,

    /// <summary>Money held for an order in an order book.</summary>
    OrderHold = 3,

    /// <summary>The end of a hold for which nothing is paid.</summary>
    Release = 4,

    /// <summary>A hold that went into escrow.</summary>
    Escrow = 5,

    /// <summary>Tax out of escrow.</summary>
    Tax = 6,

    /// <summary>The venue's fee out of escrow.</summary>
    Fee = 7,

    /// <summary>The provider's share.</summary>
    ProviderShare = 8,

    /// <summary>An upstream contributor's share.</summary>
    ContributorShare = 9,

    /// <summary>Money back to the buyer.</summary>
    Refund = 10,

    /// <summary>A contract paid off the venue; a memorandum.</summary>
    FiledContract = 11,

    /// <summary>Proceeds paid out to the bank.</summary>
    Payout = 12,

    /// <summary>Shares taken back after a late claim was upheld.</summary>
    Chargeback = 13,

    /// <summary>What a party owes, kept back from its proceeds.</summary>
    Offset = 14,

    /// <summary>A year's result.</summary>
    Closing = 15,

    /// <summary>The exchange's own money in place of what a party owes, in and out again.</summary>
    Advance = 16,

    /// <summary>Money held for a bid in an auction, or its deposit.</summary>
    BidHold = 17,

    /// <summary>The deposit of a bid that was not opened, to the provider.</summary>
    Forfeit = 18,

    /// <summary>Licence units issued.</summary>
    Issue = 20,

    /// <summary>Licence units that changed hands.</summary>
    Resale = 21,

    /// <summary>Licence units used up.</summary>
    Use = 22,

    /// <summary>Licence units taken back.</summary>
    Revocation = 23,
}
