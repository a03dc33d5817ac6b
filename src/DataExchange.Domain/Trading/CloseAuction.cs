namespace DataExchange.Domain.Trading;

/// <summary>A bidder is to get a licence.</summary>
/// <param name="Bidder">Who.</param>
/// <param name="Deal">The deal that follows.</param>
/// <param name="AdmittedFor">Highest class the bidder was admitted for when it bid.</param>
/// <param name="PriceFen">What it pays, fen.</param>
public sealed record AuctionAward(PartyId Bidder, DealId Deal, SecurityClass? AdmittedFor, long PriceFen);

/// <summary>A sealed bid that was not opened in time.</summary>
/// <param name="Bidder">Whose it was.</param>
/// <param name="DepositFen">The deposit that goes to the provider, fen; 0 for none.</param>
public sealed record UnrevealedBid(PartyId Bidder, long DepositFen);

/// <summary>An auction closed (竞价结果).</summary>
/// <param name="Auction">The auction.</param>
/// <param name="Product">The product.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Provider">Who sells.</param>
/// <param name="Awards">Who is to get a licence at what price, in the mechanism's order; none exactly when <paramref name="NoSale"/> says why.</param>
/// <param name="NoSale">Why nothing was sold; null when something was.</param>
/// <param name="Losers">Bidders who get nothing and whose money is free again, in the order of their ids.</param>
/// <param name="Unrevealed">Sealed bids that were not opened, in the order of their bidders' ids.</param>
/// <param name="Coin">The coin of a random sampling; not given for any other.</param>
[EventName("auction_closed")]
public sealed record AuctionClosed(
    AuctionId Auction,
    ProductId Product,
    VenueId Venue,
    PartyId Provider,
    IReadOnlyList<AuctionAward> Awards,
    AuctionNoSale? NoSale,
    IReadOnlyList<PartyId> Losers,
    IReadOnlyList<UnrevealedBid> Unrevealed,
    string? Coin = null) : Event
{
    // Every bid has exactly one end.
    internal bool IsOf(Auction state) =>
        (Product, Venue, Provider) == (state.Product, state.Venue, state.Provider)
        && (NoSale is null) == (Awards.Count > 0)
        && CloseAuction.AreSound(Awards.Select(award => (award.Bidder, award.PriceFen)), state)
        && Awards.Select((award, i) => award.Deal == Auction.DealOf(i + 1)).All(isDeal => isDeal)
        && Losers.SequenceEqual(CloseAuction.LosersOf(state, Awards.Select(award => award.Bidder)))
        && Unrevealed.SequenceEqual(CloseAuction.UnrevealedOf(state));
}

/// <summary>Who gets a licence at what price: what a mechanism makes of an auction's bids.</summary>
/// <param name="Awards">In the mechanism's order; none exactly when <paramref name="NoSale"/> says why.</param>
/// <param name="NoSale">Why nothing is sold; null when something is.</param>
public sealed record AuctionOutcome(IReadOnlyList<AuctionPrice> Awards, AuctionNoSale? NoSale);

/// <summary>A price that a bidder is to pay.</summary>
/// <param name="Bidder">Who.</param>
/// <param name="PriceFen">Fen, from the reserve to its bid.</param>
public sealed record AuctionPrice(PartyId Bidder, long PriceFen);

/// <summary>Closes an auction that is over.</summary>
/// <param name="Auction">The auction.</param>
/// <param name="Coin">The coin that was committed to at the opening of a random sampling, 64 small hexadecimal digits; null for any other, and where it is lost.</param>
/// <param name="Outcome">What the mechanism makes of the bids. Whoever gives the command leaves it out: the exchange computes it.</param>
public sealed record CloseAuction(AuctionId Auction, string? Coin = null, AuctionOutcome? Outcome = null) : AuctionCommand(Auction)
{
    internal static bool AreSound(IEnumerable<(PartyId Bidder, long PriceFen)> awards, Auction state)
    {
        var seen = new HashSet<PartyId>();
        var prices = new HashSet<long>();
        foreach (var (bidder, price) in awards)
        {
            if (!seen.Add(bidder) || price < state.Rules!.ReserveFen || price > BidOf(state, bidder))
            {
                return false;
            }

            prices.Add(price);
        }

        // Only the two halves of a random sampling may pay two prices.
        return !(seen.Count > state.Rules!.Copies) && prices.Count <= (state.Rules.Format == AuctionFormat.RandomSampling ? 2 : 1);
    }

    internal static IEnumerable<PartyId> LosersOf(Auction state, IEnumerable<PartyId> winners)
    {
        var won = winners.ToHashSet();
        return state.Bids.Values.Where(bid => bid.AmountFen is not null && !won.Contains(bid.Bidder)).Select(bid => bid.Bidder)
            .Concat(state.Standing is { } standing && !won.Contains(standing.Bidder) ? [standing.Bidder] : []);
    }

    internal static IEnumerable<UnrevealedBid> UnrevealedOf(Auction state) =>
        state.Bids.Values.Where(bid => bid.AmountFen is null).Select(bid => new UnrevealedBid(bid.Bidder, bid.DepositFen));

    internal Decision Decide(Auction state) =>
        state.Unavailable is { } reason ? Decision.Reject(reason)
        : !state.IsOver(At) ? Decision.Reject(Rejection.AuctionNotOver)
        : CoinProblem(state) is { } problem ? Decision.Reject(problem)
        : Outcome is null || (Outcome.NoSale is null) != (Outcome.Awards.Count > 0) || !AreSound(Outcome.Awards.Select(award => (award.Bidder, award.PriceFen)), state)
            ? Decision.Reject(Rejection.AuctionOutcomeInvalid)
        : Decision.Accept(new AuctionClosed(
            Auction, state.Product, state.Venue, state.Provider,
            [.. Outcome.Awards.Select((award, i) => new AuctionAward(award.Bidder, Auction.DealOf(i + 1), AdmissionOf(state, award.Bidder), award.PriceFen))],
            Outcome.NoSale, [.. LosersOf(state, Outcome.Awards.Select(award => award.Bidder))], [.. UnrevealedOf(state)], Coin)
        { At = At, By = By });

    // Who opened the auction cannot choose the coin after the bids, only keep it back; then nothing is sold, and everybody sees why.
    private Rejection? CoinProblem(Auction state) =>
        state.Rules!.CoinCommitment is not { } commitment ? (Coin is null ? null : Rejection.CoinDiffers)
        : Coin is null ? (At >= state.ClosesAt || !state.HasBids ? null : Rejection.CoinMissing)
        : !AuctionRules.IsSecret(Coin) || AuctionRules.CommitmentOfCoin(Coin) != commitment ? Rejection.CoinDiffers
        : null;

    private static long? BidOf(Auction state, PartyId bidder) =>
        state.Bids.TryGetValue(bidder.Value, out var bid) ? bid.AmountFen ?? 0
        : state.Standing is { } standing && standing.Bidder == bidder ? standing.AmountFen
        : 0;

    private static SecurityClass? AdmissionOf(Auction state, PartyId bidder) =>
        state.Bids.TryGetValue(bidder.Value, out var bid) ? bid.AdmittedFor : state.Standing?.AdmittedFor;
}

/// <summary>Grants the licence of an award: the offer's limits hold for it as for any order. A refusal is recorded, and frees the money.</summary>
/// <param name="Product">The product.</param>
/// <param name="Auction">The auction.</param>
/// <param name="Venue">The venue.</param>
/// <param name="Award">The award.</param>
public sealed record GrantAward(ProductId Product, AuctionId Auction, VenueId Venue, AuctionAward Award) : OfferCommand(Product)
{
    internal Decision Decide(IssuanceRight state) =>
        Reason(state) is { } reason
            ? Decision.Refuse(reason, new OrderRejected(Product, Award.Deal, Venue, Award.Bidder, reason, Auction) { At = At, By = By })
            : new PlaceOrder(Product, Award.Deal, Venue, Award.Bidder, Award.AdmittedFor, TradeChannel.Auction, 1, Award.PriceFen) { At = At, By = By }.Meet(state, Auction);

    private Rejection? Reason(IssuanceRight state) =>
        state.Licences.Contains(Award.Deal) ? Rejection.LicenceAlreadyGranted
        : !AuctionRules.IsBid(Award.PriceFen) ? Rejection.OrderInvalid
        : null;
}
