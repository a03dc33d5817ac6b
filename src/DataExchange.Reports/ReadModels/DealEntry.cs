using DataExchange.Domain;
using DataExchange.Domain.Trading;

namespace DataExchange.Reports.ReadModels;

/// <summary>What one contributor got of a deal.</summary>
/// <param name="Party">The contributor.</param>
/// <param name="AmountFen">Fen.</param>
public readonly record struct ContributorProceeds(string Party, long AmountFen);

/// <summary>One deal in the deal register, from request or match to its end.</summary>
public sealed record DealEntry : IReadModel
{
    /// <summary>The deal.</summary>
    public required string Id { get; init; }

    /// <summary>The product.</summary>
    public string Product { get; init; } = "";

    /// <summary>The venue.</summary>
    public string Venue { get; init; } = "";

    /// <summary>The buyer.</summary>
    public string Buyer { get; init; } = "";

    /// <summary>The seller: of packs resold in an order book, who held them.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Shelf, registered contract, filed contract or order book.</summary>
    public TradeChannel Channel { get; init; }

    /// <summary>The licence kind; null while none is agreed.</summary>
    public LicenceKind? Licence { get; init; }

    /// <summary>Version of the product's content that was sold; 1 while nothing is.</summary>
    public int ProductVersion { get; init; } = ProductVersions.First;

    /// <summary>Packs, months or copies; 0 while none is agreed.</summary>
    public int Quantity { get; init; }

    /// <summary>Calls bought; 0 for what is not metered.</summary>
    public int Units { get; init; }

    /// <summary>Calls used; 0 for packs bought in an order book, which are redeemed there.</summary>
    public int UnitsUsed { get; init; }

    /// <summary>The price, tax included, fen; in a negotiation the last figure named.</summary>
    public long AmountFen { get; init; }

    /// <summary>How far it has come.</summary>
    public DealStage Status { get; init; }

    /// <summary>When it was requested, matched or traded.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the contract was agreed.</summary>
    public DateTimeOffset? AgreedAt { get; init; }

    /// <summary>When the venue registered it; null when it never did.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>When delivery is or was due.</summary>
    public DateTimeOffset? DeliveryDue { get; init; }

    /// <summary>When it was delivered.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When the delivery counted as accepted: by the buyer, by time, or by a decided dispute.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When the last of its price was shared out, or the filed contract recorded.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>When it was completed.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When it ended without completion.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether the delivery was late.</summary>
    public bool WasLate { get; init; }

    /// <summary>Whether the buyer let the time for acceptance pass.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Whether the delivery was disputed.</summary>
    public bool WasDisputed { get; init; }

    /// <summary>Uses refused as outside the licence.</summary>
    public int UsesRefused { get; init; }

    /// <summary>The venue's fee so far, less what was given back, fen.</summary>
    public long FeeFen { get; init; }

    /// <summary>Value-added tax so far, less what was given back, fen.</summary>
    public long VatFen { get; init; }

    /// <summary>The provider's share so far, fen; of a filed contract what it is paid off the venue.</summary>
    public long ProviderShareFen { get; init; }

    /// <summary>The contributors' shares so far, in the order in which they were first paid.</summary>
    public IReadOnlyList<ContributorProceeds> ContributorShares { get; init; } = [];

    /// <summary>What went back to the buyer before settlement, fen.</summary>
    public long RefundFen { get; init; }

    /// <summary>Until when a late claim may be raised; null before completion, and when none may.</summary>
    public DateTimeOffset? ClaimBy { get; init; }

    /// <summary>Days after completion in which a late claim may be raised; null for none.</summary>
    public int? ClaimDays { get; init; }

    /// <summary>Whether a late claim was raised.</summary>
    public bool WasClaimed { get; init; }

    /// <summary>What went back to the buyer after a late claim, fen: fee, tax and shares above are less by it.</summary>
    public long ChargedBackFen { get; init; }

    /// <summary>What a late claim was upheld for, fen.</summary>
    public long UpheldFen { get; init; }

    /// <summary>Handle of the data invoice; null before it is issued.</summary>
    public string? Invoice { get; init; }

    /// <summary>Head of the chain after the invoice was anchored, hexadecimal; null before.</summary>
    public string? Anchor { get; init; }

    /// <summary>Why it came to nothing; null when it did not, or when a side simply left.</summary>
    public Rejection? Reason { get; init; }

    /// <summary>
    /// Whether nothing can follow any more: completed without a late claim to come, terminated in negotiation, or cancelled, refunded or charged back with
    /// the money back.
    /// </summary>
    public bool IsFinished => Status switch
    {
        DealStage.Completed => ClaimBy is null && (!WasClaimed || ChargedBackFen == UpheldFen),
        DealStage.ChargedBack => ChargedBackFen == UpheldFen,
        DealStage.Refunded or DealStage.Terminated => RegisteredAt is null || RefundFen == AmountFen,
        _ => false,
    };
}
