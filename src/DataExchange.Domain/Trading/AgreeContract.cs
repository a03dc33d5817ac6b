namespace DataExchange.Domain.Trading;

/// <summary>What the buyer may do with the data: the policy of the contract, after ODRL.</summary>
/// <param name="Use">Permitted action, such as <c>internal-analysis</c>.</param>
/// <param name="Purpose">Permitted purpose.</param>
/// <param name="Region">Where, such as <c>CN</c>.</param>
/// <param name="TermDays">For how many days; 0 for an open end.</param>
/// <param name="ResaleAllowed">Whether the licence may be sold on.</param>
public sealed record UsagePolicy(string Use, string Purpose, string Region, int TermDays, bool ResaleAllowed);

/// <summary>An order met a posted offer, or an accepted contract got its licence.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Buyer">The buyer.</param>
/// <param name="Provider">The seller.</param>
/// <param name="Licence">The licence kind.</param>
/// <param name="Quantity">Packs, months or copies.</param>
/// <param name="Units">Calls bought; 0 for what is not metered.</param>
/// <param name="UnitPriceFen">Price of one unit, fen.</param>
/// <param name="AmountFen">Price of it all, fen.</param>
/// <param name="Contributors">Upstream contributors and their shares.</param>
/// <param name="ProductVersion">Version of the product's content; not given for the first.</param>
/// <param name="Channel">Given for what an auction awarded; not for any other.</param>
/// <param name="Tiers">Prices of further calls; not given where all calls cost the same.</param>
/// <param name="MinimumFen">The minimum that is due, fen, where it is more than the price of the calls or months; not given elsewhere.</param>
/// <param name="Degraded">The version of lower quality that was sold; not given for the full product.</param>
/// <param name="Bundle">The bundle that it was ordered in; not given for any other order.</param>
/// <param name="Revenue">The share of revenue beside the price, its cap in the amount; not given where there is none.</param>
[EventName("order_matched")]
public sealed record OrderMatched(
    DealId Deal,
    ProductId Product,
    VenueId Venue,
    PartyId Buyer,
    PartyId Provider,
    LicenceKind Licence,
    int Quantity,
    int Units,
    long UnitPriceFen,
    long AmountFen,
    IReadOnlyList<ContributorShare> Contributors,
    int? ProductVersion = null,
    TradeChannel? Channel = null,
    IReadOnlyList<CallTier>? Tiers = null,
    long? MinimumFen = null,
    DegradedVersion? Degraded = null,
    BundleId? Bundle = null,
    RevenueShareTerms? Revenue = null) : Event;

/// <summary>Opens the deal of an order that met a posted offer; gives an accepted contract the licence it was granted.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Granted">The licence granted; for a contract to the same parties, at the amount accepted.</param>
public sealed record MatchOrder(DealId Deal, LicenceGranted Granted) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) =>
        IsPosted && state.Stage != DealStage.None ? Decision.Reject(Rejection.DealAlreadyExists)
        : !IsPosted && state.Stage != DealStage.ContractAccepted ? Decision.Reject(ForbiddenToContract(state.Stage))
        : !IsSound() || (state.Stage == DealStage.ContractAccepted && !IsAbout(state)) ? Decision.Reject(Rejection.OrderInvalid)
        : Decision.Accept(new OrderMatched(
            Deal, Granted.Product, Granted.Venue, Granted.Buyer, Granted.Provider, Granted.Licence, Granted.Quantity,
            Granted.Units, Granted.UnitPriceFen, Granted.AmountFen, Granted.Contributors, Granted.ProductVersion,
            Granted.Channel == TradeChannel.Auction ? TradeChannel.Auction : null, Granted.Tiers, Granted.MinimumFen, Granted.Degraded, Granted.Bundle, Granted.Revenue) { At = At, By = By });

    // What was posted or awarded has no negotiation before it.
    private bool IsPosted => Granted.Channel is TradeChannel.Shelf or TradeChannel.Auction;

    private static Rejection ForbiddenToContract(DealStage stage) =>
        stage is DealStage.Requested or DealStage.Offered ? Rejection.ContractNotAgreed : Negotiation.Forbidden(stage);

    // What Settlement will release call by call must add up to what it will hold.
    private bool IsSound() =>
        Granted.Deal == Deal
        && Granted.Quantity >= 1
        && Money.IsAmount(Granted.AmountFen)
        && (Granted.Revenue is not { } revenue || (Granted.Licence == LicenceKind.OpenEnded && revenue.IsInRange && revenue.CapFen < Granted.AmountFen))
        && (Granted.Licence == LicenceKind.CallPack
            ? Granted.Units >= 1 && Granted.Degraded is null && CallsAddUp()
            : Granted.Units == 0 && Granted.Tiers is null && (Granted.MinimumFen is null || Granted.MinimumFen == Granted.AmountFen));

    private bool CallsAddUp() =>
        Money.IsAmount(Granted.UnitPriceFen)
        && (Int128)Granted.UnitPriceFen * Granted.Units <= Money.MostFen
        && (Granted.Tiers is null || (CallTier.AreInRange(Granted.Tiers) && CallTier.Fall(Granted.UnitPriceFen, Granted.Tiers)))
        && CallTier.PriceOf(Granted.UnitPriceFen, Granted.Tiers, Granted.Units) is var price
        && (Granted.MinimumFen is { } minimum ? price < minimum && minimum == Granted.AmountFen : price == Granted.AmountFen);

    private bool IsAbout(DealState state) =>
        (Granted.Product, Granted.Venue, Granted.Buyer, Granted.Provider, Granted.Channel, Granted.AmountFen)
        == (state.Product, state.Venue, state.Buyer, state.Provider, state.Channel, state.AmountFen);
}

/// <summary>The contract is agreed.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Licence">The licence kind.</param>
/// <param name="Quantity">Packs, months or copies.</param>
/// <param name="Policy">What the buyer may do with the data.</param>
/// <param name="DeliveryDue">When delivery is due.</param>
/// <param name="Contributors">Upstream contributors and their shares.</param>
/// <param name="ProductVersion">Version of the product's content; not given for the first.</param>
[EventName("contract_agreed")]
public sealed record ContractAgreed(
    DealId Deal,
    LicenceKind Licence,
    int Quantity,
    UsagePolicy Policy,
    SimulatedTime DeliveryDue,
    IReadOnlyList<ContributorShare> Contributors,
    int? ProductVersion = null) : Event;

/// <summary>Agrees the contract of a matched deal: it says in words what the licence granted.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Licence">The licence kind granted.</param>
/// <param name="Quantity">Packs, months or copies granted.</param>
/// <param name="Policy">What the buyer may do with the data.</param>
/// <param name="DeliveryDue">When delivery is due, after the command's time.</param>
/// <param name="Contributors">Upstream contributors and their shares, as granted.</param>
public sealed record AgreeContract(
    DealId Deal,
    LicenceKind Licence,
    int Quantity,
    UsagePolicy Policy,
    SimulatedTime DeliveryDue,
    IReadOnlyList<ContributorShare> Contributors) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) => state.Stage switch
    {
        DealStage.ContractAccepted => Decision.Reject(Rejection.NoLicenceGranted),
        DealStage.Matched => DeliveryDue <= At ? Decision.Reject(Rejection.TermInvalid)
            : Licence != state.Licence || Quantity != state.Quantity ? Decision.Reject(Rejection.OrderInvalid)
            : !Contributors.SequenceEqual(state.Contributors) ? Decision.Reject(Rejection.ContributorSharesInvalid)
            : Decision.Accept(new ContractAgreed(
                Deal, Licence, Quantity, Policy, DeliveryDue, Contributors, ProductVersions.Recorded(state.ProductVersion)) { At = At, By = By }),
        DealStage.Requested or DealStage.Offered => Decision.Reject(Rejection.ContractNotAgreed),
        _ => Decision.Reject(Negotiation.Forbidden(state.Stage)),
    };
}

/// <summary>The buyer verified the agreement.</summary>
/// <param name="Deal">The deal.</param>
[EventName("contract_verified")]
public sealed record ContractVerified(DealId Deal) : Event;

/// <summary>Verifies an agreement.</summary>
/// <param name="Deal">The deal.</param>
public sealed record VerifyContract(DealId Deal) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) => state.Stage switch
    {
        DealStage.Agreed => Decision.Accept(new ContractVerified(Deal) { At = At, By = By }),
        _ => Decision.Reject(Agreement.Forbidden(state.Stage)),
    };
}

/// <summary>The contract is final.</summary>
/// <param name="Deal">The deal.</param>
[EventName("contract_finalized")]
public sealed record ContractFinalized(DealId Deal) : Event;

/// <summary>Makes a verified contract final.</summary>
/// <param name="Deal">The deal.</param>
public sealed record FinalizeContract(DealId Deal) : DealCommand(Deal)
{
    internal Decision Decide(DealState state) => state.Stage switch
    {
        DealStage.Verified => Decision.Accept(new ContractFinalized(Deal) { At = At, By = By }),
        DealStage.Agreed => Decision.Reject(Rejection.ContractNotAgreed),
        _ => Decision.Reject(Agreement.Forbidden(state.Stage)),
    };
}

internal static class Agreement
{
    /// <summary>What a step between agreement and registration meets before or after.</summary>
    internal static Rejection Forbidden(DealStage stage) =>
        stage is > DealStage.Agreed and < DealStage.Completed ? Rejection.ContractAlreadyAgreed : DealDecider.Forbidden(stage);
}
