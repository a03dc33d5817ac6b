namespace DataExchange.Domain.Trading;

/// <summary>A product's licences were put up for auction (竞价公告).</summary>
/// <param name="Product">The product.</param>
/// <param name="Auction">The auction, named after the product and its number among the product's auctions.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Provider">Who sells.</param>
/// <param name="SecurityClass">How sensitive the data are.</param>
/// <param name="Rules">The rules, the same from the first bid to the last.</param>
[EventName("auction_announced")]
public sealed record AuctionAnnounced(
    ProductId Product, AuctionId Auction, VenueId Venue, PartyId Provider, SecurityClass SecurityClass, AuctionRules Rules) : Event;

/// <summary>
/// Puts licences of a product up for auction. Nothing is set aside for it: the shelf goes on selling, and an award meets the offer as any order does.
/// </summary>
/// <param name="Product">The product, offered at the venue.</param>
/// <param name="Number">1 for its first auction, one more for each later one: a command sent twice counts once.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Rules">The rules; they end before the certificate does, and sell no more copies than are left.</param>
public sealed record AnnounceAuction(ProductId Product, int Number, VenueId Venue, AuctionRules Rules) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        state.ExclusiveHolder is not null ? Decision.Reject(Rejection.ExclusiveLicenceSold)
        : state.At(Venue) == OfferStatus.Suspended ? Decision.Reject(Rejection.ProductSuspended)
        : state.At(Venue) != OfferStatus.Open ? Decision.Reject(Rejection.NotOffered)
        : At >= state.ValidUntil ? Decision.Reject(Rejection.CertificateExpired)
        : Number != state.Auctions + 1 ? Decision.Reject(Rejection.AuctionExists)
        : !Rules.IsSound(At) || (Rules.RevealUntil ?? Rules.BidUntil) >= state.ValidUntil || !Fits(state.Terms!) ? Decision.Reject(Rejection.AuctionRulesInvalid)
        : state.Terms!.Licence == LicenceKind.Capped && state.Terms.Copies < (long)state.CopiesIssued + Rules.Copies ? Decision.Reject(Rejection.CapReached)
        : Decision.Accept(new AuctionAnnounced(Product, AuctionId.Of(Product, Number), Venue, state.Provider, state.SecurityClass, Rules) { At = At, By = By });

    // Any number of copies can only be sold of what any number may be sold of.
    private bool Fits(LicenceTerms terms) => terms.Licence switch
    {
        LicenceKind.Exclusive => Rules.Copies == 1,
        LicenceKind.Capped => Rules.Copies is not null,
        _ => true,
    };
}

/// <summary>An auction opened.</summary>
/// <param name="Auction">The auction.</param>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Provider">Who sells, and who gets forfeited deposits.</param>
/// <param name="SecurityClass">How sensitive the data are: who is not admitted for it does not bid.</param>
/// <param name="Rules">The rules.</param>
[EventName("auction_opened")]
public sealed record AuctionOpened(
    AuctionId Auction, ProductId Product, VenueId Venue, PartyId Provider, SecurityClass SecurityClass, AuctionRules Rules) : Event;

/// <summary>Opens an auction that was announced.</summary>
/// <param name="Announced">The announcement.</param>
public sealed record OpenAuction(AuctionAnnounced Announced) : AuctionCommand(Announced.Auction)
{
    internal Decision Decide(Auction state) =>
        state.Stage != AuctionStage.None ? Decision.Reject(Rejection.AuctionExists)
        : !Announced.Rules.IsSound(At) ? Decision.Reject(Rejection.AuctionRulesInvalid)
        : Decision.Accept(new AuctionOpened(
            Auction, Announced.Product, Announced.Venue, Announced.Provider, Announced.SecurityClass, Announced.Rules) { At = At, By = By });
}

/// <summary>An auction was called off before anybody bid.</summary>
/// <param name="Auction">The auction.</param>
[EventName("auction_cancelled")]
public sealed record AuctionCancelled(AuctionId Auction) : Event;

/// <summary>Calls an auction off. Once somebody bid it runs to its end.</summary>
/// <param name="Auction">The auction.</param>
public sealed record CancelAuction(AuctionId Auction) : AuctionCommand(Auction)
{
    internal Decision Decide(Auction state) =>
        state.Unavailable is { } reason ? Decision.Reject(reason)
        : state.HasBids ? Decision.Reject(Rejection.AuctionHasBids)
        : Decision.Accept(new AuctionCancelled(Auction) { At = At, By = By });
}
