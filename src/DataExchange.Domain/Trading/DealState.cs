namespace DataExchange.Domain.Trading;

/// <summary>How far a deal has come. The names of the negotiation follow the Dataspace Protocol.</summary>
public enum DealStage
{
    /// <summary>No such deal.</summary>
    None,
    /// <summary>The buyer asks for a contract.</summary>
    Requested,
    /// <summary>The provider made an offer.</summary>
    Offered,
    /// <summary>The buyer accepted the offer.</summary>
    ContractAccepted,
    /// <summary>The licence is granted: an order met a posted offer, or an accepted contract got its licence.</summary>
    Matched,
    /// <summary>The contract is agreed.</summary>
    Agreed,
    /// <summary>The buyer verified the agreement.</summary>
    Verified,
    /// <summary>The contract is final.</summary>
    Finalized,
    /// <summary>The venue registered the transaction; delivery awaited.</summary>
    Registered,
    /// <summary>Delivery is overdue, and recorded so.</summary>
    Overdue,
    /// <summary>Delivered, acceptance awaited.</summary>
    Delivered,
    /// <summary>A dispute is pending.</summary>
    Disputed,
    /// <summary>Accepted; settlement under way.</summary>
    Accepted,
    /// <summary>Settled, invoiced, anchored. Terminal, unless a late claim may follow.</summary>
    Completed,
    /// <summary>A dispute was upheld and the price refunded in full. Terminal.</summary>
    Refunded,
    /// <summary>Terminated in negotiation or cancelled before delivery. Terminal.</summary>
    Terminated,
    /// <summary>Completed, and a late claim is pending.</summary>
    Claimed,
    /// <summary>A late claim was upheld in full: the price went back. Terminal.</summary>
    ChargedBack,
}

/// <summary>A deal, as its stream tells it.</summary>
public sealed record DealState
{
    /// <summary>How far it has come.</summary>
    public DealStage Stage { get; init; }

    /// <summary>The product.</summary>
    public ProductId Product { get; init; }

    /// <summary>The venue.</summary>
    public VenueId Venue { get; init; }

    /// <summary>The buyer.</summary>
    public PartyId Buyer { get; init; }

    /// <summary>The seller.</summary>
    public PartyId Provider { get; init; }

    /// <summary>Shelf or contract.</summary>
    public TradeChannel Channel { get; init; }

    /// <summary>The licence kind.</summary>
    public LicenceKind Licence { get; init; }

    /// <summary>Version of the product's content that is sold.</summary>
    public int ProductVersion { get; init; } = ProductVersions.First;

    /// <summary>The version of lower quality that is sold; null for the full product.</summary>
    public DegradedVersion? Degraded { get; init; }

    /// <summary>Packs, months or copies.</summary>
    public int Quantity { get; init; }

    /// <summary>The price, fen.</summary>
    public long AmountFen { get; init; }

    /// <summary>First moment at which the provider's offer no longer stands; null where it stands until it is answered.</summary>
    public SimulatedTime? OfferUntil { get; init; }

    /// <summary>Price of a call in fen, for a metered licence.</summary>
    public long UnitPriceFen { get; init; }

    /// <summary>Prices of further calls, for a metered licence; null where all calls cost the same.</summary>
    public IReadOnlyList<CallTier>? Tiers { get; init; }

    /// <summary>Calls bought.</summary>
    public int Units { get; init; }

    /// <summary>Calls used.</summary>
    public int UnitsUsed { get; init; }

    /// <summary>The share of the buyer's revenue beside the price; null where there is none.</summary>
    public RevenueShareTerms? Revenue { get; init; }

    /// <summary>When the first period for which revenue is reported begins: at acceptance; null before, and where none is.</summary>
    public SimulatedTime? RevenueFrom { get; init; }

    /// <summary>Periods whose share was released.</summary>
    public int RevenuePeriods { get; init; }

    /// <summary>What is left of the cap of shares, fen.</summary>
    public long RevenueLeftFen { get; init; }

    /// <summary>What the data may be used for.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>When delivery is due.</summary>
    public SimulatedTime DeliveryDue { get; init; }

    /// <summary>When acceptance is taken as given.</summary>
    public SimulatedTime AcceptBy { get; init; }

    /// <summary>What of the price went back before settlement, fen.</summary>
    public long RefundedFen { get; init; }

    /// <summary>Days after completion in which a late claim may be raised; null for none.</summary>
    public int? ClaimDays { get; init; }

    /// <summary>Until when a late claim may be raised; null before completion, and when none may.</summary>
    public SimulatedTime? ClaimBy { get; init; }

    /// <summary>The most that a late claim can give back, fen: what was shared out.</summary>
    public long ClaimableFen => AmountFen - RefundedFen;

    /// <summary>Upstream contributors.</summary>
    public IReadOnlyList<ContributorShare> Contributors { get; init; } = [];

    /// <summary>When the price is shared out.</summary>
    public SettlementMode Settlement =>
        Channel == TradeChannel.FiledContract ? SettlementMode.OffVenue
        : Revenue is not null || (Licence == LicenceKind.CallPack && Channel != TradeChannel.OrderBook) ? SettlementMode.PerPeriod
        : SettlementMode.OnAcceptance;

    /// <summary>Whether it is registered as soon as it is agreed: what was posted, awarded or traded on standard terms is not verified and made final first.</summary>
    public bool NeedsNoVerification => Channel is TradeChannel.Shelf or TradeChannel.OrderBook or TradeChannel.Auction;

    /// <summary>Whether the provider's offer has run out.</summary>
    internal bool OfferIsOver(SimulatedTime at) => at >= OfferUntil;

    /// <summary>Whether it is paid for by the call.</summary>
    public bool IsMetered => IsSettledByPeriod && Revenue is null;

    /// <summary>Whether what is in escrow is released in parts.</summary>
    public bool IsSettledByPeriod => Settlement == SettlementMode.PerPeriod;

    /// <summary>What is released at acceptance where shares of revenue follow, fen: the price without their cap; null elsewhere.</summary>
    public long? FixedFen => Revenue is { } revenue ? AmountFen - revenue.CapFen : null;

    /// <summary>Whether no more revenue is shared: every period's was, or the cap is used up.</summary>
    internal bool RevenueIsOver => RevenueLeftFen == 0 || RevenuePeriods >= Revenue?.Periods;

    /// <summary>When the next period ends whose revenue is to be reported.</summary>
    internal SimulatedTime RevenuePeriodEnd => RevenueFrom!.Value.AddDays((RevenuePeriods + 1) * RevenueShareTerms.PeriodDays);

    /// <summary>First moment at which that is overdue.</summary>
    internal SimulatedTime RevenueDue => RevenuePeriodEnd.AddDays(Revenue!.Value.ReportDays);

    /// <summary>First moment at which a report of revenue is overdue; null where none is awaited.</summary>
    public SimulatedTime? NextRevenueDue => Stage == DealStage.Accepted && Revenue is not null && !RevenueIsOver ? RevenueDue : null;

    /// <summary>
    /// Price of the next calls, fen: by the tiers that they are in, each fen rounded up once over all calls. What a minimum adds to the price of all calls falls due with the last.
    /// </summary>
    /// <param name="calls">1 to those that are left.</param>
    public long PriceOfNext(int calls)
    {
        var before = CallTier.PriceOf(UnitPriceFen, Tiers, UnitsUsed);
        return (UnitsUsed + calls == Units ? AmountFen : CallTier.PriceOf(UnitPriceFen, Tiers, UnitsUsed + calls)) - before;
    }
}

/// <summary>A command to Trading about one deal.</summary>
/// <param name="Deal">The deal.</param>
public abstract record DealCommand(DealId Deal) : Command
{
    /// <inheritdoc />
    public sealed override string Stream => StreamId.Deal(Deal);
}
